"""What is asked before an agreement is registered, and never blocks it: the answer is sent with the same form again."""

from enum import Enum

from borsen.collation import folded
from participants.masking import without_contact_details
from participants.models import Contact

from .drafts import Draft


class Question(Enum):
    """DOUBLE: another tablet has probably registered this (agreements/doubles.py). SAME_PERSON: see below."""

    DOUBLE = "double"
    SAME_PERSON = "person"


class SamePerson(Exception):
    """`name` speaks for more than one of the parties. It happens: one volunteer may represent up to five clubs."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def same_person(draft: Draft) -> str | None:
    """Who speaks for two of the parties, or None: the contacts chosen, or the only one that a party has. One query."""
    contacts = list(Contact.objects.filter(participant__in=[p.participant for p in draft.parties if p.participant.pk]))
    seen: set[str] = set()
    for party in draft.parties:
        theirs = [contact for contact in contacts if contact.participant_id == party.participant.pk]
        person = party.contact or (theirs[0] if len(theirs) == 1 else None)
        if person is None:
            continue
        marks = {folded(person.name), person.email.casefold()} - {""}
        if marks & seen:
            return without_contact_details(person.name)
        seen |= marks
    return None
