"""The door: signing in by card works only while the organiser or a door host holds it open."""

from datetime import datetime, timedelta

from .devices import free_label, make_device, send_out
from .feed_version import locked
from .models import Card, Device, Event

OPEN_FOR = timedelta(minutes=30)


class DoorClosed(Exception):
    """Nobody is let in now."""


def is_open(event: Event, now: datetime) -> bool:
    """Whether the door stands open at `now`; it closes by itself."""
    return event.door_open_until is not None and now < event.door_open_until


def open_door(*, event: Event, now: datetime) -> Event:
    """«Slipp inn enheter»: open the door for half an hour from now, also when it is open already."""
    return _hold_until(event, now + OPEN_FOR)


def close_door(*, event: Event) -> Event:
    """«Steng nå». Who is in stays in."""
    return _hold_until(event, None)


def let_in(*, event: Event, card: Card, kind: str, replaces: Device | None, now: datetime) -> Device:
    """Make the device that the card's holder has come with; `kind` is what it is called («iPad»).

    `replaces` is the device that this browser was until now, which is sent out. Raises DoorClosed, also when the door
    or the card went while the card was looked up.
    """
    with locked(event) as event:
        still = event.cards.filter(pk=card.pk, nonce=card.nonce).exists()
        if not is_open(event, now) or not still:
            raise DoorClosed
        if replaces is not None:
            send_out(device=replaces, now=now)
        holder = card.membership
        label = free_label(event=event, user=holder.user, kind=kind)
        return make_device(event=event, user=holder.user, role=holder.role, label=label)


def _hold_until(event: Event, moment: datetime | None) -> Event:
    with locked(event) as event:
        event.door_open_until = moment
        event.save(update_fields=["door_open_until"])
    return event
