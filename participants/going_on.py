"""Where the keyboard goes on when a row of a list has been dealt with and is gone: at the one that took its place."""

from collections.abc import Sequence
from typing import TypeVar

Row = TypeVar("Row")


def with_place(address: str, place: str, *, group: str = "") -> str:
    """The address to go back to, with the place (counted from 0) that was left there; without it when it is none."""
    if not _is_place(place):
        return address
    return f"{address}{'&' if '?' in address else '?'}videre={group}{'-' if group else ''}{place}"


def row_after(rows: Sequence[Row], place: str) -> Row | None:
    """The row that has the place now, the last one when it was beyond that; None for what is no place."""
    return rows[min(int(place), len(rows) - 1)] if rows and _is_place(place) else None


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7
