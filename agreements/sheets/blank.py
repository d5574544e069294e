"""A form to fill in by hand: every field of the agreement form on one sheet, with lines that a grown hand can write on.

Nothing gets smaller when an event has many categories: there are fewer lines for the longest texts instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.text import P, plain

from ..blanks import Blanks
from . import parts
from .parts import COLUMN, GUTTER, MARGIN, WIDTH, box, rule, style, word

LABEL = 12  # the word above a line
LABEL_SIZE = 9
TICK = 16
BESIDE = 24  # a box to tick and the space around it
MOST_ACROSS = 3  # categories beside each other
MOST_IN_TWO = 16
TOP = styles.PAGE_HEIGHT - 30
FOOT = 42
LEAST_LINE = 8 * mm


def render(blanks: Blanks) -> bytes:
    """Draw them. Asks no database, so that it can run in a process or a thread that has none."""
    faces.register()
    file = BytesIO()
    with translation.override(blanks.language):
        canvas = Canvas(
            file, pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT), lang="nb-NO", initialFontName=faces.TEXT
        )
        canvas.setTitle(plain(_("Avtaleskjema på papir – %s") % blanks.name))
        canvas.setAuthor(plain(blanks.name))
        canvas.setSubject(plain(", ".join(filter(None, [blanks.when, blanks.place]))))
        canvas.setCreator(_("Frivilligbørs"))
        for serial in blanks.serials:
            _Form(canvas, blanks, serial).draw()
            canvas.showPage()
        canvas.save()
    return file.getvalue()


@dataclass(frozen=True)
class _Lines:
    """How high a line to write on is, and how many there are for what a party gives and for «Mer om avtalen»."""

    high: float
    gives: int
    more: int


# The first that there is room for.
LINES = (
    *(_Lines(high * mm, 3, 2) for high in (10.5, 9.5, 8.7)),
    *(_Lines(LEAST_LINE, *lines) for lines in ((3, 2), (2, 2), (2, 1), (1, 1), (1, 0))),
)


class _Form:
    """One sheet, drawn from the top down; `y` is where it has come to."""

    def __init__(self, canvas: Canvas, blanks: Blanks, serial: str) -> None:
        self.canvas, self.blanks, self.serial = canvas, blanks, serial
        self.y = TOP
        widest = max((faces.width(plain(name), faces.TEXT, 9) for name in blanks.categories), default=0) + BESIDE
        fits = widest <= WIDTH / MOST_ACROSS or len(blanks.categories) > MOST_IN_TWO
        self.across = MOST_ACROSS if fits else 2

    def draw(self) -> None:
        self._head()
        room = self.y - FOOT
        self.lines = next((lines for lines in LINES if self._height(lines) <= room), LINES[-1])
        self.line, self.field = self.lines.high, self.lines.high + LABEL
        # What is left over is more space between the parts.
        self.gap = max(5, min(13, 5 + (room - self._height(self.lines)) / 7))
        self._parties()
        self._ticks(_("Kategori (sett ett kryss)"), self.blanks.categories, across=self.across)
        if self.blanks.challenges:
            self._ticks(_("Problemstilling, hvis avtalen svarer på en"), self.blanks.challenges, across=1)
        self._texts(_("Kort om avtalen"), 1)
        if self.lines.more:
            self._texts(_("Mer om avtalen. Ikke navn på beboere, elever eller pasienter."), self.lines.more)
        self._contact()
        self._broker()
        self._signatures()
        parts.foot(self.canvas, f"{self.serial} · {self.blanks.name}", _("Papirskjema"))

    def _party_height(self, lines: _Lines) -> float:
        return 18 + (lines.high + LABEL) * 3 + TICK + LABEL + lines.high * lines.gives + 9

    def _height(self, lines: _Lines) -> float:
        """What everything under the head takes with the least space between."""
        field = lines.high + LABEL
        ticks = LABEL + 5 + TICK * -(-len(self.blanks.categories) // self.across)
        if self.blanks.challenges:
            ticks += LABEL + 5 + TICK * len(self.blanks.challenges) + 5
        texts = field + (LABEL + lines.high * lines.more + 5 if lines.more else 0)
        return self._party_height(lines) + TICK + ticks + texts + field * 2 + 15 + field + 5 * 6

    def _head(self) -> None:
        aside = 118
        second = style(faces.TEXT, 9.5, styles.SECOND)
        lines = [(self.blanks.name, style(faces.HEADING, 14)), (self.blanks.when, second), (self.blanks.place, second)]
        bottom = parts.head(self.canvas, lines, top=self.y, width=WIDTH - aside - 10)
        x = styles.PAGE_WIDTH - MARGIN - aside
        self.canvas.setStrokeColor(styles.INK)
        self.canvas.setLineWidth(1)
        self.canvas.rect(x, self.y - 44, aside, 44, stroke=1, fill=0)
        word(self.canvas, _("Skjema"), x=x + 8, y=self.y - 12, size=8.5)
        word(self.canvas, self.serial, x=x + 8, y=self.y - 37, font=faces.FIGURE, size=22)
        word(self.canvas, _("Nr. i børsen"), x=x + 66, y=self.y - 12, size=8.5)
        self.canvas.line(x + 60, self.y, x + 60, self.y - 44)
        self.y = min(bottom, self.y - 44) - 26
        word(self.canvas, _("Avtaleskjema"), x=MARGIN, y=self.y, font=faces.FIGURE, size=22)
        kinds = (_("Avtale"), _("Intensjonsavtale: vi vil, men må avklare noe først"))
        self._tick_row(kinds, x=MARGIN + 152, y=self.y, widths=(70, 300), size=10)
        self.y -= 8

    def _parties(self) -> None:
        top, height = self.y, self._party_height(self.lines)
        for column in range(2):
            x = MARGIN + column * (COLUMN + GUTTER)
            self.canvas.setStrokeColor(styles.INK)
            self.canvas.setLineWidth(1.2)
            self.canvas.rect(x, top - height, COLUMN, height, stroke=1, fill=0)
            word(self.canvas, _("Part %d") % (column + 1), x=x + 8, y=top - 15, font=faces.HEADING, size=12)
            inner, width, y = x + 8, COLUMN - 16, top - 18
            self._field(_("Organisasjon (enkeltperson: navn)"), x=inner, top=y, width=width)
            y -= self.field + TICK
            words = [kind.short for kind in Sector]
            widths = [faces.width(each, faces.TEXT, 8.5) + BESIDE for each in words]
            self._tick_row(words, x=inner, y=y + 3, widths=widths, size=8.5)
            y -= 3
            self._field(_("Kontaktperson"), x=inner, top=y, width=width)
            self._field(_("Telefon eller e-post"), x=inner, top=y - self.field, width=width)
            self._field(
                _("Gir (tom hvis parten bare tar imot)"),
                x=inner,
                top=y - self.field * 2,
                width=width,
                lines=self.lines.gives,
            )
        self.y = top - height - TICK
        # Without lines of its own: three or more is rare, and the back of the sheet is empty.
        self._tick_row(
            [_("Flere enn to parter: navn og hva de gir, står på baksiden")], x=MARGIN, y=self.y + 2, widths=(WIDTH,)
        )

    def _ticks(self, label: str, texts: Sequence[str], *, across: int) -> None:
        self.y -= self.gap + LABEL
        word(self.canvas, label, x=MARGIN, y=self.y, font=faces.BOLD)
        self.y -= 5
        width = WIDTH / across
        for first in range(0, len(texts), across):
            self.y -= TICK
            self._tick_row(texts[first : first + across], x=MARGIN, y=self.y + 3, widths=(width,) * across)

    def _tick_row(self, texts: Sequence[str], *, x: float, y: float, widths: Sequence[float], size: float = 9) -> None:
        for text, width in zip(texts, widths, strict=False):
            box(self.canvas, x=x, y=y - 1.5)
            kind = style(faces.TEXT, size)
            line = parts.line_of(text, kind, width - 18)
            line.drawOn(self.canvas, x + 15, y - (kind.leading - size) - 0.5)
            x += width

    def _texts(self, label: str, lines: int) -> None:
        self.y -= self.gap
        self._field(label, x=MARGIN, top=self.y, width=WIDTH, lines=lines)
        self.y -= LABEL + self.line * lines

    def _field(self, label: str, *, x: float, top: float, width: float, lines: int = 1) -> None:
        word(self.canvas, label, x=x, y=top - LABEL + 2, size=LABEL_SIZE)
        for line in range(1, lines + 1):
            rule(self.canvas, x=x, y=top - LABEL - self.line * line, width=width)

    def _contact(self) -> None:
        """Who takes first contact and by when, and whether they know each other."""
        self.y -= self.gap + self.field
        word(self.canvas, _("Har dere samarbeidet før?"), x=MARGIN, y=self.y + self.line + 2, size=LABEL_SIZE)
        self._tick_row((_("Ja"), _("Nei")), x=MARGIN, y=self.y + 5, widths=(46, 60), size=10.5)
        x = MARGIN + 132
        word(self.canvas, _("Hvem tar første kontakt?"), x=x, y=self.y + self.line + 2, size=LABEL_SIZE)
        parties = [_("Part %d") % number for number in (1, 2)]
        self._tick_row(parties, x=x, y=self.y + 5, widths=(62, 80), size=10.5)
        x = MARGIN + 290
        self._field(_("Innen hvilken dag?"), x=x, top=self.y + self.field, width=WIDTH - 290)

    def _broker(self) -> None:
        self.y -= self.gap + self.field
        clock = 110
        self._field(_("Børsmegler"), x=MARGIN, top=self.y + self.field, width=WIDTH - clock - GUTTER)
        x = MARGIN + WIDTH - clock
        self._field(_("Klokka da dere ble enige"), x=x, top=self.y + self.field, width=clock)

    def _signatures(self) -> None:
        money: list[Any] = [P(_("Det er aldri penger mellom partene på frivilligbørsen."), style(faces.BOLD, 9.5))]
        parts.place(money, WIDTH)
        self.y = parts.draw(self.canvas, money, x=MARGIN, top=self.y - self.gap) - 2
        for column in range(2):
            x = MARGIN + column * (COLUMN + GUTTER)
            self._field(_("Underskrift for part %d") % (column + 1), x=x, top=self.y, width=COLUMN)
        self.y -= self.field
