"""A file that somebody says is an event: read and checked before anything is written. It needs no database."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import JSONField
from django.utils.translation import gettext as _

from .refs import GONE
from .refusals import BadFile
from .tables import EVENT, PEOPLE, Table, table_of, tables
from .values import Wrong, check_texts, read
from .writing import FORMAT, VERSION, Content

# A page takes at most borsen.bodies.MOST_BYTES with all that surrounds the file.
LARGEST_FILE = 19 * 2**20
NAME_MAX = 150
MOST_PEOPLE = 5000
TOP = {"format", "version", "written_at", "complete", "key", "hand_out", "lineage", "key_figures", "members", "tables"}
HAND_OUT = {"key", "at", "to", "by"}
MEMBER = {"username", "name", "role"}
PERSON = {"ref", "username", "name"}


@dataclass(frozen=True)
class Incoming:
    """A file whose every value is one that the database takes; `values` are by table, the rows' numbers and fields as
    the models name them, with references as the numbers of the file."""

    key: UUID
    lineage: list[str]
    is_handed_out: bool
    members: list[dict[str, str]]
    people: dict[int, dict[str, str]]
    values: dict[str, dict[int, dict[str, Any]]]
    content: Content


def parse(content: bytes) -> Incoming:
    """Raises BadFile, with what is wrong and where."""
    said = _loaded(content)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadFile(_("Dette er ikke en børsfil. Velg filen som «Flytt børsen» laget, den heter noe på «.json»."))
    if type(said.get("version")) is not int or said["version"] != VERSION:
        raise BadFile(
            _(
                "Filen er skrevet i utgave %(theirs)s av formatet, og denne installasjonen leser utgave %(ours)s. "
                "Oppdater den eldste av de to, og lag filen på nytt."
            )
            % {"theirs": str(said.get("version"))[:20], "ours": VERSION}
        )
    _same_names(said, TOP, _("Filen"))
    if said["complete"] is not True:
        raise BadFile(
            _(
                "Filen er en koordinators kopi, uten private lenker og e-post, og kan ikke leses inn. Be en arrangør "
                "om å laste ned filen."
            )
        )
    try:
        # Numbers and names of the figures are for readers; they must only be texts that can be shown in a refusal.
        key, lineage = UUID(_text(said["key"])), [str(UUID(_text(each))) for each in _list(said["lineage"])]
        if said["hand_out"] is not None:
            _same_names(said["hand_out"], HAND_OUT, "hand_out")
            if not lineage or str(UUID(_text(said["hand_out"]["key"]))) != lineage[-1]:
                raise Wrong
        members = [_strings(each, MEMBER) for each in _list(said["members"])]
    except (ValueError, TypeError, AttributeError):
        raise BadFile(_("Toppen av filen er ødelagt. Last den ned på nytt fra der den kom fra.")) from None
    content_of = said["tables"]
    _same_names(content_of, {PEOPLE, *(table.name for table in tables())}, "tables")
    people = _people(content_of[PEOPLE])
    refs = {PEOPLE: set(people)} | {table.name: _refs(table.name, content_of[table.name]) for table in tables()}
    if len(content_of[EVENT]) != 1 or len(people) > MOST_PEOPLE:
        raise BadFile(_("Filen må ha nøyaktig én børs."))
    values = {table.name: _values(table, content_of[table.name], refs) for table in tables()}
    for table in tables():
        _unique(table, values[table.name])
    return Incoming(key, lineage, said["hand_out"] is not None, members, people, values, content_of)


def _loaded(content: bytes) -> Any:
    if len(content) > LARGEST_FILE:
        raise BadFile(_("Filen er for stor. En børsfil kan være på høyst %d MB.") % (LARGEST_FILE // 2**20))
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise BadFile(
            _("Dette er ikke en børsfil, eller den er ødelagt eller ikke helt lastet ned. Last den ned på nytt.")
        ) from None


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("the same name twice")
    return said


def _same_names(said: Any, expected: set[str], where: str) -> None:
    """Neither more nor less: what is not understood is not dropped in silence."""
    if not isinstance(said, Mapping):
        raise BadFile(_("%s er ødelagt. Last filen ned på nytt fra der den kom fra.") % where)
    unknown, missing = sorted(set(said) - expected), sorted(expected - set(said))
    if unknown:
        raise BadFile(
            _("%(where)s har «%(name)s», som denne installasjonen ikke kjenner. Oppdater den, eller lag filen på nytt.")
            % {"where": where, "name": _shown(unknown[0])}
        )
    if missing:
        raise BadFile(_("%(where)s mangler «%(name)s».") % {"where": where, "name": missing[0]})


def _shown(text: str) -> str:
    return text[:60].encode("utf-8", "replace").decode()


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > NAME_MAX:
        raise Wrong
    check_texts(value)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_PEOPLE:
        raise Wrong
    return value


def _strings(said: Any, names: set[str]) -> dict[str, str]:
    if not isinstance(said, dict) or set(said) != names:
        raise Wrong
    return {name: _text(value) for name, value in said.items()}


def _people(rows: Any) -> dict[int, dict[str, str]]:
    _refs(PEOPLE, rows)
    found = {}
    for row in rows:
        try:
            said = _strings({name: value for name, value in row.items() if name != "ref"}, PERSON - {"ref"})
        except ValueError:
            raise BadFile(_where(PEOPLE, row["ref"], _("er ødelagt"))) from None
        found[row["ref"]] = said
    return found


def _refs(table: str, rows: Any) -> set[int]:
    """The numbers of the rows of a table: whole, above nothing, and each once."""
    if not isinstance(rows, list):
        raise BadFile(_("%s er ødelagt. Last filen ned på nytt fra der den kom fra.") % table)
    found: set[int] = set()
    for row in rows:
        ref = row.get("ref") if isinstance(row, dict) else None
        if type(ref) is not int or not GONE < ref < 2**31:
            raise BadFile(_("%s har en rad uten nummer.") % table)
        if ref in found:
            raise BadFile(_where(table, ref, _("står to ganger")))
        found.add(ref)
    return found


def _where(table: str, ref: int, what: str, name: str = "") -> str:
    row = _("Rad %(ref)d i «%(table)s»") % {"ref": ref, "table": table}
    return f"{row}: {f'«{name}» ' if name else ''}{what}."


def _values(table: Table, rows: list[dict[str, Any]], refs: Mapping[str, set[int]]) -> dict[int, dict[str, Any]]:
    fields = table.fields()
    names = {"ref", *(each.name for each in fields)}
    targets = {each.name: table_of(each) for each in fields}

    def there(target: str, ref: Any) -> Any:
        """Look a number up as `ids` asks; the file may say of a row that it is gone, and of no other that is not."""
        if ref is not None and (type(ref) is not int or (ref != GONE and ref not in refs[target])):
            raise Wrong(_("viser til noe som ikke er i filen"))
        return ref

    found = {}
    for row in rows:
        _same_names(row, names, _("Rad %(ref)d i «%(table)s»") % {"ref": row["ref"], "table": table.name})
        said: dict[str, Any] = {}
        for each in fields:
            try:
                value = row[each.name]
                if targets[each.name]:
                    if there(targets[each.name], value) == GONE or (value is None and not each.null):
                        raise Wrong(_("viser til noe som ikke er i filen"))
                else:
                    value = _value(table, each, value, there)
                said[each.attname] = value
            except (Wrong, KeyError, TypeError, AttributeError, ValueError) as error:
                what = str(error) if isinstance(error, Wrong) else _("har en verdi av feil slag")
                raise BadFile(_where(table.name, row["ref"], what, each.name)) from None
        found[row["ref"]] = said
    return found


def _value(table: Table, each: Any, value: Any, there: Any) -> Any:
    value = read(each, value)
    pattern = table.patterns.get(each.name)
    if pattern and not re.fullmatch(pattern, value):
        raise Wrong(_("har tegn som ikke kan stå i en adresse"))
    if each.name in table.checks:
        table.checks[each.name](value)
    if each.name in table.ids:
        # Looked up to see that it can be; the primary keys come when the rows are there.
        table.ids[each.name](value, there)
    elif isinstance(each, JSONField):
        raise Wrong(_("har en verdi av feil slag"))
    return value


def _unique(table: Table, rows: dict[int, dict[str, Any]]) -> None:
    """What may stand once stands once: numbers, keys, tokens, a party in an agreement."""
    for names in table.unique_together():
        attnames = [table.field(name).attname for name in names]
        seen: set[tuple[Any, ...]] = set()
        for ref, row in rows.items():
            value = tuple(row[name] for name in attnames)
            if value in seen:
                raise BadFile(_where(table.name, ref, _("står to ganger"), ", ".join(names)))
            seen.add(value)
