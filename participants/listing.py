"""The organiser's list of participants: searched, filtered, sorted, one page at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from borsen.collation import norwegian_key
from borsen.enums import Sector
from borsen.models import Event

from .enums import Kind, Only, Status
from .models import Contact, Participant
from .searching import matching

PER_PAGE = 25
# The columns that can be sorted by, with the direction that a first tap gives; «-» before the name is descending.
BY_NAME = "navn"
SORTS = {BY_NAME: "", "tid": "-", "tilbud": "-", "behov": "-"}


@dataclass(frozen=True)
class Filters:
    """What is asked for, as it stands in the address. Empty `sector` and `only` are all of them."""

    query: str = ""
    sector: str = ""
    status: str = Status.APPROVED
    only: str = ""
    sort: str = BY_NAME
    page: int = 1

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Filters":
        """Filters from an address; what is not known falls back to the ordinary list."""
        page, sort = data.get("side", ""), data.get("sorter", "")
        return cls(
            # PostgreSQL takes no null character.
            query=data.get("q", "").replace("\0", "").strip()[:120],
            sector=_known(data.get("type", ""), Sector.values),
            status=_known(data.get("status", ""), Status.values) or Status.APPROVED,
            only=_known(data.get("bare", ""), Only.values),
            sort=sort if sort.removeprefix("-") in SORTS else BY_NAME,
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    @property
    def narrowing(self) -> int:
        """How many of the folded filters leave somebody out."""
        return len([value for value in (self.sector, self.only) if value])

    def address(self) -> str:
        """The part of the address after the question mark; what is as always is left out."""
        said = {
            "q": self.query,
            "type": self.sector,
            "status": "" if self.status == Status.APPROVED else self.status,
            "bare": self.only,
            "sorter": "" if self.sort == BY_NAME else self.sort,
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
class Sort:
    """One way to sort: its name for a column's head and for a list of choices. `direction` is of `aria-sort`, empty
    when the list is sorted by something else; `address` is what a tap on the head gives."""

    value: str
    label: str
    direction: str
    address: str


@dataclass(frozen=True)
class Row:
    """What the list is filtered and sorted by, of one participant."""

    pk: int
    name: str
    sector: str
    status: str
    created_at: datetime
    checked_in_at: datetime | None
    offers: int
    needs: int
    written: int
    has_email: bool
    has_changed: bool

    def is_only(self, only: str) -> bool:
        """Whether a list that shows `only` some of them shows this one."""
        return {
            "": True,
            Only.NOTHING_WRITTEN: not self.written,
            Only.COME: self.checked_in_at is not None,
            Only.NOT_COME: self.checked_in_at is None,
            Only.NO_EMAIL: not self.has_email,
            Only.CHANGED: self.has_changed,
        }[only]


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
    onlys: list[Choice]
    sorts: dict[str, Sort]
    sort_choices: list[tuple[str, str]]
    previous: str | None
    next: str | None
    is_empty_event: bool


def list_participants(*, event: Event, filters: Filters) -> Listing:
    """The page that `filters` ask for, in three queries whatever the number; a page too far gives the last one."""
    found = _light_rows(event, filters.query)
    chosen = _sorted(_chosen(found, filters), filters.sort)
    pages = max(1, -(-len(chosen) // PER_PAGE))
    filters = replace(filters, page=min(max(filters.page, 1), pages))
    start = (filters.page - 1) * PER_PAGE
    shown = chosen[start : start + PER_PAGE]
    return Listing(
        filters=filters,
        rows=_rows(event, shown),
        total=len(chosen),
        first=start + 1,
        last=start + len(shown),
        sectors=_sector_choices(filters, Counter(row.sector for row in _chosen(found, filters, sector=""))),
        statuses=_status_choices(filters, found),
        onlys=_only_choices(filters, _chosen(found, filters, only="")),
        sorts=_sorts(filters),
        sort_choices=_sort_choices(),
        previous=replace(filters, page=filters.page - 1).address() if filters.page > 1 else None,
        next=replace(filters, page=filters.page + 1).address() if filters.page < pages else None,
        is_empty_event=not found and not filters.query,
    )


def all_that_match(*, event: Event, filters: Filters) -> list[int]:
    """The ids of all that `filters` show, whatever page they are on."""
    return [row.pk for row in _chosen(_light_rows(event, filters.query), filters)]


def _known(value: str, values: Iterable[str]) -> str:
    return value if value in values else ""


def _light_rows(event: Event, query: str) -> list[Row]:
    still_open = Q(resources__closed_at=None)
    reached = Contact.objects.filter(participant=OuterRef("pk")).exclude(email="")
    rows = (
        matching(event.participants.all(), query)
        .annotate(
            offers=Count("resources", filter=still_open & Q(resources__kind=Kind.OFFER)),
            needs=Count("resources", filter=still_open & Q(resources__kind=Kind.NEED)),
            written=Count("resources"),
            has_email=Exists(reached),
            has_changed=Q(proposal__isnull=False),
        )
        .values_list(*Row.__dataclass_fields__)
    )
    return [Row(*row) for row in rows]


def _chosen(rows: Iterable[Row], filters: Filters, **other: str) -> list[Row]:
    filters = replace(filters, **other)  # type: ignore[arg-type]
    return [
        row
        for row in rows
        if row.status == filters.status and filters.sector in {"", row.sector} and row.is_only(filters.only)
    ]


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    rows = sorted(rows, key=lambda row: (norwegian_key(row.name), row.pk), reverse=sort == f"-{BY_NAME}")
    keys: dict[str, Callable[[Row], Any]] = {
        "tid": attrgetter("created_at"),
        "tilbud": attrgetter("offers"),
        "behov": attrgetter("needs"),
    }
    key = keys.get(sort.removeprefix("-"))
    # Those that are alike stay in the order of their names, whichever way the list goes.
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else rows


def _rows(event: Event, shown: list[Row]) -> list[Participant]:
    by_pk = event.participants.prefetch_related("contacts").in_bulk([row.pk for row in shown])
    rows = []
    for light in shown:
        # One that was removed since the first query is left out.
        if (row := by_pk.get(light.pk)) is not None:
            row.offers, row.needs = light.offers, light.needs  # type: ignore[attr-defined]
            rows.append(row)
    return rows


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


def _status_choices(filters: Filters, rows: list[Row]) -> list[Choice]:
    return [
        Choice(
            value=status.value,
            label=status.plural,
            short=status.plural,
            count=len(_chosen(rows, filters, status=status.value)),
            chosen=status == filters.status,
            address=_first_page(filters, status=status.value),
        )
        for status in (Status.APPROVED, Status.REGISTERED, Status.CANCELLED)
    ]


def _only_choices(filters: Filters, rows: list[Row]) -> list[Choice]:
    return [
        Choice(
            value=value,
            label=label,
            short=label,
            count=sum(row.is_only(value) for row in rows),
            chosen=value == filters.only,
            address=_first_page(filters, only=value),
        )
        for value, label in (("", _("Alle")), *((only.value, str(only.label)) for only in Only))
    ]


def _sorts(filters: Filters) -> dict[str, Sort]:
    labels = {BY_NAME: _("Navn"), "tid": _("Påmeldt"), "tilbud": _("Tilbud"), "behov": _("Behov")}
    now, current = filters.sort, filters.sort.removeprefix("-")
    found = {}
    for name, first in SORTS.items():
        direction, wanted = "", first + name
        if name == current:
            direction = "descending" if now.startswith("-") else "ascending"
            wanted = name if now.startswith("-") else f"-{name}"
        found[name] = Sort(name, labels[name], direction, _first_page(filters, sort=wanted))
    return found


def _sort_choices() -> list[tuple[str, str]]:
    return [
        (BY_NAME, _("Navn, A til Å")),
        ("-navn", _("Navn, Å til A")),
        ("-tid", _("Sist påmeldt først")),
        ("tid", _("Først påmeldt først")),
        ("-tilbud", _("Flest tilbud først")),
        ("tilbud", _("Færrest tilbud først")),
        ("-behov", _("Flest behov først")),
        ("behov", _("Færrest behov først")),
    ]


def _first_page(filters: Filters, **other: str) -> str:
    return replace(filters, page=1, **other).address()
