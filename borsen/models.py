"""The event and its people (design.md §4)."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .enums import Panel, Role, Scene, Sector

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
    logo = models.FileField(_("logo"), upload_to="logos/", blank=True)
    website = models.URLField(_("nettsted"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("vertskap")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


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
