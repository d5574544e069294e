"""Which sectors found each other, and who gave to whom."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.translation import gettext as _

from borsen.enums import Sector
from borsen.models import Event

ORGANISATIONS = (Sector.BUSINESS, Sector.VOLUNTARY, Sector.PUBLIC)


@dataclass(frozen=True)
class PairFigure:
    """The agreements of a pair of sectors, of one sector alone (`other` is the same), or of three and more (both None):
    how many, and of them how many are mutual."""

    one: Sector | None
    other: Sector | None
    count: int
    mutual: int

    @property
    def one_way(self) -> int:
        return self.count - self.mutual

    @property
    def label(self) -> str:
        """«Bedrift – frivillig», «Bare offentlig» or «Tre sektorer eller flere»."""
        if self.one is None or self.other is None:
            return _("Tre sektorer eller flere")
        if self.one is self.other:
            return _("Bare %s") % self.one.short.lower()
        return f"{self.one.short} – {self.other.short.lower()}"


@dataclass(frozen=True)
class SectorFigures:
    """How many counted agreements each set of sectors made: `by_sectors[{BUSINESS, PUBLIC}]`.

    Each agreement counts once, in the set of the different sectors that its parties have, however many parties there
    are: one sector is «inside» it, two are that pair, three or more are «several». So a business and two voluntary
    organisations count as business and voluntary. Everything here adds up to `total`. `mutual_by_sectors` says how many
    of each set are mutual: at least two parties give something.
    """

    by_sectors: Mapping[frozenset[Sector], int]
    mutual_by_sectors: Mapping[frozenset[Sector], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_sectors.values())

    def between(self, one: Sector, other: Sector) -> int:
        """Agreements whose parties are of exactly these two sectors (of one only, when both are the same)."""
        return self.by_sectors.get(frozenset({one, other}), 0)

    def mutual_between(self, one: Sector, other: Sector) -> int:
        """Of `between`, those in which at least two parties give something."""
        return self.mutual_by_sectors.get(frozenset({one, other}), 0)

    def one_way_between(self, one: Sector, other: Sector) -> int:
        """Of `between`, those in which one party gives and the others receive."""
        return self.between(one, other) - self.mutual_between(one, other)

    def pairs(self) -> list[PairFigure]:
        """Every pair once, each sector alone too, and last those of three sectors or more: together the total."""
        kinds = list(Sector)
        found = [
            PairFigure(one, other, self.between(one, other), self.mutual_between(one, other))
            for place, one in enumerate(kinds)
            for other in kinds[place:]
        ]
        return [*found, PairFigure(None, None, self.several, self.mutual_across_several)]

    def inside(self, sector: Sector) -> int:
        """Agreements whose parties are all of this sector."""
        return self.between(sector, sector)

    @property
    def across(self) -> int:
        """Agreements between two sectors or more: the total without those inside one."""
        return sum(number for sectors, number in self.by_sectors.items() if len(sectors) > 1)

    @property
    def mutual_across_several(self) -> int:
        """Of `several`, those in which at least two parties give something."""
        return sum(number for sectors, number in self.mutual_by_sectors.items() if len(sectors) > 2)

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
    """Which sectors found each other. One query."""
    sectors: dict[int, set[Sector]] = {}
    givers = Counter[int]()
    for agreement, sector, gives in _sides(event):
        sectors.setdefault(agreement, set()).update({sector} if sector else ())
        givers[agreement] += gives
    sets = {agreement: frozenset(found) for agreement, found in sectors.items()}
    mutual = Counter(found for agreement, found in sets.items() if givers[agreement] >= 2)
    return SectorFigures(Counter(sets.values()), mutual)


@dataclass(frozen=True)
class SectorExchange:
    """Of one sector: the counted agreements in which at least one party of it gives something (`given`), and in which
    at least one party of it receives, that is that another party gives (`received`). Each agreement counts once at a
    sector, and at each sector that it has a party of, so the sums are larger than the total."""

    sector: Sector
    given: int
    received: int


def exchange(event: Event) -> list[SectorExchange]:
    """What each sector gave and received, every sector named. One query."""
    sides: dict[int, list[tuple[Sector, bool]]] = {}
    for agreement, sector, gives in _sides(event):
        if sector:
            sides.setdefault(agreement, []).append((sector, gives))
    given, received = Counter[Sector](), Counter[Sector]()
    for parties in sides.values():
        givers = sum(gives for _sector, gives in parties)
        given.update({sector for sector, gives in parties if gives})
        received.update({sector for sector, gives in parties if givers > gives})
    return [SectorExchange(sector, given[sector], received[sector]) for sector in Sector]


def _sides(event: Event) -> Iterator[tuple[int, Sector | None, bool]]:
    """Each party of the counted agreements: the agreement, the sector, and whether it gives something."""
    rows = event.agreements.counted().order_by().values_list("pk", "parties__participant__sector", "parties__gives")
    return ((pk, Sector(sector) if sector else None, bool(gives)) for pk, sector, gives in rows)
