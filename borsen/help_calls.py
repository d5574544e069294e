"""«Trenger hjelp»: a broker on the floor calls for the organiser without leaving the table."""

from datetime import datetime

from .feed_version import advance, locked
from .models import Device, Event, HelpCall, User


def ask_for_help(*, event: Event, user: User, device: Device | None, now: datetime) -> HelpCall:
    """Call for help; who has called already keeps the call they have."""
    with locked(event) as event:
        call = _open_call(event, user, device)
        if call is None:
            call = HelpCall.objects.create(event=event, user=user, device=device, asked_at=now)
            advance(event)
    return call


def take_back_help(*, event: Event, user: User, device: Device | None, now: datetime) -> bool:
    """It sorted itself out; False when there was no call, or it has been answered."""
    with locked(event) as event:
        call = _open_call(event, user, device)
        if call is not None:
            call.answered_at = now
            call.save(update_fields=["answered_at"])
            advance(event)
    return call is not None


def answer_help(*, event: Event, pk: int, by: User, now: datetime) -> bool:
    """Somebody is on the way; False when the call was answered or taken back before."""
    with locked(event) as event:
        answered = event.help_calls.filter(pk=pk, answered_at=None).update(answered_at=now, answered_by=by)
        if answered:
            advance(event)
    return bool(answered)


def open_calls(event: Event) -> list[HelpCall]:
    """Who waits for help, the longest wait first; a tablet that was sent out waits no longer."""
    calls = event.help_calls.filter(answered_at=None, device__revoked_at=None)
    return list(calls.select_related("user", "device"))


def latest_call(*, event: Event, user: User, device: Device | None) -> HelpCall | None:
    """The last call made here; None before the first one, and after one that was taken back."""
    call = event.help_calls.filter(user=user, device=device).order_by("-pk").first()
    taken_back = call is not None and call.answered_at is not None and call.answered_by_id is None
    return None if taken_back else call


def _open_call(event: Event, user: User, device: Device | None) -> HelpCall | None:
    return event.help_calls.filter(user=user, device=device, answered_at=None).first()
