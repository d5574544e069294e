"""Who comes, who speaks for them, and what they offer and need (design.md §4)."""

import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from borsen.collation import folded
from borsen.enums import Sector
from borsen.models import Challenge, Event

from .enums import Kind, Source, Status
from .masking import without_contact_details


class Category(models.Model):
    """The kind of resource; each event's own list."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="categories")
    name = models.CharField(_("navn"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kategori")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "name"], name="one_category_per_name")]

    def __str__(self) -> str:
        return self.name


class Participant(models.Model):
    """An organisation, or a private volunteer, at one event.

    For INDIVIDUAL `name` is a display name; the full name is in Contact. `search_text` is the casefolded text that
    the participant is found by (participants/searching.py keeps it).
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("navn"), max_length=120)
    sector = models.CharField(_("type"), max_length=12, choices=Sector.choices)
    org_number = models.CharField(_("organisasjonsnummer"), max_length=9, blank=True)
    description = models.CharField(_("kort om dere"), max_length=500, blank=True)
    website = models.URLField(_("nettsted"), blank=True)
    municipality = models.CharField(_("kommune"), max_length=60, blank=True)
    place = models.CharField(_("plass i salen"), max_length=40, blank=True)
    search_text = models.TextField(editable=False, default="")
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.APPROVED)
    expected = models.PositiveSmallIntegerField(_("hvor mange kommer"), default=1)
    present = models.PositiveSmallIntegerField(default=0)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Had cancelled, and came all the same: what undoing the check-in goes back to.
    came_although_cancelled = models.BooleanField(default=False)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.STAFF)
    # Who registered says that they belong to this one, and waits for the organiser to join the two (joining.py).
    same_as = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="said_to_be_same")
    # The link that who registered was shown: opens what the same person registered in the same sitting.
    registered_through = models.ForeignKey(
        "PersonLink", models.SET_NULL, null=True, blank=True, related_name="registered"
    )
    # What the participant has written since it was approved, until the organiser has seen it (proposals.py).
    proposal = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("deltaker")
        verbose_name_plural = _("deltakere")
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "key"], name="one_participant_per_key")]
        indexes: ClassVar = [models.Index(fields=["event", "status"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The name is always findable; resources are added to the text by the verbs in participants/registering.py.
        if not self.search_text:
            self.search_text = folded(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("participant.edit", args=[self.event.slug, self.pk])


class Contact(models.Model):
    """A person of a participant. All personal data about participants' people lives here."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="contacts")
    name = models.CharField(_("navn"), max_length=120)
    email = models.EmailField(_("e-post"), blank=True)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    language = models.CharField(max_length=5, default="nb")

    class Meta:
        verbose_name = _("kontaktperson")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class ResourceQuerySet(models.QuerySet["Resource"]):
    def met(self) -> "ResourceQuerySet":
        """The needs that an agreement which counts names (design.md §2). Agreements belong to the app above; what is
        asked of them here is only whether they have been withdrawn."""
        return self.filter(met_in__isnull=False, met_in__agreement__withdrawn_at=None).distinct()

    def on_the_market(self, event: Event) -> "ResourceQuerySet":
        """What can still be agreed on at `event`: open offers and unmet needs of approved participants."""
        mine = self.filter(participant__event=event, participant__status=Status.APPROVED, closed_at=None)
        return mine.exclude(pk__in=Resource.objects.filter(participant__event=event).met().values("pk"))


class Resource(models.Model):
    """What a participant offers or needs. An offer stays open until its owner closes it."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="resources", verbose_name=_("kategori"))
    challenge = models.ForeignKey(Challenge, models.SET_NULL, null=True, blank=True, related_name="resources")
    title = models.CharField(_("hva"), max_length=120)
    details = models.CharField(_("mer om det"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tilbud eller behov")
        ordering: ClassVar = ["kind", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def public_title(self) -> str:
        """The title for who may not see addresses and telephones: people write them there too."""
        return without_contact_details(self.title)


class PersonLink(models.Model):
    """A private link at an event (participants/person_links.py).

    One with an e-mail address is only ever sent there, and opens all participants that the person is contact of. One
    without was shown to who registered, and opens what was registered through it: that somebody typed an address does
    not prove that it is theirs. `token` is 144 random bits and the only secret. It is kept readable and is no
    signature: the organiser can copy the link, and it survives that the event moves to where the key is another.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="person_links")
    email = models.CharField(max_length=254, blank=True)  # casefolded
    token = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("privat lenke")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "email"], condition=~models.Q(email=""), name="one_link_per_person"
            )
        ]

    def __str__(self) -> str:
        return self.email or self.event.slug


class NotDouble(models.Model):
    """Two participants that look like one and are not: somebody has said so. `first` has the lower id."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="not_doubles")
    first = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    second = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("ikke samme deltaker")
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second"], name="not_doubles_said_once")]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Message(models.Model):
    """What the organisers have written to many (participants/messaging.py); its e-mails are `about` «message:<pk>»."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    audience = models.CharField(max_length=24)
    subject = models.CharField(_("emne"), max_length=150)
    text = models.TextField(_("melding"), max_length=4000)
    recipients = models.PositiveIntegerField(default=0)
    key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("melding")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "key"], name="one_message_per_key")]

    def __str__(self) -> str:
        return self.subject


def new_token() -> str:
    """Unguessable, and short enough for an address."""
    return secrets.token_urlsafe(18)


class ListImport(models.Model):
    """A list on its way in: what was read of the file, and how far the organisers have come with it.

    Full of personal data, so it is gone a day later (participants/importing/keeping.py). Any organiser of the event may
    go on where another one stopped.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="list_imports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    file_name = models.CharField(max_length=200)
    sheets = models.JSONField()
    mapping = models.JSONField()
    answers = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.file_name
