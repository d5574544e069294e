"""The participants: what each offered, needed and agreed on."""

from collections.abc import Iterator, Set

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable, Paragraph

from agreements import report_words
from agreements.report_data import Attendee, Person, Report
from borsen.enums import Sector
from borsen.pdf import styles
from borsen.pdf.text import Bold, Link, P

from .behind import Entries
from .blocks import Block, Cell, agreement_key

TILE_WIDTH = 26


def participants(report: Report, entries: Entries) -> Iterator[Flowable]:
    """Those who took part, in Norwegian order."""
    yield P(_words_on_sectors(report), styles.INTRO)
    if not report.attendees:
        yield P(_("Ingen deltakere er påmeldt ennå."), styles.BODY)
    shows_where = report.figures.municipalities.is_worth_showing
    for one in report.attendees:
        yield attendee(one, entries.keys(), shows_where=shows_where)


def _words_on_sectors(report: Report) -> str:
    found = report.figures.participation.by_sector
    return " · ".join(f"{sector.label}: {found[sector]}" for sector in Sector if found[sector])


def attendee(one: Attendee, numbers: Set[int], *, shows_where: bool) -> Block:
    """One participant. `numbers`: the agreements that the document has a place for."""
    columns = [(_("Tilbyr"), one.offers), (_("Trenger"), one.needs)]
    about = ". ".join(filter(None, [one.municipality if shows_where else "", one.description]))
    body = [P(about, styles.BODY)] if about else []
    body += [P(words, styles.SMALL) for words in _agreed(one, numbers)]
    body += contact_lines(one.contacts)
    return Block(
        sector=one.sector,
        margin_width=TILE_WIDTH,
        head=P(Bold(one.name), styles.STRONG),
        aside=P(report_words.agreements_of(one.figures.agreements), styles.SMALL_RIGHT),
        body=body,
        cells=[
            Cell([P(Bold(word), styles.SMALL), *(P(f"– {title}", styles.LISTED) for title in titles)])
            for word, titles in columns
            if titles
        ],
    )


def _agreed(one: Attendee, numbers: Set[int]) -> Iterator[list[str]]:
    for word, which in ((_("Gir i avtale"), one.gave), (_("Får i avtale"), one.received)):
        if which:
            yield [Bold(word), " ", *_linked(which, numbers)]


def _linked(which: tuple[int, ...], numbers: Set[int]) -> Iterator[str]:
    for place, number in enumerate(which):
        if place:
            yield ", "
        yield Link(str(number), agreement_key(number)) if number in numbers else str(number)


def contact_lines(people: tuple[Person, ...]) -> list[Paragraph]:
    """Each contact on a line of its own, in the internal edition."""
    return [
        # A telephone number is not broken in two.
        P(
            [Bold(_("Kontakt")), " ", ", ".join(filter(None, [one.name, one.phone.replace(" ", "\u00a0"), one.email]))],
            styles.SMALL,
        )
        for one in people
    ]
