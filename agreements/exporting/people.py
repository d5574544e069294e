"""The sheets of participants, their people, and what they offer and need."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from borsen.enums import Sector
from participants import org_number
from participants.enums import Kind, Status
from participants.spreadsheets import COUNT, Cell

from .fetching import Export
from .sheet import Column, Rows, Sheet, yes_no


def participants(export: Export, name: str) -> Sheet:
    columns = [
        Column(_("Navn"), 36),
        Column(_("Type"), 26),
        Column(_("Organisasjonsnummer"), 20, is_key=True),
        Column(_("Kommune"), 20),
        Column(_("Kort om deltakeren"), 44),
        Column(_("Nettsted"), 30),
        Column(_("Møtte"), 10),
        Column(_("Sjekket inn"), 18),
        Column(_("Personer til stede"), 18, COUNT),
        Column(_("Avtaler"), 10, COUNT, _("En avtale teller hos hver av partene.")),
        Column(_("Avtaler der den gir"), 20, COUNT),
        Column(_("Avtaler der den får"), 20, COUNT),
        Column(_("ID på børsen"), 38, is_key=True),
    ]
    rows: Rows = [
        [
            row.name,
            str(Sector(row.sector).label),
            org_number.shown(row.org_number),
            row.municipality,
            row.description,
            row.website,
            yes_no(row.checked_in_at is not None),
            row.checked_in_at,
            row.present,
            row.figures.agreements,
            row.figures.given,
            row.figures.received,
            row.key,
        ]
        for row in export.participants
        if row.takes_part
    ]
    about = _(
        "De som er godkjent av vertskapet, eller er part i en avtale som teller. Antall rader er antall deltakere."
    )
    return Sheet(name, _("Deltakere"), about, columns, rows)


def others_present(export: Export, name: str) -> Sheet:
    columns = [
        Column(_("Navn"), 36),
        Column(_("Type"), 26),
        Column(_("Status"), 14),
        Column(_("Sjekket inn"), 18),
        Column(_("Personer til stede"), 18, COUNT),
    ]
    rows: Rows = [
        [row.name, str(Sector(row.sector).label), str(Status(row.status).label), row.checked_in_at, row.present]
        for row in export.participants
        if not row.takes_part
    ]
    about = _("Sjekket inn ved døra, men verken godkjent eller part i en avtale. De teller blant dem som møtte.")
    return Sheet(name, _("Andre som møtte"), about, columns, rows)


def resources(export: Export, name: str) -> Sheet:
    owners = {row.pk: row for row in export.participants}
    numbers: dict[int, list[int]] = {}
    for row in export.agreements:
        named = {pk for party in row.parties for pk in (party.offer, party.need) if pk is not None}
        for pk in named:
            numbers.setdefault(pk, []).append(row.number)
    columns = [
        Column(_("Deltaker"), 36),
        Column(_("Type"), 26),
        Column(_("Tilbud eller behov"), 18),
        Column(_("Hva"), 44),
        Column(_("Mer om det"), 50),
        Column(_("Kategori"), 26),
        Column(_("Problemstilling"), 26),
        Column(_("Brukt i en avtale"), 18, meaning=_("For tilbud: minst én avtale som teller, gir av det.")),
        Column(_("Fortsatt ledig"), 16, meaning=_("For tilbud: ikke merket «Brukt opp».")),
        Column(_("Dekket"), 10, meaning=_("For behov: en avtale er knyttet til det, eller noen har merket «Dekket».")),
        Column(_("Avtaler"), 16, meaning=_("Numrene på avtalene.")),
    ]
    rows: list[Sequence[Cell]] = []
    for found in export.resources:
        owner = owners.get(found.participant)
        is_offer = found.kind == Kind.OFFER
        rows.append(
            [
                owner.name if owner else "",
                str(Sector(owner.sector).label) if owner else "",
                str(Kind(found.kind).label),
                found.title,
                found.details,
                found.category,
                found.challenge,
                yes_no(found.is_used) if is_offer else "",
                yes_no(not found.is_closed) if is_offer else "",
                "" if is_offer else yes_no(found.is_met),
                ", ".join(map(str, numbers.get(found.pk, ()))),
            ]
        )
    about = _("Det deltakerne har meldt inn.")
    return Sheet(name, _("Tilbud og behov"), about, columns, rows)


def contacts(export: Export, name: str) -> Sheet:
    """Only a sentence where they may not leave."""
    title, about = _("Kontakter"), _("Personopplysninger: del dem bare med dem som trenger dem.")
    if export.contacts is None:
        return Sheet(name, title, about, [Column(title, 90)], [[no_contacts()]])
    owners = {row.pk: row for row in export.participants}
    numbers: dict[int, list[int]] = {}
    for row in export.agreements:
        for party in row.parties:
            if party.contact is not None:
                numbers.setdefault(party.contact, []).append(row.number)
    columns = [
        Column(_("Deltaker"), 36),
        Column(_("Kontaktperson"), 30),
        Column(_("E-post"), 34),
        Column(_("Telefon"), 18),
        Column(_("Avtaler"), 16, meaning=_("Numrene på avtalene som personen er kontakt for.")),
    ]
    rows: Rows = [
        [
            owners[found.participant].name,
            found.name,
            found.email,
            found.phone,
            ", ".join(map(str, numbers.get(found.pk, ()))),
        ]
        for found in export.contacts
    ]
    return Sheet(name, title, about, columns, rows)


def no_contacts() -> str:
    """Why they are not there."""
    return _(
        "Kontaktpersoner, e-post og telefon er utelatt, fordi andre på nettet kunne ha lest med. Last ned filen over "
        "https, eller på maskinen som børsen kjører på."
    )
