"""Agreements through the hour, as standing columns."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..statistics import Bin
from .bars import SIZE
from .picture import Anchor, Line, Paint, Picture, Rect, Shape, Table, Text
from .words import widest, width

PLOT = 150.0
HEAD, FOOT = 20.0, 24.0
SMALL = 13.0
STEPS = (1, 2, 5)
MOST_TICKS = 4
DAY = timedelta(hours=24)


def through_the_hour(bins: Sequence[Bin], *, room: float) -> Picture:
    """A column for each bin with its number on it, or a scale beside them where the columns are too narrow for that."""
    counts = [part.count for part in bins]
    largest = max(counts, default=0)
    scaled = widest([str(count) for count in counts], SMALL, is_bold=True) + 3 > room / max(len(bins), 1)
    ticks = _ticks(largest) if scaled and largest else []
    left = widest([str(tick) for tick in ticks], SMALL) + 8 if ticks else 0
    top = max([largest, *ticks])
    step = (room - left) / max(len(bins), 1)
    base = HEAD + PLOT
    shapes: list[Shape] = []
    for tick in ticks:
        y = base - PLOT * tick / top
        shapes += [
            Line(left, y, room, y, Paint.PALE, 1),
            Text(left - 8, y + SMALL * 0.36, str(tick), SMALL, Anchor.END),
        ]
    for place, count in enumerate(counts):
        x, tall = left + place * step, PLOT * count / top if top else 0
        gap = min(step * 0.16, 6)
        if count:
            tall = max(tall, 2)
            shapes.append(Rect(x + gap / 2, base - tall, step - gap, tall, fill=Paint.GREEN))
        if not ticks and largest:
            paint = Paint.INK if count else Paint.SECOND
            shapes.append(Text(x + step / 2, base - tall - 5, str(count), SMALL, Anchor.MIDDLE, count > 0, paint))
    if not largest:
        shapes.append(Text(room / 2, HEAD + PLOT / 2, _("Ingen avtaler"), SIZE, Anchor.MIDDLE, paint=Paint.SECOND))
    shapes.append(Line(left, base, room, base, Paint.INK, 1.5))
    shapes += _times(bins, left=left, step=step, room=room, base=base)
    return Picture(
        title=_("Avtalene gjennom børstimen"),
        description=_("Søyler for når avtalene ble inngått, fra åpningsgongen til sluttgongen."),
        width=room,
        height=base + FOOT,
        shapes=tuple(shapes),
        table=Table(
            (_("Tidsrom"), _("Avtaler")),
            tuple((_("%(start)s–%(end)s") % _ends(bins, place), part.count) for place, part in enumerate(bins)),
        ),
    )


def _ticks(largest: int) -> list[int]:
    """Up to five round numbers that reach over the largest one."""
    for power in range(len(str(largest)) + 1):
        for step in STEPS:
            size = step * 10**power
            if ceil(largest / size) <= MOST_TICKS:
                return [size * place for place in range(1, ceil(largest / size) + 1)]
    return [largest]


def _times(bins: Sequence[Bin], *, left: float, step: float, room: float, base: float) -> list[Shape]:
    """As many times as there is room for, each at the edge that it is the time of, the last one always."""
    if not bins:
        return []
    words = [_clock(bins, place) for place in range(len(bins) + 1)]
    every = ceil((widest(words, SMALL) + 12) / step)
    y = base + 18
    shapes: list[Shape] = []
    for place in range(0, len(bins), every):
        x = left + place * step
        if x + width(words[place], SMALL) + 12 > room - width(words[-1], SMALL):
            break
        shapes += [Line(x, base, x, base + 5, Paint.INK, 1), Text(x, y, words[place], SMALL)]
    end = Line(room - 0.5, base, room - 0.5, base + 5, Paint.INK, 1)
    return [*shapes, end, Text(room, y, words[-1], SMALL, Anchor.END)]


def _ends(bins: Sequence[Bin], place: int) -> dict[str, str]:
    return {"start": _clock(bins, place), "end": _clock(bins, place + 1)}


def _clock(bins: Sequence[Bin], edge: int) -> str:
    """The time of an edge between bins; with the day where the hour lasted longer than one."""
    moment = localtime(bins[edge].start if edge < len(bins) else bins[-1].end)
    clock = f"{moment:%H.%M}"
    return f"{moment.day}.{moment.month}. {clock}" if bins[-1].end - bins[0].start > DAY else clock
