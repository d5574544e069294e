"""Two copies of an event side by side: which participants, agreements and fields differ."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .refs import GONE
from .refusals import Difference
from .tables import EVENT, PEOPLE, Table, table_of, tables
from .writing import Content, compared_content

MOST_TOLD = 200
LONGEST = 160
# What follows of other things, or says nothing to people.
SILENT = frozenset({"ref", "search_text", "key_digest", "version", "feed_version"})


class Names:
    """What the rows of one copy are called."""

    def __init__(self, content: Content) -> None:
        self._tables = {table.name: table for table in tables()}
        self._rows = {name: {row["ref"]: row for row in rows} for name, rows in content.items()}

    def of(self, table: str, ref: Any) -> str:
        row = self._rows.get(table, {}).get(ref)
        if row is None:
            return _("(slettet)") if ref == GONE else ""
        if table == PEOPLE:
            return str(row["name"] or row["username"])
        return self.of_row(self._tables[table], row)

    def of_row(self, table: Table, row: Mapping[str, Any]) -> str:
        said = [self.value(table, name, row[name]) for name in table.known_by]
        return ", ".join(filter(None, said)) or f"{row['ref']}"

    def value(self, table: Table, name: str, value: Any) -> str:
        """A value as a person reads it."""
        field: Any = table.field(name)
        target = table_of(field)
        if target:
            return self.of(target, value)
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("ja") if value else _("nei")
        if field.choices:
            value = dict(field.flatchoices).get(value, value)
        text = str(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def differences(here: Content, there: Content) -> tuple[list[Difference], int]:
    """The first MOST_TOLD differences between the copy here and the one in a file, and how many there are."""
    found, count = [], 0
    for each in _all(here, there):
        count += 1
        if count <= MOST_TOLD:
            found.append(each)
    return found, count


def _all(here: Content, there: Content) -> Iterator[Difference]:
    ours, theirs = compared_content(here), compared_content(there)
    our_names, their_names = Names(here), Names(there)
    # Rows that only one copy has, by table and number: what belongs to them is not told one by one.
    alone: tuple[set[tuple[str, int]], set[tuple[str, int]]] = (set(), set())
    for table in tables():
        if table.name not in ours:
            continue
        mine, others = (_by_key(table, rows[table.name]) for rows in (ours, theirs))
        for key in dict.fromkeys([*mine, *others]):
            row, other = mine.get(key), others.get(key)
            if row is None or other is None:
                names, there_is, mates = (our_names, row, alone[0]) if row else (their_names, other, alone[1])
                assert there_is is not None
                mates.add((table.name, there_is["ref"]))
                if _owner(table, there_is) in mates:
                    continue
                what = f"{table.words} «{names.of_row(table, there_is)}»"
                yield Difference(what, "", _("finnes") if row else "", "" if row else _("finnes"))
            else:
                yield from _of_row(table, row, other, our_names, their_names)


def _owner(table: Table, row: Mapping[str, Any]) -> tuple[str, int] | None:
    """The row that this one belongs to, below the event."""
    way, _below, rest = table.to_event.partition("__")
    return (table_of(table.field(way)), row[way]) if rest else None


def _by_key(table: Table, rows: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    """By what a row is known by in both copies: a key of its own, else the number it got when they were one."""
    if table.name == EVENT:
        return {EVENT: rows[0]}
    return {row.get("key") or row["ref"]: row for row in rows}


def _of_row(
    table: Table, row: Mapping[str, Any], other: Mapping[str, Any], ours: Names, theirs: Names
) -> Iterator[Difference]:
    for name in row:
        if name in SILENT or row[name] == other.get(name):
            continue
        here, there = ours.value(table, name, row[name]), theirs.value(table, name, other.get(name))
        # Where one thing is named by different numbers in the two, it is the same thing.
        if here != there or not table_of(table.field(name)):
            label = str(getattr(table.field(name), "verbose_name", name))
            yield Difference(f"{table.words} «{ours.of_row(table, row)}»", label, here, there)
