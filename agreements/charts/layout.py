"""Where bars and columns stand, as numbers without a unit: the page's SVG and the PDF draw the same layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from borsen.enums import Sector

from ..statistics import Bin, SectorFigures


def shares(numbers: Sequence[int], *, width: int) -> list[int]:
    """The length of each bar when the largest one is `width`; what is more than nothing is never invisible."""
    largest = max(numbers, default=0)
    return [max(round(width * number / largest), 1) if number else 0 for number in numbers]


@dataclass(frozen=True)
class MatrixCell:
    """The agreements of a pair of sectors; `shade` is 0 to the deepest, by how many they are."""

    other: Sector
    figure: int
    shade: int


@dataclass(frozen=True)
class MatrixRow:
    """A sector with each sector up to itself, so that every pair stands once; `empty` fills the row up."""

    sector: Sector
    cells: list[MatrixCell]
    empty: range


def matrix(sectors: SectorFigures, *, deepest: int) -> list[MatrixRow]:
    """The pairs of sectors as half a square, agreements inside a sector on the diagonal."""
    kinds = list(Sector)
    pairs = [(one, other) for place, one in enumerate(kinds) for other in kinds[: place + 1]]
    numbers = [sectors.between(*pair) for pair in pairs]
    shades = shares(numbers, width=deepest)
    cells: dict[Sector, list[MatrixCell]] = {kind: [] for kind in kinds}
    for (one, other), number, shade in zip(pairs, numbers, shades, strict=True):
        cells[one].append(MatrixCell(other, number, shade))
    return [MatrixRow(kind, cells[kind], range(len(kinds) - len(cells[kind]))) for kind in kinds]


@dataclass(frozen=True)
class Column:
    """One column, from the top left corner; `label` stands under its left edge, empty where it would be crowded."""

    x: int
    y: int
    width: int
    height: int
    figure: int
    label: str
    start: datetime
    end: datetime

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Histogram:
    """Columns in a field of `width` by `height`; `end_label` stands under the right edge."""

    width: int
    height: int
    columns: list[Column]
    end_label: str


def histogram(bins: Sequence[Bin], *, width: int, height: int, gap: int) -> Histogram:
    """Lay out agreements through the hour, with a time under every third column."""
    heights = shares([part.count for part in bins], width=height)
    step = width / max(len(bins), 1)
    columns = [
        Column(
            x=round(place * step),
            y=height - tall,
            width=max(round((place + 1) * step) - round(place * step) - gap, 1),
            height=tall,
            figure=part.count,
            label=_clock(part.start) if place % 3 == 0 and place < len(bins) - 1 else "",
            start=part.start,
            end=part.end,
        )
        for place, (part, tall) in enumerate(zip(bins, heights, strict=True))
    ]
    return Histogram(width, height, columns, _clock(bins[-1].end) if bins else "")


def _clock(moment: datetime) -> str:
    return f"{localtime(moment):%H.%M}"
