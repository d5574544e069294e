"""The poster, A4 upright: the name, when and where, the three sectors, and the way in."""

import re
from collections.abc import Sequence
from io import BytesIO

import segno
from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.fitting import fitted, height_of, stack
from borsen.pdf.shapes import draw_shape, draw_tilted_hat
from borsen.pdf.text import P, plain
from borsen.templatetags.components import SECTOR_SHAPES

from .content import Poster

TITLE_SIZE = 84
TITLE_LEAST = 30  # a word that is wider than the page at this size is broken
TITLE_TOP = styles.PAGE_HEIGHT - 116
PLANES_BOTTOM = 222
PLANE_HEIGHT = 142
PLANE_GAP = 6
PANEL = 162  # the light field for the QR code, or for what is written by hand
PANEL_BOTTOM = 40
_SMALL_WORD = re.compile(r" (i|på|og) (?=\S)")  # stays on the line of what it belongs to
_DIGITS = re.compile(r"(?<=\d) (?=\d)")  # so do the parts of a phone number
QUIET = 4  # modules of light around the code: what readers want


def render(poster: Poster) -> bytes:
    """Draw it. Asks no database, so that it can run in a process or a thread that has none."""
    faces.register()
    file = BytesIO()
    with translation.override(poster.language):
        canvas = Canvas(file, pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT), lang=poster.language)
        canvas.setTitle(plain(_("Plakat – %s") % poster.name))
        canvas.setFillColor(styles.HALL)
        canvas.rect(0, 0, styles.PAGE_WIDTH, styles.PAGE_HEIGHT, stroke=0, fill=1)
        _mark(canvas)
        _title(canvas, poster)
        _planes(canvas)
        _way_in(canvas, poster)
        canvas.showPage()
        canvas.save()
    return file.getvalue()


def _mark(canvas: Canvas) -> None:
    canvas.setFillColor(styles.CREAM)
    canvas.setFont(faces.HEADING, 22.5)
    canvas.drawString(styles.MARGIN, styles.PAGE_HEIGHT - 70.5, "Frivilligbørs")
    draw_tilted_hat(canvas, x=styles.PAGE_WIDTH - styles.MARGIN - 52, y=styles.PAGE_HEIGHT - 80, size=112)


def _title(canvas: Canvas, poster: Poster) -> None:
    """The name as large as its longest word and the room allow, and under it when, where and what about."""
    name = _SMALL_WORD.sub(" \\1\u00a0", plain(poster.name))
    widest = max(faces.width(word, faces.FIGURE, 1) for word in name.split(" ")) or 1

    def paragraphs(scale: float) -> list[Paragraph]:
        size = max(min(TITLE_SIZE * scale, styles.FRAME_WIDTH / widest), TITLE_LEAST * scale)
        title = _style(faces.FIGURE, size, size * 0.98, spaceAfter=20 * scale)
        place = _style(faces.HEADING, 26 * scale, 31 * scale)
        theme = _style(faces.TEXT, 16 * scale, 22 * scale, spaceBefore=10 * scale)
        return [
            P(name, title),
            *(P(line, place) for line in (poster.when, poster.place) if line.strip()),
            *([P(poster.theme, theme)] if poster.theme.strip() else []),
        ]

    room = TITLE_TOP - (PLANES_BOTTOM + PLANE_HEIGHT) - 18
    stack(canvas, fitted(paragraphs, room=room), top=TITLE_TOP)


