"""What can be done to an agreement afterwards: correct, withdraw, take back. Each is one line of its history."""

from datetime import datetime

from borsen.feed_version import advance
from borsen.models import Device, User

from .changing import changing, keep
from .copies import keep_copies
from .drafts import Draft
from .enums import What
from .history import record, snapshot
from .models import Agreement
from .outcomes import authors, give_back
from .registering import Refused, fill, write_parties
from .rules import problems
from .walk_ins import with_walk_ins


def correct(
    *,
    agreement: Agreement,
    draft: Draft,
    expected_version: int,
    by: User | None,
    now: datetime,
    device: Device | None = None,
    why: str = "",
) -> Agreement:
    """Replace the agreement's content; number, key, digest and times stay.

    Raises Refused on a broken rule (the hour is not one of them: a slip may be mended the day after), and Stale when
    `expected_version` is no longer the agreement's.
    """
    with changing(agreement, expected_version) as current:
        draft = with_walk_ins(draft, event=current.event)
        found = [problem for problem in problems(draft, event=current.event, now=now) if not problem.of_hour]
        if found:
            raise Refused(found)
        before = snapshot(current)
        fill(current, draft)
        current.version = advance(current.event)
        current.save()
        told_by = authors(current)
        current.parties.all().delete()
        write_parties(current, draft.parties)
        give_back(current, told_by)
        current = current.event.agreements.with_parties().get(pk=current.pk)
        record(current, What.CORRECTED, at=now, by=by, device=device, why=why, before=before, after=snapshot(current))
        keep_copies(current)
    return current


def withdraw(
    *,
    agreement: Agreement,
    by: User | None,
    now: datetime,
    expected_version: int | None = None,
    device: Device | None = None,
    why: str = "",
) -> Agreement:
    """Take the agreement out of the count and off the screen; its number is not used again. Repeating does nothing."""
    with changing(agreement, expected_version) as current:
        if current.withdrawn_at is None:
            current.withdrawn_at = now
            keep(current, What.WITHDRAWN, "withdrawn_at", now=now, by=by, device=device, why=why)
            keep_copies(current)
    return current


def restore(
    *,
    agreement: Agreement,
    by: User | None,
    now: datetime,
    expected_version: int | None = None,
    device: Device | None = None,
) -> Agreement:
    """Undo a withdrawal. Repeating does nothing."""
    with changing(agreement, expected_version) as current:
        if current.withdrawn_at is not None:
            current.withdrawn_at = None
            keep(current, What.RESTORED, "withdrawn_at", now=now, by=by, device=device)
            keep_copies(current)
    return current
