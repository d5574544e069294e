"""The event and its people (design.md §4)."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .enums import MailKind, MailStatus, Panel, Role, Scene, Sector
from .travels import Travel  # noqa: F401 — a model of this app

MAX_CHALLENGES = 5
MESSAGE_MAX = 120


class User(AbstractUser):
    """A person who signs in. Who signs in by device only has no usable password."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(_("navn"), max_length=120, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    may_create_events = models.BooleanField(_("kan opprette børser"), default=False)

    class Meta:
        verbose_name = _("bruker")
        verbose_name_plural = _("brukere")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Event(models.Model):
    """One børs. `feed_version` grows with every change that a screen shows (borsen/feed_version.py)."""

    slug = models.SlugField(_("adresse"), max_length=60, unique=True)
    name = models.CharField(_("navn"), max_length=120)
    theme = models.CharField(_("tema"), max_length=200, blank=True)
    place = models.CharField(_("sted"), max_length=120, blank=True)
    practical = models.TextField(_("praktisk informasjon"), max_length=4000, blank=True)
    programme = models.TextField(_("program"), max_length=4000, blank=True)
    film_url = models.URLField(_("film"), blank=True)
    starts_at = models.DateTimeField(_("børstimen begynner"))
    minutes = models.PositiveSmallIntegerField(
        _("minutter"), default=60, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutter etter sluttgongen"), default=10, validators=[MaxValueValidator(60)]
    )
    goal = models.PositiveSmallIntegerField(
        _("mål for antall avtaler"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    feed_version = models.PositiveBigIntegerField(default=0, editable=False)
    published = models.BooleanField(
        _("offentlig"), default=False, help_text=_("Storskjermen kan åpnes av alle som har adressen.")
    )
    catalogue_published = models.BooleanField(
        _("Børskatalogen kan åpnes av alle"),
        default=False,
        help_text=_("Tilbud og behov uten navn på kontaktpersoner. Ellers ser bare de som har en rolle på børsen den."),
    )
    page_published = models.BooleanField(
        _("Forsiden kan åpnes av alle"),
        default=False,
        help_text=_("Hva, når og hvor, program, vertskap og hvor mange som er påmeldt. Aldri navn på personer."),
    )
    registration_open = models.BooleanField(
        _("Påmeldingen er åpen"),
        default=False,
        help_text=_(
            "Alle som har adressen, kan melde på seg selv. Forsiden åpnes samtidig. Hold gjerne åpent på dagen."
        ),
    )
    registration_text = models.TextField(
        _("Hilsen på påmeldingssiden"),
        max_length=1000,
        blank=True,
        help_text=_("Noen linjer om akkurat denne børsen. Det siden ellers forklarer, står der uansett."),
    )
    approves_first = models.BooleanField(
        _("Se over nye påmeldinger før de vises"),
        default=True,
        help_text=_("Det noen skriver i påmeldingen, ses bare av dere til dere har godkjent det."),
    )
    changes_locked = models.BooleanField(
        _("Lås det deltakerne har skrevet"),
        default=False,
        help_text=_("Da kan deltakerne lese det de har meldt inn, men ikke endre det."),
    )
    ask_whom = models.CharField(
        _("Hvem kan deltakerne spørre?"),
        max_length=200,
        blank=True,
        help_text=_("Om tolk, tilrettelegging og alt annet: navn, telefon eller e-post. Vises for alle på forsiden."),
    )
    municipalities = models.CharField(
        _("Kommuner"),
        max_length=400,
        blank=True,
        help_text=_("Er dere flere kommuner om børsen, skriv dem med komma mellom. Da velger deltakerne sin."),
    )
    wish_business = models.PositiveSmallIntegerField(_("Bedrifter vi ønsker"), null=True, blank=True)
    wish_voluntary = models.PositiveSmallIntegerField(_("Frivillige organisasjoner vi ønsker"), null=True, blank=True)
    wish_public = models.PositiveSmallIntegerField(_("Offentlige virksomheter vi ønsker"), null=True, blank=True)
    report_published = models.BooleanField(
        _("Rapporten kan åpnes av alle"),
        default=False,
        help_text=_("Tallene, avtalene og hvem som var med, uten navn på personer. Dere ser alltid hele rapporten."),
    )
    thanks = models.TextField(
        _("Takk etter børsen"),
        max_length=1000,
        blank=True,
        help_text=_("Vises på forsiden når børstimen er slutt."),
    )
    next_date = models.CharField(
        _("Neste børs"),
        max_length=120,
        blank=True,
        help_text=_("For eksempel «torsdag 4. mars 2027». Vises på forsiden når børstimen er slutt."),
    )
    reads_together = models.BooleanField(
        _("Les sammen"),
        default=False,
        help_text=_("Nettbrettet viser avtalen i store setninger til partene før den registreres."),
    )
    door_open_until = models.DateTimeField(null=True, blank=True, editable=False)
    scene = models.CharField(max_length=8, choices=Scene.choices, default=Scene.AUTO, editable=False)
    scene_chosen_at = models.DateTimeField(null=True, blank=True, editable=False)
    screen_message = models.CharField(_("melding på storskjermen"), max_length=MESSAGE_MAX, blank=True, editable=False)
    side_panel = models.CharField(max_length=10, choices=Panel.choices, default=Panel.TRIANGLE, editable=False)
    most_agreements_shown = models.BooleanField(_("vis flest avtaler"), default=False, editable=False)
    # The same wherever the event is (borsen/moving/). While `moved_to` says where that is, nothing changes here.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    moved_to = models.CharField(max_length=120, blank=True, editable=False)
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("børs")
        verbose_name_plural = _("børser")
        ordering: ClassVar = ["-starts_at", "slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("event.overview", args=[self.slug])

    @property
    def has_public_page(self) -> bool:
        """Whether the front page and the registration page (then perhaps closed) are for everybody."""
        return self.page_published or self.registration_open

    @property
    def has_front_page(self) -> bool:
        """Whether the front page is for everybody; it is there too where only the storskjerm has been opened."""
        return self.has_public_page or self.published

    @property
    def municipality_names(self) -> list[str]:
        """The municipalities to choose among; none or one when there is nothing to choose."""
        return [name.strip() for name in self.municipalities.split(",") if name.strip()]

    @property
    def planned_end(self) -> datetime:
        """When the closing gong is due: as moved by «forleng», else planned start and minutes."""
        return self.closes_at or (self.opened_at or self.starts_at) + timedelta(minutes=self.minutes)

    @property
    def grace_ends_at(self) -> datetime | None:
        """The last moment at which what was agreed in time can be registered, once the closing gong has gone."""
        return self.closed_at + timedelta(minutes=self.grace_minutes) if self.closed_at else None


class Host(models.Model):
    """One of those who hold the event together; hosts are equals, `position` is only the order of print."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="hosts")
    name = models.CharField(_("navn"), max_length=120)
    sector = models.CharField(_("type"), max_length=12, choices=Sector.choices)
    contributes = models.CharField(_("bidrar med"), max_length=300, blank=True)
    website = models.URLField(_("nettsted"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # What the host has spent, for the politicians' case alone; they show nowhere else.
    hours_spent = models.PositiveIntegerField(_("timer brukt"), null=True, blank=True)
    kroner_spent = models.PositiveIntegerField(_("kroner brukt"), null=True, blank=True)

    class Meta:
        verbose_name = _("vertskap")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class HostLogo(models.Model):
    """A host's logo as a PNG that we have drawn ourselves from what was uploaded (borsen/logos.py). In the database, so
    that a copy or a move of the event takes it along; in a table of its own, so that no list of hosts reads it."""

    host = models.OneToOneField(Host, models.CASCADE, related_name="logo")
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=16)  # of `png`, for an address that may be kept for long

    class Meta:
        verbose_name = _("logo")

    def __str__(self) -> str:
        return str(self.host)


class Challenge(models.Model):
    """What the event wants to solve; none to five."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="challenges")
    text = models.CharField(_("problemstilling"), max_length=160)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("problemstilling")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Membership(models.Model):
    """What a user may do at one event; a user may hold several roles there."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("rolle"), max_length=12, choices=Role.choices)

    class Meta:
        verbose_name = _("medlemskap")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user", "role"], name="one_membership_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class Card(models.Model):
    """Lets its holder sign devices in while the door is open (borsen/cards.py). What is printed on it is derived from
    `nonce` and the secret key; nothing that stands here lets anybody in by itself."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="card")
    event = models.ForeignKey(Event, models.CASCADE, related_name="cards")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    selector = models.CharField(max_length=4)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kort")
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "selector"], name="one_card_per_selector")]

    def __str__(self) -> str:
        return str(self.membership)


class Device(models.Model):
    """A tablet or phone that is signed in for one person and one role at one event (borsen/devices.py). Its session is
    its secret."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="devices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    role = models.CharField(max_length=12, choices=Role.choices)
    label = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    queue_length = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("enhet")

    def __str__(self) -> str:
        return f"{self.user} – {self.label}"


class HelpCall(models.Model):
    """A broker who has asked for help on the floor (borsen/help_calls.py). One that was taken back is answered by
    nobody."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="help_calls")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="help_calls")
    device = models.ForeignKey(Device, models.CASCADE, null=True, blank=True, related_name="help_calls")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("rop om hjelp")
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "device"],
                condition=models.Q(answered_at=None, device__isnull=False),
                name="one_open_call_per_device",
            ),
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=models.Q(answered_at=None, device=None),
                name="one_open_call_per_user_without_device",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.asked_at:%H.%M}"


class Invitation(models.Model):
    """Asks somebody to work at a børs, or (without `event`) to make børser here (borsen/invitations.py).

    `token` is 128 bits and works once until `expires_at`. It is kept readable, so that the organiser can copy the link
    again: who can read the database has no need of it.
    """

    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="invitations")
    role = models.CharField(_("rolle"), max_length=12, choices=Role.choices, blank=True)
    name = models.CharField(_("navn"), max_length=120, blank=True)
    email = models.EmailField(_("e-post"), blank=True)
    token = models.CharField(max_length=40, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("invitasjon")
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name or self.email


class OutgoingMail(models.Model):
    """One e-mail to one person, queued in the same transaction as what it tells of (borsen/mail_queue.py).

    The text is as it was when it was queued: it is the record of what was said. `about` names what the mail is of
    («message:12»), for lists; `message_id` is fixed, so that one that is sent twice after a power cut is seen as one.
    """

    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="mails")
    kind = models.CharField(max_length=12, choices=MailKind.choices)
    about = models.CharField(max_length=64, blank=True)
    to = models.EmailField(_("e-post"))
    name = models.CharField(_("navn"), max_length=120, blank=True)
    subject = models.CharField(_("emne"), max_length=200)
    body = models.TextField(_("tekst"))
    status = models.CharField(max_length=8, choices=MailStatus.choices, default=MailStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("e-post")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["status", "next_try_at"]),
            models.Index(fields=["event", "kind", "about"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} – {self.get_status_display()}"
