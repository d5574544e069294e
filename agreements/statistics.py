"""Every figure that a screen, a page, the PDF or a spreadsheet shows, each with its definition (design.md §2).

A *counted* agreement is registered and not withdrawn; intentions and agreements hidden from the screen are included.
All figures about agreements are of the counted ones. An agreement's number is a reference and is never a figure.
A participant *takes part* when it is approved, or is a party of a counted agreement whatever its status.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.enums import Sector
from borsen.models import Event
from participants.check_in import presence
from participants.enums import Kind as ResourceKind
from participants.enums import Status
from participants.models import Resource

from .enums import FirstTime, Kind
from .models import Party

ORGANISATIONS = (Sector.BUSINESS, Sector.VOLUNTARY, Sector.PUBLIC)
BIN_MINUTES = (5, 10, 15, 30, 60, 120, 360, 720, 1440)
MOST_BINS = 24


@dataclass(frozen=True)
class Totals:
    """`count`: the counted agreements. `intents`: of them intentions. `mutual`: of them those in which at least two
    parties give something; `one_way`: the rest. `first_time`: of them those said to be the parties' first together."""

    count: int
    intents: int
    mutual: int
    first_time: int

    @property
    def one_way(self) -> int:
        return self.count - self.mutual

    @property
    def in_full(self) -> str:
        """«110 avtaler, av dem 10 intensjonsavtaler»."""
        text = ngettext("%d avtale", "%d avtaler", self.count) % self.count
        if not self.intents:
            return text
        of_them = ngettext("av dem %d intensjonsavtale", "av dem %d intensjonsavtaler", self.intents) % self.intents
        return f"{text}, {of_them}"


def count(event: Event) -> int:
    """«Antall avtaler»: the counted agreements."""
    return event.agreements.counted().count()


def totals(event: Event) -> Totals:
    """The number of agreements and of what sorts they are."""
    givers = event.agreements.counted().annotate(givers=Count("parties", filter=~Q(parties__gives="")))
    sums = event.agreements.counted().aggregate(
        count=Count("pk"),
        intents=Count("pk", filter=Q(kind=Kind.INTENT)),
        first_time=Count("pk", filter=Q(first_time=FirstTime.YES)),
    )
    return Totals(mutual=givers.filter(givers__gte=2).count(), **sums)


@dataclass(frozen=True)
class CategoryFigure:
    """How many counted agreements stand in a category; each agreement stands in exactly one."""

    pk: int
    name: str
    count: int


def by_category(event: Event) -> list[CategoryFigure]:
    """All the event's categories in its own order, those without agreements too. The figures add up to the total."""
    counted = Count("agreements", filter=Q(agreements__withdrawn_at=None))
    rows = event.categories.annotate(agreement_count=counted).order_by("position", "pk")
    return [CategoryFigure(row.pk, row.name, row.agreement_count) for row in rows]


def by_challenge(event: Event) -> list[CategoryFigure]:
    """The event's challenges in its own order, with the counted agreements that answer each. An agreement answers one
    at most, so the figures may add up to less than the total."""
    counted = Count("agreements", filter=Q(agreements__withdrawn_at=None))
    rows = event.challenges.annotate(agreement_count=counted).order_by("position", "pk")
    return [CategoryFigure(row.pk, row.text, row.agreement_count) for row in rows]


@dataclass(frozen=True)
class SectorFigures:
    """How many counted agreements each set of sectors made: `by_sectors[{BUSINESS, PUBLIC}]`.

    Each agreement counts once, in the set of the different sectors that its parties have, however many parties there
    are: one sector is «inside» it, two are that pair, three or more are «several». So a business and two voluntary
    organisations count as business and voluntary. Everything here adds up to `total`.
    """

    by_sectors: Mapping[frozenset[Sector], int]

    @property
    def total(self) -> int:
        return sum(self.by_sectors.values())

    def between(self, one: Sector, other: Sector) -> int:
        """Agreements whose parties are of exactly these two sectors (of one only, when both are the same)."""
        return self.by_sectors.get(frozenset({one, other}), 0)

    def inside(self, sector: Sector) -> int:
        """Agreements whose parties are all of this sector."""
        return self.between(sector, sector)

    @property
    def several(self) -> int:
        """Agreements whose parties are of three or four sectors. With every `between` and `inside`: the total."""
        return sum(number for sectors, number in self.by_sectors.items() if len(sectors) > 2)

    @property
    def business_voluntary(self) -> int:
        return self.between(Sector.BUSINESS, Sector.VOLUNTARY)

    @property
    def business_public(self) -> int:
        return self.between(Sector.BUSINESS, Sector.PUBLIC)

    @property
    def voluntary_public(self) -> int:
        return self.between(Sector.VOLUNTARY, Sector.PUBLIC)

    @property
    def inside_business(self) -> int:
        return self.inside(Sector.BUSINESS)

    @property
    def inside_voluntary(self) -> int:
        return self.inside(Sector.VOLUNTARY)

    @property
    def inside_public(self) -> int:
        return self.inside(Sector.PUBLIC)

    @property
    def with_individuals(self) -> int:
        """Agreements with at least one private volunteer among the parties, whoever the others are."""
        return sum(number for sectors, number in self.by_sectors.items() if Sector.INDIVIDUAL in sectors)

    @property
    def all_three(self) -> int:
        """Agreements that business, voluntary and public made together, without individuals. The triangle is its three
        sides, its three corners, `with_individuals` and this; together they are the total."""
        return self.by_sectors.get(frozenset(ORGANISATIONS), 0)

    @property
    def others(self) -> int:
        """What is not on one of the triangle's sides: the fourth tile of the report's front page."""
        return self.total - sum(self.between(*pair) for pair in combinations(ORGANISATIONS, 2))


