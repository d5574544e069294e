"""The report's page: its parts in their order, and each chart in two widths with its numbers beside it.

Nothing in here asks the database: the page is written out in a thread without a connection.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from borsen.enums import Phase
from borsen.templatetags.components import SECTOR_SHAPES, SHAPES

from . import report_words
from .charts import PHONE, WIDE, Table, pictures_of
from .charts.svg import svg_of
from .key_figures import KeyFigure, key_figures
from .report_data import Attendee, Edition, Entry, Prize, Report
from .statistics import Figures

# A table with more columns than these stands under its chart, not beside it.
MOST_COLUMNS_BESIDE = 4


@dataclass(frozen=True)
class Chart:
    """A chart as the page shows it: wide, narrow for a phone, and as a table."""

    name: str
    title: str
    lead: str
    wide: SafeString
    phone: SafeString
    table: Table

    @property
    def is_beside(self) -> bool:
        return len(self.table.head) <= MOST_COLUMNS_BESIDE


@dataclass(frozen=True)
class Part:
    """A part of the page, with the heading that the list of contents leads to, and its charts."""

    key: str
    title: str
    charts: tuple[Chart, ...] = ()

    @property
    def template(self) -> str:
        return f"agreements/report_{self.key}.html"


@dataclass(frozen=True)
class Row:
    """A key figure as it is read."""

    label: str
    value: str
    definition: str


def parts(report: Report) -> list[Part]:
    """What the report has something to say about, in the order of the PDF."""
    drawn = _charts(report)

    def part(key: str, title: str, *names: str) -> Part:
        return Part(key, title, tuple(drawn[name] for name in names if name in drawn))

    found = [
        part("figures", _("Nøkkeltall"), "gjennom-timen", "behov-og-tilbud"),
        part("hosts", _("Vertskapet"), "sammenlignet"),
        part("challenges", _("Det børsen ville løse"), "problemstillinger"),
        part("prizes", _("Prisene")),
        part("sectors", _("Avtalene mellom sektorene"), "sektorer", "gitt-og-mottatt", "nye-samarbeid", "kommuner"),
        part("categories", _("Avtalene etter kategori"), "kategorier"),
        part("left", _("Fortsatt ledig")),
        part("participants", _("Deltakerne")),
        part("method", _("Slik har vi telt")),
    ]
    silent = set(_silent(report))
    return [each for each in found if each.key not in silent]


def _silent(report: Report) -> Iterator[str]:
    """The parts that would be empty."""
    figures = report.figures
    if not figures.totals.count:
        yield from ("figures", "sectors", "categories")
    if not (report.hosts or figures.goal or figures.earlier):
        yield "hosts"
    if not report.challenge_lines:
        yield "challenges"
    if not report.prizes:
        yield "prizes"
    if not report.left:
        yield "left"


def _charts(report: Report) -> dict[str, Chart]:
    """The charts by their names, each with what it counts."""
    figures = report.figures
    lead = {
        "gitt-og-mottatt": report_words.how_exchange_counts(),
        "nye-samarbeid": report_words.first_meetings(figures.first_meetings),
        "kommuner": report_words.how_municipalities_count(report),
        "sammenlignet": report_words.beside_the_goal(report),
    }
    phone = {named.name: named for named in pictures_of(figures, room=PHONE)}
    return {
        named.name: Chart(
            named.name,
            named.title,
            lead.get(named.name, ""),
            svg_of(named, variant="wide"),
            svg_of(phone[named.name], variant="phone"),
            named.picture.table,
        )
        for named in pictures_of(figures, room=WIDE)
    }


def rows(figures: Figures) -> list[Row]:
    """The key figures with what counts in them; those that nobody can know yet are left out."""
    return [Row(each.label, _shown(each), each.definition) for each in key_figures(figures) if each.value is not None]


def _shown(figure: KeyFigure) -> str:
    return date_format(figure.value, r"j. F \k\l. H.i") if isinstance(figure.value, datetime) else str(figure.value)


@dataclass(frozen=True)
class Answered:
    """A challenge, what came of it, and the agreements that answer it."""

    name: str
    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Winner:
    """A prize and the agreement that won it, if it was one."""

    prize: Prize
    entry: Entry | None


@dataclass(frozen=True)
class Present:
    """One who took part, with the numbers of the agreements that may be named there."""

    who: Attendee
    gave: tuple[int, ...]
    received: tuple[int, ...]


def answered(report: Report) -> list[Answered]:
    """What came of each challenge."""
    entries = _by_number(report)
    return [
        Answered(
            line.figure.name,
            report_words.challenge_words(line.figure),
            tuple(entries[number] for number in line.numbers if number in entries),
        )
        for line in report.challenge_lines
    ]


def winners(report: Report) -> list[Winner]:
    """The prizes that have been given."""
    entries = _by_number(report)
    return [Winner(prize, entries.get(prize.number) if prize.number else None) for prize in report.prizes]


def present(report: Report) -> list[Present]:
    """Those who took part. To all, who is a party of a withheld agreement is not told from this side either."""
    is_public = report.edition is Edition.PUBLIC
    withheld = {number for number, entry in _by_number(report).items() if entry.is_withheld and is_public}
    return [
        Present(
            one,
            tuple(number for number in one.gave if number not in withheld),
            tuple(number for number in one.received if number not in withheld),
        )
        for one in report.attendees
    ]


def _by_number(report: Report) -> dict[int, Entry]:
    return {entry.number: entry for chapter in report.chapters for entry in chapter.entries}


def context(report: Report) -> dict[str, Any]:
    """All that the templates want, but for the event itself."""
    figures = report.figures
    return {
        "report": report,
        "words": {
            "headline": " ".join(filter(None, report_words.headline(report))),
            "subtitle": report_words.subtitle(report),
            "hosts": report_words.hosts(report),
            "provisional": report_words.provisional(report),
            "how_sectors_count": report_words.how_sectors_count(),
            "coverage": report_words.coverage(report),
            "first_meetings": report_words.first_meetings(figures.first_meetings),
            "left": report_words.left_words(report),
            "edition": report_words.edition_words(report) if report.edition is Edition.PUBLIC else "",
            "method": report_words.method(report)[0],
        },
        "parts": parts(report),
        "answered": answered(report),
        "winners": winners(report),
        "present": present(report),
        "facts": report_words.facts(report),
        "tiles": report_words.sector_tiles(figures.sectors),
        "rows": rows(figures),
        # Written once and pointed to, since a large report has thousands of them.
        "sector_paths": [(sector.value, SHAPES[shape]) for sector, shape in SECTOR_SHAPES.items()],
        "not_begun": report.phase is Phase.BEFORE,
    }
