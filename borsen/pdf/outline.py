"""The document around the pages: headings that stand in the outline, the foot of each page, title and language."""

from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from . import faces, styles
from .shapes import draw_shape
from .text import P, one_line, plain


def heading(text: str, style: ParagraphStyle, *, level: int, section: str = "") -> Paragraph:
    """A heading that the outline leads to. A `section` (or the heading of a page) stands at the foot from there on."""
    paragraph = P(text, style)
    paragraph.outline = (level, plain(text), section or (plain(text) if level == 0 else ""))
    return paragraph


class Document(BaseDocTemplate):
    """Pages with a foot. Who wants another page adds its template, as the report its front page.

    «4 av 22» is drawn as a form that is filled in at the end, when the number of pages is known.
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
        self.addPageTemplates([PageTemplate("inner", [whole_page()], onPageEnd=self._foot)])

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Put a heading into the outline."""
        found = getattr(flowable, "outline", None)
        if found is None:
            return
        level, title, section = found
        self.section = section or self.section
        key = f"heading-{self.seq.nextf('heading')}"
        top = self.frame._y + flowable.height + 8  # noqa: SLF001 - where the frame has come to is nowhere else
        self.canv.bookmarkHorizontalAbsolute(key, top)
        self.canv.addOutlineEntry(title, key, level=level)

    def _foot(self, canvas: Canvas, _document: Any) -> None:
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.75)
        canvas.line(styles.MARGIN, 54, styles.PAGE_WIDTH - styles.MARGIN, 54)
        draw_shape(canvas, "hat", x=styles.MARGIN, y=31, size=17, color=styles.INK)
        room = styles.FRAME_WIDTH - 100
        foot = one_line(self.name, styles.FOOT, room, ending=f" · {self.section}" if self.section else "")
        foot.wrap(room, 20)
        foot.drawOn(canvas, styles.MARGIN + 23, 35)
        canvas.doForm(_page_form(canvas.getPageNumber()))

    def _endBuild(self) -> None:  # noqa: N802 - reportlab's name
        last = self.page
        for page in range(1, last + 1):
            self.canv.beginForm(_page_form(page))
            self.canv.setFillColor(styles.INK)
            self.canv.setFont(faces.TEXT, 9)
            text = _("%(page)d av %(pages)d") % {"page": page, "pages": last}
            self.canv.drawRightString(styles.PAGE_WIDTH - styles.MARGIN, 37.5, text)
            self.canv.endForm()
        super()._endBuild()


def whole_page() -> Frame:
    """The part of a page that the text runs in."""
    return Frame(
        styles.MARGIN, styles.BOTTOM, styles.FRAME_WIDTH, styles.FRAME_HEIGHT,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip


def _page_form(page: int) -> str:
    return f"page-{page}"
