"""The report as everybody may read it: without people, and without what somebody has taken off the screen."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from borsen.collation import norwegian_key
from borsen.enums import Sector
from participants.masking import without_contact_details

from .report_data import (
    Attendee,
    ChallengeLine,
    Chapter,
    Edition,
    Entry,
    HostLine,
    OpenChapter,
    OpenResource,
    Prize,
    Report,
    Side,
)
from .statistics import Figures, ParticipantFigures


def for_public(report: Report) -> Report:
    """The same figures, with texts that name nobody. An agreement that is kept off the screen counts, and stands there
    with its number alone; a private volunteer is called what they are; addresses and telephones are taken out; an
    earlier event stands there when its own report is open to all. Nor do the participants' own lists and counts tell
    who is a party of what is kept off the screen."""
    entries = [entry for chapter in report.chapters for entry in chapter.entries]
    withheld = frozenset(entry.number for entry in entries if entry.is_withheld)
    return replace(
        report,
        edition=Edition.PUBLIC,
        theme=without_contact_details(report.theme),
        hosts=tuple(map(_host, report.hosts)),
        challenges=tuple(map(without_contact_details, report.challenges)),
        figures=_figures(report.figures),
        chapters=tuple(Chapter(each.figure, tuple(map(_entry, each.entries))) for each in report.chapters),
        # In order of what they are called here: a private volunteer's place among the others would tell of the name.
        attendees=tuple(sorted((_attendee(each, withheld) for each in report.attendees), key=_by_name)),
        left=tuple(map(_left, report.left)),
        challenge_lines=tuple(map(_challenge_line, report.challenge_lines)),
        prizes=tuple(map(_prize, report.prizes)),
    )


def _figures(figures: Figures) -> Figures:
    challenges = [replace(each, name=without_contact_details(each.name)) for each in figures.challenges]
    earlier = [each for each in figures.earlier if each.is_public]
    # Each participant's own figures stand with the participant (`_attendee`), without what is withheld.
    return replace(figures, challenges=challenges, earlier=earlier)


def _host(host: HostLine) -> HostLine:
    return replace(host, contributes=without_contact_details(host.contributes))


def _entry(entry: Entry) -> Entry:
    entry = replace(entry, first_contact="", first_contact_by="")
    if entry.is_withheld:
        return replace(entry, summary=_("Denne avtalen vises ikke her"), sides=())
    return replace(entry, summary=without_contact_details(entry.summary), sides=tuple(map(_side, entry.sides)))


def _side(side: Side) -> Side:
    return Side(_name(side.name, side.sector), side.sector, without_contact_details(side.gives))


def _attendee(attendee: Attendee, withheld: frozenset[int]) -> Attendee:
    is_person = attendee.sector is Sector.INDIVIDUAL
    gave = tuple(number for number in attendee.gave if number not in withheld)
    received = tuple(number for number in attendee.received if number not in withheld)
    return replace(
        attendee,
        name=_name(attendee.name, attendee.sector),
        description="" if is_person else without_contact_details(attendee.description),
        # One of few from a small place would be known by it.
        municipality="" if is_person else without_contact_details(attendee.municipality),
        # Of those that are named: one more than the numbers beside it would tell whose the withheld one is.
        figures=ParticipantFigures(len({*gave, *received}), len(gave), len(received)),
        gave=gave,
        received=received,
        contacts=(),
    )


def _by_name(attendee: Attendee) -> tuple[Any, ...]:
    """Those who have the same name here stand in order of what they offer, not of what they are called elsewhere."""
    return norwegian_key(attendee.name), attendee.offers, attendee.needs


def _left(chapter: OpenChapter) -> OpenChapter:
    return replace(chapter, needs=_resources(chapter.needs), offers=_resources(chapter.offers))


def _resources(resources: tuple[OpenResource, ...]) -> tuple[OpenResource, ...]:
    return tuple(sorted(map(_resource, resources), key=lambda each: (norwegian_key(each.who), each.title)))


def _resource(resource: OpenResource) -> OpenResource:
    return OpenResource(without_contact_details(resource.title), _name(resource.who, resource.sector), resource.sector)


def _challenge_line(line: ChallengeLine) -> ChallengeLine:
    return replace(line, figure=replace(line.figure, name=without_contact_details(line.figure.name)))


def _prize(prize: Prize) -> Prize:
    is_person = prize.sector is Sector.INDIVIDUAL
    return replace(
        prize,
        title=without_contact_details(prize.title),
        # The reason for a person's prize is about that person.
        reason="" if is_person else without_contact_details(prize.reason),
        who=_name(prize.who, prize.sector) if prize.sector else "",
    )


def _name(name: str, sector: Sector) -> str:
    return str(sector.label) if sector is Sector.INDIVIDUAL else without_contact_details(name)
