"""The strokes of the gong that a control room can make, by name. The rules are borsen/clock.py's."""

from collections.abc import Callable
from datetime import datetime

from agreements.waiting import register_waiting
from borsen.clock import close_hour, extend_hour, open_hour, reopen_hour, take_back_opening
from borsen.feed_version import locked
from borsen.models import Event

MORE_MINUTES = 5


def _open(event: Event, now: datetime) -> Event:
    """The opening stroke also registers what brokers have put in a queue while they waited for it."""
    event = open_hour(event=event, now=now)
    register_waiting(event=event, now=now)
    return event


def _extend(event: Event, now: datetime) -> Event:
    return extend_hour(event=event, minutes=MORE_MINUTES, now=now)


def _take_back(event: Event, now: datetime) -> Event:
    """Undo «5 minutter til»."""
    return extend_hour(event=event, minutes=-MORE_MINUTES, now=now)


def _undo(event: Event, now: datetime) -> Event:  # noqa: ARG001 - every stroke is called alike
    # The ground floor knows nothing of agreements; asked under the lock, so that none comes in between.
    with locked(event) as event:
        return take_back_opening(event=event, has_agreements=event.agreements.exists())


STROKES: dict[str, Callable[[Event, datetime], Event]] = {
    "open": _open,
    "close": lambda event, now: close_hour(event=event, now=now),
    "reopen": lambda event, now: reopen_hour(event=event, now=now),
    "extend": _extend,
    "shorten": _take_back,
    "undo": _undo,
}
