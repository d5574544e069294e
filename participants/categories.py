"""The kinds of resource of an event: its own list, which can be changed also when it is in use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, ProtectedError, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from borsen.collation import folded
from borsen.feed_version import advance, locked
from borsen.models import Event, User

from .enums import DEFAULT_CATEGORIES
from .models import Category
from .signals import category_merged

NAME_MAX = 60
# What a tablet has room for without scrolling is nine; this is where a list stops being one.
MOST_CATEGORIES = 24


class WrongCategory(Exception):
    """The list can't be changed that way; the text says why, `pk` which row it is about (None for a new one), and
    `of_merging` that it is not about the row's name but about what it should be merged with."""

    def __init__(self, text: str, pk: int | None = None, *, of_merging: bool = False) -> None:
        super().__init__(text)
        self.pk = pk
        self.of_merging = of_merging


def add_first_categories(
    sender: type,  # noqa: ARG001
    *,
    event: Event,
    copied_from: Event | None = None,
    **_signal: Any,
) -> None:
    """Give a new børs the categories of the one that it is a copy of, else the default ones, in the language of whoever
    makes it."""
    names = [row.name for row in copied_from.categories.all()] if copied_from else list(map(str, DEFAULT_CATEGORIES))
    Category.objects.bulk_create(
        Category(event=event, name=name, position=position) for position, name in enumerate(names)
    )


def in_use(event: Event) -> QuerySet[Category]:
    """The categories in their order, each with `resource_count` and `agreement_count` (withdrawn ones too)."""
    return event.categories.annotate(resource_count=_count("resources"), agreement_count=_count("agreements"))


def _count(relation: str) -> Coalesce:
    # A subquery each: two joins at once would multiply.
    counted = Category.objects.filter(pk=OuterRef("pk")).annotate(number=Count(relation)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def rename_categories(*, event: Event, names: Mapping[int, str]) -> None:
    """Give the categories with these keys these names; two may trade names. Raises WrongCategory."""
    with locked(event) as event:
        rows = list(event.categories.all())
        wanted = {row.pk: " ".join(names.get(row.pk, row.name).split()) for row in rows}
        seen: set[str] = set()
        for row in rows:
            _check(wanted[row.pk], seen, row.pk)
        changed = [row for row in rows if row.name != wanted[row.pk]]
        for row in changed:
            # Names are unique: first out of each other's way.
            row.name = f"\u2026{row.pk}"
            row.save(update_fields=["name"])
        for row in changed:
            row.name = wanted[row.pk]
            row.save(update_fields=["name"])
        if changed:
            advance(event)


def add_category(*, event: Event, name: str) -> Category:
    """A category last in the list. Raises WrongCategory."""
    with locked(event) as event:
        rows = list(event.categories.all())
        if len(rows) >= MOST_CATEGORIES:
            raise WrongCategory(_("Det er plass til %d kategorier. Slå sammen to først.") % MOST_CATEGORIES)
        name = " ".join(name.split())
        _check(name, {folded(row.name) for row in rows}, None)
        added = event.categories.create(name=name, position=max((row.position for row in rows), default=-1) + 1)
        advance(event)
    return added


def move_category(*, event: Event, pk: int, steps: int) -> int | None:
    """Move a category up (less than nothing) or down in the list; at the end it stays where it is. Returns its place,
    counted from 1, or None when there is no such category."""
    with locked(event) as event:
        rows = list(event.categories.all())
        place = next((index for index, row in enumerate(rows) if row.pk == pk), None)
        if place is None:
            return None
        target = min(max(place + steps, 0), len(rows) - 1)
        rows.insert(target, rows.pop(place))
        for position, row in enumerate(rows):
            row.position = position
        Category.objects.bulk_update(rows, ["position"])
        advance(event)
    return target + 1


def merge_category(*, event: Event, pk: int, into: int, by: User | None, now: datetime) -> Category:
    """Let `into` take over all that the category holds, and delete it; returns `into`. Raises WrongCategory."""
    with locked(event) as event:
        rows = event.categories.in_bulk([pk, into])
        if pk == into or len(rows) != 2:
            raise WrongCategory(_("Velg hvilken kategori den skal slås sammen med."), pk, of_merging=True)
        category, kept = rows[pk], rows[into]
        category.resources.update(category=kept)
        category_merged.send(Category, category=category, into=kept, by=by, now=now)
        category.delete()
        advance(event)
    return kept


def remove_category(*, event: Event, pk: int) -> None:
    """Delete a category that nothing uses. Raises WrongCategory when something does, or when it is the last one."""
    with locked(event) as event:
        category = event.categories.filter(pk=pk).first()
        if category is None:
            return
        if event.categories.count() == 1:
            raise WrongCategory(_("Børsen må ha minst én kategori."), pk)
        try:
            category.delete()
        except ProtectedError as error:
            raise WrongCategory(_("Den er i bruk. Slå den sammen med en annen i stedet."), pk) from error
        advance(event)


def _check(name: str, seen: set[str], pk: int | None) -> None:
    if not name:
        raise WrongCategory(_("Skriv et navn."), pk)
    if len(name) > NAME_MAX:
        raise WrongCategory(_("Navnet er for langt. Det er plass til %d tegn.") % NAME_MAX, pk)
    if folded(name) in seen:
        raise WrongCategory(_("Det finnes allerede en kategori som heter «%s».") % name, pk)
    seen.add(folded(name))
