"""Agreements that were made while everybody waited for a gong that is late: held, and registered by the stroke.

The tablet keeps its own copy until it has a number, so the two may both bring it: the key makes that harmless.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from borsen.clock import phase
from borsen.enums import Phase
from borsen.feed_version import advance, locked
from borsen.models import Device, Event, User

from .drafts import digest
from .forms import AgreementForm
from .models import Agreement, WaitingAgreement
from .posted import PREFIX, content_of
from .queued import Salvage
from .registering import KeyConflict, Refused, register


def may_wait(event: Event, now: datetime, *, queued: bool) -> bool:
    """Before the stroke, once the planned start has passed; what was finished on a tablet (`queued`) at any time."""
    return phase(event, now) is Phase.BEFORE and (queued or now >= event.starts_at)


def hold(
    *, event: Event, data: Mapping[str, Any], by: User | None, device: Device | None, now: datetime
) -> WaitingAgreement | None:
    """Keep an agreement form as it was posted until the gong is struck; None when it has been struck meanwhile.

    Holding the same key again changes nothing. Raises Refused when it is no agreement at all (agreements/queued.py).
    """
    draft = Salvage(event, data).draft()
    with locked(event) as event:
        if phase(event, now) is not Phase.BEFORE:
            return None
        row, is_new = event.waiting_agreements.get_or_create(
            key=draft.key, defaults={"broker": by, "device": device, "posted": _kept(data), "arrived_at": now}
        )
        if is_new:
            advance(event)
    return row


def register_waiting(*, event: Event, now: datetime) -> list[Agreement]:
    """Register what waited for the gong, in order of arrival, each in a transaction of its own.

    One that can't be registered is let go here and stays on its tablet, which sends it again and is told why. So is
    what came from a device that has been sent out since.
    """
    registered = []
    for row in event.waiting_agreements.select_related("broker", "device").order_by("pk"):
        if row.device is None or row.device.revoked_at is None:
            registered += _register(row, event, now)
        row.delete()
    return registered


def take_back(*, event: Event, key: UUID, by: User) -> bool:
    """Let go of an agreement that waits; False when `by` has none with that key waiting."""
    with locked(event) as event:
        count, _rows = event.waiting_agreements.filter(key=key, broker=by).delete()
        if count:
            advance(event)
    return bool(count)


def waiting_brokers(event: Event) -> int:
    """How many brokers (each tablet one) have an agreement that waits for the gong."""
    return event.waiting_agreements.values("broker", "device").distinct().count()


def _register(row: WaitingAgreement, event: Event, now: datetime) -> list[Agreement]:
    try:
        salvage = Salvage(event, row.posted)
        registration = register(
            event=event,
            draft=salvage.draft(),
            by=row.broker,
            device=row.device,
            now=now,
            queued=True,
            remarks=tuple(dict.fromkeys(salvage.remarks)),
            content_digest=digest(content_of(row.posted)),
        )
    except (Refused, KeyConflict):
        return []
    return [registration.agreement] if registration.created else []


def _kept(data: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the form, and nothing else that somebody may have sent along."""
    return {
        name: str(data.get(name, ""))
        for name in data
        if name in AgreementForm.base_fields or name.startswith(f"{PREFIX}-")
    }
