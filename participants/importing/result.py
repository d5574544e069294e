"""The report of an import: the list as it was, with what became of each row in a last column."""

from django.utils.translation import gettext as _

from ..models import ListImport
from ..spreadsheets import Table
from .keeping import mapping_of, sheets_of
from .plan import State

WIDEST = 60


def result_table(stored: ListImport) -> Table:
    """The sheet that was brought in, row for row under its own numbers, to be mended and imported again."""
    mapping = mapping_of(stored)
    sheet = sheets_of(stored)[mapping.sheet]
    told = {row["number"]: row for row in (stored.result or {"rows": []})["rows"]}
    width = sheet.width
    by_number = {row.number: row.cells for row in sheet.rows}

    def whole(number: int) -> list[str | int]:
        cells = by_number.get(number, [])
        said = said_of(told[number]) if number in told else ""
        return [*cells, *[""] * (width - len(cells)), said]

    last = max(by_number, default=0)
    headings = [str(each) for each in whole(mapping.heading_row)[:-1]] + [_("Resultat av importen")]
    widths = [_width([row[column] for row in by_number.values() if column < len(row)]) for column in range(width)]
    return Table(
        title=sheet.name or _("Deltakere"),
        headings=headings,
        rows=[whole(number) for number in range(mapping.heading_row + 1, last + 1)],
        widths=[*widths, WIDEST],
        before=[whole(number)[:-1] for number in range(1, mapping.heading_row)],
    )


def said_of(row: dict) -> str:
    """What the last column says of a row."""
    words = {
        State.WRONG: _("IKKE IMPORTERT"),
        State.DOUBLE: _("Slått sammen med en annen rad"),
        State.NEW: _("Importert"),
        State.CHANGED: _("Rettet"),
        State.SAME: _("Uendret"),
    }
    return ". ".join([words[State(row["state"])], *(remark.rstrip(".") for remark in row["remarks"])])


def _width(cells: list[str]) -> int:
    longest = max((len(line) for cell in cells[:200] for line in cell.split("\n")), default=8)
    return min(max(longest, 8) + 2, WIDEST)
