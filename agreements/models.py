"""What was agreed, by whom, and everything that has happened to it since (design.md §4)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from borsen.models import Challenge, Device, Event
from participants.models import Category, Contact, Participant, Resource, new_token

from .enums import FirstTime, Kind, Outcome, What

# The longest texts of an agreement, in characters. The tablet says so while it is typed; the samples reach 89 and 133.
SUMMARY_MAX = 120
GIVES_MAX = 200
DETAILS_MAX = 2000
AWARD_TITLE_MAX = 80
AWARD_REASON_MAX = 300


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def counted(self) -> "AgreementQuerySet":
        """What counts everywhere: registered and not withdrawn, hidden ones included (design.md §2)."""
        return self.filter(withdrawn_at=None)

    def shown(self) -> "AgreementQuerySet":
        """What a screen may show: counted, not hidden, and not waiting for someone to look at it."""
        return self.counted().filter(hidden_at=None, needs_review="")

    def with_parties(self) -> "AgreementQuerySet":
        """Fetch what a list of agreements shows, in three queries whatever its length."""
        parties = Party.objects.select_related("participant")
        return self.select_related("category").prefetch_related(models.Prefetch("parties", queryset=parties))


class Agreement(models.Model):
    """One agreement. `number` is a reference, not a count; rows are never deleted, only withdrawn.

    `key` comes with the form and makes a repeated post harmless; `key_digest` is the hash of the content as first
    sent. `version` is the event's feed version of the last change. `made_at` is when the parties agreed, by the
    device's corrected clock and inside børstimen; `registered_at` is when the server took it.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="agreements")
    number = models.PositiveIntegerField(_("nummer"))
    key = models.UUIDField()
    key_digest = models.CharField(max_length=64)
    version = models.PositiveBigIntegerField()
    kind = models.CharField(_("type"), max_length=9, choices=Kind.choices, default=Kind.AGREEMENT)
    category = models.ForeignKey(Category, models.PROTECT, related_name="agreements", verbose_name=_("kategori"))
    challenge = models.ForeignKey(Challenge, models.SET_NULL, null=True, blank=True, related_name="agreements")
    summary = models.CharField(_("kort om avtalen"), max_length=SUMMARY_MAX)
    details = models.TextField(_("mer om avtalen"), max_length=DETAILS_MAX, blank=True)
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    device = models.ForeignKey(Device, models.SET_NULL, null=True, blank=True, related_name="agreements")
    made_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    first_time = models.CharField(max_length=7, choices=FirstTime.choices, default=FirstTime.UNKNOWN)
    first_contact = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tar første kontakt")
    )
    first_contact_by = models.DateField(_("innen"), null=True, blank=True)
    not_payment = models.BooleanField(default=False)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, default=Outcome.NOT_STARTED)
    needs_review = models.CharField(max_length=300, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # 144 random bits: what the parties' own receipt page is opened by, and nothing else.
    receipt_token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("avtale")
        verbose_name_plural = _("avtaler")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "number"], name="one_agreement_per_number"),
            models.UniqueConstraint(fields=["event", "key"], name="one_agreement_per_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["event", "version"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.summary}"

    def get_absolute_url(self) -> str:
        return reverse("agreement.show", args=[self.event.slug, self.number])


class Party(models.Model):
    """One participant in one agreement, and what it gives, which may be nothing."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="parties")
    gives = models.CharField(_("gir"), max_length=GIVES_MAX, blank=True)
    offer = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="given_in")
    need = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="met_in")

    class Meta:
        verbose_name = _("part")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "participant"], name="never_the_same_party_twice"),
            models.UniqueConstraint(fields=["agreement", "position"], name="one_party_per_position"),
        ]

    def __str__(self) -> str:
        return str(self.participant)


class WaitingAgreement(models.Model):
    """An agreement form that waits for a late gong, as it was posted (agreements/waiting.py)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="waiting_agreements")
    key = models.UUIDField()
    broker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="waiting_agreements"
    )
    device = models.ForeignKey(Device, models.CASCADE, null=True, blank=True, related_name="waiting_agreements")
    posted = models.JSONField()
    arrived_at = models.DateTimeField()

    class Meta:
        verbose_name = _("avtale som venter på gongen")
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "key"], name="one_waiting_agreement_per_key")]

    def __str__(self) -> str:
        return str(self.key)


class Change(models.Model):
    """One line of an agreement's history, written by the verbs in the same transaction as the change itself."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="changes")
    version = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    device = models.ForeignKey(Device, models.SET_NULL, null=True, blank=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    why = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("endring")
        ordering: ClassVar = ["version", "pk"]

    def __str__(self) -> str:
        return f"{self.agreement} {self.get_what_display()}"


class OutcomeReport(models.Model):
    """What someone has said of how an agreement went: a user of the event, or one of the parties."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="outcome_reports")
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="outcome_reports")
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("slik gikk det")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by_user=None) | Q(by_party=None), name="outcome_report_has_one_author_at_most"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.get_outcome_display()}"


class Star(models.Model):
    """Somebody who works at the børs has suggested the agreement for a prize; one star from each person."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="stars")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("stjerne")
        verbose_name_plural = _("stjerner")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "by"], name="one_star_per_agreement_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.agreement} *"


class Award(models.Model):
    """A prize for an agreement or a participant, revealed on the storskjerm at `shown_at`."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="awards")
    title = models.CharField(_("pris"), max_length=AWARD_TITLE_MAX)
    agreement = models.ForeignKey(Agreement, models.SET_NULL, null=True, blank=True, related_name="awards")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="awards")
    reason = models.CharField(_("begrunnelse"), max_length=AWARD_REASON_MAX, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pris")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
