"""All agreements that a screen may show, a part at a time: the list on a phone."""

from dataclasses import dataclass

from agreements.models import Party
from borsen.collation import norwegian_key
from borsen.models import Event
from participants.models import Participant

from .cards import Card, cards

ROWS = 30


@dataclass(frozen=True)
class Part:
    """The newest `ROWS` before a number; `has_more`: there are older ones still."""

    cards: tuple[Card, ...]
    has_more: bool


def part(event: Event, *, before: int | None = None, participant: int | None = None) -> Part:
    """Of everybody, or of those in which one participant is a party."""
    agreements = event.agreements.shown().with_parties().order_by("-number")
    if before:
        agreements = agreements.filter(number__lt=before)
    if participant:
        agreements = agreements.filter(parties__participant=participant)
    found = cards(agreements[: ROWS + 1])
    return Part(found[:ROWS], len(found) > ROWS)


def those_with_agreements(event: Event) -> list[Participant]:
    """Whom the list can be of: the parties of what may be shown, in alphabetical order."""
    parties = Party.objects.filter(agreement__in=event.agreements.shown())
    found = event.participants.filter(pk__in=parties.values("participant"))
    return sorted(found, key=lambda participant: norwegian_key(participant.name))
