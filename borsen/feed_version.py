"""One transaction, one lock, one step of the feed: the frame that every verb stands in (design.md §3 and §4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from .models import Event
from .signals import feed_advanced


class EventMoved(Exception):
    """The event is held elsewhere for the time being (borsen/moving/), and nothing changes here; the text says where.
    Every view answers it in the same way (borsen/moved_answer.py)."""

    def __init__(self, event: Event) -> None:
        super().__init__(moved_text(event))
        self.event = event


def moved_text(event: Event) -> str:
    return _("Børsen er flyttet til %s, og kan ikke endres her før den kommer tilbake.") % event.moved_to


@contextmanager
def locked(event: Event, *, although_moved: bool = False) -> Iterator[Event]:
    """Open a transaction that has locked the event's row, and yield it freshly read.

    Every verb enters here first and locks nothing before it, so that two verbs can't wait for each other. Raises
    EventMoved while the event is held elsewhere; `although_moved` is for the verbs that take it back.
    """
    with transaction.atomic():
        found = Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
        if found.moved_to and not although_moved:
            raise EventMoved(found)
        yield found


def advance(event: Event) -> int:
    """Take the next feed version inside `locked`, and tell the screens once it is committed.

    Saves only `feed_version`; returns it. The hint goes out on commit and never fails the transaction.
    """
    event.feed_version += 1
    event.save(update_fields=["feed_version"])
    tell = partial(feed_advanced.send, Event, event_id=event.pk, version=event.feed_version)
    transaction.on_commit(tell, robust=True)
    return event.feed_version
