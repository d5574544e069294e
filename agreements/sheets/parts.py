"""What the filled and the blank sheets have in common: measures, the head, the QR code, and lines to write on."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import segno
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from borsen.pdf import faces, styles
from borsen.pdf.shapes import draw_shape
from borsen.pdf.text import P, one_line

MARGIN = 42
WIDTH = styles.PAGE_WIDTH - 2 * MARGIN
GUTTER = 18
COLUMN = (WIDTH - GUTTER) / 2
QUIET = 4  # dots around a QR code


@cache
def style(font: str, size: float, color: Color = styles.INK, *, leading: float = 1.3, right: bool = False) -> Any:
    """A paragraph style, made once."""
    return styles.style(font, size, round(size * leading, 2), color, alignment=2 if right else 0)


def place(paragraphs: Sequence[Paragraph], width: float) -> float:
    """Give the paragraphs their width; returns how high they become together."""
    return float(sum(paragraph.wrap(width, styles.PAGE_HEIGHT)[1] for paragraph in paragraphs))


def draw(canvas: Canvas, paragraphs: Sequence[Paragraph], *, x: float, top: float) -> float:
    """Draw paragraphs that have their width under each other; returns the bottom."""
    for paragraph in paragraphs:
        top -= paragraph.height
        paragraph.drawOn(canvas, x, top)
    return top


def line_of(text: str, kind: ParagraphStyle, width: float) -> Paragraph:
    """One line, cut with «…» where it would become two."""
    line = one_line(text, kind, width)
    line.wrap(width, styles.PAGE_HEIGHT)
    return line


def word(
    canvas: Any, text: str, *, x: float, y: float, font: str = faces.TEXT, size: float = 9, color: Color = styles.INK
) -> None:
    """A word of our own, which every face can write."""
    canvas.setFillColor(color)
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


def rule(canvas: Any, *, x: float, y: float, width: float, weight: float = 0.75, color: Color = styles.INK) -> None:
    """A line from `x` to the right; also the one that somebody writes on."""
    canvas.setStrokeColor(color)
    canvas.setLineWidth(weight)
    canvas.line(x, y, x + width, y)


def box(canvas: Any, *, x: float, y: float, size: float = 11) -> None:
    """A box to tick."""
    canvas.setStrokeColor(styles.INK)
    canvas.setLineWidth(1)
    canvas.rect(x, y, size, size, stroke=1, fill=0)


def head(canvas: Canvas, lines: Sequence[tuple[str, ParagraphStyle]], *, top: float, width: float) -> float:
    """The hat, and beside it the børs, when and where; the last line may become two. Returns the bottom."""
    draw_shape(canvas, "hat", x=MARGIN, y=top - 38, size=38, color=styles.INK)
    found = [(text, kind) for text, kind in lines if text.strip()]
    written = [line_of(text, kind, width - 50) for text, kind in found]
    if found:
        whole = P(*found[-1])
        whole.wrap(width - 50, styles.PAGE_HEIGHT)
        if whole.height <= 2 * found[-1][1].leading:
            written[-1] = whole
    return min(draw(canvas, written, x=MARGIN + 50, top=top), top - 38)


def code(canvas: Any, address: str, *, x: float, y: float, size: float) -> None:
    """A QR code in ink, with its quiet zone inside the square of `size`."""
    rows = segno.make(address, error="m", micro=False).matrix
    canvas.saveState()
    canvas.translate(x, y + size)
    dot = size / (len(rows) + 2 * QUIET)
    canvas.scale(dot, -dot)
    canvas.setFillColor(styles.INK)
    dots = canvas.beginPath()
    for down, row in enumerate(rows, QUIET):
        start = None
        for across, dark in enumerate((*row, 0), QUIET):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                # A hair higher than it is, or printers leave white seams.
                dots.rect(start, down, across - start, 1.02)
                start = None
    canvas.drawPath(dots, stroke=0, fill=1)
    canvas.restoreState()


def foot(canvas: Canvas, text: str, aside: str) -> None:
    """What the sheet is, and when it was printed, under everything else."""
    rule(canvas, x=MARGIN, y=38, width=WIDTH, color=styles.LINE)
    small = style(faces.TEXT, 8, styles.SECOND)
    end = P(aside, style(faces.TEXT, 8, styles.SECOND, right=True))
    end.wrap(WIDTH, 20)
    end.drawOn(canvas, MARGIN, 23)
    line_of(text, small, WIDTH - faces.width(aside, faces.TEXT, 8) - 20).drawOn(canvas, MARGIN, 23)
