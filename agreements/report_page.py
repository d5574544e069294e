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


def charts(figures: Figures) -> dict[str, Chart]:
    """The charts by their names."""
    phone = {named.name: named for named in pictures_of(figures, room=PHONE)}
    return {
        named.name: Chart(
            named.name,
            named.title,
            svg_of(named, variant="wide"),
            svg_of(phone[named.name], variant="phone"),
            named.picture.table,
        )
        for named in pictures_of(figures, room=WIDE)
    }


def parts(report: Report) -> list[Part]:
    """What the report has something to say about, in the order of the PDF."""
    drawn = charts(report.figures)

    def part(key: str, title: str, *names: str) -> Part:
        return Part(key, title, tuple(drawn[name] for name in names if name in drawn))

    found = [
        part("figures", _("Nøkkeltall"), "gjennom-timen", "sammenlignet"),
        part("sectors", _("Avtalene mellom sektorene"), "sektorer", "gitt-og-mottatt", "nye-samarbeid"),
        part("categories", _("Avtalene etter kategori"), "kategorier"),
        part("municipalities", _("Avtalene etter kommune"), "kommuner"),
        part("challenges", _("Det børsen ville løse"), "problemstillinger"),
        part("prizes", _("Prisene")),
        part("agreements", _("Avtalene")),
        part("resources", _("Behov og tilbud"), "behov-og-tilbud"),
        part("participants", _("Deltakerne")),
        part("hosts", _("Vertskapet")),
        part("method", _("Slik er tallene laget")),
    ]
    silent = set(_silent(report))
    return [each for each in found if each.key not in silent]


def _silent(report: Report) -> Iterator[str]:
    """The parts that would be empty."""
    if not report.figures.totals.count:
        yield from ("figures", "sectors", "categories", "municipalities", "agreements")
    if not report.figures.municipalities.is_worth_showing:
        yield "municipalities"
    if not report.challenges:
        yield "challenges"
    if not report.prizes:
        yield "prizes"
    if not report.hosts:
        yield "hosts"


@dataclass(frozen=True)
class Answered:
    """A challenge and the agreements that answer it."""

    name: str
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
        Answered(line.figure.name, tuple(entries[number] for number in line.numbers if number in entries))
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


def rows(figures: Figures) -> list[Row]:
    """The key figures with what counts in them; those that nobody can know yet are left out."""
    return [Row(each.label, _shown(each), each.definition) for each in key_figures(figures) if each.value is not None]


def _shown(figure: KeyFigure) -> str:
    return date_format(figure.value, r"j. F \k\l. H.i") if isinstance(figure.value, datetime) else str(figure.value)


def first_meetings(figures: Figures) -> str:
    """«12 av 30 avtaler på tvers av sektorer er nye samarbeid; 40 har svart …», or nothing when nobody has answered."""
    found = figures.first_meetings
    if not found.answered:
        return ""
    return _(
        "Avtaler på tvers av sektorer: %(across)d. Partene i %(answered)d av dem har svart på om de har samarbeidet "
        "før, og %(first)d er nye samarbeid."
    ) % {"across": found.across, "answered": found.answered, "first": found.first}


def goal(figures: Figures) -> str:
    """How far it is to the goal, or nothing without one."""
    found = figures.goal
    if found is None:
        return ""
    return _("Målet er %(goal)d avtaler. %(count)d er registrert, som er %(percent)d prosent av målet.") % {
        "goal": found.goal,
        "count": found.count,
        "percent": found.percent,
    }


def across_municipalities(figures: Figures) -> str:
    """How the agreements are spread over the municipalities; the three numbers are all agreements."""
    found = figures.municipalities
    return _("Innen én kommune: %(inside)d. På tvers av kommuner: %(across)d. Uten oppgitt kommune: %(unknown)d.") % {
        "inside": found.inside,
        "across": found.across,
        "unknown": found.unknown,
    }


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
            "first_meetings": first_meetings(figures),
            "goal": goal(figures),
            "across_municipalities": across_municipalities(figures),
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
