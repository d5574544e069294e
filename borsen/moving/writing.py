"""An event as the content of its file: plain values, the same wherever the event is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from operator import itemgetter
from typing import Any, TypeAlias

from borsen.models import Event, Travel, User

from .refs import Refs
from .tables import EVENT, PEOPLE, Table, table_of, tables
from .values import written

FORMAT = "frivilligbors.event"
VERSION = 1
# Where the copy lies, and not what is in it.
NOT_CONTENT = frozenset({"slug"})

Rows: TypeAlias = list[dict[str, Any]]
Content: TypeAlias = dict[str, Rows]


@dataclass(frozen=True)
class Snapshot:
    """All that a file tells of an event, read in one go; `as_file` and `digest_of` need no database."""

    event: Event
    content: Content
    refs: Refs
    travel: Travel | None
    members: list[dict[str, str]]


def travel_of(event: Event) -> Travel | None:
    return Travel.objects.filter(event=event).first()


def snapshot(event: Event) -> Snapshot:
    """Read the whole event, in one query for each table."""
    travel = travel_of(event)
    refs = Refs(travel.refs if travel else None)
    people: set[int] = set()
    # All numbers first: a row may name one of a table that comes after its own.
    stored = {table.name: _stored(table, event, refs) for table in tables()}
    content: Content = {table.name: _rows(table, stored[table.name], refs, people) for table in tables()}
    content[PEOPLE] = _people(people, refs, travel)
    return Snapshot(event, content, refs, travel, _members(event, travel))


def _stored(table: Table, event: Event, refs: Refs) -> list[tuple[int, tuple[Any, ...]]]:
    """The rows as the database has them, with their numbers, in the order of these."""
    way = "pk" if table.name == EVENT else table.to_event
    found = table.rows().filter(**{way: event.pk}).exclude(**dict(table.without)).order_by("pk")
    rows = found.values_list("pk", *(each.attname for each in table.fields()))
    return sorted(((refs.give(table.name, row[0]), row[1:]) for row in rows), key=itemgetter(0))


def _rows(table: Table, stored: list[tuple[int, tuple[Any, ...]]], refs: Refs, people: set[int]) -> Rows:
    fields = [(each.name, table_of(each)) for each in table.fields()]
    rows = []
    for ref, row in stored:
        said: dict[str, Any] = {"ref": ref}
        for (name, target), value in zip(fields, row, strict=True):
            if target == PEOPLE and value is not None:
                people.add(value)
                said[name] = refs.give(PEOPLE, value)
            elif target:
                said[name] = refs.find(target, value)
            elif name in table.ids:
                said[name] = table.ids[name](value, refs.find)
            else:
                plain = written(value)
                said[name] = table.outgoing[name](plain) if name in table.outgoing else plain
        rows.append(said)
    return rows


def _people(pks: set[int], refs: Refs, travel: Travel | None) -> Rows:
    """Those who have done something at the event, without mail address and password. Who has no account here is named
    as the file that brought them named them."""
    said = travel.people if travel else {}
    rows = []
    for user in User.objects.filter(pk__in=pks).only("username", "display_name"):
        username = said.get(str(user.pk), user.username)
        rows.append({"ref": refs.give(PEOPLE, user.pk), "username": username, "name": str(user)})
    return sorted(rows, key=lambda said: said["ref"])


def _members(event: Event, travel: Travel | None) -> list[dict[str, str]]:
    """Who has which role: here, and where the event was before."""
    held = event.memberships.select_related("user").order_by("pk")
    found = [{"username": one.user.username, "name": str(one.user), "role": one.role} for one in held]
    carried = travel.members if travel else []
    known = {(one["username"], one["role"]) for one in carried}
    return [*carried, *(one for one in found if (one["username"], one["role"]) not in known)]


def without_secrets(content: Content) -> Content:
    """The content for a coordinator: without what opens other people's pages."""
    found: Content = dict(content)
    for table in tables():
        if table.is_secret:
            found[table.name] = []
        elif table.secret:
            found[table.name] = [row | dict.fromkeys(table.secret, "") for row in content[table.name]]
    return found


def as_file(
    taken: Snapshot,
    *,
    key_figures: Sequence[Mapping[str, Any]],
    now: datetime,
    handed_out: bool = False,
    complete: bool = True,
) -> bytes:
    """The file. `handed_out`: it is the event itself, which is locked here from then on, and no mere copy. One that is
    not `complete` is for reading only."""
    travel, event = taken.travel, taken.event
    lineage = travel.lineage if travel else []
    hand_out = None
    if handed_out:
        by = travel.handed_out_by if travel else ""
        hand_out = {"key": lineage[-1], "at": written(event.moved_at), "to": event.moved_to, "by": by}
    said = {
        "format": FORMAT,
        "version": VERSION,
        "written_at": now.astimezone(UTC).isoformat(),
        "complete": complete,
        "key": str(event.key),
        "hand_out": hand_out,
        "lineage": lineage,
        "key_figures": list(key_figures),
        "members": taken.members,
        "tables": taken.content if complete else without_secrets(taken.content),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def compared_content(content: Content) -> Content:
    """What counts when two copies are compared: not the address, nor what goes on by itself where the event is not."""
    kept = {table.name: content[table.name] for table in tables() if not table.is_of_this_place}
    kept[EVENT] = [{name: value for name, value in row.items() if name not in NOT_CONTENT} for row in content[EVENT]]
    return kept


def digest_of(content: Content) -> str:
    plain = json.dumps(compared_content(content), sort_keys=True, ensure_ascii=False)
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
