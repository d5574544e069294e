"""Spreadsheets and CSV files that Excel opens right and that do no harm there."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767

# A moment is local time without a zone, which a spreadsheet knows nothing of; None is an empty cell.
Cell = str | int | date | datetime | None
DATE_FORMAT, MOMENT_FORMAT = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"

# What makes a spreadsheet take a text for a formula; the apostrophe is what stops it, so a text's own is doubled.
_DANGEROUS = re.compile(r"^[=+\-@\t\r]")
_LOOKS_STOPPED = re.compile(r"^'[=+\-@'\t\r]")


@dataclass
class Table:
    """One sheet: its headings, its rows, and the columns' widths in characters."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    before: Sequence[Sequence[Cell]] = field(default_factory=list)  # rows above the headings


def xlsx(tables: Iterable[Table]) -> bytes:
    """A workbook with a frozen, filtered heading on each sheet; every text is kept as text."""
    book = Workbook(write_only=True)
    for table in tables:
        _add_sheet(book, table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_file(table: Table) -> bytes:
    """As Norwegian Excel writes and opens it: UTF-8 with its mark, semicolons, CRLF."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in table.headings])
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def harmless(value: Cell) -> str | int:
    """A cell of a CSV file that no spreadsheet takes for a formula; importing takes the apostrophe off again. Dates as
    Norwegian spreadsheets read them."""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if value is None:
        return ""
    if isinstance(value, str) and (_DANGEROUS.match(value) or _LOOKS_STOPPED.match(value)):
        return f"'{value}"
    return value


def _add_sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31])
    heading_row = len(table.before) + 1
    for column in range(1, len(table.headings) + 1):
        width = table.widths[column - 1] if column <= len(table.widths) else 24
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = heading_row + len(table.rows)
    sheet.freeze_panes = f"A{heading_row + 1}"
    sheet.auto_filter.ref = f"A{heading_row}:{get_column_letter(max(len(table.headings), 1))}{max(last, heading_row)}"
    for row in table.before:
        sheet.append([_cell(sheet, value) for value in row])
    sheet.append([_heading(sheet, heading) for heading in table.headings])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True, color="FFFFF6E3")
    cell.fill = PatternFill("solid", start_color="FF0C221B")
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Cell) -> WriteOnlyCell:
    if not isinstance(value, str):
        return _figure(sheet, value)
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, f"'{text}" if _LOOKS_STOPPED.match(text) else text)
    if cell.data_type != "s":
        cell.data_type = "s"  # openpyxl takes «=…» for a formula and «#N/A» for an error
    cell.quotePrefix = bool(_DANGEROUS.match(text))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _figure(sheet: WriteOnlyWorksheet, value: int | date | datetime | None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, date):
        cell.number_format = MOMENT_FORMAT if isinstance(value, datetime) else DATE_FORMAT
    return cell
