"""How wide words are, and where they are broken. Measured with the faces of the PDF, without reportlab."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from PIL import ImageFont

import borsen.pdf

FACES = Path(borsen.pdf.__file__).parent / "fonts"
TEXT_FACE, BOLD_FACE = FACES / "Inter-Regular.ttf", FACES / "Inter-SemiBold.ttf"
LINE = 1.3
# The faces lack Chinese and emoji: on the page another one steps in, whose letters are about this wide.
WIDE_LETTER = 1.3
MEASURE = 1000


@cache
def face(path: Path, size: float) -> ImageFont.FreeTypeFont:
    """A face in a size. Without shaping, so that it measures the same on every machine."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def written(text: str) -> str:
    """The text on one line, composed, and without the signs that are invisible by nature."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if _is_control(sign) else sign for sign in composed if not _is_hidden(sign)).split())


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or sign in "\ufe0e\ufe0f"


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}


@cache
def _letter(sign: str, path: Path) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return WIDE_LETTER
    return face(path, MEASURE).getlength(sign) / MEASURE


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """How wide the text is in this size."""
    path = BOLD_FACE if is_bold else TEXT_FACE
    return sum(_letter(sign, path) for sign in text) * size


def widest(texts: Sequence[str], size: float, *, is_bold: bool = False) -> float:
    """The width of the widest one; nothing when there are none."""
    return max((width(text, size, is_bold=is_bold) for text in texts), default=0)


def lines(text: str, size: float, room: float, *, most: int, is_bold: bool = False) -> list[str]:
    """The text broken to fit `room`, a word without a space too; what `most` lines can't hold ends with «…»."""
    found: list[str] = []
    for word in _pieces(written(text), size, room, is_bold):
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, size, is_bold=is_bold) <= room:
            found[-1] = longer
        elif len(found) == most:
            found[-1] = _cut(longer, size, room, is_bold)
            break
        else:
            found.append(word)
    return found


def _pieces(text: str, size: float, room: float, is_bold: bool) -> Iterator[str]:
    """The words, those that are too long in parts."""
    for word in text.split():
        piece, used = "", 0.0
        for sign in word:
            wide = width(sign, size, is_bold=is_bold)
            if piece and used + wide > room:
                yield piece
                piece, used = "", 0.0
            piece, used = piece + sign, used + wide
        yield piece


def _cut(text: str, size: float, room: float, is_bold: bool) -> str:
    while text and width(f"{text}…", size, is_bold=is_bold) > room:
        text = text[:-1].rstrip()
    return f"{text}…"
