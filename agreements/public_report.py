"""The report as everybody may read it: without people, and without what somebody has taken off the screen."""

from dataclasses import replace

from django.utils.translation import gettext as _

from borsen.enums import Sector
from participants.masking import without_contact_details

from .report import Attendee, Chapter, Entry, HostLine, Report, Side


def for_public(report: Report) -> Report:
    """The same figures, with texts that name nobody. An agreement that is kept off the screen counts, and stands there
    with its number alone; a private volunteer is called what they are; addresses and telephones are taken out."""
    return replace(
        report,
        theme=without_contact_details(report.theme),
        hosts=tuple(HostLine(host.name, without_contact_details(host.contributes)) for host in report.hosts),
        challenges=tuple(map(without_contact_details, report.challenges)),
        chapters=tuple(Chapter(each.figure, tuple(map(_entry, each.entries))) for each in report.chapters),
        attendees=tuple(map(_attendee, report.attendees)),
    )


def _entry(entry: Entry) -> Entry:
    if entry.is_withheld:
        return replace(entry, summary=_("Denne avtalen vises ikke her"), sides=())
    return replace(entry, summary=without_contact_details(entry.summary), sides=tuple(map(_side, entry.sides)))


def _side(side: Side) -> Side:
    return replace(side, name=_name(side.name, side.sector), gives=without_contact_details(side.gives))


def _attendee(attendee: Attendee) -> Attendee:
    is_person = attendee.sector is Sector.INDIVIDUAL
    return replace(
        attendee,
        name=_name(attendee.name, attendee.sector),
        description="" if is_person else without_contact_details(attendee.description),
    )


def _name(name: str, sector: Sector) -> str:
    return str(sector.label) if sector is Sector.INDIVIDUAL else without_contact_details(name)
