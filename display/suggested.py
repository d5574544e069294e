"""Who the jury chooses among: what people have given stars, and what a search finds."""

from dataclasses import dataclass

from agreements.awards import candidates
from agreements.listing import Wanted, find
from agreements.models import Agreement
from agreements.statistics import by_participant
from borsen.collation import folded, norwegian_key
from borsen.models import Event
from participants.enums import Status
from participants.models import Participant

MOST_AGREEMENTS = 40
MOST_PARTICIPANTS = 8
LONGEST_ID = 9  # digits


@dataclass(frozen=True)
class Suggested:
    """`agreements` have `star_count`; `participants` come with how many agreements they are part of; `more` is how many
    agreements there was no room for."""

    agreements: list[Agreement]
    participants: list[tuple[Participant, int]]
    more: int


def suggested(event: Event, search: str = "") -> Suggested:
    """Without a search those with stars come first, and the participants with the most agreements."""
    rows = candidates(event)
    if search:
        rows = rows.filter(pk__in=find(event, Wanted(search=search)).values("pk"))
    found = list(rows[: MOST_AGREEMENTS + 1])
    more = rows.count() - MOST_AGREEMENTS if len(found) > MOST_AGREEMENTS else 0
    return Suggested(found[:MOST_AGREEMENTS], _participants(event, search), more)


def _participants(event: Event, search: str) -> list[tuple[Participant, int]]:
    figures = {pk: row.agreements for pk, row in by_participant(event).items()}
    words = folded(search).split()
    rows = [
        (participant, figures.get(participant.pk, 0))
        for participant in event.participants.filter(status=Status.APPROVED)
        if (all(word in folded(participant.name) for word in words) if words else figures.get(participant.pk))
    ]
    rows.sort(key=lambda row: (-row[1], norwegian_key(row[0].name)))
    return rows[:MOST_PARTICIPANTS]


def find_agreement(event: Event, number: str) -> Agreement | None:
    """An agreement of the event that a screen may show, by its number."""
    return event.agreements.shown().filter(number=int(number)).first() if _is_id(number) else None


def find_participant(event: Event, pk: str) -> Participant | None:
    """A participant of the event, by id."""
    rows = event.participants.filter(status=Status.APPROVED)
    return rows.filter(pk=int(pk)).first() if _is_id(pk) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
