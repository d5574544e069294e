"""The one place where text becomes part of the PDF: escaped, composed, and with nothing lost without a trace.

`P` is the only maker of reportlab's Paragraph, which reads its text as markup: an `<img src>` in a participant's name
would embed a file of the server, and an open `<b>` stop the whole report (a test looks for any other maker).
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from . import faces


class Bold(str):
    """A part of a text that stands in the text face's bold."""

    __slots__ = ()


def P(parts: str | Sequence[str], style: ParagraphStyle) -> Paragraph:  # noqa: N802 - it stands for Paragraph
    """A paragraph of user text, as typed: markup is text, a line break is a line break."""
    parts = [parts] if isinstance(parts, str) else parts
    return Paragraph("".join(markup for part in parts for markup in _markup(part, style)), style)


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


def _markup(part: str, style: ParagraphStyle) -> Iterator[str]:
    asked = faces.BOLD if isinstance(part, Bold) else style.fontName
    for font, run in groupby(_written(part, asked), key=lambda pair: pair[1]):
        text = escape("".join(character for character, _font in run)).replace("\n", "<br/>")
        yield text if font == style.fontName else f'<font name="{font}">{text}</font>'


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
