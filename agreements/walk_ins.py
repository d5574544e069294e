"""Who came without being on the list, met at the broker's: registered together with the first agreement it is part of.

A tablet may be offline, so the walk-in travels with its agreement under a key that the tablet made; whatever comes with
the same key later is the same participant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from borsen.enums import Sector
from borsen.models import Event
from participants.drafts import ContactDraft, ParticipantDraft
from participants.enums import Source, Status
from participants.models import Contact, Participant
from participants.registering import register
from participants.searching import keep_search_text

from .drafts import Draft, PartyDraft

NAME_MAX = 120


def walk_in_keys(rows: Iterable[Mapping[str, str]]) -> set[UUID]:
    """The keys of the walk-ins among posted party rows."""
    keys = (walk_in_key(row) for row in rows)
    return {key for key in keys if key is not None}


def walk_in_key(row: Mapping[str, str]) -> UUID | None:
    """The key of a row that names a walk-in and nobody from the list."""
    if row.get("participant", "").strip():
        return None
    try:
        return UUID(row.get("walkin_key", "").strip())
    except ValueError:
        return None


def new_participant(event: Event, *, key: UUID, name: str, sector: str) -> Participant:
    """The walk-in as a participant that is not saved yet."""
    return Participant(event=event, key=key, name=name, sector=sector, source=Source.WALK_IN, status=Status.APPROVED)


def new_contact(participant: Participant, name: str, *, phone: str = "") -> Contact | None:
    """The person who spoke for the participant, not saved yet; None when nobody was named."""
    return Contact(participant=participant, name=name, phone=phone) if name else None


def walk_in_problems(name: str, sector: str) -> list[str]:
    """What must be mended before the walk-in can be registered."""
    found = []
    if not name:
        found.append(_("Skriv navnet på den nye deltakeren."))
    elif len(name) > NAME_MAX:
        found.append(_("Navnet er for langt. Det er plass til %d tegn.") % NAME_MAX)
    if sector not in Sector.values:
        found.append(_("Velg hva slags deltaker det er."))
    return found


def with_walk_ins(draft: Draft, *, event: Event) -> Draft:
    """The draft with its walk-ins registered, and those who spoke for others and are not known yet; belongs inside the
    verb's transaction, and is undone with it."""
    if all(party.participant.pk and (party.contact is None or party.contact.pk) for party in draft.parties):
        return draft
    for party in draft.parties:
        if party.participant.pk and party.contact and not party.contact.pk:
            party.contact.save()
            keep_search_text(party.participant)
    parties = tuple(party if party.participant.pk else _registered(party, event) for party in draft.parties)
    saved = {party.participant.key: party.participant for party in parties}
    first = draft.first_contact
    return replace(draft, parties=parties, first_contact=saved.get(first.key, first) if first else None)


def _registered(party: PartyDraft, event: Event) -> PartyDraft:
    wanted = party.participant
    contacts = [ContactDraft(name=party.contact.name, phone=party.contact.phone)] if party.contact else []
    participant = register(
        event=event,
        draft=ParticipantDraft(name=wanted.name, sector=wanted.sector, contacts=contacts),
        source=Source.WALK_IN,
        status=Status.APPROVED,
        key=wanted.key,
    )
    contact = participant.contacts.filter(name=party.contact.name).first() if party.contact else None
    return replace(party, participant=participant, contact=contact)
