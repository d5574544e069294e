"""The table of contents: each line leads to its heading, and says on which page that stands."""

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from . import faces, styles
from .text import one_line

FIRST_LEVEL = styles.style(faces.BOLD, 10.5, 15)
SECOND_LEVEL = styles.style(faces.TEXT, 10.5, 15)
INDENT = 18
NUMBER_WIDTH = 44


class Line(Flowable):
    """One heading of the document, in `draw_page_of`'s Document."""

    def __init__(self, title: str, key: str, *, level: int) -> None:
        super().__init__()
        self.title, self.key, self.level = title, key, level

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, 25.0 if self.level == 0 else 18.0
        return self.width, self.height

    def draw(self) -> None:
        canvas: Any = self.canv
        left = INDENT * self.level
        look: ParagraphStyle = SECOND_LEVEL if self.level else FIRST_LEVEL
        room = self.width - left - NUMBER_WIDTH
        title = one_line(self.title, look, room)
        title.wrap(room, 20)
        title.drawOn(canvas, left, 1)
        end = left + title.getActualLineWidths0()[0] + 6
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.6)
        canvas.setDash(0.6, 3)
        canvas.line(end, 4.5, max(self.width - NUMBER_WIDTH + 10, end), 4.5)
        canvas.setDash()
        x, y = canvas.absolutePosition(self.width, 4.5)
        # Drawn as a form in the page's own measures, so the flowable's are undone around it.
        canvas.saveState()
        canvas.translate(self.width - x, 4.5 - y)
        canvas._doctemplate.draw_page_of(self.key, right=x, y=y)  # noqa: SLF001 - reportlab's way to the document
        canvas.restoreState()
        canvas.linkRect("", self.key, (0, 0, self.width, self.height - 4), relative=1)
