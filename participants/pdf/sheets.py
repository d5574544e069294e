"""What stands on the sheets: the head of the first one, and by category what is offered and what is needed."""

from collections.abc import Iterator, Sequence
from typing import Any

import segno
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import Flowable

from borsen.pdf import faces, styles
from borsen.pdf.outline import heading
from borsen.pdf.shapes import draw_shape
from borsen.pdf.text import P

from ..catalogue import Entry
from ..catalogue_print import Printed
from .cards import Card, Row

# Larger than in the report: this is read standing, an arm's length from the wall.
NAME = styles.style(faces.FIGURE, 30, 33, styles.CREAM, spaceAfter=7)
WHEN = styles.style(faces.TEXT, 14, 20, styles.CREAM)
CATEGORY = styles.style(faces.FIGURE, 24, 28, spaceBefore=20, spaceAfter=4, keepWithNext=1)
NOTHING = styles.style(faces.TEXT, 14, 21)
MOST_IN_HEAD = 160  # letters: the head has to fit on a sheet
QUIET = 4  # dots around a QR code
SMALL = styles.style(faces.TEXT, 10, 14, styles.SECOND)


class Masthead(Flowable):
    """The green field at the top of the first sheet, out to its edges: the hat, the børs, when and where, and a QR code
    where phones can read the catalogue too."""

    HAT, GAP, CODE, BELOW = 46, 20, 92, 34

    def __init__(self, printed: Printed) -> None:
        super().__init__()
        said = [(_("Børskatalog"), WHEN), (printed.name, NAME), (printed.when, WHEN), (printed.place, WHEN)]
        self.lines = [P(Truncator(text).chars(MOST_IN_HEAD), style) for text, style in said if text]
        self.code = segno.make_qr(printed.address, error="m").matrix if printed.address else ()

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        inner = width - self.HAT - self.GAP - (self.CODE + self.GAP if self.code else 0)
        words = sum(line.wrap(inner, styles.FRAME_HEIGHT)[1] + line.style.spaceAfter for line in self.lines)
        self.width, self.height = width, max(words, self.CODE if self.code else 0) + self.BELOW
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        canvas.setFillColor(styles.HALL)
        canvas.rect(-styles.MARGIN, 12, styles.PAGE_WIDTH, self.height + styles.TOP, stroke=0, fill=1)
        draw_shape(canvas, "hat", x=0, y=self.height - self.HAT - 4, size=self.HAT, color=styles.CREAM)
        top = self.height
        for line in self.lines:
            top -= line.height
            line.drawOn(canvas, self.HAT + self.GAP, top)
            top -= line.style.spaceAfter
        self._code(canvas)

    def _code(self, canvas: Any) -> None:
        """The code on its own light field, which is its quiet zone."""
        if not self.code:
            return
        dot = self.CODE / (len(self.code) + 2 * QUIET)
        left, top = self.width - self.CODE, self.height
        canvas.setFillColor(styles.CREAM)
        canvas.roundRect(left, top - self.CODE, self.CODE, self.CODE, 6, stroke=0, fill=1)
        canvas.setFillColor(styles.INK)
        for row, line in enumerate(self.code):
            for column, dark in enumerate(line):
                if dark:
                    x, y = left + (column + QUIET) * dot, top - (row + QUIET + 1) * dot
                    canvas.rect(x, y, dot + 0.05, dot + 0.05, stroke=0, fill=1)


class ListHeading(Flowable):
    """«Tilbys» on a filled plate, «Trengs» on an open one, with the number; stays with the first row of the list."""

    keepWithNext = 1  # noqa: N815 - reportlab's name
    HEIGHT, ABOVE, BELOW, SIZE = 24, 8, 9, 14

    def __init__(self, category: str, word: str, number: int, *, filled: bool) -> None:
        super().__init__()
        self.list = f"{category} – {word}"
        self.word, self.number, self.filled = word, str(number), filled

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self.ABOVE + self.HEIGHT + self.BELOW
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        wide = faces.width(self.word, faces.HEADING, self.SIZE) + 24
        canvas.setStrokeColor(styles.BAR)
        canvas.setFillColor(styles.BAR)
        canvas.setLineWidth(1.5)
        canvas.roundRect(0.75, self.BELOW, wide, self.HEIGHT, self.HEIGHT / 2, stroke=1, fill=int(self.filled))
        canvas.setFont(faces.HEADING, self.SIZE)
        canvas.setFillColor(styles.CREAM if self.filled else styles.BAR)
        canvas.drawString(12.75, self.BELOW + 7.5, self.word)
        canvas.setFillColor(styles.INK)
        canvas.setFont(faces.BOLD, 12)
        canvas.drawString(wide + 9, self.BELOW + 7.5, self.number)


def story(printed: Printed) -> Iterator[Flowable]:
    """All sheets."""
    yield Masthead(printed)
    if not printed.chapters:
        yield P(_("Katalogen er tom ennå. Her kommer det deltakerne tilbyr og trenger."), NOTHING)
        return
    yield P(_numbers(printed), SMALL)
    for chapter in printed.chapters:
        yield heading(chapter.category, CATEGORY, level=0)
        yield from _list(chapter.category, _("Tilbys"), chapter.offers, filled=True)
        yield from _list(chapter.category, _("Trengs"), chapter.needs, filled=False)


def _list(category: str, word: str, entries: Sequence[Entry], *, filled: bool) -> Iterator[Flowable]:
    if entries:
        yield ListHeading(category, word, len(entries), filled=filled)
    for first in range(0, len(entries), Row.ACROSS):
        yield Row([Card(entry) for entry in entries[first : first + Row.ACROSS]])


def _numbers(printed: Printed) -> str:
    offers = ngettext("%d tilbud", "%d tilbud", printed.offers) % printed.offers
    needs = ngettext("%d behov", "%d behov", printed.needs) % printed.needs
    made = _("Slik katalogen var %s.") % printed.made_at
    return _("%(offers)s og %(needs)s.") % {"offers": offers, "needs": needs} + f" {made}"
