"""What an agreement form looks like as it arrives: plain texts under the names of the contract (design.md §8)."""

from collections.abc import Mapping
from typing import Any

from .enums import Kind
from .rules import LEAST_PARTIES

PREFIX = "parties"
PARTY_FIELDS = ("participant", "gives", "contact", "offer", "need")
ID_FIELDS = frozenset(PARTY_FIELDS) - {"gives"}
# More rows than this are nobody's agreement (rules.MOST_PARTIES is what the børs takes).
MOST_ROWS = 10
# The longest run of digits that every database's integer holds.
MOST_DIGITS = 18


def posted_id(text: str) -> int | None:
    """The id that a field names, or None: ids are digits, and no more of them than a database can hold."""
    text = str(text).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def posted_parties(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of the formset as texts, empty ones included."""
    total = posted_id(data.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0
    return [
        {name: str(data.get(f"{PREFIX}-{index}-{name}", "")) for name in PARTY_FIELDS}
        for index in range(min(max(total, LEAST_PARTIES), MOST_ROWS))
    ]


def filled(parties: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without the cards that nobody has touched."""
    return [party for party in parties if any(text.strip() for text in party.values())]


def content_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same canonical content that `Draft.content` gives, from the raw fields and without asking the database.

    So a late retry is recognised whatever has happened to its participants since.
    """
    return {
        "kind": str(data.get("kind", "")).strip() or str(Kind.AGREEMENT),
        "category": _plain_id(str(data.get("category", ""))),
        "summary": str(data.get("summary", "")),
        "details": str(data.get("details", "")),
        "parties": [
            {name: _plain_id(text) if name in ID_FIELDS else text for name, text in party.items()}
            for party in filled(posted_parties(data))
        ],
    }


def _plain_id(text: str) -> str:
    number = posted_id(text)
    return text if number is None else str(number)
