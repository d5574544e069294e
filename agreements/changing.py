"""The frame of everything that is done to an agreement afterwards: locked, as it stands now, one line of history."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from borsen.feed_version import advance, locked
from borsen.models import Device, User

from .enums import What
from .history import record
from .models import Agreement


class Stale(Exception):
    """Someone else changed the agreement first; `agreement` is how it stands now."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(str(agreement))
        self.agreement = agreement


@contextmanager
def changing(agreement: Agreement, expected_version: int | None = None) -> Iterator[Agreement]:
    """Lock the event and yield the agreement as it stands, with its parties.

    Raises Stale when `expected_version` is no longer the agreement's.
    """
    with locked(agreement.event) as event:
        current = event.agreements.with_parties().get(pk=agreement.pk)
        current.event = event
        if expected_version is not None and current.version != expected_version:
            raise Stale(current)
        yield current


def keep(
    agreement: Agreement,
    what: What,
    *fields: str,
    now: datetime,
    by: User | None,
    device: Device | None,
    why: str = "",
) -> None:
    """Save `fields` of an agreement inside `changing`, move the feed, and write the line of history."""
    agreement.version = advance(agreement.event)
    agreement.save(update_fields=[*fields, "version"])
    record(agreement, what, at=now, by=by, device=device, why=why)
