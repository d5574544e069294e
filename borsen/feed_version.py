"""One transaction, one lock, one step of the feed: the frame that every verb stands in (design.md §3 and §4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction

from .models import Event
from .signals import feed_advanced


@contextmanager
def locked(event: Event) -> Iterator[Event]:
    """Open a transaction that has locked the event's row, and yield it freshly read.

    Every verb enters here first and locks nothing before it, so that two verbs can't wait for each other.
    """
    with transaction.atomic():
        yield Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)


def advance(event: Event) -> int:
    """Take the next feed version inside `locked`, and tell the screens once it is committed.

    Saves only `feed_version`; returns it. The hint goes out on commit and never fails the transaction.
    """
    event.feed_version += 1
    event.save(update_fields=["feed_version"])
    tell = partial(feed_advanced.send, Event, event_id=event.pk, version=event.feed_version)
    transaction.on_commit(tell, robust=True)
    return event.feed_version
