"""What a participant has agreed, as far as this app needs to know it: seen from the participant's own rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from borsen.models import Event

from .models import Participant


@dataclass(frozen=True)
class Agreed:
    """One agreement of a participant, for a short list."""

    number: int
    summary: str
    others: list[str]
    withdrawn: bool


@dataclass(frozen=True)
class AgreedList:
    """A participant's agreements, newest first, and the numbers of those that name each of its resources, by id."""

    agreements: list[Agreed]
    by_resource: dict[int, list[int]]


def agreed_by(participant: Participant) -> AgreedList:
    """Read the participant's agreements in two queries."""
    return agreed_by_each(event=participant.event, participants=[participant])[participant.pk]


def agreed_by_each(*, event: Event, participants: Sequence[Participant]) -> dict[int, AgreedList]:
    """Read the agreements of several participants of the event in two queries, by the participants' ids."""
    mine = {participant.pk: AgreedList([], defaultdict(list)) for participant in participants}
    theirs = event.agreements.filter(parties__participant__in=mine).distinct().order_by("-number")
    for agreement in theirs.prefetch_related("parties__participant"):
        parties = list(agreement.parties.all())
        for pk in mine.keys() & {party.participant_id for party in parties}:
            others = [party.participant.name for party in parties if party.participant_id != pk]
            withdrawn = agreement.withdrawn_at is not None
            mine[pk].agreements.append(Agreed(agreement.number, agreement.summary, others, withdrawn))
            for resource in {party.offer_id for party in parties} | {party.need_id for party in parties}:
                if resource is not None:
                    mine[pk].by_resource[resource].append(agreement.number)
    return mine
