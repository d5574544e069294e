"""The one place where text becomes part of the PDF: composed, and with nothing lost without a trace.

`P` is the only maker of reportlab's Paragraph, which reads a text that it is given as markup: an `<img src>` in a
participant's name would embed a file of the server, and an open `<b>` stop the whole report (a test looks for any other
maker). `P` gives it no text to read, but the pieces that reading ends in; that is also twice as fast.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from . import faces


class Bold(str):
    """A part of a text that stands in the text face's bold."""

    __slots__ = ()


class Link(str):
    """A part of a text that leads to a place in the document: the key of a heading or of a numbered agreement."""

    __slots__ = ("to",)
    to: str

    def __new__(cls, text: str, to: str) -> "Link":
        made = super().__new__(cls, text)
        made.to = to
        return made


def P(parts: str | Sequence[str], style: ParagraphStyle) -> Paragraph:  # noqa: N802 - it stands for Paragraph
    """A paragraph of user text, as typed: markup is text, a line break is a line break."""
    parts = [parts] if isinstance(parts, str) else parts
    pieces = [piece for place, part in enumerate(parts) for piece in _pieces(part, style, place)]
    return Paragraph("", style, frags=pieces or [_piece("", style, style.fontName)])


def plain(text: str) -> str:
    """The text on one line with only what can be written: for the outline and the document's title."""
    return " ".join("".join(character for character, _font in _written(text, faces.TEXT)).split())


def one_line(text: str, style: ParagraphStyle, width: float, *, ending: str = "") -> Paragraph:
    """A paragraph of one line: `text` is cut with «…» where it would become two, `ending` is kept."""
    text, ending = plain(text), f" {plain(ending)}" if ending else ""

    def fits(candidate: str) -> bool:
        return faces.width(f"{candidate}{ending}", style.fontName, style.fontSize) <= width

    if not fits(text):
        length = bisect_left(range(len(text)), True, key=lambda cut: not fits(f"{text[:cut]}…"))
        text = f"{text[: max(length - 1, 0)].rstrip()}…"
    return P(f"{text}{ending}", style)


def _pieces(part: str, style: ParagraphStyle, place: int) -> Iterator[ParaFrag]:
    asked = faces.BOLD if isinstance(part, Bold) else style.fontName
    link = [(place, f"#{part.to}")] if isinstance(part, Link) else []
    if is_plain(part, asked):
        if part:
            yield _piece(part, style, asked, link)
        return
    for font, run in groupby(_written(part, asked), key=lambda pair: pair[1]):
        text = "".join(character for character, _font in run)
        for number, line in enumerate(text.split("\n")):
            if number:
                yield _piece("", style, font, link, lineBreak=True)
            if line:
                yield _piece(line, style, font, link)


def is_plain(text: str, font: str) -> bool:
    """Whether the face writes all of the text, and nothing is to be left out or composed: so with most texts."""
    return faces.plain_letters(font).issuperset(text) and unicodedata.is_normalized("NFC", text)


def _piece(text: str, style: ParagraphStyle, font: str, link: Sequence[Any] = (), **more: object) -> ParaFrag:
    """What reportlab's own reading of marked-up text makes of a run of it."""
    piece = ParaFrag()
    piece.__dict__.update(_looks(style, font), text=text, link=list(link), us_lines=[], **more)
    return piece


@lru_cache(maxsize=128)
def _looks(style: ParagraphStyle, font: str) -> dict[str, Any]:
    return {
        "fontName": font,
        "fontSize": style.fontSize,
        "textColor": style.textColor,
        "rise": 0,
        "greek": 0,
        "bold": 0,
        "italic": 0,
    }


def _written(text: str, font: str) -> Iterator[tuple[str, str]]:
    """Each character with the face that writes it. What no face has is shown as a box; signs that are invisible by
    nature (joiners, direction marks) are left out, other control characters become a space."""
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        category = unicodedata.category(character)
        if category == "Cf" or character in "\ufe0e\ufe0f":
            continue
        if category in {"Cc", "Zl", "Zp"}:
            yield ("\n" if character in "\n\u2028\u2029" else " "), font
            continue
        face = faces.font_for(character, font)
        yield (character, face) if face else (faces.MISSING, faces.STAND_IN[font])
