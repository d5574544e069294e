"""«Fortsatt ledig»: the needs that nobody has met and the offers that are still there, as an invitation."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from agreements import report_words
from agreements.report_data import OpenResource, Report
from borsen.pdf import styles
from borsen.pdf.outline import heading
from borsen.pdf.text import P

from .tables import TILE_COLUMN, Cell, Tile, table

WHO_WIDTH = 190


def still_open(report: Report) -> Iterator[Flowable]:
    """Category by category, what it is and whose it is."""
    yield P(report_words.left_words(report), styles.INTRO)
    for chapter in report.left:
        yield heading(chapter.name, styles.CHAPTER, level=1)
        if chapter.needs:
            yield _list(_("Behov som ikke er dekket"), _("Hvem som trenger det"), chapter.needs)
        if chapter.offers:
            yield _list(_("Tilbud som er ledige"), _("Hvem som tilbyr det"), chapter.offers)


def _list(what: str, who: str, resources: Sequence[OpenResource]) -> Flowable:
    return table([what, "", who], list(map(_row, resources)), [0, TILE_COLUMN, WHO_WIDTH])


def _row(resource: OpenResource) -> list[Cell]:
    return [P(resource.title, styles.TABLE_STRONG), Tile(resource.sector), P(resource.who, styles.TABLE_CELL)]
