"""What is offered and needed, as the screens show it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from borsen.models import Event
from participants.enums import Kind
from participants.masking import without_contact_details
from participants.models import Resource

NEEDS = 12
ON_WELCOME = 24
# After so many feed versions the next dozen needs have their turn.
VERSIONS_PER_TURN = 4


@dataclass(frozen=True)
class Need:
    """An open need of an approved participant that no counted agreement has met; or an offer that is still open."""

    name: str
    sector: str
    title: str


def needs(event: Event, most: int = NEEDS) -> tuple[Need, ...]:
    """A dozen of the unmet needs; which ones follows from the version, so that all have their turn."""
    return _some(event, _open(event, Kind.NEED), most)


def offers(event: Event, most: int = ON_WELCOME) -> tuple[Need, ...]:
    """As many of the open offers."""
    return _some(event, _open(event, Kind.OFFER), most)


def _open(event: Event, kind: Kind) -> QuerySet[Resource]:
    return Resource.objects.on_the_market(event).filter(kind=kind).select_related("participant").order_by("pk")


def _some(event: Event, resources: QuerySet[Resource], most: int) -> tuple[Need, ...]:
    turns = -(-resources.count() // most)
    first = (event.feed_version // VERSIONS_PER_TURN) % turns * most if turns else 0
    rows = resources[first : first + most]
    return tuple(
        Need(without_contact_details(row.participant.name), row.participant.sector, row.public_title) for row in rows
    )
