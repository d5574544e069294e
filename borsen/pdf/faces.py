"""The faces that the PDF embeds (borsen/pdf/fonts/README.md), and what each can write."""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab import rl_config
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
# Format signs, control characters, and the separators of lines and paragraphs.
INVISIBLE = frozenset({"Cf", "Cc", "Zl", "Zp"})


@cache
def register() -> None:
    """Make the faces known to reportlab, once in each process, and let it write bytes as bytes: as ASCII they take a
    quarter more room, and a tenth of the time."""
    rl_config.useA85 = 0
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, FOLDER / file))


@cache
def _letters(font: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


@cache
def plain_letters(font: str) -> frozenset[str]:
    """What `font` writes as it stands: its letters without signs that are invisible by nature."""
    letters = (chr(code) for code in _letters(font))
    return frozenset(
        letter for letter in letters if unicodedata.category(letter) not in INVISIBLE and letter not in "\ufe0e\ufe0f"
    )


def font_for(character: str, font: str) -> str | None:
    """The face that writes `character` where `font` is asked for; None when there is none."""
    return next((face for face in (font, STAND_IN[font]) if ord(character) in _letters(face)), None)


def width(text: str, font: str, size: float) -> float:
    """How wide `text` is, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))
