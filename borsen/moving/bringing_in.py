"""What a file holds becomes rows: of a new event, or of the one here that was handed out and comes back."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import models

from borsen.models import Event, Travel, User

from .reading import Incoming
from .refs import GONE, Refs
from .tables import EVENT, PEOPLE, Table, table_of, tables

AT_A_TIME = 400
# Accounts of people who are known by name alone. «@» keeps them apart from every login name that is made here.
STRANGER = "fil@{0}"


class Bringing:
    """One file on its way into the database, inside the caller's transaction.

    `kept` holds, by table, what stands here of rows that come back, by primary key: they get their own key again, and
    with it what does not travel.
    """

    def __init__(self, event: Event, incoming: Incoming, travel: Travel) -> None:
        self.event, self.incoming, self.travel = event, incoming, travel
        self.refs = Refs(travel.refs)
        self.pks: dict[str, dict[int, int]] = {EVENT: {next(iter(incoming.values[EVENT])): event.pk}}
        self._kept: dict[str, dict[int, dict[str, Any]]] = {}
        # Rows that name rows of tables after their own: (table, field, row, value as in the file).
        self._late: list[tuple[Table, str, Any, Any]] = []

    def all(self) -> None:
        """Take away what is here, write what comes, and remember which row is which."""
        self._set_aside()
        self._write_people()
        for table in tables():
            if table.name != EVENT:
                self._write(table)
        self._write_late()
        for name, pks in self.pks.items():
            self.refs.set(name, {pk: ref for ref, pk in pks.items()})
        self.travel.refs = self.refs.stored()
        self.travel.lineage = self.incoming.lineage
        # Who has a role here needs no invitation.
        held = set(self.event.memberships.values_list("user__username", "role"))
        self.travel.members = [one for one in self.incoming.members if (one["username"], one["role"]) not in held]

    def _set_aside(self) -> None:
        for table in reversed(tables()):
            if table.name == EVENT:
                continue
            rows = table.rows().filter(**{table.to_event: self.event}).exclude(**dict(table.without))
            self._kept[table.name] = {row["id"]: row for row in rows.values()}
            rows.delete()

    def _write_people(self) -> None:
        """Who is known here from before is who did it; every other one gets an account that nobody can sign in to, so
        that no file can sign history as somebody who has one."""
        known = {ref: pk for ref, pk in self.refs.by_ref(PEOPLE).items() if ref in self.incoming.people}
        there = set(User.objects.filter(pk__in=known.values()).values_list("pk", flat=True))
        pks = {ref: pk for ref, pk in known.items() if pk in there}
        new = {ref: said for ref, said in self.incoming.people.items() if ref not in pks}
        closed = make_password(None)
        made = User.objects.bulk_create(
            User(username=STRANGER.format(uuid4().hex), display_name=_name(said), password=closed, is_active=False)
            for said in new.values()
        )
        self.pks[PEOPLE] = pks | {ref: user.pk for ref, user in zip(new, made, strict=True)}
        said_before = dict(self.travel.people)
        said_before.update({str(self.pks[PEOPLE][ref]): said["username"] for ref, said in new.items()})
        self.travel.people = said_before

    def _write(self, table: Table) -> None:
        incoming, kept = self.incoming.values[table.name], self._kept[table.name]
        reusable = self.refs.by_ref(table.name)
        targets = {each.attname: table_of(each) for each in table.fields()}
        own = [name for name, target in targets.items() if target == table.name]
        rows: dict[int, Any] = {}
        pks = self.pks.setdefault(table.name, {})
        for ref in sorted(incoming):
            pk = reusable.get(ref)
            row = self._row(table, incoming[ref], targets, kept.get(pk) if pk else None)
            row.pk = pk if pk in kept else None
            rows[ref] = row
        made = table.rows().bulk_create(list(rows.values()), batch_size=AT_A_TIME)
        pks.update({ref: row.pk for ref, row in zip(rows, made, strict=True)})
        # What the database fills in by itself when a row is made, and what names rows of this very table.
        again = [each.name for each in table.fields() if getattr(each, "auto_now_add", False)]
        for ref, row in rows.items():
            for name in own:
                setattr(row, name, pks[incoming[ref][name]] if incoming[ref][name] else None)
            for name in again:
                setattr(row, name, incoming[ref][name])
        if again or own:
            names = [*again, *(each.name for each in table.fields() if each.attname in own)]
            table.rows().bulk_update(rows.values(), names, batch_size=AT_A_TIME)

    def _row(
        self, table: Table, said: Mapping[str, Any], targets: Mapping[str, str], kept: Mapping[str, Any] | None
    ) -> models.Model:
        values: dict[str, Any] = {}
        late: list[tuple[str, Any]] = []
        for each in table.fields():
            name, value = each.attname, said[each.attname]
            if targets[name] == table.name:
                value = None
            elif targets[name]:
                value = None if value is None else self.pks[targets[name]][value]
            elif each.name in table.ids:
                try:
                    value = table.ids[each.name](value, self._pk)
                except KeyError:
                    late.append((each.name, value))
                    value = None
            values[name] = value
        if kept is not None:
            stays = (table.field(name) for name in table.left_out)
            values |= {each.attname: kept[each.attname] for each in stays}
        if table.to_event == EVENT:
            values["event_id"] = self.event.pk
        row = table.model(**values)
        self._late += [(table, name, row, value) for name, value in late]
        if kept is not None:
            table.on_return(kept, row)
        return row

    def _write_late(self) -> None:
        found: dict[tuple[str, str], list[Any]] = {}
        for table, name, row, value in self._late:
            setattr(row, name, table.ids[name](value, self._pk))
            found.setdefault((table.name, name), []).append(row)
        for table in tables():
            for name in table.ids:
                table.rows().bulk_update(found.get((table.name, name), []), [name], batch_size=AT_A_TIME)

    def _pk(self, table: str, ref: Any) -> Any:
        if ref is None or ref == GONE:
            return ref
        return self.pks[table][ref]


def _name(said: Mapping[str, str]) -> str:
    return (said["name"] or said["username"])[:120]