def _planes(canvas: Canvas) -> None:
    """The three sectors as planes of colour, each with what it may bring."""
    sectors = (
        (Sector.BUSINESS, _("Bedrifter"), _("låner bort en sal, en varebil eller en time av regnskapsføreren")),
        (Sector.VOLUNTARY, _("Frivillige"), _("stiller med folk, sang, trening og tid for andre")),
        (Sector.PUBLIC, _("Det offentlige"), _("åpner dørene, deler kunnskap og vet hvor det trengs")),
    )
    width = (styles.FRAME_WIDTH - PLANE_GAP * (len(sectors) - 1)) / len(sectors)
    top = PLANES_BOTTOM + PLANE_HEIGHT
    for place, (sector, word, brings) in enumerate(sectors):
        x = styles.MARGIN + place * (width + PLANE_GAP)
        canvas.setFillColor(styles.SECTOR[sector])
        canvas.roundRect(x, PLANES_BOTTOM, width, PLANE_HEIGHT, 12, stroke=0, fill=1)
        draw_shape(canvas, SECTOR_SHAPES[sector], x=x + 14, y=top - 44, size=30, color=styles.INK)
        large = _style(faces.FIGURE, 22, 24, styles.INK, spaceAfter=3)
        small = _style(faces.TEXT, 11, 14.5, styles.INK)
        words = [P(word, large), P(brings, small)]
        _draw(canvas, words, x=x + 14, top=top - 54, width=width - 28)


def _way_in(canvas: Canvas, poster: Poster) -> None:
    """At the foot: the way to register, and who holds the børs."""
    x = styles.PAGE_WIDTH - styles.MARGIN - PANEL
    canvas.setFillColor(styles.CREAM)
    canvas.roundRect(x, PANEL_BOTTOM, PANEL, PANEL, 12, stroke=0, fill=1)
    if poster.link:
        _code(canvas, poster.link, x=x, y=PANEL_BOTTOM, size=PANEL)
    else:
        words = [P(_("Slik melder du deg på:"), _style(faces.BOLD, 12, 15, styles.INK))]
        _draw(canvas, words, x=x + 12, top=PANEL_BOTTOM + PANEL - 10, width=PANEL - 24)
    _foot(canvas, poster)


def _foot(canvas: Canvas, poster: Poster) -> None:
    """The words beside the panel; its lower edge is theirs."""
    slogan = _("En time. Ingen penger.\nMange avtaler.") if poster.is_one_hour else _("Ingen penger.\nMange avtaler.")
    asked = _("Spørsmål? %s") % _DIGITS.sub("\u00a0", poster.ask_whom) if poster.ask_whom.strip() else ""
    lines = [line for line in (_invitation(poster), asked, poster.hosts) if line]

    def paragraphs(scale: float) -> list[Paragraph]:
        large = _style(faces.FIGURE, 27 * scale, 29 * scale)
        body = _style(faces.TEXT, 12 * scale, 16.5 * scale, spaceBefore=7 * scale)
        return [P(slogan, large), *(P(line, body) for line in lines)]

    found = fitted(paragraphs, room=PANEL, width=styles.FRAME_WIDTH - PANEL - 24)
    stack(canvas, found, top=PANEL_BOTTOM + min(height_of(found), PANEL))


def _invitation(poster: Poster) -> str:
    if not poster.link:
        return ""
    if poster.opens_registration:
        return _("Meld deg på: skann koden, eller åpne %s") % poster.shown_link
    return _("Les mer: skann koden, eller åpne %s") % poster.shown_link


def _code(canvas: Canvas, link: str, *, x: float, y: float, size: float) -> None:
    """The QR code in modules of ink, as large as the panel and its quiet zone allow."""
    rows = list(segno.make(link, error="m").matrix)
    module = size / (len(rows) + 2 * QUIET)
    canvas.setFillColor(styles.INK)
    for line, row in enumerate(rows, QUIET + 1):
        for column, dark in enumerate(row, QUIET):
            if dark:
                # A hair larger than it is, or printers leave white seams.
                canvas.rect(
                    x + column * module, y + size - line * module, module * 1.02, module * 1.02, stroke=0, fill=1
                )


def _draw(canvas: Canvas, paragraphs: Sequence[Paragraph], *, x: float, top: float, width: float) -> None:
    for paragraph in paragraphs:
        paragraph.wrap(width, styles.PAGE_HEIGHT)
    stack(canvas, paragraphs, x=x, top=top)


def _style(font: str, size: float, leading: float, color: Color = styles.CREAM, **more: float) -> ParagraphStyle:
    return styles.style(font, size, leading, color, **more)
