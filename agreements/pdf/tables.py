"""Tables of the report: a head that is repeated on every page, and rows that are not parted."""

from collections.abc import Sequence
from typing import TypeAlias

from reportlab.platypus import Flowable, LongTable

from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.shapes import draw_tile
from borsen.pdf.text import P

PADDING = 5
# An empty cell is drawn too, and reportlab's own face would stand in the document without being embedded.
OWN_FACE = ("FONTNAME", (0, 0), (-1, -1), faces.TEXT)
SMALL_TILE = 13
TILE_COLUMN = SMALL_TILE + 8

Cell: TypeAlias = Flowable | Sequence[Flowable] | str


class Tile(Flowable):
    """A sector's tile in a cell."""

    def __init__(self, sector: Sector) -> None:
        super().__init__()
        self.sector, self.width, self.height = sector, SMALL_TILE, SMALL_TILE + 1

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw_tile(self.canv, self.sector, x=0, y=0, size=SMALL_TILE)


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> LongTable:
    """A table under its head. A width of 0 is what is left of the page."""
    rest = styles.FRAME_WIDTH - sum(widths)
    look = [
        OWN_FACE,
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 1.2, styles.INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, styles.LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), PADDING),
        ("BOTTOMPADDING", (0, 0), (-1, -1), PADDING),
    ]
    return LongTable(
        [[P(word, styles.TABLE_HEAD) for word in head], *rows],
        colWidths=[width or rest for width in widths],
        style=look,
        repeatRows=1,
        splitInRow=1,
        spaceAfter=12,
        hAlign="LEFT",
    )
