"""How long bars are beside each other, and which sectors stand beside which."""

from collections.abc import Sequence
from dataclasses import dataclass

from borsen.enums import Sector

from ..statistics import SectorFigures


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
    """A sector with each sector up to itself, so that every pair stands once."""

    sector: Sector
    cells: list[MatrixCell]


def matrix(sectors: SectorFigures, *, deepest: int) -> list[MatrixRow]:
    """The pairs of sectors as half a square, agreements inside a sector on the diagonal."""
    kinds = list(Sector)
    pairs = [(one, other) for place, one in enumerate(kinds) for other in kinds[: place + 1]]
    numbers = [sectors.between(*pair) for pair in pairs]
    shades = shares(numbers, width=deepest)
    cells: dict[Sector, list[MatrixCell]] = {kind: [] for kind in kinds}
    for (one, other), number, shade in zip(pairs, numbers, shades, strict=True):
        cells[one].append(MatrixCell(other, number, shade))
    return [MatrixRow(kind, cells[kind]) for kind in kinds]
