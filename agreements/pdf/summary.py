"""The page that is read when no other is: the key figures, and three charts."""

from collections.abc import Iterator

from reportlab.platypus import Flowable, Spacer, Table

from agreements import report_words
from agreements.charts import PHONE, WIDE
from agreements.charts.hour import through_the_hour
from agreements.charts.picture import Picture
from agreements.charts.sectors import given_and_received, sector_pairs
from agreements.charts.subjects import categories, first_meetings, municipalities, resources
from agreements.report_data import Report
from borsen.pdf import styles
from borsen.pdf.outline import heading
from borsen.pdf.text import Bold, P

from .blocks import GUTTER
from .drawings import FactRow, Key, Triangle
from .pictures import drawing_of
from .tables import OWN_FACE

COLUMN = (styles.FRAME_WIDTH - GUTTER) / 2
LAST_CHART = 142.0  # what the other charts leave of the page's height
SMALLEST = 0.68
FACTS = 8  # two rows: the rest of the page is for the charts


def summary(report: Report) -> Iterator[Flowable]:
    """The key figures, the hour, the pairs of sectors and the categories on one page."""
    yield P(report_words.coverage(report), styles.INTRO)
    provisional = report_words.provisional(report)
    if provisional:
        yield P(Bold(provisional), styles.INTRO)
    facts = report_words.facts(report)[:FACTS]
    for row in range(0, len(facts), FactRow.ACROSS):
        yield FactRow(facts[row : row + FactRow.ACROSS], foot=6)
    yield Key(foot=4)
    figures = report.figures
    if not figures.totals.count:
        return
    left = _titled(sector_pairs(figures.sectors, room=PHONE), COLUMN)
    right = [
        *(_titled(through_the_hour(figures.hour, room=PHONE), COLUMN) if figures.hour else []),
        Spacer(1, 10),
        *_titled(resources(figures.resources, room=PHONE), COLUMN),
    ]
    look = [OWN_FACE, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    look += [
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    yield Table([[left, "", right]], colWidths=[COLUMN, GUTTER, COLUMN], style=look, hAlign="LEFT")
    picture = categories(figures.categories, room=WIDE)
    yield from _titled(picture, _that_fits(picture))


def _that_fits(picture: Picture) -> float:
    """The width in which the last chart stays on the page, when that takes off no more than can still be read."""
    fitting = LAST_CHART * picture.width / picture.height
    return min(fitting, styles.FRAME_WIDTH) if fitting >= styles.FRAME_WIDTH * SMALLEST else styles.FRAME_WIDTH


def _titled(picture: Picture, width: float) -> list[Flowable]:
    return [P(picture.title, styles.MINOR), drawing_of(picture, width=width)]


def sectors(report: Report) -> Iterator[Flowable]:
    """Which sectors found each other, each agreement once; who gave and who received; who met for the first time."""
    yield P(report_words.how_sectors_count(), styles.INTRO)
    figures = report.figures
    yield Spacer(1, 10)
    yield Triangle(figures.sectors)
    yield Spacer(1, 22)
    if not figures.totals.count:
        return
    yield from _part(sector_pairs(figures.sectors, room=WIDE), "")
    yield from _part(given_and_received(figures.exchange, room=WIDE), report_words.how_exchange_counts())
    words = report_words.first_meetings(figures.first_meetings)
    if figures.first_meetings.answered:
        yield from _part(first_meetings(figures.first_meetings, room=WIDE), words)
    else:
        yield P(words, styles.BODY)
    if figures.municipalities.is_worth_showing:
        yield from _part(
            municipalities(figures.municipalities, room=WIDE), report_words.how_municipalities_count(report)
        )


def _part(picture: Picture, words: str) -> Iterator[Flowable]:
    yield heading(picture.title, styles.CHAPTER, level=1)
    if words:
        yield P(words, styles.LEAD)
    yield drawing_of(picture)
