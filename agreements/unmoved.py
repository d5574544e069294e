"""Reading in several queries what must agree with itself, while the børs goes on.

No transaction holds it together: on SQLite that would make who registers wait.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet

from borsen.models import Event

MOST_READINGS = 3
T = TypeVar("T")


def read_unmoved(event: Event, read: Callable[[], T]) -> T:
    """What `read` gives, read again when the event moved meanwhile, so that figures and lists agree. An event that
    never stands still is given as it was last read."""
    before = mark(event)
    for _reading in range(MOST_READINGS):
        found = read()
        after = mark(event)
        if after == before:
            break
        before = after
    return found


def mark(event: Event) -> tuple[Any, ...]:
    """Another one after every change of what is counted. Two cheap queries.

    Most of what counts takes the next feed version. What no screen shows does not: who has come to the door, the
    places that the participants come from, and who waits for approval. So their rows are part of the mark.
    """
    rows: QuerySet[Any] = event.participants.order_by("pk")
    here = rows.values_list("pk", "status", "municipality", "checked_in_at", "present")
    return Event.objects.values_list("feed_version", flat=True).get(pk=event.pk), *here
