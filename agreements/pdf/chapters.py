"""The inner pages, chapter by chapter, as flowables that are made when the document has come to them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer

from agreements import report_words
from agreements.charts import WIDE
from agreements.charts.subjects import categories
from agreements.report_data import Edition, Entry, Report, Side
from borsen.pdf import contents, styles
from borsen.pdf.outline import heading
from borsen.pdf.text import Bold, P

from . import behind, left, method, people, summary
from .blocks import Block, Cell
from .pictures import drawing_of

NUMBER_WIDTH = 40
# What a chapter needs of a page that something else stands on.
SHORTEST = 230
WITH_PICTURE = 330


@dataclass(frozen=True)
class Part:
    """A chapter; `section` stands at the foot of its pages when it isn't the title. With `room` it begins in the middle
    of a page that has so much left, otherwise on a page of its own."""

    key: str
    title: str
    write: Callable[[], Iterator[Flowable]]
    section: str = ""
    room: float = 0
    under: Sequence[tuple[str, str]] = ()  # title and key of what the table of contents names in it


def parts(report: Report) -> list[Part]:
    """What the report has something to say of."""
    entries = {entry.number: entry for chapter in report.chapters for entry in chapter.entries}
    named = [(chapter.figure.name, _category_key(chapter.figure.pk)) for chapter in report.chapters]
    found = [Part("summary", _("Nøkkeltall"), lambda: summary.summary(report))]
    if report.hosts or report.theme or report.figures.goal or report.figures.earlier:
        found.append(Part("hosts", _("Vertskapet"), lambda: behind.hosts(report)))
    if report.challenge_lines:
        found.append(
            Part("challenges", _("Det børsen ville løse"), lambda: behind.challenges(report, entries), room=SHORTEST)
        )
    if report.prizes:
        found.append(Part("prizes", _("Prisene"), lambda: behind.prizes(report, entries), room=SHORTEST))
    found.append(Part("sectors", _("Avtalene mellom sektorene"), lambda: summary.sectors(report), room=WITH_PICTURE))
    found.append(
        Part("categories", _("Avtalene etter kategori"), lambda: by_category(report), _("Avtalene"), under=named)
    )
    if report.left:
        found.append(Part("left", _("Fortsatt ledig"), lambda: left.still_open(report)))
    found.append(Part("participants", _("Deltakerne"), lambda: people.participants(report, entries), room=SHORTEST))
    found.append(Part("method", _("Slik har vi telt"), lambda: method.method(report)))
    return found


def story(report: Report) -> Iterator[Flowable]:
    """All inner pages."""
    chapters = parts(report)
    yield heading(_("Innhold"), styles.TITLE, level=0)
    if report.edition is not Edition.WHOLE:
        yield P(report_words.edition_words(report), styles.INTRO)
    for part in chapters:
        yield contents.Line(part.title, part.key, level=0)
        yield from (contents.Line(title, key, level=1) for title, key in part.under)
    for part in chapters:
        yield CondPageBreak(part.room) if part.room else PageBreak()
        look = styles.LOWER_TITLE if part.room else styles.TITLE
        yield heading(part.title, look, level=0, section=part.section, key=part.key)
        yield from part.write()


def by_category(report: Report) -> Iterator[Flowable]:
    """Bars for all categories, then the agreements of each."""
    yield P(report_words.coverage(report), styles.INTRO)
    if report.figures.categories:
        yield drawing_of(categories(report.figures.categories, room=WIDE))
    if not report.chapters:
        yield Spacer(1, 16)
        yield P(_("Ingen avtaler er registrert ennå."), styles.BODY)
    for chapter in report.chapters:
        yield heading(chapter.figure.name, styles.CHAPTER, level=1, key=_category_key(chapter.figure.pk))
        yield from map(agreement, chapter.entries)


def _category_key(pk: int) -> str:
    return f"category-{pk}"


def agreement(entry: Entry) -> Block:
    """One agreement: number, what it is about, and what each party gives."""
    return Block(
        number=entry.number,
        margin_width=NUMBER_WIDTH,
        head=P(entry.summary, styles.SUMMARY),
        body=[P(words, styles.SMALL) for words in _remarks(entry)],
        cells=[_side(side) for side in entry.sides],
    )


def _remarks(entry: Entry) -> Iterator[str]:
    if entry.is_intent:
        yield _("Intensjonsavtale: noe må avklares først")
    # In the public edition nothing else stands there of an agreement that is withheld.
    if entry.is_withheld and entry.sides:
        yield _("Vises ikke på storskjermen og ikke i den offentlige rapporten")
    if entry.first_contact:
        yield report_words.first_contact(entry)


def _side(side: Side) -> Cell:
    gives = [Bold(_("Gir")), " ", side.gives] if side.gives else [_("Tar imot")]
    lines: list[Paragraph] = [P(Bold(side.name), styles.BODY), P(gives, styles.BODY)]
    return Cell([*lines, *people.contact_lines(side.contacts)], side.sector)
