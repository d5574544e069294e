"""What can be done to an agreement afterwards: correct, withdraw, take back. Each is one line of its history."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from borsen.feed_version import advance, locked
from borsen.models import Device, User

from .drafts import Draft
from .enums import What
from .history import record, snapshot
from .models import Agreement
from .registering import Refused, fill, write_parties
from .rules import Problem, problems


class Stale(Exception):
    """Someone else changed the agreement first; `agreement` is how it stands now."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(str(agreement))
        self.agreement = agreement


@contextmanager
def _changing(agreement: Agreement, expected_version: int | None) -> Iterator[Agreement]:
    with locked(agreement.event) as event:
        current = event.agreements.with_parties().get(pk=agreement.pk)
        current.event = event
        if expected_version is not None and current.version != expected_version:
            raise Stale(current)
        yield current


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
    with _changing(agreement, expected_version) as current:
        found = [problem for problem in problems(draft, event=current.event, now=now) if not _is_of_the_hour(problem)]
        if found:
            raise Refused(found)
        before = snapshot(current)
        fill(current, draft)
        current.version = advance(current.event)
        current.save()
        current.parties.all().delete()
        write_parties(current, draft.parties)
        current = current.event.agreements.with_parties().get(pk=current.pk)
        record(current, What.CORRECTED, at=now, by=by, device=device, why=why, before=before, after=snapshot(current))
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
    with _changing(agreement, expected_version) as current:
        if current.withdrawn_at is None:
            current.withdrawn_at = now
            _keep(current, What.WITHDRAWN, "withdrawn_at", now=now, by=by, device=device, why=why)
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
    with _changing(agreement, expected_version) as current:
        if current.withdrawn_at is not None:
            current.withdrawn_at = None
            _keep(current, What.RESTORED, "withdrawn_at", now=now, by=by, device=device)
    return current


def _keep(
    agreement: Agreement,
    what: What,
    field: str,
    *,
    now: datetime,
    by: User | None,
    device: Device | None,
    why: str = "",
) -> None:
    agreement.version = advance(agreement.event)
    agreement.save(update_fields=[field, "version"])
    record(agreement, what, at=now, by=by, device=device, why=why)


def _is_of_the_hour(problem: Problem) -> bool:
    return not problem.field and not problem.fatal
