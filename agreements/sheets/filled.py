"""An agreement on one sheet, to sign and to keep: always exactly one page.

Long texts make the letters smaller, down to a size that can still be read; only what is far longer than anybody can
write in the form is cut, and then the sheet says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from borsen.pdf import faces, styles
from borsen.pdf.shapes import draw_shape
from borsen.pdf.text import Bold, P, plain
from borsen.templatetags.components import SECTOR_SHAPES

from ..deeds import Deed, Deeds, Person, Side
from . import parts
from .parts import COLUMN, GUTTER, MARGIN, WIDTH, style

SCALES = (1.25, 1.12, 1, 0.92, 0.84, 0.76)
LEAST = 8  # points: nothing that was written becomes smaller
# Where that is still too much: so many letters of «Mer om avtalen», and of each of the other texts.
CUTS = (
    (1600, 400), (1200, 400), (800, 400), (400, 400), (250, 200), (200, 150), (150, 120), (100, 90), (100, 60),
    (40, 24), (24, 12),
)  # fmt: skip
MOST_OF_A_PERSON = 60
FACTS_IN_LINES = 1  # from this scale down the facts run on, without a line for each word in front
CODE = 84
NO_BREAK = "\u00a0"
TOP = styles.PAGE_HEIGHT - 38
FOOT = 46
SIGNATURE = {1: 74, 2: 60, 3: 47}  # how high a row of signatures is, by the number of rows
STRIP = 17
INSIDE = 10
WATERMARK = HexColor("#d9d9d9")


def render(deeds: Deeds) -> bytes:
    """Draw them. Asks no database, so that it can run in a process or a thread that has none."""
    faces.register()
    file = BytesIO()
    with translation.override(deeds.language):
        canvas = Canvas(
            file, pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT), lang="nb-NO", initialFontName=faces.TEXT
        )
        canvas.setTitle(plain(_title(deeds)))
        canvas.setAuthor(plain(", ".join(deeds.hosts) or deeds.name))
        canvas.setSubject(plain(", ".join(filter(None, [deeds.name, deeds.when, deeds.place]))))
        canvas.setCreator(_("Frivilligbørs"))
        for deed in deeds.deeds:
            _sheet(canvas, deeds, deed)
        if not deeds.deeds:
            _nothing(canvas, deeds)
        canvas.save()
    return file.getvalue()


def _title(deeds: Deeds) -> str:
    if len(deeds.deeds) == 1:
        return _("Avtaleskjema nr. %(number)d – %(event)s") % {"number": deeds.deeds[0].number, "event": deeds.name}
    return _("Avtaleskjemaer – %s") % deeds.name


def _sheet(canvas: Canvas, deeds: Deeds, deed: Deed) -> None:
    key = f"deed-{deed.number}"
    canvas.bookmarkPage(key)
    canvas.addOutlineEntry(plain(f"{deed.number}: {deed.summary}")[:120], key, level=0)
    if deed.withdrawn:
        _watermark(canvas)
    top = _head(canvas, deeds, deed)
    bottom = FOOT + _signatures_height(deed)
    _fitted(deed, top - bottom).draw(canvas, top)
    _signatures(canvas, deed)
    which = _("Avtale nr. %(number)d · %(event)s") % {"number": deed.number, "event": deeds.name}
    parts.foot(canvas, which, _("Skrevet ut %s") % deeds.made_at)
    canvas.showPage()


def _nothing(canvas: Canvas, deeds: Deeds) -> None:
    """A file that has no agreements is a friendly sheet."""
    top = parts.head(canvas, _about(deeds), top=TOP, width=WIDTH)
    lines = [P(_("Ingen avtaler er registrert ennå."), style(faces.HEADING, 16))]
    parts.place(lines, WIDTH)
    parts.draw(canvas, lines, x=MARGIN, top=top - 24)
    parts.foot(canvas, deeds.name, _("Skrevet ut %s") % deeds.made_at)
    canvas.showPage()


def _about(deeds: Deeds) -> list[Any]:
    second = style(faces.TEXT, 9.5, styles.SECOND)
    hosts = _("Vertskap: %s") % ", ".join(deeds.hosts) if deeds.hosts else ""
    return [
        (deeds.name, style(faces.HEADING, 13)),
        (" · ".join(filter(None, [deeds.when, deeds.place])), second),
        (hosts, second),
    ]


def _head(canvas: Canvas, deeds: Deeds, deed: Deed) -> float:
    """The børs, the number, and the code that opens the receipt. Returns the bottom."""
    beside = CODE + GUTTER if deed.receipt else 0
    top = parts.head(canvas, _about(deeds), top=TOP, width=WIDTH - beside)
    if deed.receipt:
        x = styles.PAGE_WIDTH - MARGIN - CODE
        parts.code(canvas, deed.receipt, x=x, y=TOP - CODE + 6, size=CODE)
        caption = [P(_("Kvitteringen på telefonen"), style(faces.TEXT, 8, styles.SECOND, right=True))]
        parts.place(caption, CODE + 30)
        parts.draw(canvas, caption, x=x - 36, top=TOP - CODE + 8)
    kind = _("Intensjonsavtale nr. %d") if deed.is_intent else _("Avtale nr. %d")
    kind = kind % deed.number
    top -= 44
    parts.word(canvas, kind, x=MARGIN, y=top, font=faces.FIGURE, size=29)
    if deed.withdrawn:
        _tag(canvas, _("Trukket"), x=MARGIN + faces.width(kind, faces.FIGURE, 29) + 14, y=top - 2)
    notes: list[str] = []
    if deed.withdrawn:
        notes.append(Bold(_("Avtalen ble trukket %s. Den gjelder ikke lenger.") % deed.withdrawn))
    elif deed.is_intent:
        notes.append(_("Partene vil dette, men må avklare noe først."))
    lines = [P([note], style(faces.TEXT, 10.5)) for note in notes]
    parts.place(lines, WIDTH - beside)
    top = parts.draw(canvas, lines, x=MARGIN, top=top - 8)
    parts.rule(canvas, x=MARGIN, y=top - 8, width=WIDTH, weight=1.5)
    return top - 18


def _tag(canvas: Any, text: str, *, x: float, y: float) -> None:
    canvas.setFillColor(styles.INK)
    canvas.roundRect(x, y, faces.width(text, faces.BOLD, 13) + 18, 24, 6, stroke=0, fill=1)
    parts.word(canvas, text, x=x + 9, y=y + 7.5, font=faces.BOLD, size=13, color=styles.CREAM)


def _watermark(canvas: Any) -> None:
    canvas.saveState()
    canvas.translate(styles.PAGE_WIDTH / 2, styles.PAGE_HEIGHT / 2 - 60)
    canvas.rotate(38)
    canvas.setFillColor(WATERMARK)
    canvas.setFont(faces.FIGURE, 130)
    canvas.drawCentredString(0, 0, _("Trukket"))
    canvas.restoreState()


class Body:
    """Everything between the head and the signatures at one size of letters; `height` says how much room it takes."""

    def __init__(self, deed: Deed, scale: float, *, is_cut: bool = False) -> None:
        self.gap = 10 * scale
        self.summary = [P(deed.summary, self._style(faces.HEADING, 16, scale, leading=1.22))]
        self.cards = [Card(number, side, self, scale) for number, side in enumerate(deed.sides, 1)]
        self.rows = [self.cards[first : first + 2] for first in range(0, len(self.cards), 2)]
        small, text = self._style(faces.TEXT, 9, scale, styles.SECOND), self._style(faces.TEXT, 10.5, scale)
        facts = [(label, what) for label, what in _facts(deed) if what.strip()]
        self.facts = [[P(label, small), P(what, text)] for label, what in facts] if scale > FACTS_IN_LINES else []
        running = [part for label, what in facts for part in (" · ", Bold(f"{label}: "), what)][1:]
        after = [*([] if self.facts else [running]), *_afterwards(deed, is_cut=is_cut)]
        self.after = [P(paragraph, text) for paragraph in after]
        self.height = self._measure()

    def _style(self, font: str, size: float, scale: float, *more: Any, **options: Any) -> Any:
        return style(font, max(LEAST, round(size * scale, 1)), *more, **options)

    text_style = _style

    def _measure(self) -> float:
        height = parts.place(self.summary, WIDTH) + self.gap
        for row in self.rows:
            height += max(card.measure() for card in row) + self.gap
        for first in range(0, len(self.facts), 2):
            height += max(parts.place(fact, COLUMN) for fact in self.facts[first : first + 2]) + self.gap * 0.6
        return height + parts.place(self.after, WIDTH) + self.gap * 0.6 * len(self.after)

    def draw(self, canvas: Any, top: float) -> None:
        """From `top` downwards."""
        top = parts.draw(canvas, self.summary, x=MARGIN, top=top) - self.gap
        for row in self.rows:
            tallest = max(card.height for card in row)
            for column, card in enumerate(row):
                card.draw(canvas, x=MARGIN + column * (COLUMN + GUTTER), y=top - tallest, height=tallest)
            top -= tallest + self.gap
        for first in range(0, len(self.facts), 2):
            pair = self.facts[first : first + 2]
            bottoms = [
                parts.draw(canvas, fact, x=MARGIN + column * (COLUMN + GUTTER), top=top)
                for column, fact in enumerate(pair)
            ]
            top = min(bottoms) - self.gap * 0.6
        for paragraph in self.after:
            top = parts.draw(canvas, [paragraph], x=MARGIN, top=top) - self.gap * 0.6


class Card:
    """One party: its sector in colour, symbol and word, what it gives, and who speaks for it."""

    def __init__(self, number: int, side: Side, body: Body, scale: float) -> None:
        self.number, self.sector = number, side.sector
        gives = [Bold(_("Gir")), f" {side.gives}"] if side.gives else [Bold(_("Tar imot"))]
        people = [P(_person(person), body.text_style(faces.TEXT, 9, scale)) for person in side.people]
        self.paragraphs = [
            P(side.name, body.text_style(faces.HEADING, 13, scale)),
            P(gives, body.text_style(faces.TEXT, 10.5, scale)),
            *people,
        ]

    def measure(self) -> float:
        """How high it becomes."""
        self.height = STRIP + 7 + parts.place(self.paragraphs, COLUMN - 2 * INSIDE) + 9
        return self.height

    def draw(self, canvas: Any, *, x: float, y: float, height: float) -> None:
        canvas.setFillColor(styles.SECTOR[self.sector])
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(0.75)
        canvas.rect(x, y + height - STRIP, COLUMN, STRIP, stroke=0, fill=1)
        canvas.rect(x, y, COLUMN, height, stroke=1, fill=0)
        baseline = y + height - STRIP + 5
        draw_shape(canvas, SECTOR_SHAPES[self.sector], x=x + INSIDE, y=baseline - 2, size=11, color=styles.INK)
        parts.word(canvas, str(self.sector.label), x=x + INSIDE + 17, y=baseline, font=faces.BOLD)
        part = _("Part %d") % self.number
        aside = x + COLUMN - INSIDE - faces.width(part, faces.BOLD, 9)
        parts.word(canvas, part, x=aside, y=baseline, font=faces.BOLD)
        parts.draw(canvas, self.paragraphs, x=x + INSIDE, top=y + height - STRIP - 7)


def _person(person: Person) -> Sequence[str]:
    # A telephone number is not broken in two, and no line begins with the dot.
    how = [part for part in (person.phone.replace(" ", NO_BREAK), person.email) if part]
    return [_("Kontakt: "), Bold(person.name), *(f"{NO_BREAK}· {part}" for part in how)]


def _facts(deed: Deed) -> Iterator[tuple[str, str]]:
    yield _("Kategori"), deed.category
    yield _("Problemstilling"), deed.challenge
    yield _("Avtalt"), deed.made_at
    yield _("Børsmegler"), deed.broker
    yield _("Samarbeid"), deed.first_time


def _afterwards(deed: Deed, *, is_cut: bool) -> Iterator[Sequence[str]]:
    if deed.details:
        yield [Bold(_("Mer om avtalen: ")), deed.details]
    if deed.first_contact:
        words = {"name": deed.first_contact, "day": deed.first_contact_by.replace(" ", NO_BREAK)}
        text = _("%(name)s tar første kontakt innen %(day)s.") if deed.first_contact_by else _("%(name)s.")
        yield [Bold(_("Første kontakt: ")), Bold(text % words)]
    money = _("Det er aldri penger mellom partene på frivilligbørsen. Ingen skal betale for det som står her.")
    if deed.not_payment:
        money += " " + _("Beløp som er nevnt, er ikke betaling mellom partene.")
    yield [money]
    if is_cut:
        yield [Bold(_("Teksten er kortet ned her. Se avtale nr. %d i børsen.") % deed.number)]


def _fitted(deed: Deed, room: float) -> Body:
    """The sheet in the largest letters that there is room for."""
    for scale in SCALES:
        body = Body(deed, scale)
        if body.height <= room:
            return body
    for details, others in CUTS:
        body = Body(_cut(deed, details, others), SCALES[-1], is_cut=True)
        if body.height <= room:
            break
    return body


def _cut(deed: Deed, details: int, others: int) -> Deed:
    def cut(text: str, length: int = others) -> str:
        return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"

    def person(who: Person) -> Person:
        return Person(*(cut(text, min(others, MOST_OF_A_PERSON)) for text in (who.name, who.phone, who.email)))

    most_people = 1 if others < MOST_OF_A_PERSON else 2
    sides = tuple(
        replace(side, name=cut(side.name), gives=cut(side.gives), people=tuple(map(person, side.people[:most_people])))
        for side in deed.sides
    )
    return replace(
        deed, category=cut(deed.category), challenge=cut(deed.challenge), summary=cut(deed.summary), sides=sides,
        details=cut(deed.details, details), first_contact=cut(deed.first_contact), broker=cut(deed.broker),
    )  # fmt: skip


@dataclass(frozen=True)
class _Rows:
    count: int
    height: float


def _signature_rows(deed: Deed) -> _Rows:
    count = (len(deed.sides) + 1) // 2
    return _Rows(count, SIGNATURE.get(count, min(SIGNATURE.values())))


def _signatures_height(deed: Deed) -> float:
    rows = _signature_rows(deed)
    return 0 if deed.withdrawn else rows.count * rows.height + 12


def _signatures(canvas: Any, deed: Deed) -> None:
    """A line for the date and one for the name, for each party, at the foot of the sheet."""
    if deed.withdrawn:
        return
    rows = _signature_rows(deed)
    small = style(faces.TEXT, 8.5)
    for index, side in enumerate(deed.sides):
        row, column = divmod(index, 2)
        x, y = MARGIN + column * (COLUMN + GUTTER), FOOT + (rows.count - row - 1) * rows.height + 20
        date = 66
        parts.rule(canvas, x=x, y=y, width=date)
        parts.rule(canvas, x=x + date + 10, y=y, width=COLUMN - date - 10)
        parts.word(canvas, _("Dato"), x=x, y=y - 11, size=8.5)
        name = _("For %s") % side.name
        parts.line_of(name, small, COLUMN - date - 10).drawOn(canvas, x + date + 10, y - 13)
