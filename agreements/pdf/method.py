"""How the figures came about: each of them with what counts in it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from agreements import report_words
from agreements.key_figures import KeyFigure, key_figures
from agreements.report_data import Report
from borsen.pdf import styles
from borsen.pdf.text import P

from .tables import table


def method(report: Report) -> Iterator[Flowable]:
    """What the report is made from, and the definition of each figure."""
    yield from (P(words, styles.INTRO) for words in report_words.method(report))
    head = [_("Tall"), _("Verdi"), _("Hva som telles")]
    rows = [
        [P(row.label, styles.TABLE_STRONG), P(_value(row), styles.TABLE_STRONG), P(row.definition, styles.TABLE_CELL)]
        for row in key_figures(report.figures)
    ]
    yield table(head, rows, [150, 60, 0])


def _value(row: KeyFigure) -> str:
    if isinstance(row.value, datetime):
        return date_format(row.value, r"\k\l. H.i")
    return "–" if row.value is None else str(row.value)
