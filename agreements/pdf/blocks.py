"""What the lists are built of: blocks with a number or a tile in the margin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.shapes import draw_tile
from borsen.pdf.text import P

TILE = 16.5
TILE_GAP = 6
GUTTER = 18


@dataclass(frozen=True)
class Cell:
    """A column of paragraphs in a block, with a sector's tile beside it or without."""

    paragraphs: Sequence[Paragraph]
    sector: Sector | None = None


def agreement_key(number: int) -> str:
    """What a link to an agreement leads to: the block with its number."""
    return f"agreement-{number}"


class Anchor(Flowable):
    """A place that links lead to when it has a key, and nothing to see."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        if self.key:
            self.canv.bookmarkHorizontal(self.key, 0, 0)


class Block(Flowable):
    """One agreement or one participant: what stands in the margin, a heading, text, and cells two by two.

    It stays together; only when it is taller than a page is it taken apart into plain paragraphs.
    """

    def __init__(
        self,
        *,
        head: Paragraph,
        margin_width: float,
        pad: float = 8,
        number: int | None = None,
        sector: Sector | None = None,
        aside: Paragraph | None = None,
        body: Sequence[Paragraph] = (),
        cells: Sequence[Cell] = (),
    ) -> None:
        super().__init__()
        self.head, self.body, self.cells, self.aside = head, body, cells, aside
        self.number, self.sector, self.margin_width, self.pad = number, sector, margin_width, pad
        self._placed: list[tuple[Paragraph, float, float]] = []
        self._tiles: list[tuple[Sector, float, float]] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._placed, self._tiles = [], []
        left, inner = self.margin_width, width - self.margin_width
        aside_width = 70 if self.aside else 0
        if self.aside:
            self._place(self.aside, width - aside_width, self.pad, aside_width)
        y = self.pad + self._place(self.head, left, self.pad, inner - aside_width)
        for paragraph in self.body:
            y += 1 + self._place(paragraph, left, y + 1, inner)
        for pair in range(0, len(self.cells), 2):
            y += 4 + self._place_pair(self.cells[pair : pair + 2], left, y + 4, (inner - GUTTER) / 2)
        self.width, self.height = width, y + self.pad
        return self.width, self.height

    def _place_pair(self, cells: Sequence[Cell], x: float, y: float, width: float) -> float:
        tallest = 0.0
        for place, cell in enumerate(cells):
            left, top = x + place * (width + GUTTER), y
            indent = TILE + TILE_GAP if cell.sector else 0
            if cell.sector:
                self._tiles.append((cell.sector, left, top))
            for paragraph in cell.paragraphs:
                top += self._place(paragraph, left + indent, top, width - indent)
            tallest = max(tallest, top - y)
        return tallest

    def _place(self, paragraph: Paragraph, x: float, y: float, width: float) -> float:
        height = float(paragraph.wrap(width, styles.FRAME_HEIGHT)[1])
        self._placed.append((paragraph, x, y))
        return height

    def split(self, _width: float, _height: float) -> list[Flowable]:
        if self.height <= styles.FRAME_HEIGHT:
            return []
        # The first part has to fit where the block did not; so it is one that takes no room.
        parts: list[Flowable] = [Anchor("" if self.number is None else agreement_key(self.number))]
        if self.number is not None:
            parts.append(P(str(self.number), styles.STRONG))
        parts += [P(self.sector.short, styles.SMALL)] if self.sector else []
        parts += [self.head, *([self.aside] if self.aside else []), *self.body]
        for cell in self.cells:
            parts += [P(cell.sector.short, styles.SMALL)] if cell.sector else []
            parts += cell.paragraphs
        return parts

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(0.75)
        canvas.line(0, self.height, self.width, self.height)
        if self.number is not None:
            canvas.bookmarkHorizontal(agreement_key(self.number), 0, self.height)
            canvas.setFillColor(styles.INK)
            canvas.setFont(faces.FIGURE, 19)
            canvas.drawString(0, self.height - self.pad - 14.5, str(self.number))
        if self.sector:
            draw_tile(canvas, self.sector, x=0, y=self.height - self.pad - TILE + 1, size=TILE)
        for sector, x, y in self._tiles:
            draw_tile(canvas, sector, x=x, y=self.height - y - TILE, size=TILE)
        for paragraph, x, y in self._placed:
            paragraph.drawOn(canvas, x, self.height - y - paragraph.height)
