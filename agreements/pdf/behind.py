"""Who made it happen and what for: the hosts, the goal and earlier events, the challenges, and the prizes."""

import logging
from collections.abc import Iterator, Mapping
from io import BytesIO

from django.utils.translation import gettext as _
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table

from agreements import report_words
from agreements.charts import WIDE
from agreements.charts.compared import compared
from agreements.charts.subjects import challenges as challenges_picture
from agreements.report_data import ChallengeLine, Entry, HostLine, Logo, Prize, Report
from borsen.pdf import styles
from borsen.pdf.outline import heading
from borsen.pdf.text import Bold, Link, P

from .blocks import Block, agreement_key
from .pictures import drawing_of
from .tables import OWN_FACE, table

logger = logging.getLogger("borsen.pdf")

LOGO_WIDTH, LOGO_HEIGHT = 92.0, 46.0
Entries = Mapping[int, Entry]


class LogoBox(Flowable):
    """A host's logo, as large as its place allows."""

    def __init__(self, logo: Logo) -> None:
        super().__init__()
        self.logo = logo
        scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
        self.width, self.height = logo.width * scale, logo.height * scale

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw_logo(self.canv, self.logo, x=0, y=0, width=self.width, height=self.height)


def draw_logo(canvas: Canvas, logo: Logo, *, x: float, y: float, width: float, height: float) -> None:
    """Draw a logo into a rectangle of its own shape. One that cannot be read is left out: no picture is worth the whole
    report."""
    try:
        picture = ImageReader(BytesIO(logo.png))
    except OSError:
        logger.warning("A host's logo cannot be read and is left out of the PDF.")
        return
    canvas.drawImage(picture, x, y, width, height, mask="auto")


def hosts(report: Report) -> Iterator[Flowable]:
    """The hosts with what each contributed, the theme, and how it went beside the goal and earlier events."""
    if report.theme:
        yield P([Bold(_("Tema:")), " ", report.theme], styles.INTRO)
    if report.hosts:
        has_logos = any(host.logo for host in report.hosts)
        look = [OWN_FACE, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, styles.LINE)]
        look += [("LINEABOVE", (0, 0), (-1, 0), 0.75, styles.INK), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
        look += [("TOPPADDING", (0, 0), (-1, -1), 9), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)]
        first = LOGO_WIDTH + 24 if has_logos else 0
        rows = [[*([_logo(host)] if has_logos else []), _host(host)] for host in report.hosts]
        widths = [*([first] if has_logos else []), styles.FRAME_WIDTH - first]
        yield Table(rows, colWidths=widths, style=look, splitInRow=1, hAlign="LEFT", spaceAfter=8)
    if report.figures.goal or report.figures.earlier:
        yield from _beside_others(report)


def _logo(host: HostLine) -> Flowable | str:
    return LogoBox(host.logo) if host.logo else ""


def _host(host: HostLine) -> list[Flowable]:
    contributes = [P([Bold(_("Bidrar med")), " ", host.contributes], styles.BODY)] if host.contributes else []
    return [P(host.name, styles.SUMMARY), *contributes]


def _beside_others(report: Report) -> Iterator[Flowable]:
    picture = compared(report.figures, room=WIDE)
    yield heading(picture.title, styles.CHAPTER, level=1)
    words = report_words.beside_the_goal(report)
    if words:
        yield P(words, styles.LEAD)
    yield drawing_of(picture)
    if report.figures.earlier:
        rows = [[P(str(cell), styles.TABLE_CELL) for cell in row] for row in picture.table.rows]
        yield table(picture.table.head, rows, [0, 64, 86, 70, 70])


def challenges(report: Report, entries: Entries) -> Iterator[Flowable]:
    """What the event wanted to solve, and what was agreed about it."""
    yield drawing_of(challenges_picture(report.figures.challenges, room=WIDE))
    for line in report.challenge_lines:
        yield heading(line.figure.name, styles.CHAPTER, level=1)
        yield P(report_words.challenge_words(line.figure), styles.LEAD)
        yield from (P(answer, styles.LISTED) for answer in _answers(line, entries))


def _answers(line: ChallengeLine, entries: Entries) -> Iterator[list[str]]:
    for number in line.numbers:
        entry = entries.get(number)
        if entry is not None:
            yield ["– ", Link(_("Avtale %d") % number, agreement_key(number)), ": ", entry.summary]


def prizes(report: Report, entries: Entries) -> Iterator[Flowable]:
    """The prizes that were revealed."""
    for prize in report.prizes:
        yield Block(
            head=P(prize.title, styles.SUMMARY),
            margin_width=0,
            body=[
                *_winner(prize, entries),
                *([P([Bold(_("Begrunnelse:")), " ", prize.reason], styles.BODY)] if prize.reason else []),
            ],
        )


def _winner(prize: Prize, entries: Entries) -> Iterator[Flowable]:
    entry = entries.get(prize.number) if prize.number is not None else None
    if entry is not None:
        yield P([Link(_("Avtale %d") % entry.number, agreement_key(entry.number)), ": ", entry.summary], styles.BODY)
        yield P(report_words.listed([side.name for side in entry.sides]), styles.BODY)
    elif prize.who:
        yield P(prize.who, styles.BODY)
