"""What a screen shows, as a function of the database at a feed version (design.md §5).

Snapshot, change, correction and catch-up are the same function. Its size and its number of queries are bounded,
however many agreements there are.
"""

from dataclasses import dataclass
from datetime import datetime

from agreements.statistics import SectorFigures, count, sector_triangle, taking_part, traded_minutes
from borsen.enums import Scene
from borsen.models import Event

from .cards import Card, Changed, changed_cards, changed_since, latest
from .market import ON_WELCOME, Need, needs, offers
from .panels import Panels, most_agreements, panels
from .prizes import Prize, revealed
from .scenes import scene_of

LATEST = 8
MILESTONES = (50, 100)


@dataclass(frozen=True)
class Hour:
    """The strokes and the plan; where the hour stands follows from them and the time (borsen/clock.py)."""

    starts_at: datetime
    opened_at: datetime | None
    closes_at: datetime
    closed_at: datetime | None
    grace_ends_at: datetime | None


@dataclass(frozen=True)
class Milestone:
    """The last one that the count has passed, and when: the agreement that made it was registered then."""

    count: int
    is_goal: bool
    passed_at: datetime


@dataclass(frozen=True)
class Frame:
    """Everything that the screens of an event show at `version`. `since` is None for a snapshot.

    `total` counts hidden agreements too; `newest` and the `latest` before it are of those that may be shown. `cards`
    are those of the agreements that are new or corrected. What only one scene shows is empty in the others.
    """

    version: int
    since: int | None
    published: bool
    catalogue_published: bool
    slug: str
    name: str
    theme: str
    challenges: tuple[str, ...]
    hosts: tuple[str, ...]
    participants: int
    scene: Scene
    message: str
    hour: Hour
    traded_minutes: int
    goal: int | None
    total: int
    milestone: Milestone | None
    newest: Card | None
    latest: tuple[Card, ...]
    changed: Changed
    cards: tuple[Card, ...]
    sectors: SectorFigures
    panels: Panels
    needs: tuple[Need, ...]
    offers: tuple[Need, ...]
    prizes: tuple[Prize, ...]


def version_of(event_id: int) -> int | None:
    """The event's feed version, or None when the event is no more: one small query."""
    return Event.objects.filter(pk=event_id).values_list("feed_version", flat=True).first()


def snapshot(event_id: int) -> Frame:
    """What a screen that knows nothing needs. Raises Event.DoesNotExist."""
    return read(event_id, None)


def since(event_id: int, version: int) -> Frame:
    """The same, with what changed after `version`. Raises Event.DoesNotExist."""
    return read(event_id, version)


def read(event_id: int, version: int | None) -> Frame:
    """`since` that version, or a `snapshot` when there is none, or when it has not been yet (a restored backup)."""
    # The event comes first: what is read after it may be newer, never older, and then comes again with the next.
    event = Event.objects.prefetch_related("hosts", "challenges").get(pk=event_id)
    if version is not None and version > event.feed_version:
        version = None
    scene = scene_of(event)
    shown = latest(event, LATEST)
    changed = Changed() if version is None else changed_since(event, version)
    total = count(event)
    return Frame(
        version=event.feed_version,
        since=version,
        published=event.published,
        catalogue_published=event.catalogue_published,
        slug=event.slug,
        name=event.name,
        theme=event.theme,
        challenges=tuple(challenge.text for challenge in event.challenges.all()),
        hosts=tuple(host.name for host in event.hosts.all()),
        participants=taking_part(event).count(),
        scene=scene,
        message=event.screen_message,
        hour=Hour(event.starts_at, event.opened_at, event.planned_end, event.closed_at, event.grace_ends_at),
        traded_minutes=traded_minutes(event),
        goal=event.goal,
        total=total,
        milestone=_milestone(event, total),
        newest=shown[0] if shown else None,
        latest=shown[1:],
        changed=changed,
        cards=changed_cards(event, changed),
        sectors=sector_triangle(event),
        panels=_panels(event, scene),
        needs=_needs(event, scene),
        offers=offers(event) if scene == Scene.WELCOME else (),
        prizes=revealed(event) if scene == Scene.RESULT else (),
    )


def _panels(event: Event, scene: Scene) -> Panels:
    if scene == Scene.TRADING:
        return panels(event)
    most = most_agreements(event) if scene == Scene.RESULT and event.most_agreements_shown else ()
    return Panels((), most=most)


def _needs(event: Event, scene: Scene) -> tuple[Need, ...]:
    if scene == Scene.WELCOME:
        return needs(event, ON_WELCOME)
    return needs(event) if scene == Scene.TRADING else ()


def _milestone(event: Event, total: int) -> Milestone | None:
    """Passed when the agreement was registered that is the fiftieth of those that count now. So a screen that was
    opened later can tell that it is too late to cheer."""
    passed = max((number for number in (*MILESTONES, event.goal or 0) if 0 < number <= total), default=0)
    if not passed:
        return None
    moments = event.agreements.counted().order_by("registered_at", "pk").values_list("registered_at", flat=True)
    moment = moments[passed - 1 : passed].first()
    return Milestone(passed, passed == event.goal, moment) if moment else None
