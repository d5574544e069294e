"""One offer or need as a card, as on the page: the sector's colour, symbol and word above what it is and whose."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.shapes import draw_shape
from borsen.pdf.text import Bold, P
from borsen.templatetags.components import SECTOR_SHAPES

from ..catalogue import Entry

TITLE = styles.style(faces.HEADING, 14.5, 17.5)
DETAILS = styles.style(faces.TEXT, 11.5, 16, spaceBefore=3)
WHOSE = styles.style(faces.TEXT, 11.5, 16, spaceBefore=5)
PLATE = styles.style(faces.BOLD, 10.5, 14)
STRIP = 20
INSIDE = 11
RADIUS = 7
SHORT_PLACE = 14  # letters


class Card:
    """The paragraphs of one card; `Row` places and draws them."""

    def __init__(self, entry: Entry) -> None:
        self.sector = Sector(entry.sector)
        details = [P(entry.details, DETAILS)] if entry.details else []
        # «Bord 29» stays on one line.
        place = entry.place.replace(" ", "\u00a0") if len(entry.place) <= SHORT_PLACE else entry.place
        whose = [Bold(entry.name), f" · {place}"] if place else [Bold(entry.name)]
        self.paragraphs = [P(entry.title, TITLE), *details, P(whose, WHOSE)]

    def wrap(self, width: float) -> float:
        """How high it becomes."""
        inner = width - 2 * INSIDE
        heights = [part.wrap(inner, styles.FRAME_HEIGHT)[1] + part.style.spaceBefore for part in self.paragraphs]
        return STRIP + 8 + float(sum(heights)) + 10

    def draw(self, canvas: Any, x: float, width: float, height: float) -> None:
        strip = height - STRIP
        self._strip(canvas, x, strip, width)
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.75)
        canvas.roundRect(x, 0, width, height, RADIUS, stroke=1, fill=0)
        top = strip - 8
        for part in self.paragraphs:
            top -= part.height + part.style.spaceBefore
            part.drawOn(canvas, x + INSIDE, top)

    def _strip(self, canvas: Any, x: float, y: float, width: float) -> None:
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(x, y, width, STRIP)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setFillColor(styles.SECTOR[self.sector])
        canvas.roundRect(x, y - RADIUS, width, STRIP + RADIUS, RADIUS, stroke=0, fill=1)
        canvas.restoreState()
        draw_shape(canvas, SECTOR_SHAPES[self.sector], x=x + INSIDE, y=y + 4, size=12, color=styles.INK)
        canvas.setFillColor(styles.INK)
        canvas.setFont(faces.BOLD, 10)
        canvas.drawString(x + INSIDE + 18, y + 6.2, str(self.sector.label))


class Row(Flowable):
    """Cards beside each other. It stays together; only when it is taller than a sheet is it taken apart into plain
    paragraphs."""

    ACROSS, GUTTER, BELOW = 2, 12, 11

    def __init__(self, cards: Sequence[Card]) -> None:
        super().__init__()
        self.cards = cards

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.each = (width - self.GUTTER * (self.ACROSS - 1)) / self.ACROSS
        self.tallest = max(card.wrap(self.each) for card in self.cards)
        self.width, self.height = width, self.tallest + self.BELOW
        return self.width, self.height

    def split(self, _width: float, _height: float) -> list[Flowable]:
        if self.height <= styles.FRAME_HEIGHT:
            return []
        parts: list[Flowable] = []
        for card in self.cards:
            parts += [P(str(card.sector.label), PLATE), *card.paragraphs]
        return parts

    def draw(self) -> None:
        self.canv.translate(0, self.BELOW)
        for place, card in enumerate(self.cards):
            card.draw(self.canv, place * (self.each + self.GUTTER), self.each, self.tallest)
