"""Børskatalogen: what is offered and asked for, by category and sector, without anybody's address or telephone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from borsen.collation import folded, norwegian_key
from borsen.enums import Sector
from borsen.models import Event

from .enums import Kind
from .masking import without_contact_details
from .models import Resource
from .searching import findable

PER_PAGE = 48


@dataclass(frozen=True)
class Wanted:
    """What is asked for, as it stands in the address. `category` 0 and empty `sector` are all of them."""

    kind: str = Kind.OFFER
    category: int = 0
    sector: str = ""
    query: str = ""
    page: int = 1

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Wanted":
        """What an address asks for; what is not known falls back to everything."""
        return cls(
            kind=Kind.NEED if data.get("vis") == "behov" else Kind.OFFER,
            category=_number(data.get("kategori", "")),
            sector=data.get("type", "") if data.get("type") in Sector.values else "",
            query=data.get("q", "").replace("\0", "").strip()[:120],
            page=max(_number(data.get("side", "")), 1),
        )

    def address(self) -> str:
        """The part of the address after the question mark; what is as always is left out."""
        said = {
            "vis": "behov" if self.kind == Kind.NEED else "",
            "kategori": str(self.category or ""),
            "type": self.sector,
            "q": self.query,
            "side": str(self.page) if self.page > 1 else "",
        }
        return urlencode({name: text for name, text in said.items() if text})


@dataclass(frozen=True)
class Entry:
    """One offer or need: whose it is, where they stand in the room, and what it is."""

    kind: str
    title: str
    details: str
    category: int
    name: str
    sector: str
    place: str
    text: str

    def holds(self, words: list[list[str]]) -> bool:
        """Whether it has every word, each in one of the ways that it may be written."""
        return all(any(spelling in self.text for spelling in word) for word in words)


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how many it would show, and its address."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Catalogue:
    """One page of the catalogue. `total` is how many fit on all pages; `is_empty` says that there is nothing at all."""

    wanted: Wanted
    entries: list[Entry]
    total: int
    pages: int
    kinds: list[Choice]
    categories: list[Choice]
    sectors: list[Choice]
    previous: str | None
    next: str | None
    is_empty: bool


def open_entries(event: Event) -> list[Entry]:
    """What is on the market, by title. One query."""
    rows = Resource.objects.on_the_market(event).values_list(
        "kind", "title", "details", "category", "participant__name", "participant__sector", "participant__place"
    )
    entries = [_entry(*row) for row in rows]
    return sorted(entries, key=lambda entry: (norwegian_key(entry.title), norwegian_key(entry.name)))


def _entry(kind: str, title: str, details: str, category: int, name: str, sector: str, place: str) -> Entry:
    title, details, name, place = map(without_contact_details, (title, details, name, place))
    return Entry(kind, title, details, category, name, sector, place, findable(title, details, name))


def read_catalogue(*, event: Event, wanted: Wanted) -> Catalogue:
    """The page that is asked for, in two queries whatever the number; a page too far gives the last one."""
    entries = open_entries(event)
    names = list(event.categories.values_list("pk", "name"))
    # «kafé» finds «Kafe» as «kafe» finds «Kafé».
    words = [findable(word).split() for word in folded(wanted.query).split()]
    found = [entry for entry in entries if entry.holds(words)]
    of_kind = [entry for entry in found if entry.kind == wanted.kind]
    shown = [entry for entry in of_kind if _fits(entry, wanted)]
    pages = max(1, -(-len(shown) // PER_PAGE))
    wanted = replace(wanted, page=min(wanted.page, pages))
    start = (wanted.page - 1) * PER_PAGE
    return Catalogue(
        wanted=wanted,
        entries=shown[start : start + PER_PAGE],
        total=len(shown),
        pages=pages,
        kinds=_kinds(wanted, Counter(entry.kind for entry in found if _fits(entry, wanted))),
        categories=_categories(wanted, names, Counter(e.category for e in of_kind if wanted.sector in {"", e.sector})),
        sectors=_sectors(wanted, Counter(e.sector for e in of_kind if wanted.category in {0, e.category})),
        previous=replace(wanted, page=wanted.page - 1).address() if wanted.page > 1 else None,
        next=replace(wanted, page=wanted.page + 1).address() if wanted.page < pages else None,
        is_empty=not entries,
    )


def _fits(entry: Entry, wanted: Wanted) -> bool:
    return wanted.category in {0, entry.category} and wanted.sector in {"", entry.sector}


def _kinds(wanted: Wanted, counts: Counter[str]) -> list[Choice]:
    return [
        Choice(
            value="behov" if kind is Kind.NEED else "tilbud",
            label=str(kind.label),
            count=counts[kind],
            chosen=kind == wanted.kind,
            address=replace(wanted, kind=kind, page=1).address(),
        )
        for kind in (Kind.OFFER, Kind.NEED)
    ]


def _categories(wanted: Wanted, names: list[tuple[int, str]], counts: Counter[int]) -> list[Choice]:
    """«All» first, as the value 0, with an empty label that the page gives."""
    choices = [(0, "", counts.total()), *((pk, name, counts[pk]) for pk, name in names)]
    return [
        Choice(str(pk or ""), name, count, pk == wanted.category, replace(wanted, category=pk, page=1).address())
        for pk, name, count in choices
    ]


def _sectors(wanted: Wanted, counts: Counter[str]) -> list[Choice]:
    choices = [("", "", counts.total()), *((row.value, row.short, counts[row.value]) for row in Sector)]
    return [
        Choice(value, label, count, value == wanted.sector, replace(wanted, sector=value, page=1).address())
        for value, label, count in choices
    ]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
