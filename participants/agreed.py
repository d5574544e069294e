"""What a participant has agreed, as far as this app needs to know it: seen from the participant's own rows."""

from collections import defaultdict
from dataclasses import dataclass

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
    agreements = []
    by_resource: dict[int, list[int]] = defaultdict(list)
    theirs = participant.event.agreements.filter(parties__participant=participant).order_by("-number")
    for agreement in theirs.prefetch_related("parties__participant"):
        others = []
        for party in agreement.parties.all():
            if party.participant_id != participant.pk:
                others.append(party.participant.name)
            for resource in (party.offer_id, party.need_id):
                if resource is not None:
                    by_resource[resource].append(agreement.number)
        withdrawn = agreement.withdrawn_at is not None
        agreements.append(Agreed(agreement.number, agreement.summary, others, withdrawn))
    return AgreedList(agreements, dict(by_resource))
