"""What the børsgeneral holds in the hand: the time, the number, the newest agreement, what lags and what comes next."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from zlib import crc32

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.statistics import ORGANISATIONS, SectorFigures, count, sector_triangle, taking_part
from borsen.clock import phase
from borsen.countdown import countdown as days_left
from borsen.enums import Phase, Sector
from borsen.models import Event

from .aloud import aloud
from .drawing import COUNTS_DOWN, countdown
from .programme import Item, next_item

MILESTONES = (50, 100)
# Before one pair of sectors has come this far, the others have not had the time to lag behind.
BEGUN = 4
MOST_LAGGING = 2
LONG = 200  # characters


@dataclass(frozen=True)
class Clock:
    """`large` as it is drawn; `until`, which the page counts down to by itself, is None when there is nothing to wait
    for. `mode`: "far" and "over" are told in words, "near" is counted down, "due" has run out without a stroke."""

    large: str
    until: datetime | None
    mode: str


@dataclass(frozen=True)
class Milestone:
    """The next number that the room cheers for."""

    at: int
    left: int
    is_goal: bool


@dataclass(frozen=True)
class Lagging:
    """Two sectors that have found each other far more seldom than others have."""

    sectors: tuple[Sector, Sector]
    number: int

    @property
    def words(self) -> str:
        """«Bare 3 avtaler mellom bedrift og offentlig»."""
        one, other = (sector.short.lower() for sector in self.sectors)
        if not self.number:
            return _("Ingen avtaler mellom %(one)s og %(other)s ennå") % {"one": one, "other": other}
        text = ngettext(
            "Bare %(number)d avtale mellom %(one)s og %(other)s",
            "Bare %(number)d avtaler mellom %(one)s og %(other)s",
            self.number,
        )
        return text % {"number": self.number, "one": one, "other": other}


@dataclass(frozen=True)
class Stage:
    """Everything that the page shows at one moment; `before` is the agreement that `newest` has pushed away."""

    phase: Phase
    clock: Clock
    total: int
    milestone: Milestone | None
    newest: list[SafeString]
    before: list[SafeString]
    lagging: list[Lagging]
    next_item: Item | None

    @property
    def is_long(self) -> bool:
        """Whether the newest agreement takes so many words that they must be smaller to stand above the gong."""
        return sum(len(strip_tags(sentence)) for sentence in self.newest) > LONG


def stage(event: Event, now: datetime) -> Stage:
    """Five queries, however many agreements there are."""
    total = count(event)
    stands = phase(event, now)
    latest = [aloud(one) for one in event.agreements.shown().with_parties().order_by("-number")[:2]]
    return Stage(
        phase=stands,
        clock=clock(event, now),
        total=total,
        milestone=next_milestone(total, event.goal) if total and stands is Phase.OPEN else None,
        newest=latest[0] if latest else [],
        before=latest[1] if len(latest) > 1 else [],
        lagging=lagging(sector_triangle(event), _sectors_here(event)) if stands is Phase.OPEN else [],
        next_item=next_item(event, now),
    )


def seen(event: Event, now: datetime) -> str:
    """A short name for what the page shows now; another name when anything in it is another. Asks no query."""
    shown = (event.feed_version, phase(event, now).value, clock(event, now).mode, next_item(event, now))
    return f"{crc32(repr(shown).encode()):x}"


def clock(event: Event, now: datetime) -> Clock:
    """What is left of the wait for the gong, of the hour, or of the minutes after it."""
    stands = phase(event, now)
    ends = {Phase.BEFORE: event.starts_at, Phase.OPEN: event.planned_end, Phase.GRACE: event.grace_ends_at}
    until = ends.get(stands)
    if until is None:
        return Clock(_("Slutt"), None, "over")
    left = max(until - now, timedelta())
    if left > COUNTS_DOWN:
        return Clock(days_left(event, now).large, until, "far")
    return Clock(countdown(left), until, "near" if left else "due")


def next_milestone(total: int, goal: int | None) -> Milestone | None:
    """The nearest of 50, 100 and the goal that has not been reached."""
    ahead = [at for at in {*MILESTONES, goal or 0} if at > total]
    return Milestone(min(ahead), min(ahead) - total, min(ahead) == goal) if ahead else None


def lagging(figures: SectorFigures, here: Container[Sector]) -> list[Lagging]:
    """The pairs of sectors with less than half as many agreements as the pair with the most, the fewest first. Only
    of sectors that somebody is `here` from."""
    pairs = [pair for pair in combinations(ORGANISATIONS, 2) if pair[0] in here and pair[1] in here]
    found = sorted((Lagging(pair, figures.between(*pair)) for pair in pairs), key=lambda pair: pair.number)
    most = found[-1].number if found else 0
    return [pair for pair in found if pair.number * 2 < most][:MOST_LAGGING] if most >= BEGUN else []


def _sectors_here(event: Event) -> set[Sector]:
    return {Sector(sector) for sector in taking_part(event).order_by().values_list("sector", flat=True).distinct()}
