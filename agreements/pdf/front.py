"""The front page: the number that wears the hat, the headline, four tiles that add up, and the hosts."""

from collections.abc import Sequence
from functools import partial

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from agreements import report_words
from agreements.report_data import Logo, Report
from agreements.report_words import SectorTile
from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.fitting import fitted, height_of, stack
from borsen.pdf.shapes import draw_shape, draw_tilted_hat
from borsen.pdf.text import P
from borsen.templatetags.components import SECTOR_SHAPES

from .behind import draw_logo

BASELINE = 466  # of the number, from the bottom of the page
FIGURE_SIZE = 247.5
WIDEST_FIGURE = 430
HEADLINE_TOP = BASELINE - 22
TILE_HEIGHT = 120
TILE_GAP = 6
WHITE = HexColor("#ffffff")
LOGO_HEIGHT, LOGO_PAD, WIDEST_LOGO = 44.0, 6.0, 130.0


def draw_front(canvas: Canvas, report: Report) -> None:
    """Draw the whole page."""
    canvas.setFillColor(styles.HALL)
    canvas.rect(0, 0, styles.PAGE_WIDTH, styles.PAGE_HEIGHT, stroke=0, fill=1)
    _mark(canvas)
    _internal(canvas, report_words.internal(report))
    _number(canvas, str(report.figures.totals.count))
    logos_top = _logos(canvas, [host.logo for host in report.hosts if host.logo], floor=_hosts(canvas, report))
    tiles_top = logos_top + TILE_HEIGHT
    _tiles(canvas, report_words.sector_tiles(report.figures.sectors), tiles_top)
    _words(canvas, report, room=HEADLINE_TOP - tiles_top - 16)


def _mark(canvas: Canvas) -> None:
    draw_shape(canvas, "hat", x=styles.MARGIN, y=styles.PAGE_HEIGHT - 84, size=40, color=styles.CREAM)
    canvas.setFillColor(styles.CREAM)
    canvas.setFont(faces.HEADING, 22.5)
    canvas.drawString(97, styles.PAGE_HEIGHT - 70.5, "Frivilligbørs")


def _number(canvas: Canvas, figure: str) -> None:
    """The number, narrower when it has many digits, with the hat at the top right of the last one."""
    tight = -0.035
    wide = faces.width(figure, faces.FIGURE, 1) + tight * (len(figure) - 1)
    size = min(FIGURE_SIZE, WIDEST_FIGURE / wide)
    canvas.setFillColor(styles.CREAM)
    canvas.setFont(faces.FIGURE, size)
    canvas.drawString(styles.MARGIN, BASELINE, figure, charSpace=tight * size)
    right = styles.MARGIN + wide * size
    draw_tilted_hat(canvas, x=right + size * 0.064, y=BASELINE + size * 0.8, size=size * 0.475)


def _hosts(canvas: Canvas, report: Report) -> float:
    """The hosts at the foot of the page; returns where the tiles stand above them."""
    text = report_words.hosts(report)
    floor = 38.0
    if not text:
        return floor + 16
    paragraphs = fitted(lambda scale: [P(text, _style(faces.TEXT, 11 * scale, 15 * scale))], room=90)
    return stack(canvas, paragraphs, top=floor + height_of(paragraphs)) + height_of(paragraphs) + 18


def _internal(canvas: Canvas, words: str) -> None:
    """A plate at the top right of what must not leave the house."""
    if not words:
        return
    width = faces.width(words, faces.BOLD, 12) + 24
    left, floor = styles.PAGE_WIDTH - styles.MARGIN - width, styles.PAGE_HEIGHT - 76
    canvas.setFillColor(styles.CREAM)
    canvas.roundRect(left, floor, width, 26, 4, stroke=0, fill=1)
    canvas.setFillColor(styles.INK)
    canvas.setFont(faces.BOLD, 12)
    canvas.drawString(left + 12, floor + 9, words)


def _logos(canvas: Canvas, logos: Sequence[Logo], *, floor: float) -> float:
    """The hosts' logos on plates beside each other, smaller when they are many; returns where the tiles stand."""
    if not logos:
        return floor
    inner = LOGO_HEIGHT - 2 * LOGO_PAD
    widths = [min(logo.width * inner / logo.height, WIDEST_LOGO) for logo in logos]
    gaps = TILE_GAP * (len(logos) - 1) + 2 * LOGO_PAD * len(logos)
    scale = min(1.0, (styles.FRAME_WIDTH - gaps) / sum(widths))
    x = float(styles.MARGIN)
    for logo, width in zip(logos, widths, strict=True):
        room = width * scale
        height = min(inner, room * logo.height / logo.width)
        canvas.setFillColor(WHITE)
        canvas.roundRect(x, floor, room + 2 * LOGO_PAD, LOGO_HEIGHT, 6, stroke=0, fill=1)
        drawn = height * logo.width / logo.height
        left = x + LOGO_PAD + (room - drawn) / 2
        draw_logo(canvas, logo, x=left, y=floor + (LOGO_HEIGHT - height) / 2, width=drawn, height=height)
        x += room + 2 * LOGO_PAD + TILE_GAP
    return floor + LOGO_HEIGHT + 10


def _tiles(canvas: Canvas, tiles: Sequence[SectorTile], top: float) -> None:
    width = (styles.FRAME_WIDTH - TILE_GAP * (len(tiles) - 1)) / len(tiles)
    for place, tile in enumerate(tiles):
        x, y = styles.MARGIN + place * (width + TILE_GAP), top - TILE_HEIGHT
        canvas.setFillColor(styles.SECTOR[tile.sector] if tile.sector else styles.CREAM)
        canvas.roundRect(x, y, width, TILE_HEIGHT, 10, stroke=0, fill=1)
        shape = SECTOR_SHAPES[Sector(tile.sector)] if tile.sector else "hat"
        draw_shape(canvas, shape, x=x + 12, y=top - 29, size=18, color=styles.INK)
        canvas.setFillColor(styles.INK)
        canvas.setFont(faces.FIGURE, 31)
        canvas.drawString(x + 12, top - 60, str(tile.figure))
        paragraphs = fitted(partial(_label, tile.label), room=TILE_HEIGHT - 66, width=width - 20)
        stack(canvas, paragraphs, x=x + 12, top=top - 66)


def _label(label: str, scale: float) -> list[Paragraph]:
    return [P(label, _style(faces.TEXT, 10.9 * scale, 14.4 * scale, styles.INK))]


def _words(canvas: Canvas, report: Report, *, room: float) -> None:
    headline = "\n".join(filter(None, report_words.headline(report)))
    lines = [report_words.subtitle(report), report.theme, report_words.provisional(report)]

    def paragraphs(scale: float) -> list[Paragraph]:
        small = _style(faces.TEXT, 14.25 * scale, 21.75 * scale, spaceBefore=9 * scale)
        large = _style(faces.FIGURE, 40.5 * scale, 41 * scale, spaceAfter=8 * scale)
        return [P(headline, large), *(P(line, small) for line in lines if line)]

    stack(canvas, fitted(paragraphs, room=room, width=420), top=HEADLINE_TOP)


def _style(font: str, size: float, leading: float, color: Color = styles.CREAM, **more: float) -> ParagraphStyle:
    return styles.style(font, size, leading, color, **more)
