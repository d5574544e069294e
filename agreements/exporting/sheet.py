"""One sheet of the files, and what of it may leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.utils.translation import gettext as _

from participants.masking import without_contact_details
from participants.spreadsheets import REFERENCE, Cell, Table

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Column:
    """`is_key`: letters and digits that are never taken for a telephone number. `meaning` stands among the
    definitions."""

    heading: str
    width: int = 14
    shown: str = REFERENCE
    meaning: str = ""
    is_key: bool = False


@dataclass(frozen=True)
class Sheet:
    """`name` is its address among the CSV files; `about` says what its rows are."""

    name: str
    title: str
    about: str
    columns: Sequence[Column]
    rows: Rows

    def masked(self) -> Self:
        """Without the e-mail addresses and telephone numbers that somebody has written into a text."""
        rows: Rows = [
            [
                without_contact_details(cell) if isinstance(cell, str) and not column.is_key else cell
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]
        return replace(self, rows=rows)

    def table(self) -> Table:
        return Table(
            title=self.title,
            headings=[column.heading for column in self.columns],
            rows=self.rows,
            widths=[column.width for column in self.columns],
            formats=[column.shown for column in self.columns],
        )


def yes_no(value: bool) -> str:
    """As people filter by it."""
    return _("Ja") if value else _("Nei")
