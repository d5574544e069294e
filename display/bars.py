"""Sectors as bars: how many of each, and how many were wished for."""

from collections.abc import Mapping
from dataclasses import dataclass

from borsen.enums import Sector
from borsen.models import Event

BAR_WIDTH = 106  # of the viewBox in templates/borsen/overview_bars.html
BAR_LEAST = 13  # a dot, so that one is still seen


@dataclass(frozen=True)
class Bar:
    """One sector; `wished` is how many the organiser hopes for, or None."""

    sector: Sector
    number: int
    width: int
    wished: int | None = None

    @property
    def short(self) -> int:
        """How many are missing."""
        return max((self.wished or 0) - self.number, 0)


def bars(numbers: Mapping[Sector, int], wishes: Mapping[Sector, int | None] | None = None) -> list[Bar]:
    """Each sector's part of those who come, the largest as wide as there is room for."""
    most = max(numbers.values()) or 1
    return [
        Bar(
            sector=sector,
            number=numbers[sector],
            width=max(BAR_LEAST, round(BAR_WIDTH * numbers[sector] / most)) if numbers[sector] else 0,
            wished=(wishes or {}).get(sector),
        )
        for sector in Sector
    ]


def wishes_of(event: Event) -> dict[Sector, int | None]:
    """How many of each sector the organiser hopes for."""
    return {
        Sector.BUSINESS: event.wish_business,
        Sector.VOLUNTARY: event.wish_voluntary,
        Sector.PUBLIC: event.wish_public,
    }
