"""The catalogue as a document: each sheet says what stands on it, also where it hangs apart from the one before."""

from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ActionFlowable, CondPageBreak, Flowable

from borsen.pdf import faces, outline, styles
from borsen.pdf.text import one_line

from ..catalogue_print import Printed

HEAD = styles.PAGE_HEIGHT - 30
CONTINUED = styles.style(faces.BOLD, 11, 14)


class Document(outline.Document):
    """At the top of a sheet that begins in the middle of a list: «Lokaler – Trengs (fortsetter)»."""

    def __init__(self, file: BinaryIO, printed: Printed) -> None:
        title = _("Børskatalog – %s") % printed.name
        super().__init__(
            file,
            name=printed.name,
            title=title,
            author=", ".join(printed.hosts) or printed.name,
            subject=", ".join(filter(None, [title, printed.when, printed.place])),
        )
        self.list = ""
        self._goes_on: str | None = None

    def handle_pageBegin(self) -> None:  # noqa: N802 - reportlab's name
        self._goes_on = None
        super().handle_pageBegin()

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Note which list a sheet begins with, and which it has come to."""
        # A break that was asked for comes after the sheet that it begins; it is nothing that stands there.
        if self._goes_on is None and not isinstance(flowable, ActionFlowable | CondPageBreak):
            self._goes_on = "" if hasattr(flowable, "outline") or hasattr(flowable, "list") else self.list
        self.list = getattr(flowable, "list", self.list)
        super().afterFlowable(flowable)

    def _foot(self, canvas: Canvas, document: Any) -> None:
        super()._foot(canvas, document)
        if self._goes_on:
            head = one_line(self._goes_on, CONTINUED, styles.FRAME_WIDTH, ending=_("(fortsetter)"))
            head.wrap(styles.FRAME_WIDTH, 20)
            head.drawOn(canvas, styles.MARGIN, HEAD)
