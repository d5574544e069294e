"""The organiser's list of participants: searched, filtered, in Norwegian order, one page at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Count, Q

from borsen.collation import norwegian_key
from borsen.enums import Sector
from borsen.models import Event

from .enums import Kind, Status
from .models import Participant
from .searching import matching

PER_PAGE = 25


@dataclass(frozen=True)
class Filters:
    """What is asked for, as it stands in the address. Empty `sector` is all of them."""

    query: str = ""
    sector: str = ""
    status: str = Status.APPROVED
    page: int = 1

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Filters":
        """Filters from an address; what is not known falls back to the ordinary list."""
        page = data.get("side", "")
        return cls(
            # PostgreSQL takes no null character.
            query=data.get("q", "").replace("\0", "").strip()[:120],
            sector=data.get("type", "") if data.get("type") in Sector.values else "",
            status=data.get("status", "") if data.get("status") in Status.values else Status.APPROVED,
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def address(self) -> str:
        """The part of the address after the question mark; what is as always is left out."""
        said = {
            "q": self.query,
            "type": self.sector,
            "status": "" if self.status == Status.APPROVED else self.status,
            "side": "" if self.page <= 1 else str(self.page),
        }
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with how many it would show and its address."""

    value: str
    label: str
    short: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Listing:
    """One page of the list. `rows` carry `offers` and `needs`, the number of open ones."""

    filters: Filters
    rows: list[Participant]
    total: int
    first: int
    last: int
    sectors: list[Choice]
    statuses: list[Choice]
    previous: str | None
    next: str | None
    is_empty_event: bool


def list_participants(*, event: Event, filters: Filters) -> Listing:
    """The page that `filters` ask for, in three queries whatever the number; a page too far gives the last one."""
    found = list(matching(event.participants.all(), filters.query).values_list("pk", "name", "sector", "status"))
    of_status = [row for row in found if row[3] == filters.status]
    chosen = [row for row in of_status if filters.sector in {"", row[2]}]
    chosen.sort(key=lambda row: (norwegian_key(row[1]), row[0]))
    pages = max(1, -(-len(chosen) // PER_PAGE))
    filters = replace(filters, page=min(max(filters.page, 1), pages))
    start = (filters.page - 1) * PER_PAGE
    shown = [row[0] for row in chosen[start : start + PER_PAGE]]
    return Listing(
        filters=filters,
        rows=_rows(event, shown),
        total=len(chosen),
        first=start + 1,
        last=start + len(shown),
        sectors=_sector_choices(filters, Counter(row[2] for row in of_status)),
        statuses=_status_choices(filters, Counter(row[3] for row in found if filters.sector in {"", row[2]})),
        previous=replace(filters, page=filters.page - 1).address() if filters.page > 1 else None,
        next=replace(filters, page=filters.page + 1).address() if filters.page < pages else None,
        is_empty_event=not found and not filters.query,
    )


def _rows(event: Event, shown: list[int]) -> list[Participant]:
    still_open = Q(resources__closed_at=None)
    rows = (
        event.participants.filter(pk__in=shown)
        .annotate(
            offers=Count("resources", filter=still_open & Q(resources__kind=Kind.OFFER)),
            needs=Count("resources", filter=still_open & Q(resources__kind=Kind.NEED)),
        )
        .prefetch_related("contacts")
    )
    by_pk = {row.pk: row for row in rows}
    # One that was removed since the first query is left out.
    return [by_pk[pk] for pk in shown if pk in by_pk]


def _sector_choices(filters: Filters, counts: Counter[str]) -> list[Choice]:
    everybody = Choice("", "", "", counts.total(), not filters.sector, _first_page(filters, sector=""))
    return [
        everybody,
        *(
            Choice(
                value=sector.value,
                label=sector.short if sector is Sector.INDIVIDUAL else str(sector.label),
                short=sector.short,
                count=counts[sector],
                chosen=sector == filters.sector,
                address=_first_page(filters, sector=sector.value),
            )
            for sector in Sector
        ),
    ]


def _status_choices(filters: Filters, counts: Counter[str]) -> list[Choice]:
    return [
        Choice(
            value=status.value,
            label=status.plural,
            short=status.plural,
            count=counts[status],
            chosen=status == filters.status,
            address=_first_page(filters, status=status.value),
        )
        for status in (Status.APPROVED, Status.REGISTERED, Status.CANCELLED)
    ]


def _first_page(filters: Filters, **other: str) -> str:
    return replace(filters, page=1, **other).address()
