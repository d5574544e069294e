"""What an agreement form looks like as it arrives: plain texts under the names of the contract (design.md §8)."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from .enums import Kind
from .rules import LEAST_PARTIES

PREFIX = "parties"
PARTY_FIELDS = ("participant", "gives", "contact", "offer", "need")
ID_FIELDS = frozenset(PARTY_FIELDS) - {"gives"}
# A party that is not in the list yet: it comes with its agreement (agreements/walk_ins.py).
WALK_IN_FIELDS = ("walkin_key", "walkin_name", "walkin_sector", "walkin_contact")
# What is said of the agreement as a whole beside what it always has, and what stands where nothing is said.
OPTIONAL_FIELDS = {"challenge": "", "first_time": "unknown", "first_contact_by": "", "not_payment": ""}
# More rows than this are nobody's agreement (rules.MOST_PARTIES is what the børs takes).
MOST_ROWS = 10
# The longest run of digits that every database's integer holds.
MOST_DIGITS = 18


def readable(text: str) -> str:
    """What a screen can show of a text: without control characters, and nothing at all where only blanks and invisible
    characters are left."""
    kept = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return kept if any(unicodedata.category(letter)[0] not in "CZ" for letter in kept) else ""


def posted_id(text: str) -> int | None:
    """The id that a field names, or None: ids are digits, and no more of them than a database can hold."""
    text = str(text).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def posted_parties(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of the formset as texts, empty ones included."""
    total = posted_id(data.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0
    return [
        {name: str(data.get(f"{PREFIX}-{index}-{name}", "")) for name in (*PARTY_FIELDS, *WALK_IN_FIELDS)}
        for index in range(min(max(total, LEAST_PARTIES), MOST_ROWS))
    ]


def filled(parties: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without the cards that nobody has touched."""
    return [party for party in parties if any(text.strip() for text in party.values())]


def first_contact_of(data: Mapping[str, Any]) -> int:
    """Which of the filled rows takes first contact, counted from 0; the first where nothing is said."""
    rows = posted_parties(data)
    index = posted_id(data.get("first_contact", "")) or 0
    return len(filled(rows[:index])) if index < len(rows) and filled(rows[index : index + 1]) else 0


def content_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same canonical content that `Draft.content` gives, from the raw fields and without asking the database.

    So a late retry is recognised whatever has happened to its participants since.
    """
    said = {name: str(data.get(name, "")).strip() for name in OPTIONAL_FIELDS}
    first_contact = first_contact_of(data)
    return {
        "kind": str(data.get("kind", "")).strip() or str(Kind.AGREEMENT),
        "category": _plain_id(str(data.get("category", ""))),
        "summary": str(data.get("summary", "")),
        "details": str(data.get("details", "")),
        "parties": [_plain_party(party) for party in filled(posted_parties(data))],
        **{name: text for name, text in said.items() if text not in {"", OPTIONAL_FIELDS[name]}},
        **({"first_contact": str(first_contact)} if first_contact else {}),
    }


def _plain_party(party: dict[str, str]) -> dict[str, str]:
    walk_in = {name: party[name] for name in WALK_IN_FIELDS if party[name].strip()}
    return {name: _plain_id(party[name]) if name in ID_FIELDS else party[name] for name in PARTY_FIELDS} | walk_in


def _plain_id(text: str) -> str:
    number = posted_id(text)
    return text if number is None else str(number)
