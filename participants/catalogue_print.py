"""Børskatalogen to hang up, as plain data: fetched in one short visit to the database, drawn by participants/pdf."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from borsen.countdown import when
from borsen.models import Event

from .catalogue import Entry, open_entries
from .enums import Kind


@dataclass(frozen=True)
class Chapter:
    """What is on the market in one category."""

    category: str
    offers: tuple[Entry, ...]
    needs: tuple[Entry, ...]


@dataclass(frozen=True)
class Printed:
    """Everything that stands on the sheets. `address` is where a phone reads the same, where it could."""

    slug: str
    name: str
    when: str
    place: str
    hosts: tuple[str, ...]
    made_at: str
    address: str
    language: str
    chapters: tuple[Chapter, ...]

    @property
    def offers(self) -> int:
        return sum(len(chapter.offers) for chapter in self.chapters)

    @property
    def needs(self) -> int:
        return sum(len(chapter.needs) for chapter in self.chapters)

    @property
    def edition(self) -> str:
        """The same as long as the sheets would say the same, whenever they are made."""
        return sha256(repr(replace(self, made_at="")).encode(errors="replace")).hexdigest()


def fetch(event: Event, now: datetime) -> Printed:
    """Read it: three queries, whatever the number."""
    by_category: dict[int, list[Entry]] = {}
    for entry in open_entries(event):
        by_category.setdefault(entry.category, []).append(entry)
    names = event.categories.values_list("pk", "name")
    return Printed(
        slug=event.slug,
        name=event.name,
        when=when(event, now),
        place=event.place,
        hosts=tuple(event.hosts.values_list("name", flat=True)),
        made_at=date_format(localtime(now), r"j. F Y \k\l. H.i"),
        address=settings.PUBLIC_URL + reverse("catalogue", args=[event.slug]) if _is_read_by_phones(event) else "",
        language=get_language() or "nb",
        chapters=tuple(_chapter(name, by_category[pk]) for pk, name in names if pk in by_category),
    )


def _is_read_by_phones(event: Event) -> bool:
    return bool(settings.PUBLIC_URL and event.catalogue_published)


def _chapter(name: str, entries: list[Entry]) -> Chapter:
    offers, needs = ([entry for entry in entries if entry.kind == kind] for kind in (Kind.OFFER, Kind.NEED))
    return Chapter(name, tuple(offers), tuple(needs))
