"""The report, fetched in one short visit to the database (agreements/report_data.py is what it is made of).

No figure is counted here: they come from agreements/statistics/, the words for them from agreements/report_words.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from borsen.clock import phase
from borsen.collation import norwegian_key
from borsen.enums import Sector
from borsen.models import Event, Host
from participants.enums import Kind as ResourceKind
from participants.masking import without_contact_details
from participants.models import Contact

from . import statistics
from .awards import awards_of, may_be_shown
from .enums import Kind
from .models import Award, Party
from .report_data import (
    Attendee,
    ChallengeLine,
    Chapter,
    Edition,
    Entry,
    HostLine,
    Logo,
    OpenChapter,
    OpenResource,
    Person,
    Prize,
    Report,
    Side,
)
from .statistics import Figures, ParticipantFigures
from .unmoved import read_unmoved

__all__ = ["Attendee", "Chapter", "Edition", "Entry", "HostLine", "Report", "Side", "fetch"]


def fetch(event: Event, now: datetime, *, with_logos: bool = False, with_contacts: bool = False) -> Report:
    """Read the report. When the event moves meanwhile it is read again, so that the figures agree with the list.

    Logos are for who draws them. Contacts are for the organiser and the coordinator over a private connection alone.
    """
    return read_unmoved(event, lambda: _read(event, now, with_logos=with_logos, with_contacts=with_contacts))


def _read(event: Event, now: datetime, *, with_logos: bool, with_contacts: bool) -> Report:
    figures = statistics.figures(event, now)
    starts = localtime(event.opened_at or event.starts_at)
    rows = _party_rows(event)
    people = _contacts(event) if with_contacts else {}
    hosts: QuerySet[Host] = event.hosts.select_related("logo") if with_logos else event.hosts.all()
    return Report(
        slug=event.slug,
        name=event.name,
        theme=event.theme,
        place=event.place,
        date=date_format(starts, "l j. F Y"),
        made_at=date_format(localtime(now), r"j. F Y \k\l. H.i"),
        language=get_language() or "nb",
        phase=phase(event, now),
        traded_minutes=statistics.traded_minutes(event),
        hosts=tuple(HostLine(host.name, host.contributes, _logo(host, with_logos=with_logos)) for host in hosts),
        challenges=tuple(figure.name for figure in figures.challenges),
        figures=figures,
        chapters=_chapters(event, figures, rows, people),
        attendees=_attendees(event, figures, rows, people),
        edition=Edition.INTERNAL if with_contacts else Edition.WHOLE,
        left=_left(event, figures),
        challenge_lines=_challenge_lines(event, figures),
        prizes=tuple(map(_prize, filter(_is_revealed, awards_of(event)))),
    )


def _logo(host: Host, *, with_logos: bool) -> Logo | None:
    found = getattr(host, "logo", None) if with_logos else None
    return Logo(bytes(found.png), found.width, found.height, found.digest) if found else None


@dataclass(frozen=True)
class _PartyRow:
    """A party of a counted agreement, as it stands in the database."""

    agreement: int
    number: int
    participant: int
    name: str
    sector: Sector
    gives: str
    contact: int | None


def _party_rows(event: Event) -> list[_PartyRow]:
    parties = Party.objects.filter(agreement__event=event, agreement__withdrawn_at=None)
    rows = parties.order_by("agreement__number", "position").values_list(
        "agreement", "agreement__number", "participant", "participant__name", "participant__sector", "gives", "contact"
    )
    return [
        _PartyRow(agreement, number, participant, name, Sector(sector), gives, contact)
        for agreement, number, participant, name, sector, gives, contact in rows
    ]


People = Mapping[int, Mapping[int, Person]]


def _contacts(event: Event) -> People:
    """The contacts of each participant, by their id."""
    found: dict[int, dict[int, Person]] = {}
    contacts = Contact.objects.filter(participant__event=event).order_by("pk")
    for pk, participant, name, phone, email in contacts.values_list("pk", "participant", "name", "phone", "email"):
        found.setdefault(participant, {})[pk] = Person(name, phone, email)
    return found


def _who_speaks(row: _PartyRow, people: People) -> tuple[Person, ...]:
    """The contact that the agreement names, else all whom the participant has."""
    of_participant = people.get(row.participant, {})
    chosen = of_participant.get(row.contact) if row.contact else None
    return (chosen,) if chosen else tuple(of_participant.values())


def _chapters(event: Event, figures: Figures, rows: list[_PartyRow], people: People) -> tuple[Chapter, ...]:
    """The categories with the most agreements first; those without any are in the figures only."""
    sides: dict[int, list[Side]] = {}
    names: dict[int, str] = {}
    for row in rows:
        side = Side(row.name, row.sector, row.gives, _who_speaks(row, people))
        sides.setdefault(row.agreement, []).append(side)
        names[row.participant] = row.name
    entries: dict[int, list[Entry]] = {}
    found = event.agreements.counted().order_by("number")
    for pk, category, number, summary, kind, hidden_at, needs_review, contact, by in found.values_list(
        "pk", "category", "number", "summary", "kind", "hidden_at", "needs_review", "first_contact", "first_contact_by"
    ):
        entry = Entry(
            number=number,
            summary=summary,
            is_intent=kind == Kind.INTENT,
            sides=tuple(sides.get(pk, ())),
            is_withheld=hidden_at is not None or bool(needs_review),
            first_contact=names.get(contact, ""),
            first_contact_by=date_format(by, "j. F Y") if by else "",
        )
        entries.setdefault(category, []).append(entry)
    largest_first = sorted(figures.categories, key=lambda figure: -figure.count)
    return tuple(Chapter(figure, tuple(entries[figure.pk])) for figure in largest_first if figure.pk in entries)


def _attendees(event: Event, figures: Figures, rows: list[_PartyRow], people: People) -> tuple[Attendee, ...]:
    gave, received = _exchanged(rows)
    participants = statistics.taking_part(event).prefetch_related("resources")
    attendees = []
    for participant in sorted(participants, key=lambda participant: norwegian_key(participant.name)):
        titles: dict[str, list[str]] = {kind: [] for kind in ResourceKind}
        for resource in participant.resources.all():
            titles[resource.kind].append(resource.public_title)
        attendees.append(
            Attendee(
                name=participant.name,
                sector=Sector(participant.sector),
                description=participant.description,
                offers=tuple(titles[ResourceKind.OFFER]),
                needs=tuple(titles[ResourceKind.NEED]),
                figures=figures.by_participant.get(participant.pk, ParticipantFigures()),
                municipality=participant.municipality,
                gave=tuple(gave.get(participant.pk, ())),
                received=tuple(received.get(participant.pk, ())),
                contacts=tuple(people.get(participant.pk, {}).values()),
            )
        )
    return tuple(attendees)


def _exchanged(rows: list[_PartyRow]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The numbers of the agreements that each participant gives in, and those in which another party gives."""
    givers: dict[int, int] = {}
    for row in rows:
        givers[row.agreement] = givers.get(row.agreement, 0) + bool(row.gives)
    gave: dict[int, list[int]] = {}
    received: dict[int, list[int]] = {}
    for row in rows:
        if row.gives:
            gave.setdefault(row.participant, []).append(row.number)
        if givers[row.agreement] > bool(row.gives):
            received.setdefault(row.participant, []).append(row.number)
    return gave, received


