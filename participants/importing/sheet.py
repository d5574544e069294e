"""A sheet as it was read: rows of text with the numbers that people see. Knows nothing of Django or of participants."""

import re
from dataclasses import dataclass
from typing import Any, Self

MOST_ROWS = 2000
MOST_COLUMNS = 100
MOST_SHEETS = 20
LONGEST_CELL = 32_767  # what Excel itself has room for
LONGEST_GAP = 2000
_PROTECTED = re.compile(r"^'(?=[=+\-@'\t\r])")

# What a cell holds that Excel could not work out; the last is ours, for a formula that nobody has worked out yet.
EXCEL_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
NOT_CALCULATED = "#FORMEL!"


class Unreadable(Exception):
    """The file, or one sheet of it, can't be read. `code` and `details` are put into words by refusals.py."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Row:
    """One row that has something in it; `number` is the one in Excel's margin, `cells` begin with column A."""

    number: int
    cells: list[str]
    hidden: bool = False

    def text(self, column: int) -> str:
        return self.cells[column] if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """One sheet; `trouble` is the code of why it could not be read, with empty `rows`."""

    name: str
    rows: list[Row]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    trouble: str = ""

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "rows": [[row.number, int(row.hidden), row.cells] for row in self.rows],
            "hidden": self.hidden,
            "hidden_columns": sorted(self.hidden_columns),
            "trouble": self.trouble,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            name=data["name"],
            rows=[Row(number, cells, bool(hidden)) for number, hidden, cells in data["rows"]],
            hidden=data["hidden"],
            hidden_columns=frozenset(data["hidden_columns"]),
            trouble=data["trouble"],
        )


def letters(column: int) -> str:
    """«A» for 0, «AB» for 27, as in the heading of a spreadsheet."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def dense(cells: dict[int, str]) -> list[str]:
    """Cells by column as a list that ends with the last one that has something in it.

    Without the apostrophe that keeps a text from being a formula (participants/spreadsheets.py puts it there).
    """
    return [_PROTECTED.sub("", cells.get(column, "")) for column in range(max(cells, default=-1) + 1)]
