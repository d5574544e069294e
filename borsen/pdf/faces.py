"""The faces that the PDF embeds (borsen/pdf/fonts/README.md), and what each can write."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"

TEXT = "Inter"
BOLD = "Inter-SemiBold"
HEADING = "Bricolage-Heading"
FIGURE = "Bricolage-Figure"
FILES = {
    TEXT: "Inter-Regular.ttf",
    BOLD: "Inter-SemiBold.ttf",
    HEADING: "BricolageGrotesque-Heading.ttf",
    FIGURE: "BricolageGrotesque-Figure.ttf",
}
# Which face of Inter steps in where Bricolage has no letter (ŧ), and the sign for what neither can write.
STAND_IN = {TEXT: TEXT, BOLD: BOLD, HEADING: BOLD, FIGURE: BOLD}
MISSING = "□"


@cache
def register() -> None:
    """Make the faces known to reportlab, once in each process."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, FOLDER / file))


@cache
def _letters(font: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def font_for(character: str, font: str) -> str | None:
    """The face that writes `character` where `font` is asked for; None when there is none."""
    return next((face for face in (font, STAND_IN[font]) if ord(character) in _letters(face)), None)


def width(text: str, font: str, size: float) -> float:
    """How wide `text` is, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))
