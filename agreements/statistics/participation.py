"""Who took part, and what each of them gave and received."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from borsen.enums import Sector
from borsen.models import Event
from participants.check_in import presence
from participants.enums import Status

from ..models import Party


@dataclass(frozen=True)
class ParticipantFigures:
    """Of one participant: `agreements` that it is a party of; `given`, those of them in which it gives something;
    `received`, those in which another party gives something. A mutual agreement is both given and received."""

    agreements: int = 0
    given: int = 0
    received: int = 0


def by_participant(event: Event) -> dict[int, ParticipantFigures]:
    """The figures of every participant that has an agreement, by its id. Their sums are larger than the total, since
    an agreement counts at each of its parties."""
    parties: dict[int, list[tuple[int, bool]]] = {}
    rows = event.agreements.counted().order_by().values_list("pk", "parties__participant", "parties__gives")
    for agreement, participant, gives in rows:
        if participant is not None:
            parties.setdefault(agreement, []).append((participant, bool(gives)))
    agreements, given, received = Counter[int](), Counter[int](), Counter[int]()
    for sides in parties.values():
        givers = sum(does_give for _participant, does_give in sides)
        for participant, does_give in sides:
            agreements[participant] += 1
            given[participant] += does_give
            received[participant] += givers > does_give
    return {pk: ParticipantFigures(agreements[pk], given[pk], received[pk]) for pk in agreements}


@dataclass(frozen=True)
class Participation:
    """`participants`: those who take part (module's docstring), of them `with_agreement` those that are a party of a
    counted agreement. `by_sector`: those who take part in each sector, also zero. `checked_in`: of all the event's
    participants those that have been checked in; `present`: the people counted at the door."""

    participants: int
    with_agreement: int
    by_sector: Mapping[Sector, int]
    checked_in: int
    present: int


def taking_part(event: Event) -> QuerySet[Any]:
    """The participants that take part, each marked with whether it has `agreed` on something that counts."""
    counted = Party.objects.filter(agreement__withdrawn_at=None, participant=OuterRef("pk"))
    return event.participants.annotate(agreed=Exists(counted)).filter(Q(status=Status.APPROVED) | Q(agreed=True))


def participation(event: Event) -> Participation:
    """Who took part, and how many of them found someone."""
    found = dict.fromkeys(Sector, 0)
    with_agreement = 0
    for sector, agreed, number in (
        taking_part(event).order_by().values_list("sector", "agreed").annotate(number=Count("pk"))
    ):
        found[Sector(sector)] += number
        with_agreement += number if agreed else 0
    door = presence(event)
    return Participation(sum(found.values()), with_agreement, found, door.participants, door.people)