def _left(event: Event, figures: Figures) -> tuple[OpenChapter, ...]:
    """What is still to be had, and still wanted, in the event's own order of categories; owners by Norwegian order."""
    found: dict[tuple[int, str], list[OpenResource]] = {}
    rows: QuerySet[Any] = statistics.resources_of(event).order_by("pk")
    for category, kind, title, name, sector, closed_at, met in rows.values_list(
        "category", "kind", "title", "participant__name", "participant__sector", "closed_at", "met"
    ):
        if met if kind == ResourceKind.NEED else closed_at is not None:
            continue
        resource = OpenResource(without_contact_details(title), name, Sector(sector))
        found.setdefault((category, kind), []).append(resource)

    def of(category: int, kind: ResourceKind) -> tuple[OpenResource, ...]:
        return tuple(sorted(found.get((category, kind), ()), key=lambda resource: norwegian_key(resource.who)))

    chapters = (
        OpenChapter(figure.name, of(figure.pk, ResourceKind.NEED), of(figure.pk, ResourceKind.OFFER))
        for figure in figures.categories
    )
    return tuple(chapter for chapter in chapters if chapter.needs or chapter.offers)


def _challenge_lines(event: Event, figures: Figures) -> tuple[ChallengeLine, ...]:
    numbers: dict[int, list[int]] = {}
    answers = event.agreements.counted().filter(challenge__isnull=False).order_by("number")
    for challenge, number in answers.values_list("challenge", "number"):
        numbers.setdefault(challenge, []).append(number)
    return tuple(ChallengeLine(figure, tuple(numbers.get(figure.pk, ()))) for figure in figures.challenges)


def _is_revealed(award: Award) -> bool:
    return award.shown_at is not None and may_be_shown(award)


def _prize(award: Award) -> Prize:
    if award.agreement is not None:
        return Prize(award.title, award.reason, award.agreement.number, "", None)
    winner = award.participant
    assert winner is not None
    return Prize(award.title, award.reason, None, winner.name, Sector(winner.sector))
