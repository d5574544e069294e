"""Who gets an e-mail when the organisers write to participants: each person once, whatever they speak for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from borsen.collation import norwegian_key

from .models import Participant

# How mail programs take a list of addresses.
SEPARATOR = "; "


@dataclass
class Person:
    """Whoever has an e-mail address (casefolded), by the first name found, and the participants they speak for."""

    email: str
    name: str
    participants: list[Participant] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of their participants."""
        return [participant.name for participant in self.participants]


@dataclass(frozen=True)
class Recipients:
    """`persons` to write to, and the participants that no contact with an e-mail address speaks for."""

    persons: list[Person]
    unreached: list[Participant]

    @property
    def addresses(self) -> str:
        """All of them, to be pasted into the field for hidden copies of a mail program."""
        return SEPARATOR.join(person.email for person in self.persons)


def fetched(participants: QuerySet[Participant]) -> list[Participant]:
    """The participants with their contacts in Norwegian order, in two queries."""
    rows = participants.prefetch_related("contacts")
    return sorted(rows, key=lambda participant: (norwegian_key(participant.name), participant.pk))


def recipients(participants: Iterable[Participant]) -> Recipients:
    """Who to write to about `participants` (as `fetched` gives them), in their order."""
    persons: dict[str, Person] = {}
    unreached = []
    for participant in participants:
        contacts = [contact for contact in participant.contacts.all() if contact.email]
        for contact in contacts:
            email = contact.email.casefold()
            person = persons.setdefault(email, Person(email, contact.name))
            if participant not in person.participants:
                person.participants.append(participant)
        if not contacts:
            unreached.append(participant)
    return Recipients(list(persons.values()), unreached)
