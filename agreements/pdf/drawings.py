"""Figures as pictures: key figures, the triangle of sectors, and the key to the tiles."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from agreements.report_words import Fact
from agreements.statistics import SectorFigures
from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.shapes import draw_shape, draw_tile
from borsen.pdf.text import P
from borsen.templatetags.components import SECTOR_SHAPES

from .blocks import GUTTER, TILE, TILE_GAP


class FactRow(Flowable):
    """Up to four key figures beside each other, each under its rule."""

    ACROSS = 4

    def __init__(self, facts: Sequence[Fact], *, foot: float = 16) -> None:
        super().__init__()
        self.foot = foot
        self.facts = [(str(fact.figure), P(fact.label, styles.BODY)) for fact in facts]

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.step = (width + GUTTER) / self.ACROSS
        heights = [label.wrap(self.step - GUTTER, styles.FRAME_HEIGHT)[1] for _figure, label in self.facts]
        self.height = 46 + max(heights) + self.foot
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        for place, (figure, label) in enumerate(self.facts):
            x = place * self.step
            canvas.setStrokeColor(styles.INK)
            canvas.setLineWidth(0.75)
            canvas.line(x, self.height, x + self.step - GUTTER, self.height)
            canvas.setFillColor(styles.INK)
            canvas.setFont(faces.FIGURE, 34)
            canvas.drawString(x, self.height - 37, figure, charSpace=-0.5)
            label.drawOn(canvas, x, self.height - 46 - label.height)


class Key(Flowable):
    """What the tiles mean: every sector's tile with its word."""

    def __init__(self, *, foot: float = 14) -> None:
        super().__init__()
        self.foot = foot

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, TILE + self.foot + 4
        return self.width, self.height

    def draw(self) -> None:
        x = 0.0
        for sector in Sector:
            draw_tile(self.canv, sector, x=x, y=self.foot, size=TILE)
            self.canv.setFillColor(styles.INK)
            self.canv.setFont(faces.TEXT, 9.5)
            self.canv.drawString(x + TILE + TILE_GAP, self.foot + 5, str(sector.label))
            x += TILE + TILE_GAP + faces.width(str(sector.label), faces.TEXT, 9.5) + GUTTER


class Triangle(Flowable):
    """The three organised sectors: inside each, on its disc; between two, on the side; with the rest beside it."""

    WIDTH, PILL = 350, 34

    def __init__(self, sectors: SectorFigures) -> None:
        super().__init__()
        self.sectors = sectors

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, 178
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        bottom, top, middle = 20.0, 158.0, self.WIDTH / 2
        left, right = 70.0, self.WIDTH - 70.0
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(1.5)
        corners = [(left, bottom), (right, bottom), (middle, top)]
        for (x1, y1), (x2, y2) in combinations(corners, 2):
            canvas.line(x1, y1, x2, y2)
        canvas.setFillColor(styles.INK)
        canvas.setFont(faces.FIGURE, 24)
        half = (bottom + top) / 2 - 8
        canvas.drawRightString((left + middle) / 2 - 14, half, str(self.sectors.business_voluntary))
        canvas.drawString((right + middle) / 2 + 14, half, str(self.sectors.business_public))
        canvas.drawCentredString(middle, bottom + 12, str(self.sectors.voluntary_public))
        self._pill(Sector.BUSINESS, middle, top)
        self._pill(Sector.VOLUNTARY, left, bottom)
        self._pill(Sector.PUBLIC, right, bottom)
        self._beside()

    def _pill(self, sector: Sector, x: float, y: float) -> None:
        """A sector's pill around (x, y): symbol, word, and on a dark disc the agreements inside the sector."""
        canvas: Any = self.canv
        word, number = sector.short, str(self.sectors.inside(sector))
        disc = max(self.PILL - 8, faces.width(number, faces.FIGURE, 15) + 12)
        wide = 12 + 18 + 7 + faces.width(word, faces.HEADING, 15) + 9 + disc + 4
        left, floor = x - wide / 2, y - self.PILL / 2
        canvas.setFillColor(styles.SECTOR[sector])
        canvas.roundRect(left, floor, wide, self.PILL, self.PILL / 2, stroke=0, fill=1)
        draw_shape(canvas, SECTOR_SHAPES[sector], x=left + 12, y=floor + 8, size=18, color=styles.INK)
        canvas.setFillColor(styles.INK)
        canvas.setFont(faces.HEADING, 15)
        canvas.drawString(left + 37, floor + 12, word)
        canvas.roundRect(left + wide - disc - 4, floor + 4, disc, self.PILL - 8, self.PILL / 2 - 4, stroke=0, fill=1)
        canvas.setFillColor(styles.CREAM)
        canvas.setFont(faces.FIGURE, 15)
        canvas.drawCentredString(left + wide - disc / 2 - 4, floor + 12, number)

    def _beside(self) -> None:
        rest = [
            (self.sectors.with_individuals, _("med frivillige enkeltpersoner")),
            (self.sectors.all_three, _("mellom alle tre sektorene")),
        ]
        y = self.height - 30
        for number, label in rest:
            if not number:
                continue
            self.canv.setFillColor(styles.INK)
            self.canv.setFont(faces.FIGURE, 24)
            self.canv.drawString(self.WIDTH + 30, y, str(number))
            words = P(label, styles.BODY)
            words.wrap(self.width - self.WIDTH - 30, 60)
            words.drawOn(self.canv, self.WIDTH + 30, y - 8 - words.height)
            y -= 62
