"""What the list of participants reminds the organisers of."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q

from borsen.enums import MailKind, MailStatus
from borsen.models import Event

from .enums import Status
from .models import Resource


@dataclass(frozen=True)
class Errands:
    """How many have written neither offers nor needs and when anybody was last reminded of it, how many say that they
    are another one's double, how many have changed what they wrote, and how many e-mails wait for somebody to do
    something."""

    nothing_written: int
    reminded_at: datetime | None
    said_to_be_same: int
    changed: int
    stopped_mails: int


def errands(event: Event) -> Errands:
    """Two queries."""
    written = Exists(Resource.objects.filter(participant=OuterRef("pk")))
    takes_part = ~Q(status=Status.CANCELLED)
    people = event.participants.aggregate(
        missing=Count("pk", filter=takes_part & Q(~written)),
        said=Count("pk", filter=takes_part & Q(same_as__isnull=False)),
        changed=Count("pk", filter=Q(status=Status.APPROVED, proposal__isnull=False)),
    )
    mails = event.mails.aggregate(
        stopped=Count("pk", filter=Q(status__in=(MailStatus.FAILED, MailStatus.HELD))),
        reminded=Max("made_at", filter=Q(kind=MailKind.REMINDER) & ~Q(status=MailStatus.FAILED)),
    )
    return Errands(people["missing"], mails["reminded"], people["said"], people["changed"], mails["stopped"])
