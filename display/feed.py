"""What a screen shows, as a function of the database at a feed version (design.md §5).

Snapshot, change, correction and catch-up are the same function. Its size and its number of queries are bounded,
however many agreements there are. Only names of participants leave it, never anything about their contacts.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from agreements.enums import Kind as AgreementKind
from agreements.enums import What
from agreements.models import Agreement, Change, Party
from agreements.statistics import SectorFigures, count, sector_triangle, taking_part
from borsen.models import Event
from participants.enums import Kind, Status
from participants.models import Resource

LATEST = 8
MOST_CHANGED = 50
NEEDS = 12
# After so many feed versions the next dozen needs have their turn.
VERSIONS_PER_TURN = 4


@dataclass(frozen=True)
class PartyCard:
    """One party of an agreement: `gives` is as it was typed, and may be empty."""

    name: str
    sector: str
    gives: str


@dataclass(frozen=True)
class Card:
    """One agreement as a screen shows it."""

    number: int
    summary: str
    intent: bool
    parties: tuple[PartyCard, ...]


@dataclass(frozen=True)
class Need:
    """An open need of an approved participant that no counted agreement has met."""

    name: str
    sector: str
    title: str


@dataclass(frozen=True)
class Hour:
    """The strokes and the plan; where the hour stands follows from them and the time (borsen/clock.py)."""

    starts_at: datetime
    opened_at: datetime | None
    closes_at: datetime
    closed_at: datetime | None
    grace_ends_at: datetime | None


@dataclass(frozen=True)
class Changed:
    """Numbers of the agreements that changed since a version: `new` and `corrected` ones may be shown, those that are
    `gone` (withdrawn, hidden, held back until someone has looked) may not. At most 50 together, the latest first."""

    new: tuple[int, ...] = ()
    corrected: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Everything that the screens of an event show at `version`. `since` is None for a snapshot.

    `total` counts hidden agreements too; `newest` and the `latest` before it are of those that may be shown.
    """

    version: int
    since: int | None
    published: bool
    slug: str
    name: str
    hosts: tuple[str, ...]
    participants: int
    hour: Hour
    goal: int | None
    total: int
    newest: Card | None
    latest: tuple[Card, ...]
    changed: Changed
    sectors: SectorFigures
    needs: tuple[Need, ...]


def version_of(event_id: int) -> int | None:
    """The event's feed version, or None when the event is no more: one small query."""
    return Event.objects.filter(pk=event_id).values_list("feed_version", flat=True).first()


def snapshot(event_id: int) -> Frame:
    """What a screen that knows nothing needs. Raises Event.DoesNotExist."""
    return read(event_id, None)


def since(event_id: int, version: int) -> Frame:
    """The same, with the numbers of what changed after `version`. Raises Event.DoesNotExist."""
    return read(event_id, version)


def read(event_id: int, version: int | None) -> Frame:
    """`since` that version, or a `snapshot` when there is none, or when it has not been yet (a restored backup)."""
    # The event comes first: what is read after it may be newer, never older, and then comes again with the next.
    event = Event.objects.prefetch_related("hosts").get(pk=event_id)
    if version is not None and version > event.feed_version:
        version = None
    cards = [_card(agreement) for agreement in event.agreements.shown().with_parties().order_by("-number")[:LATEST]]
    return Frame(
        version=event.feed_version,
        since=version,
        published=event.published,
        slug=event.slug,
        name=event.name,
        hosts=tuple(host.name for host in event.hosts.all()),
        participants=taking_part(event).count(),
        hour=Hour(event.starts_at, event.opened_at, event.planned_end, event.closed_at, event.grace_ends_at),
        goal=event.goal,
        total=count(event),
        newest=cards[0] if cards else None,
        latest=tuple(cards[1:]),
        changed=Changed() if version is None else _changed(event, version),
        sectors=sector_triangle(event),
        needs=_needs(event),
    )


def _card(agreement: Agreement) -> Card:
    parties = tuple(
        PartyCard(party.participant.name, party.participant.sector, party.gives) for party in agreement.parties.all()
    )
    return Card(agreement.number, agreement.summary, agreement.kind == AgreementKind.INTENT, parties)


def _changed(event: Event, version: int) -> Changed:
    registered = Change.objects.filter(agreement=OuterRef("pk"), what=What.REGISTERED, version__gt=version)
    shown = event.agreements.shown().filter(pk=OuterRef("pk"))
    rows = event.agreements.filter(version__gt=version).annotate(is_new=Exists(registered), is_shown=Exists(shown))
    news = list(rows.order_by("-version").values_list("number", "is_new", "is_shown")[:MOST_CHANGED])
    return Changed(
        new=tuple(number for number, is_new, is_shown in news if is_shown and is_new),
        corrected=tuple(number for number, is_new, is_shown in news if is_shown and not is_new),
        gone=tuple(number for number, _is_new, is_shown in news if not is_shown),
    )


def _needs(event: Event) -> tuple[Need, ...]:
    """A dozen of the unmet needs; which ones follows from the version, so that all have their turn."""
    unmet = _unmet_needs(event)
    turns = -(-unmet.count() // NEEDS)
    first = (event.feed_version // VERSIONS_PER_TURN) % turns * NEEDS if turns else 0
    rows = unmet[first : first + NEEDS]
    return tuple(Need(row.participant.name, row.participant.sector, row.title) for row in rows)


def _unmet_needs(event: Event) -> QuerySet[Resource]:
    met = Party.objects.filter(need=OuterRef("pk"), agreement__withdrawn_at=None)
    mine = Resource.objects.filter(participant__event=event, participant__status=Status.APPROVED)
    needs = mine.filter(~Exists(met), kind=Kind.NEED, closed_at=None)
    return needs.select_related("participant").order_by("pk")
