"""From the report's data to the PDF's bytes."""

from io import BytesIO
from itertools import chain

from django.utils import translation
from reportlab.platypus import NextPageTemplate, PageBreak

from agreements.report_data import Report
from borsen.pdf import faces

from .chapters import story
from .document import Document


def render(report: Report) -> bytes:
    """Draw the report. Asks no database, so that it can run in a process or a thread that has none."""
    faces.register()
    file = BytesIO()
    with translation.override(report.language):
        Document(file, report).write(chain([NextPageTemplate("inner"), PageBreak()], story(report)))
    return file.getvalue()
