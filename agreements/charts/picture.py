"""A chart as plain shapes, without a unit or a place to be drawn: the page, the PDF and the file draw the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from borsen.enums import Sector


class Paint(Enum):
    """The colours of a chart (shared/look/look.md). INK is the colour of the words around it."""

    INK = "#0b1511"
    SECOND = "#4b5149"
    GREEN = "#14513c"
    PALE = "#bbd5c4"
    PAPER = "#ffffff"
    SHADE_1 = "#eef4ee"
    SHADE_2 = "#e3eee6"
    SHADE_3 = "#d0e2d6"
    BUSINESS = "#e69f00"
    VOLUNTARY = "#f0e442"
    PUBLIC = "#56b4e9"
    INDIVIDUAL = "#cc79a7"


# The more there are, the deeper the green; ink passes 7:1 on all of them.
SHADES = (Paint.PAPER, Paint.SHADE_1, Paint.SHADE_2, Paint.SHADE_3, Paint.PALE)
SECTOR_PAINTS = {
    Sector.BUSINESS: Paint.BUSINESS,
    Sector.VOLUNTARY: Paint.VOLUNTARY,
    Sector.PUBLIC: Paint.PUBLIC,
    Sector.INDIVIDUAL: Paint.INDIVIDUAL,
}


class Anchor(Enum):
    """Which end of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Rect:
    """From its top left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: Paint | None = None
    stroke: Paint | None = None
    radius: float = 0


@dataclass(frozen=True)
class Line:
    """From one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    paint: Paint = Paint.INK
    thickness: float = 1


@dataclass(frozen=True)
class Hatch:
    """Slanting lines that fill a rectangle, so that it differs from a plain one without any colour."""

    STEP = 5.0
    THICKNESS = 1.5

    x: float
    y: float
    width: float
    height: float
    paint: Paint = Paint.GREEN

    def strokes(self) -> Iterator[tuple[float, float, float, float]]:
        """Each line from its lower left to its upper right end, kept inside the rectangle."""
        reach = self.STEP
        while reach < self.width + self.height:
            left, right = max(0.0, reach - self.height), min(reach, self.width)
            yield self.x + left, self.y + reach - left, self.x + right, self.y + reach - right
            reach += self.STEP


@dataclass(frozen=True)
class Text:
    """One line of words on the base line `y`."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = Anchor.START
    is_bold: bool = False
    paint: Paint = Paint.INK


@dataclass(frozen=True)
class Symbol:
    """One of the product's symbols (borsen/templatetags/components.py) in a square, from its top left corner."""

    name: str
    x: float
    y: float
    size: float
    paint: Paint = Paint.INK


Shape = Rect | Line | Hatch | Text | Symbol


@dataclass(frozen=True)
class Table:
    """The chart's numbers. The first cell of a row names it, the rest belong to the columns of the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A chart with its numbers. `breaks`: the heights at which it may be cut in two where it is too tall for a page."""

    title: str
    description: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    table: Table
    breaks: tuple[float, ...] = ()

    @property
    def texts(self) -> list[str]:
        """All that can be read in it, in the order in which it is drawn."""
        return [shape.text for shape in self.shapes if isinstance(shape, Text)]


@dataclass(frozen=True)
class NamedPicture:
    """`name` is the picture's part of an address, and never changes: it stands in documents that others keep."""

    name: str
    picture: Picture

    @property
    def title(self) -> str:
        return self.picture.title
