"""The inner pages, chapter by chapter, as flowables."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable, PageBreak, Spacer, Table

from agreements import report_words
from agreements.charts import histogram, matrix, shares
from agreements.report import Attendee, Entry, Report, Side
from borsen.enums import Sector
from borsen.pdf import faces, styles
from borsen.pdf.outline import heading
from borsen.pdf.text import Bold, P

from .blocks import Block, Cell
from .drawings import BarRow, Columns, FactRow, Key, Triangle

NUMBER_WIDTH = 40
TILE_WIDTH = 26


def key_figures(report: Report) -> Iterator[Flowable]:
    """What came out of it, the hour, and who made it happen."""
    yield heading(_("Nøkkeltall"), styles.TITLE, level=0)
    yield P(report_words.coverage(report), styles.INTRO)
    provisional = report_words.provisional(report)
    if provisional:
        yield P(Bold(provisional), styles.INTRO)
    yield Key()
    facts = report_words.facts(report)
    for row in range(0, len(facts), FactRow.ACROSS):
        yield FactRow(facts[row : row + FactRow.ACROSS])
    if report.figures.totals.count and report.figures.hour:
        yield heading(_("Avtalene gjennom børstimen"), styles.CHAPTER, level=1)
        yield Columns(histogram(report.figures.hour, width=int(styles.FRAME_WIDTH), height=130, gap=4))
    yield from _behind_it(report)


def _behind_it(report: Report) -> Iterator[Flowable]:
    if report.challenges:
        yield heading(_("Det børsen ville løse"), styles.CHAPTER, level=1)
        yield from (P(f"– {challenge}", styles.BODY) for challenge in report.challenges)
    if report.hosts:
        yield heading(_("Vertskapet"), styles.CHAPTER, level=1)
        for host in report.hosts:
            contributes = f": {host.contributes}" if host.contributes else ""
            yield P([Bold(host.name), contributes], styles.BODY)


def between_sectors(report: Report) -> Iterator[Flowable]:
    """Which sectors found each other, each agreement once."""
    yield PageBreak()
    yield heading(_("Avtalene mellom sektorene"), styles.TITLE, level=0)
    yield P(report_words.how_sectors_count(), styles.INTRO)
    sectors = report.figures.sectors
    yield Spacer(1, 10)
    yield Triangle(sectors)
    yield Spacer(1, 26)
    yield _matrix(report)
    yield Spacer(1, 12)
    if sectors.several:
        yield P(report_words.several_line(sectors), styles.BODY)
    yield P(Bold(_("Til sammen %d") % sectors.total), styles.BODY)


def _matrix(report: Report) -> Table:
    """A row and a column for each sector; a cell for each pair, and the diagonal for agreements inside a sector."""
    rows: list[list[Flowable | str]] = [["", *(P(kind.short, styles.HEAD) for kind in Sector)]]
    look = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LINEBELOW", (0, 0), (-1, -1), 0.75, styles.INK)]
    look += [("TOPPADDING", (0, 0), (-1, -1), 9), ("BOTTOMPADDING", (0, 0), (-1, -1), 9)]
    look += [("FONTNAME", (0, 0), (-1, -1), faces.TEXT), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    for line in matrix(report.figures.sectors, deepest=len(styles.SHADES) - 1):
        row = len(rows)
        look += [
            ("BACKGROUND", (column, row), (column, row), styles.SHADES[cell.shade])
            for column, cell in enumerate(line.cells, start=1)
        ]
        cells = [P(str(cell.figure), styles.CELL) for cell in line.cells]
        rows.append([P(str(line.sector.label), styles.STRONG), *cells, *("" for _empty in line.empty)])
    first = 150
    width = (styles.FRAME_WIDTH - first) / len(Sector)
    return Table(rows, colWidths=[first, *[width] * len(Sector)], style=look, repeatRows=1)


def by_category(report: Report) -> Iterator[Flowable]:
    """Bars for all categories, then the agreements of each."""
    yield PageBreak()
    yield heading(_("Avtalene etter kategori"), styles.TITLE, level=0, section=_("Avtalene"))
    yield P(report_words.coverage(report), styles.INTRO)
    figures = sorted(report.figures.categories, key=lambda figure: -figure.count)
    lengths = shares([figure.count for figure in figures], width=1000)
    for figure, length in zip(figures, lengths, strict=True):
        yield BarRow(figure.name, figure.count, length)
    if not report.chapters:
        yield Spacer(1, 16)
        yield P(_("Ingen avtaler er registrert ennå."), styles.BODY)
    for chapter in report.chapters:
        yield heading(chapter.figure.name, styles.CHAPTER, level=1)
        yield from map(agreement, chapter.entries)


def agreement(entry: Entry) -> Block:
    """One agreement: number, what it is about, and what each party gives."""
    intent = [P(_("Intensjonsavtale: noe må avklares først"), styles.SMALL)] if entry.is_intent else []
    return Block(
        number=str(entry.number),
        margin_width=NUMBER_WIDTH,
        head=P(entry.summary, styles.SUMMARY),
        body=intent,
        cells=[_side(side) for side in entry.sides],
    )


def _side(side: Side) -> Cell:
    gives = [Bold(_("Gir")), " ", side.gives] if side.gives else [_("Tar imot")]
    return Cell([P(Bold(side.name), styles.BODY), P(gives, styles.BODY)], side.sector)


def participants(report: Report) -> Iterator[Flowable]:
    """Those who took part, in Norwegian order."""
    yield PageBreak()
    yield heading(_("Deltakerne"), styles.TITLE, level=0)
    yield P(_words_on_sectors(report), styles.INTRO)
    if not report.attendees:
        yield P(_("Ingen deltakere er påmeldt ennå."), styles.BODY)
    yield from map(attendee, report.attendees)


def _words_on_sectors(report: Report) -> str:
    found = report.figures.participation.by_sector
    return " · ".join(f"{sector.label}: {found[sector]}" for sector in Sector if found[sector])


def attendee(one: Attendee) -> Block:
    """One participant: who it is, what it offered and needed, and how many agreements it made."""
    columns = [(_("Tilbyr"), one.offers), (_("Trenger"), one.needs)]
    return Block(
        sector=one.sector,
        margin_width=TILE_WIDTH,
        head=P(Bold(one.name), styles.STRONG),
        aside=P(report_words.agreements_of(one.figures.agreements), styles.SMALL_RIGHT),
        body=[P(one.description, styles.BODY)] if one.description else [],
        cells=[
            Cell([P(Bold(word), styles.SMALL), *(P(f"– {title}", styles.LISTED) for title in titles)])
            for word, titles in columns
            if titles
        ],
    )


def story(report: Report) -> list[Flowable]:
    """All inner pages."""
    return [
        *key_figures(report),
        *between_sectors(report),
        *by_category(report),
        *participants(report),
    ]
