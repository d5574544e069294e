"""The report as a document: a front page, then pages with a foot."""

from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageTemplate

from agreements import report_words
from agreements.report_data import Report
from borsen.pdf import outline

from .front import draw_front


class Document(outline.Document):
    """The report's title and author, and its front page before the rest."""

    def __init__(self, file: BinaryIO, report: Report) -> None:
        super().__init__(
            file,
            name=" · ".join(filter(None, [report_words.internal(report), report.name])),
            title=" – ".join(filter(None, [_("Rapport"), report.name, report_words.internal(report)])),
            author=", ".join(host.name for host in report.hosts) or report.name,
            subject=report_words.subtitle(report),
        )
        self.report = report
        self.pageTemplates.insert(0, PageTemplate("front", [outline.whole_page()], onPage=self._front))

    def _front(self, canvas: Canvas, _document: Any) -> None:
        draw_front(canvas, self.report)
        canvas.bookmarkPage("front")
        canvas.addOutlineEntry(_("Forside"), "front", level=0)