def sector_triangle(event: Event) -> SectorFigures:
    """Which sectors found each other."""
    sectors: dict[int, set[Sector]] = {}
    rows = event.agreements.counted().order_by().values_list("pk", "parties__participant__sector")
    for agreement, sector in rows:
        sectors.setdefault(agreement, set()).update({Sector(sector)} if sector else ())
    return SectorFigures(Counter(map(frozenset, sectors.values())))


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


@dataclass(frozen=True)
class ResourceFigures:
    """Offers and needs of those who take part. `needs_met`: the needs that a counted agreement names, or that someone
    has closed («Dekket»); `offers_used`: the offers that a counted agreement gives from."""

    offers: int
    offers_used: int
    needs: int
    needs_met: int

    @property
    def needs_unmet(self) -> int:
        return self.needs - self.needs_met


def resources(event: Event) -> ResourceFigures:
    """What was offered and needed, and how much of it was found."""
    counted = Party.objects.filter(agreement__withdrawn_at=None)
    takes_part = Q(participant__status=Status.APPROVED) | Exists(counted.filter(participant=OuterRef("participant")))
    mine = Resource.objects.filter(participant__event=event).filter(takes_part)
    met = Q(closed_at__isnull=False) | Q(pk__in=Resource.objects.filter(participant__event=event).met().values("pk"))
    used = Exists(counted.filter(offer=OuterRef("pk")))
    sums = mine.aggregate(
        offers=Count("pk", filter=Q(kind=ResourceKind.OFFER)),
        offers_used=Count("pk", filter=Q(used, kind=ResourceKind.OFFER)),
        needs=Count("pk", filter=Q(kind=ResourceKind.NEED)),
        needs_met=Count("pk", filter=Q(met, kind=ResourceKind.NEED)),
    )
    return ResourceFigures(**sums)


def traded_minutes(event: Event) -> int:
    """How long børstimen was, in whole minutes from stroke to stroke, at least one; 0 until the closing stroke, since
    nothing can be said of its length before. A stroke that was early or late by a tenth of the planned length at most
    does not make it another length: then it is the planned one."""
    if event.opened_at is None or event.closed_at is None:
        return 0
    lasted = round((event.closed_at - event.opened_at) / timedelta(minutes=1))
    return event.minutes if abs(lasted - event.minutes) <= event.minutes * 0.1 else max(lasted, 1)


def traded_for(minutes: int) -> str:
    """`traded_minutes` in words, to stand after a number of agreements: «på én time», «på 13 minutter», or nothing."""
    if minutes % 60:
        return ngettext("på %d minutt", "på %d minutter", minutes) % minutes
    hours = minutes // 60
    in_words = {0: "", 1: _("på én time"), 2: _("på to timer"), 3: _("på tre timer")}
    return in_words[hours] if hours in in_words else _("på %d timer") % hours


@dataclass(frozen=True)
class Bin:
    """Counted agreements made from `start` up to, and not including, `end`."""

    start: datetime
    end: datetime
    count: int


def through_the_hour(event: Event, now: datetime) -> list[Bin]:
    """Counted agreements by when they were made, in bins of five minutes (longer when the hour is, so that there are at
    most 24), from the opening stroke to the closing one, planned end while the hour runs. What was made on the closing
    stroke belongs to the last bin, so the bins add up to the total. Empty before the opening stroke."""
    if event.opened_at is None:
        return []
    start, end = event.opened_at, event.closed_at or max(event.planned_end, now)
    length = max(end - start, timedelta(minutes=1))
    sizes = (timedelta(minutes=minutes) for minutes in BIN_MINUTES)
    size = next((size for size in sizes if size * MOST_BINS >= length), length / MOST_BINS)
    bins = [0] * max(1, -(-length // size))
    for made_at in event.agreements.counted().order_by().values_list("made_at", flat=True):
        bins[min(max((made_at - start) // size, 0), len(bins) - 1)] += 1
    edges = [min(start + size * place, max(end, start + length)) for place in range(len(bins) + 1)]
    return [Bin(edges[place], edges[place + 1], number) for place, number in enumerate(bins)]


@dataclass(frozen=True)
class Figures:
    """All figures of an event, fetched together for the report: the same number of queries whatever the size."""

    totals: Totals
    categories: list[CategoryFigure]
    sectors: SectorFigures
    by_participant: dict[int, ParticipantFigures]
    participation: Participation
    resources: ResourceFigures
    hour: list[Bin]


def figures(event: Event, now: datetime) -> Figures:
    """Everything, one query after the other; `agreements.report.fetch` sees to it that nothing moved meanwhile."""
    return Figures(
        totals=totals(event),
        categories=by_category(event),
        sectors=sector_triangle(event),
        by_participant=by_participant(event),
        participation=participation(event),
        resources=resources(event),
        hour=through_the_hour(event, now),
    )
