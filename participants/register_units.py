"""A unit as Enhetsregisteret writes it, made into what a form can use.

An answer from the net is never trusted: what isn't as the register's own description says is left out, and what
can't be a unit at all is Unreadable.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from borsen.enums import Sector

from .register_case import name_in_case, place_in_case
from .register_sectors import suggested_sector

LONGEST = 200
# An association's address is often the home of who leads it: where it is, is enough to know it by.
CARE_OF = re.compile(r"\s*(c/o|v/)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
HOMELAND = "NO"


class Unreadable(ValueError):
    """What came is no unit."""


@dataclass(frozen=True)
class Unit:
    """A unit of the register: an organisation, or one of its branches (then `parent` is the number of the whole)."""

    number: str
    name: str
    address: str = ""
    municipality: str = ""
    sector: Sector | None = None
    parent: str = ""
    deleted: bool = False
    deleted_on: date | None = None
    bankrupt: bool = False
    closing: bool = False


def read_unit(found: Any) -> Unit:
    """The unit in a piece of the register's JSON. Raises Unreadable."""
    if not isinstance(found, Mapping):
        raise Unreadable
    number, name = _text(found, "organisasjonsnummer"), _text(found, "navn")
    if not re.fullmatch(r"[0-9]{9}", number) or not name:
        raise Unreadable
    parent = _text(found, "overordnetEnhet")
    address = _address(found)
    gone = "slettedato" in found or found.get("respons_klasse") == "SlettetEnhet"
    return Unit(
        number=number,
        name=name_in_case(name),
        address=_one_line(address),
        municipality=place_in_case(_text(address, "kommune")),
        sector=suggested_sector(
            form=_text(_part(found, "organisasjonsform"), "kode"),
            code=_text(_part(found, "institusjonellSektorkode"), "kode"),
            is_in_voluntary_register=found.get("registrertIFrivillighetsregisteret") is True,
            does_business=found.get("registrertIForetaksregisteret") is True,
        ),
        parent=parent if re.fullmatch(r"[0-9]{9}", parent) else "",
        deleted=gone,
        deleted_on=read_date(found) if gone else None,
        bankrupt=found.get("konkurs") is True,
        closing=found.get("underAvvikling") is True or found.get("underTvangsavviklingEllerTvangsopplosning") is True,
    )


def read_hits(found: Any, *, kind: str) -> list[Unit]:
    """The units of a search, `kind` «enheter» or «underenheter». One without a single hit has no list at all.

    A hit that can't be read is passed over; when none can, it is Unreadable.
    """
    if not isinstance(found, Mapping) or not ("_embedded" in found or "page" in found):
        raise Unreadable
    hits = _part(found, "_embedded").get(kind, []) if "_embedded" in found else []
    if not isinstance(hits, list):
        raise Unreadable
    units = []
    for hit in hits:
        try:
            units.append(read_unit(hit))
        except Unreadable:
            continue
    if hits and not units:
        raise Unreadable
    return units


def read_date(found: Any) -> date | None:
    """When it was deleted, if that is said."""
    try:
        return date.fromisoformat(_text(found, "slettedato")[:10]) if isinstance(found, Mapping) else None
    except ValueError:
        return None


def _part(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = found.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return " ".join(CONTROL.sub(" ", value[:LONGEST]).split()) if isinstance(value, str) else ""


def _address(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where it is: an organisation's business address, a branch's location, else where its post goes."""
    for name in ("forretningsadresse", "beliggenhetsadresse", "postadresse"):
        if _part(found, name):
            return _part(found, name)
    return {}


def _one_line(address: Mapping[str, Any]) -> str:
    lines = address.get("adresse")
    streets = [_text({"line": line}, "line") for line in lines[:4]] if isinstance(lines, list) else []
    shown = [place_in_case(street) for street in streets if street and not CARE_OF.match(street)]
    shown.append(f"{_text(address, 'postnummer')} {place_in_case(_text(address, 'poststed'))}".strip())
    if _text(address, "landkode") not in {"", HOMELAND}:
        shown.append(place_in_case(_text(address, "land")))
    return ", ".join(filter(None, shown))
