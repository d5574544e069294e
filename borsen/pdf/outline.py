"""The document around the pages: headings that stand in the outline, the foot of each page, title and language."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from . import faces, styles
from .shapes import draw_shape
from .text import P, one_line, plain
from .worker import say_page

# So many flowables are made ahead of the page that is drawn: a heading looks at what follows it.
AHEAD = 12


def heading(text: str, style: ParagraphStyle, *, level: int, section: str = "", key: str = "") -> Paragraph:
    """A heading that the outline leads to. A `section` (or the heading of a page) stands at the foot from there on.
    What a table of contents or a link leads to has a `key`."""
    paragraph = P(text, style)
    paragraph.outline = (level, plain(text), section or (plain(text) if level == 0 else ""), key)
    return paragraph


class Document(BaseDocTemplate):
    """Pages with a foot. Who wants another page adds its template, as the report its front page.

    «4 av 22», and the pages in a table of contents, are drawn as forms that are filled in at the end, when they are
    known: one reading of the story is enough, and none of it is in memory longer than it takes to draw it.
    """

    def __init__(self, file: BinaryIO, *, name: str, title: str, author: str, subject: str) -> None:
        super().__init__(
            file,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            title=plain(title),
            author=plain(author),
            subject=plain(subject),
            creator=_("Frivilligbørs"),
            lang="nb-NO",
            initialFontName=faces.TEXT,
            initialFontSize=10,
            initialLeading=14,
        )
        self.name = name
        self.section = ""
        self._story: Iterator[Flowable] = iter(())
        self._begins: dict[str, int] = {}
        self._asked_for: dict[str, tuple[float, float]] = {}
        self._feet: list[str] = []
        self.addPageTemplates([PageTemplate("inner", [whole_page()], onPageEnd=self._foot)])

    def write(self, story: Iterable[Flowable]) -> None:
        """Draw what comes, as it comes."""
        self._story = iter(story)
        self.build(list(islice(self._story, AHEAD)))

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        """Keep a few flowables ahead of the one that is drawn."""
        # What reportlab has put off (`_hanging`) goes through here as well, and is a list of its own.
        if flowables is not self._hanging:
            flowables += islice(self._story, max(AHEAD - len(flowables), 0))
        super().handle_flowable(flowables)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Put a heading into the outline."""
        found = getattr(flowable, "outline", None)
        if found is None:
            return
        level, title, section, key = found
        self.section = section or self.section
        key = key or f"heading-{self.seq.nextf('heading')}"
        top = self.frame._y + flowable.height + 8  # noqa: SLF001 - where the frame has come to is nowhere else
        self.canv.bookmarkHorizontalAbsolute(key, top)
        self.canv.addOutlineEntry(title, key, level=level)
        self._begins[key] = self.page

    def draw_page_of(self, key: str, *, right: float, y: float) -> None:
        """Draw the number of the page on which the heading with this key stands, also when it is still to come."""
        self._asked_for[key] = (right, y)
        self.canv.doForm(f"page-of-{key}")

    def afterPage(self) -> None:  # noqa: N802 - reportlab's name
        """Say how far it has come to who waits."""
        say_page(self.page)

    def _foot(self, canvas: Canvas, _document: Any) -> None:
        if self.section not in self._feet:
            self._feet.append(self.section)
            canvas.beginForm(f"foot-{self._feet.index(self.section)}")
            self._draw_foot(canvas)
            canvas.endForm()
        canvas.doForm(f"foot-{self._feet.index(self.section)}")
        canvas.doForm(_page_form(canvas.getPageNumber()))

    def _draw_foot(self, canvas: Canvas) -> None:
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.75)
        canvas.line(styles.MARGIN, 54, styles.PAGE_WIDTH - styles.MARGIN, 54)
        draw_shape(canvas, "hat", x=styles.MARGIN, y=31, size=17, color=styles.INK)
        room = styles.FRAME_WIDTH - 100
        foot = one_line(self.name, styles.FOOT, room, ending=f" · {self.section}" if self.section else "")
        foot.wrap(room, 20)
        foot.drawOn(canvas, styles.MARGIN + 23, 35)

    def _endBuild(self) -> None:  # noqa: N802 - reportlab's name
        last = self.page
        right = styles.PAGE_WIDTH - styles.MARGIN
        for page in range(1, last + 1):
            text = _("%(page)d av %(pages)d") % {"page": page, "pages": last}
            self._number_form(_page_form(page), text, faces.TEXT, 9, right, 37.5)
        for key, (x, y) in self._asked_for.items():
            self._number_form(f"page-of-{key}", str(self._begins.get(key, "")), faces.TEXT, 10.5, x, y)
        super()._endBuild()

    def _number_form(self, name: str, text: str, font: str, size: float, right: float, y: float) -> None:
        self.canv.beginForm(name)
        self.canv.setFillColor(styles.INK)
        self.canv.setFont(font, size)
        self.canv.drawRightString(right, y, text)
        self.canv.endForm()


def whole_page() -> Frame:
    """The part of a page that the text runs in."""
    return Frame(
        styles.MARGIN, styles.BOTTOM, styles.FRAME_WIDTH, styles.FRAME_HEIGHT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _page_form(page: int) -> str:
    return f"page-{page}"
