"""Paragraphs on a page that does not flow: as large as there is room for."""

from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from . import styles

SCALES = (1, 0.85, 0.7, 0.55, 0.42, 0.3)


def fitted(
    make: Callable[[float], list[Paragraph]], *, room: float, width: float = styles.FRAME_WIDTH
) -> list[Paragraph]:
    """The paragraphs in the largest scale at which they fit into `room`, or the smallest one."""
    for scale in SCALES:
        paragraphs = make(scale)
        for paragraph in paragraphs:
            paragraph.wrap(width, styles.PAGE_HEIGHT)
        if height_of(paragraphs) <= room:
            break
    return paragraphs


def height_of(paragraphs: Sequence[Paragraph]) -> float:
    """Of the paragraphs under each other, once they have been fitted."""
    return sum(paragraph.height + paragraph.style.spaceBefore + paragraph.style.spaceAfter for paragraph in paragraphs)


def stack(canvas: Canvas, paragraphs: Sequence[Paragraph], *, top: float, x: float = styles.MARGIN) -> float:
    """Draw the paragraphs under each other from `top`; returns the bottom."""
    for paragraph in paragraphs:
        top -= paragraph.style.spaceBefore + paragraph.height
        paragraph.drawOn(canvas, x, top)
        top -= paragraph.style.spaceAfter
    return top
