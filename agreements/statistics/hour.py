"""How børstimen went: how long it was, and when the agreements were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.models import Event

BIN_MINUTES = (5, 10, 15, 30, 60, 120, 360, 720, 1440)
MOST_BINS = 24
MOST_MINUTES = 1440


def traded_minutes(event: Event) -> int:
    """How long børstimen was, in whole minutes from stroke to stroke, at least one; 0 until the closing stroke, since
    nothing can be said of its length before. A stroke that was early or late by a tenth of the planned length at most
    does not make it another length: then it is the planned one."""
    if event.opened_at is None or event.closed_at is None:
        return 0
    lasted = round((event.closed_at - event.opened_at) / timedelta(minutes=1))
    return event.minutes if abs(lasted - event.minutes) <= event.minutes * 0.1 else max(lasted, 1)


def traded_for(minutes: int) -> str:
    """`traded_minutes` in words, to stand after a number of agreements: «på én time», «på 13 minutter», or nothing."""
    if minutes % 60:
        return ngettext("på %d minutt", "på %d minutter", minutes) % minutes
    hours = minutes // 60
    in_words = {0: "", 1: _("på én time"), 2: _("på to timer"), 3: _("på tre timer")}
    return in_words[hours] if hours in in_words else _("på %d timer") % hours


@dataclass(frozen=True)
class Bin:
    """Counted agreements made from `start` up to, and not including, `end`."""

    start: datetime
    end: datetime
    count: int


def through_the_hour(event: Event, now: datetime) -> list[Bin]:
    """Counted agreements by when they were made, in bins of five minutes (longer when the hour is, so that there are at
    most 24), from the opening stroke to the closing one, planned end while the hour runs. What was made on the closing
    stroke belongs to the last bin, so the bins add up to the total. Empty before the opening stroke."""
    return _binned(event, now, BIN_MINUTES, MOST_BINS)


def by_minute(event: Event, now: datetime) -> list[Bin]:
    """As `through_the_hour`, a bin for each minute; for an hour that lasted longer than a day, for each hour."""
    return _binned(event, now, (1, 60), MOST_MINUTES)


def busiest(minutes: Sequence[Bin]) -> Bin | None:
    """The first of the bins with the most agreements, or None when there are no agreements."""
    largest = max(minutes, key=lambda part: part.count, default=None)
    return largest if largest and largest.count else None


def _binned(event: Event, now: datetime, sizes: Sequence[int], most: int) -> list[Bin]:
    if event.opened_at is None:
        return []
    start, end = event.opened_at, event.closed_at or max(event.planned_end, now)
    length = max(end - start, timedelta(minutes=1))
    fitting = (timedelta(minutes=minutes) for minutes in sizes)
    size = next((size for size in fitting if size * most >= length), length / most)
    bins = [0] * max(1, -(-length // size))
    for made_at in event.agreements.counted().order_by().values_list("made_at", flat=True):
        bins[min(max((made_at - start) // size, 0), len(bins) - 1)] += 1
    edges = [min(start + size * place, max(end, start + length)) for place in range(len(bins) + 1)]
    return [Bin(edges[place], edges[place + 1], number) for place, number in enumerate(bins)]
