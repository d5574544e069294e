"""What is done with many participants at once, that someone has chosen in the list."""

from collections.abc import Collection

from borsen.feed_version import advance, locked
from borsen.models import Event

from .enums import Status


def set_status_of(*, event: Event, among: Collection[int], status: Status) -> int:
    """Give those with these ids, as far as they belong to `event`, the status; returns how many had another one."""
    with locked(event) as event:
        count = event.participants.filter(pk__in=among).exclude(status=status).update(status=status)
        if count:
            advance(event)
    return count
