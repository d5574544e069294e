"""The queue of e-mails: written in the transaction of what they tell of, sent one at a time by borsen/mail_worker.py.

A mail is marked as being sent before it is handed to the mail server and as sent after it. A power cut in between sends
it once more, with the same Message-ID; none is ever lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from .enums import MailKind, MailStatus
from .models import Event, OutgoingMail

# After the first failure, the second …; the last one is a day after the first try.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 420, 760))
# Talking to a mail server ends after EMAIL_TIMEOUT for each step; whoever holds a mail longer than this has died.
CLAIM_LASTS = timedelta(minutes=10)
OPEN = (MailStatus.WAITING, MailStatus.SENDING)
ERROR_MAX = 300


@dataclass(frozen=True)
class Letter:
    """One e-mail as it is to be sent. `about` is what it is of, as «message:12»; `delay` lets more be added to it."""

    kind: MailKind
    to: str
    subject: str
    body: str
    name: str = ""
    about: str = ""
    delay: timedelta = timedelta(0)


def queue(*, event: Event | None, letters: Iterable[Letter]) -> list[OutgoingMail]:
    """Queue the letters inside the caller's transaction. Without a mail server they are held: somebody has to let them
    go once there is one, since a week-old mail must not go out by itself."""
    now = timezone.now()
    status = MailStatus.WAITING if settings.HAS_MAIL else MailStatus.HELD
    rows = [
        OutgoingMail(
            event=event,
            kind=letter.kind,
            about=letter.about,
            to=letter.to,
            name=letter.name,
            # A line break in a subject would be a header of somebody else's making.
            subject=" ".join(letter.subject.split())[:200],
            body=letter.body,
            status=status,
            next_try_at=now + letter.delay,
            message_id=f"<{uuid4()}@frivilligbors>",
        )
        for letter in letters
    ]
    return OutgoingMail.objects.bulk_create(rows)


def claim_next(now: datetime) -> OutgoingMail | None:
    """Take the oldest mail whose turn it is, for this process alone; None when there is none."""
    due = Q(status=MailStatus.WAITING, next_try_at__lte=now)
    stuck = Q(status=MailStatus.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    # A børs that is held elsewhere has taken its mails along: here they wait until it comes back.
    elsewhere = Q(event__in=Event.objects.exclude(moved_to=""))
    # Looked for every few seconds: on SQLite a transaction would take the one write lock each time.
    if not OutgoingMail.objects.filter(due | stuck).exclude(elsewhere).exists():
        return None
    with transaction.atomic():
        # With its event, since who sends it has no connection.
        rows = OutgoingMail.objects.select_related("event")
        rows = rows.select_for_update(skip_locked=True, of=("self",)) if _locks_rows() else rows
        mail = rows.filter(due | stuck).exclude(elsewhere).order_by("next_try_at", "pk").first()
        if mail is None:
            return None
        mail.status, mail.claimed_at, mail.attempts = MailStatus.SENDING, now, mail.attempts + 1
        mail.save(update_fields=["status", "claimed_at", "attempts"])
    return mail


def note_sent(mail: OutgoingMail, now: datetime) -> None:
    """The mail server has taken it."""
    OutgoingMail.objects.filter(pk=mail.pk).update(status=MailStatus.SENT, sent_at=now, claimed_at=None, last_error="")


def note_failed(mail: OutgoingMail, *, error: str, for_good: bool, now: datetime) -> None:
    """It was not taken: try again later, or `for_good` never, until somebody asks for it."""
    gives_up = for_good or mail.attempts > len(WAITS)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=MailStatus.FAILED if gives_up else MailStatus.WAITING,
        next_try_at=now if gives_up else now + WAITS[mail.attempts - 1],
        claimed_at=None,
        last_error=error[:ERROR_MAX],
    )


def send_again(*, mails: QuerySet[OutgoingMail]) -> int:
    """Let those of `mails` that failed, are held or wait for another try go out now; returns how many."""
    again = Q(status=MailStatus.WAITING, attempts__gt=0)
    return mails.filter(again | Q(status__in=(MailStatus.FAILED, MailStatus.HELD))).update(
        status=MailStatus.WAITING, attempts=0, next_try_at=timezone.now(), last_error=""
    )


def discard(*, mails: QuerySet[OutgoingMail]) -> int:
    """Take away those of `mails` that have not been sent and are not being sent; returns how many."""
    waiting = (MailStatus.WAITING, MailStatus.FAILED, MailStatus.HELD)
    return mails.filter(status__in=waiting).delete()[0]


def numbers(mails: QuerySet[OutgoingMail]) -> dict[MailStatus, int]:
    """How many of `mails` stand where, every status named. One query."""
    found = dict(mails.order_by().values_list("status").annotate(number=Count("pk")))
    return {status: found.get(status.value, 0) for status in MailStatus}


def _locks_rows() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked
