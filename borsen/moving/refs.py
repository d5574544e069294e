"""The numbers that rows have in an event's file, which stay the same wherever the event goes."""

from collections.abc import Mapping
from typing import Any

GONE = 0


class Refs:
    """For each table the number of each row by its primary key. What is asked of for the first time gets the next one;
    a number is never used again, as long as the installation remembers the event's travels."""

    def __init__(self, stored: Mapping[str, Any] | None = None) -> None:
        stored = stored or {}
        self._numbers = {
            table: {int(pk): ref for pk, ref in rows["rows"].items()} for table, rows in sorted(stored.items())
        }
        self._last = {table: rows["last"] for table, rows in stored.items()}

    def give(self, table: str, pk: int) -> int:
        numbers = self._numbers.setdefault(table, {})
        if pk not in numbers:
            self._last[table] = numbers[pk] = self._last.get(table, 0) + 1
        return numbers[pk]

    def find(self, table: str, pk: Any) -> Any:
        """The number of a row that has got one already; GONE for every other, and None for none."""
        if pk is None:
            return None
        return self._numbers.get(table, {}).get(pk, GONE) if type(pk) is int else GONE

    def set(self, table: str, numbers: Mapping[int, int]) -> None:
        """Replace what is known of a table by what has been read: the numbers by primary key."""
        self._numbers[table] = dict(numbers)
        self._last[table] = max([self._last.get(table, 0), *numbers.values()])

    def by_ref(self, table: str) -> dict[int, int]:
        """Primary keys by number."""
        return {ref: pk for pk, ref in self._numbers.get(table, {}).items()}

    def stored(self) -> dict[str, Any]:
        return {
            table: {"last": self._last[table], "rows": {str(pk): ref for pk, ref in rows.items()}}
            for table, rows in self._numbers.items()
        }
