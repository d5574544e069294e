"""Colours, measures and styles of the PDF: shared/look/look.md, where one pixel of the drawings is .75 point."""

from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from borsen.enums import Sector

from . import faces

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 48
TOP, BOTTOM = 38, 64
FRAME_WIDTH = PAGE_WIDTH - 2 * MARGIN
FRAME_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

HALL = HexColor("#0c221b")
CREAM = HexColor("#fff6e3")
INK = HexColor("#0b1511")
SECOND = HexColor("#4b5149")
LINE = HexColor("#9a917c")
BAR = HexColor("#14513c")
SECTOR = {
    Sector.BUSINESS: HexColor("#e69f00"),
    Sector.VOLUNTARY: HexColor("#f0e442"),
    Sector.PUBLIC: HexColor("#56b4e9"),
    Sector.INDIVIDUAL: HexColor("#cc79a7"),
}
# The matrix: the more agreements in a cell, the deeper the green; ink passes 7:1 on all of them.
SHADES = tuple(HexColor(shade) for shade in ("#ffffff", "#eef4ee", "#e3eee6", "#d0e2d6", "#bbd5c4"))


def style(font: str, size: float, leading: float, color: Color = INK, **more: Any) -> ParagraphStyle:
    """A paragraph style. A word without a space is broken at the column's edge."""
    return ParagraphStyle(
        f"{font}-{size}-{leading}",
        fontName=font,
        bulletFontName=faces.TEXT,
        fontSize=size,
        leading=leading,
        textColor=color,
        splitLongWords=1,
        **more,
    )


TITLE = style(faces.FIGURE, 26, 29, spaceAfter=8)
CHAPTER = style(faces.HEADING, 15.5, 19.5, spaceBefore=18, spaceAfter=6, keepWithNext=1)
SUMMARY = style(faces.HEADING, 13, 16)
BODY = style(faces.TEXT, 10.5, 15)
INTRO = style(faces.TEXT, 10.5, 15.5, spaceAfter=10)
LEAD = style(faces.TEXT, 10.5, 15, spaceAfter=6, keepWithNext=1)
STRONG = style(faces.BOLD, 10.5, 15)
STRONG_RIGHT = style(faces.BOLD, 10.5, 15, alignment=2)
SMALL = style(faces.TEXT, 9, 13, SECOND)
SMALL_RIGHT = style(faces.TEXT, 9, 13, SECOND, alignment=2)
HEAD = style(faces.BOLD, 10, 14.5, alignment=1)
CELL = style(faces.BOLD, 12, 15, alignment=1)
FOOT = style(faces.TEXT, 9, 12)
LISTED = style(faces.TEXT, 9.5, 13.5, leftIndent=7.5, firstLineIndent=-7.5)
TABLE_HEAD = style(faces.BOLD, 9.5, 13)
TABLE_CELL = style(faces.TEXT, 9.5, 13)
TABLE_STRONG = style(faces.BOLD, 9.5, 13)
MINOR = style(faces.HEADING, 12, 15, spaceBefore=8, spaceAfter=3, keepWithNext=1)
