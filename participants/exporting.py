"""The participants as a spreadsheet: one to a row as lists are kept, and all offers and needs on a sheet of their own.

What is exported can be imported again, and then changes nothing (participants/importing).
"""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from borsen.collation import norwegian_key
from borsen.enums import Sector
from borsen.models import Event

from . import org_number
from .enums import Kind, Status
from .masking import without_contact_details
from .models import Participant, Resource
from .spreadsheets import Cell, Table

LEAST_CONTACTS, MOST_CONTACTS = 1, 25


def fetch(event: Event) -> Sequence[Participant]:
    """Everybody but those who are signed off, in Norwegian order, with all that belongs to them."""
    found = event.participants.exclude(status=Status.CANCELLED)
    found = found.prefetch_related("contacts", "resources__category", "resources__challenge")
    return sorted(found, key=lambda each: (norwegian_key(each.name), each.pk))


def tables(participants: Sequence[Participant], *, private: bool) -> list[Table]:
    """The sheets; without e-mail addresses and telephone numbers where the connection isn't `private`, also those that
    somebody has written into a text."""
    found = [_participants(participants, private=private), _resources(participants)]
    return found if private else [masked(table) for table in found]


def masked(table: Table) -> Table:
    """The table without e-mail addresses and telephone numbers in any of its texts; the column of keys stays."""
    key = _key_heading()
    rows = [
        [
            without_contact_details(cell) if isinstance(cell, str) and heading != key else cell
            for heading, cell in zip(table.headings, row, strict=True)
        ]
        for row in table.rows
    ]
    return replace(table, rows=rows)


def _key_heading() -> str:
    """The last column, whose letters and digits are not to be touched."""
    return _("ID på børsen (ikke endre)")


def _participants(participants: Sequence[Participant], *, private: bool) -> Table:
    most = max((len(each.contacts.all()) for each in participants), default=0)
    people = range(1, min(max(most, LEAST_CONTACTS), MOST_CONTACTS) + 1)
    headings = [
        _("Navn"), _("Type"), _("Organisasjonsnummer"), _("Kommune"), _("Hvor mange kommer"),
        _("Tilbud (ett per linje)"),
        _("Behov (ett per linje)"), _("Nettsted"), _("Kort om deltakeren"), _("Plass i salen"),
    ]  # fmt: skip
    for number in people:
        headings += [f"{word} {number}" if number > 1 else word for word in _contact_words(private=private)]
    headings.append(_key_heading())
    return Table(
        title=_("Deltakere"),
        headings=headings,
        rows=[_row(each, len(people), private=private) for each in participants],
        widths=[38, 24, 16, 16, 10, 48, 48, 30, 40, 14] + [28] * (len(headings) - 10),
    )


def _contact_words(*, private: bool) -> list[str]:
    return [_("Kontaktperson"), _("E-post"), _("Telefon")] if private else [_("Kontaktperson")]


def _row(participant: Participant, people: int, *, private: bool) -> list[Cell]:
    row: list[Cell] = [
        participant.name,
        str(Sector(participant.sector).label),
        org_number.shown(participant.org_number),
        participant.municipality,
        participant.expected,
        _cell(participant, Kind.OFFER),
        _cell(participant, Kind.NEED),
        participant.website,
        " ".join(participant.description.split()),
        participant.place,
    ]
    contacts = list(participant.contacts.all())[:people]
    for contact in contacts:
        row += [contact.name, contact.email, contact.phone] if private else [contact.name]
    empty = [""] * ((people - len(contacts)) * len(_contact_words(private=private)))
    return [*row, *empty, str(participant.key)]


def _cell(participant: Participant, kind: Kind) -> str:
    """The open ones, one to a line with the category after it."""
    return "\n".join(
        f"{' '.join(each.title.split())} [{each.category.name}]"
        for each in participant.resources.all()
        if each.kind == kind and each.closed_at is None
    )


def _resources(participants: Sequence[Participant]) -> Table:
    headings = [
        _("Deltaker"), _("Type"), _("Tilbud eller behov"), _("Kategori"), _("Hva"), _("Mer om det"),
        _("Problemstilling"), _("Brukt opp eller dekket"),
    ]  # fmt: skip
    rows = [_resource(each, one) for each in participants for one in each.resources.all()]
    return Table(_("Tilbud og behov"), headings, rows, [38, 24, 16, 30, 48, 48, 24, 12])


def _resource(participant: Participant, resource: Resource) -> list[Cell]:
    return [
        participant.name,
        str(Sector(participant.sector).label),
        str(Kind(resource.kind).label),
        resource.category.name,
        resource.title,
        resource.details,
        resource.challenge.text if resource.challenge else "",
        _("Ja") if resource.closed_at else "",
    ]
