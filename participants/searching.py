"""What a participant is found by, and finding it."""

import unicodedata
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from borsen.collation import folded
from borsen.models import Event

from .models import Participant

# Letters of their own in Norwegian (ä and ö are æ and ø to those who write them), which no one types without.
_OWN_LETTERS = frozenset("æøåäö")


def search_text(participant: Participant, *, contacts: Iterable[str], resources: Iterable[str]) -> str:
    """The name, contact persons, offers and needs, and organisation number, as `findable`; never e-mail or phone."""
    return findable(participant.name, *contacts, *resources, participant.org_number)


def findable(*texts: str) -> str:
    """The texts folded, a line each, and at the end the words with accents without them: «kafe» finds «Kafé»."""
    lines = [folded(text) for text in texts if text]
    words = {word: _without_accents(word) for line in lines for word in line.split()}
    plain = [other for word, other in words.items() if other != word]
    return "\n".join([*lines, " ".join(plain)]).strip()


def keep_search_text(participant: Participant) -> None:
    """Write the text anew from the rows as they stand, inside the verb's transaction."""
    participant.search_text = search_text(
        participant,
        contacts=participant.contacts.values_list("name", flat=True),
        resources=participant.resources.values_list("title", flat=True),
    )
    participant.save(update_fields=["search_text"])


def matching(participants: QuerySet[Participant], query: str) -> QuerySet[Participant]:
    """Those whose text holds every word of `query`, in any order and as any part of a word."""
    for word in folded(query).split():
        participants = participants.filter(search_text__contains=word)
    return participants


def _without_accents(text: str) -> str:
    return "".join(
        character if character in _OWN_LETTERS else unicodedata.normalize("NFD", character)[0] for character in text
    )


def of_the_same_name(event: Event, name: str, *, besides: Participant | None = None) -> Participant | None:
    """A participant of the event that is called the same, whatever the case of the letters."""
    text = folded(name)
    same = event.participants.filter(Q(search_text=text) | Q(search_text__startswith=f"{text}\n"))
    return (same.exclude(pk=besides.pk) if besides else same).first()
