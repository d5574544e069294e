"""Approving many at once: only what stood there when the organiser looked. Who came, or wrote something else, while
they looked waits for the next look.

What was looked over travels with the page's form, as a fingerprint of each participant.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from borsen.feed_version import advance, locked
from borsen.models import Event

from .enums import Status
from .models import Participant
from .proposals import fingerprint, read_ahead

DIGITS = 12  # of a participant's number; more is none of ours


@dataclass(frozen=True)
class Approved:
    """How many were approved, and how many that were asked for wait because nobody has seen them as they are now."""

    count: int
    left: int


def fingerprints(participants: Collection[Participant]) -> dict[int, str]:
    """What each of these, of one event, says now. As many queries for many as for one."""
    read_ahead(list(participants))
    return {each.pk: fingerprint(each) for each in participants}


def as_sent(found: Mapping[int, str]) -> str:
    """Fingerprints as a form carries them."""
    return ",".join(f"{pk}:{said}" for pk, said in found.items())


def as_read(sent: str) -> dict[int, str]:
    """Fingerprints as they come back; what is none is left out."""
    pairs = (each.partition(":") for each in sent.split(","))
    return {int(pk): said for pk, _colon, said in pairs if said and pk.isascii() and pk.isdigit() and len(pk) < DIGITS}


def new_ones(event: Event) -> QuerySet[Participant]:
    """Those that wait, but for who says to be another one: that is for the organiser to join."""
    return event.participants.filter(status=Status.REGISTERED, same_as=None)


def approve_new(*, event: Event, seen: Mapping[int, str]) -> Approved:
    """Approve all new ones that stand as they were seen."""
    with locked(event) as event:
        return _approve(event, new_ones(event), seen)


def approve_chosen(*, event: Event, among: Iterable[int], seen: Mapping[int, str]) -> Approved:
    """Approve those with these ids, as far as they belong to `event` and stand as they were seen."""
    with locked(event) as event:
        return _approve(event, event.participants.filter(pk__in=among).exclude(status=Status.APPROVED), seen)


def _approve(event: Event, rows: QuerySet[Participant], seen: Mapping[int, str]) -> Approved:
    """A proposal, of who signed off and on again after it was approved, goes on waiting as of every approved one."""
    found = fingerprints(rows)
    as_seen = [pk for pk, said in found.items() if seen.get(pk) == said]
    if as_seen:
        event.participants.filter(pk__in=as_seen).update(status=Status.APPROVED)
        advance(event)
    return Approved(len(as_seen), len(found) - len(as_seen))
