"""Lying bars, one under the other: the labels, what the fillings mean, the bars, and their numbers at the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from borsen.enums import Sector
from borsen.templatetags.components import SECTOR_SHAPES

from .picture import SECTOR_PAINTS, Anchor, Hatch, Line, Paint, Rect, Shape, Symbol, Text
from .words import LINE, lines, widest, width

SIZE = 14.0
LEADING = SIZE * LINE
BAR, STEP, GROUP_GAP, GAP = 16.0, 23.0, 9.0, 12.0
SHORTEST = 2.0
LABEL_GAP, LEGEND_GAP = 3.0, 12.0
# The tile stands this much over the line of its label, so that their middles meet.
TILE, TILE_GAP, TILE_RISE = 22.0, 8.0, 2.0
SWATCH = 14.0
# Narrower than this the labels stand above the bars and not beside them.
NARROW = 520.0
LABEL_SHARE = 0.4
MOST_LINES = 4


class Look(Enum):
    """How a part of a bar is filled. The three differ without any colour."""

    SOLID = "solid"
    HATCHED = "hatched"
    EMPTY = "empty"


@dataclass(frozen=True)
class Part:
    """A part of a bar."""

    value: int
    look: Look = Look.SOLID


@dataclass(frozen=True)
class Bar:
    """One bar: its parts after each other, its number in words, and what tells it from the others of its group."""

    parts: tuple[Part, ...]
    figure: str
    word: str = ""

    @property
    def total(self) -> int:
        return sum(part.value for part in self.parts)


@dataclass(frozen=True)
class Group:
    """The bars of one thing, with a sector's tile before its label or without."""

    label: str
    bars: tuple[Bar, ...]
    sector: Sector | None = None


@dataclass(frozen=True)
class Drawn:
    """Shapes with the height that they take, and where they may be cut."""

    shapes: list[Shape]
    height: float
    breaks: tuple[float, ...] = ()


def filled(x: float, y: float, wide: float, tall: float, look: Look) -> list[Shape]:
    """A rectangle in one of the fillings."""
    if look is Look.SOLID:
        return [Rect(x, y, wide, tall, fill=Paint.GREEN)]
    inside = max(wide - 1, 0.5)
    outline = Rect(x + 0.5, y + 0.5, inside, tall - 1, fill=Paint.PAPER, stroke=Paint.GREEN)
    return [outline] if look is Look.EMPTY else [outline, Hatch(x + 0.5, y + 0.5, inside, tall - 1)]


def tile(sector: Sector, x: float, y: float, size: float = TILE) -> list[Shape]:
    """A sector's tile; its word must stand beside it."""
    inset = size * 0.2
    return [
        Rect(x, y, size, size, fill=SECTOR_PAINTS[sector], radius=size * 0.22),
        Symbol(SECTOR_SHAPES[sector], x + inset, y + inset, size - 2 * inset),
    ]


def legend(meanings: Sequence[tuple[Look, str]], *, room: float) -> Drawn:
    """What the fillings mean, beside each other where there is room."""
    shapes: list[Shape] = []
    x = y = 0.0
    for look, word in meanings:
        wide = SWATCH + 6 + width(word, SIZE)
        if x and x + wide > room:
            x, y = 0.0, y + LEADING + 2
        shapes += filled(x, y + 2, SWATCH, SWATCH, look)
        for line in lines(word, SIZE, room - SWATCH - 6, most=MOST_LINES):
            shapes.append(Text(x + SWATCH + 6, y + SIZE, line, SIZE))
            y += LEADING
        y -= LEADING
        x += wide + 20
    return Drawn(shapes, y + LEADING) if meanings else Drawn([], 0)


def bars(
    groups: Sequence[Group], *, room: float, meanings: Sequence[tuple[Look, str]] = (), above: bool = False
) -> Drawn:
    """All groups. `above` puts the labels over the bars in a wide picture too, for those that are sentences."""
    above = above or room < NARROW
    key = legend(meanings, room=room)
    places = _places(groups, room, above)
    gap = GROUP_GAP if above or any(len(group.bars) > 1 for group in groups) else 0
    shapes, breaks = list(key.shapes), []
    top = y = key.height + (LEGEND_GAP if meanings else 0) + TILE_RISE
    for group in groups:
        if y > top:
            breaks.append(y - gap / 2 - TILE_RISE)
        label = list(_label(group, y, places, is_bold=above))
        tall = max(len(label) * LEADING, LEADING)
        y_bars = y + tall + LABEL_GAP if above else y
        shapes += tile(group.sector, 0, y - TILE_RISE) if group.sector else []
        shapes += label
        for place, bar in enumerate(group.bars):
            shapes += _bar(bar, y_bars + place * STEP, places, room)
        bottom = y_bars + len(group.bars) * STEP
        shapes.append(Line(places.left, y_bars, places.left, bottom - STEP + BAR + 4))
        y = max(bottom, y + tall + (LABEL_GAP if len(label) > 1 else 0)) + gap
    return Drawn(shapes, y - gap, tuple(breaks))


@dataclass(frozen=True)
class _Places:
    """The columns of the picture: how wide a label may be, where words and bars begin, and a bar's length for one."""

    label_room: float
    words: float
    left: float
    unit: float


def _places(groups: Sequence[Group], room: float, above: bool) -> _Places:
    every = [bar for group in groups for bar in group.bars]
    label_room = room if above else _label_room(groups, room)
    words = 0 if above else label_room + GAP
    word_room = widest([bar.word for bar in every], SIZE)
    left = words + (word_room + GAP if word_room else 0)
    right = room - widest([bar.figure for bar in every], SIZE, is_bold=True) - GAP
    largest = max((bar.total for bar in every), default=0)
    return _Places(label_room, words, left, max(right - left, 1) / max(largest, 1))


def _label(group: Group, y: float, places: _Places, *, is_bold: bool) -> Iterator[Text]:
    indent = TILE + TILE_GAP if group.sector else 0
    found = lines(group.label, SIZE, places.label_room - indent, most=MOST_LINES, is_bold=is_bold)
    for place, line in enumerate(found):
        yield Text(indent, y + SIZE + place * LEADING, line, SIZE, is_bold=is_bold)


def _label_room(groups: Sequence[Group], room: float) -> float:
    """As wide as the widest label, but no more than its share, in which it is broken."""
    wanted = [width(group.label, SIZE) + (TILE + TILE_GAP if group.sector else 0) for group in groups]
    return min(max(wanted, default=0) + 1, room * LABEL_SHARE)


def _bar(bar: Bar, y: float, places: _Places, room: float) -> Iterator[Shape]:
    base = y + SIZE
    if bar.word:
        yield Text(places.words, base, bar.word, SIZE)
    x = places.left
    for part in bar.parts:
        if part.value:
            wide = max(part.value * places.unit, SHORTEST)
            yield from filled(x, y + 2, wide, BAR, part.look)
            x += wide
    yield Text(room, base, bar.figure, SIZE, Anchor.END, is_bold=True)
