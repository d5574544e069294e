"""What the number is measured against: the goal, and what the same hosts have done before."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.timezone import localdate

from borsen.collation import folded
from borsen.enums import Role
from borsen.models import Event, Host, Membership
from participants.enums import Status

from ..enums import Kind
from ..models import Agreement, Party

MOST_EARLIER = 5


@dataclass(frozen=True)
class GoalFigures:
    """The goal that the event set itself. `reached_at`: when the counted agreement was made that reached it, by the
    order in which they were made; None while it has not been."""

    goal: int
    count: int
    reached_at: datetime | None

    @property
    def percent(self) -> int:
        """The whole number of per cent, rounded down: 100 is only said when the goal is reached."""
        return self.count * 100 // self.goal


def against_goal(event: Event) -> GoalFigures | None:
    """How far it is to the goal, or None without one. One query."""
    if not event.goal:
        return None
    made = list(event.agreements.counted().order_by("made_at", "pk").values_list("made_at", flat=True))
    return GoalFigures(event.goal, len(made), made[event.goal - 1] if len(made) >= event.goal else None)


@dataclass(frozen=True)
class EarlierEvent:
    """An earlier børs with one of the same hosts: its figures mean the same as this event's. `is_public` when its
    report may be opened by all, so that it may be named to all."""

    name: str
    held_on: date
    count: int
    intents: int
    participants: int
    present: int
    is_public: bool


def earlier_events(event: Event) -> list[EarlierEvent]:
    """The hosts' last five events before this one, newest first, of those whose hour is over.

    A host's name is not proof of who it is: only events count that have an organiser in common with this one, or whose
    report has been opened to all. Five queries at most, whatever the number of events.
    """
    names = {folded(name) for name in event.hosts.values_list("name", flat=True)}
    if not names:
        return []
    mine = Membership.objects.filter(event=event, role=Role.ORGANISER).values("user")
    shares_organiser = Exists(Membership.objects.filter(event=OuterRef("pk"), role=Role.ORGANISER, user__in=mine))
    begins = event.opened_at or event.starts_at
    before = Event.objects.exclude(pk=event.pk).filter(closed_at__lt=begins)
    may_see = before.filter(Q(report_published=True) | shares_organiser).order_by("-opened_at", "-pk")
    hosted = _hosted_by(names, {earlier.pk for earlier in may_see})
    chosen = [earlier for earlier in may_see if earlier.pk in hosted][:MOST_EARLIER]
    return _with_figures(chosen)


def _hosted_by(names: set[str], events: set[int]) -> set[int]:
    # Compared in Python: the database folds A to Z only (design.md §4).
    rows = Host.objects.filter(event__in=events).values_list("event", "name")
    return {event for event, name in rows if folded(name) in names}


def _with_figures(events: list[Event]) -> list[EarlierEvent]:
    keys = [event.pk for event in events]
    counted = Agreement.objects.filter(event__in=keys).counted().order_by().values("event")
    agreements = {
        row["event"]: (row["count"], row["intents"])
        for row in counted.annotate(count=Count("pk"), intents=Count("pk", filter=Q(kind=Kind.INTENT)))
    }
    agreed = Exists(Party.objects.filter(agreement__withdrawn_at=None, participant=OuterRef("participants__pk")))
    takes_part = Q(agreed, participants__status=Status.APPROVED, _connector=Q.OR)
    came = Q(participants__checked_in_at__isnull=False)
    people = {
        pk: (participants, present or 0)
        for pk, participants, present in Event.objects.filter(pk__in=keys)
        .annotate(number=Count("participants", filter=takes_part), there=Sum("participants__present", filter=came))
        .values_list("pk", "number", "there")
    }
    return [
        EarlierEvent(
            event.name,
            localdate(event.opened_at),
            *agreements.get(event.pk, (0, 0)),
            *people[event.pk],
            is_public=event.report_published,
        )
        for event in events
    ]
