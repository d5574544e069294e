"""Spreadsheets and CSV files that Excel opens right and that do no harm there."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.utils.timezone import is_aware, localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # Excel counts UTF-16 units, of which a picture sign takes two

Cell = str | int | datetime | date | None

WIDTH, LINE, HIGHEST_ROW = 24, 15, 409  # in characters, and in points
# Excel shows the thousands' separator of who reads: a space in Norwegian.
COUNT, REFERENCE = "#,##0", "0"
DATE, DATE_TIME = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"
_TOP = Alignment(vertical="top", horizontal="left")
_FIGURE = Alignment(vertical="top", horizontal="right", indent=1)
# As the rest of the sheet: a face without a name becomes one with serifs.
_HEAD = Font(name="Calibri", sz=11, bold=True, color="FFFFF6E3")
_HEAD_FILL = PatternFill("solid", start_color="FF0C221B")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
# No XML can hold these: Excel would call the file damaged.
_REFUSED = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff\ud800-\udfff]")

# What makes a spreadsheet take a text for a formula; the apostrophe is what stops it, so a text's own is doubled.
_DANGEROUS = re.compile(r"^[=+\-@\t\r]")
_LOOKS_STOPPED = re.compile(r"^'[=+\-@'\t\r]")


@dataclass
class Table:
    """One sheet: its headings, rows of cells, and the columns' widths in characters. `formats` says how the numbers of
    a column are shown (COUNT or REFERENCE)."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    before: Sequence[Sequence[Cell]] = field(default_factory=list)  # rows above the headings
    formats: Sequence[str] = ()


def xlsx(tables: Iterable[Table], *, title: str = "") -> bytes:
    """A workbook with a frozen, filtered heading on each sheet; every text is kept as text, moments in local time."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title or None, "Frivilligbørs"
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


def harmless(value: Cell) -> Cell:
    """A cell of a CSV file that no spreadsheet takes for a formula; importing takes the apostrophe off again. Dates are
    written as Excel takes them for dates in every language."""
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = written(value)
        return f"'{text}" if _DANGEROUS.match(text) or _LOOKS_STOPPED.match(text) else text
    return value


def written(text: str) -> str:
    """The text as a cell can hold it: without what no file can hold, and no longer than Excel allows."""
    text = _REFUSED.sub("", text)
    if 2 * len(text) > LONGEST_CELL:
        text = text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", errors="ignore")
    return text


def _local(moment: datetime) -> datetime:
    """Without a zone, which Excel does not know, and without parts of seconds, which it would round."""
    return (localtime(moment) if is_aware(moment) else moment).replace(microsecond=0, tzinfo=None)


def _add_sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31])
    heading_row = len(table.before) + 1
    for column in range(1, len(table.headings) + 1):
        width = table.widths[column - 1] if column <= len(table.widths) else WIDTH
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = heading_row + len(table.rows)
    sheet.freeze_panes = f"A{heading_row + 1}"
    sheet.auto_filter.ref = f"A{heading_row}:{get_column_letter(max(len(table.headings), 1))}{max(last, heading_row)}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    formats = [*table.formats, *[""] * (len(table.headings) - len(table.formats))]
    for row in table.before:
        sheet.append([_cell(sheet, value) for value in row])
    sheet.append([_heading(sheet, heading) for heading in table.headings])
    widths = [*table.widths, *[WIDTH] * (len(table.headings) - len(table.widths))]
    for place, row in enumerate(table.rows, heading_row + 1):
        lines = max((_lines(value, width) for value, width in zip(row, widths, strict=False)), default=1)
        if lines > 1:
            sheet.row_dimensions[place].height = min(lines * LINE, HIGHEST_ROW)
        sheet.append([_cell(sheet, value, shown) for value, shown in zip_longest(row, formats, fillvalue="")])


def _lines(value: Cell, width: int) -> int:
    """How many lines a text takes: not every program makes a row as high as what is wrapped in it."""
    if not isinstance(value, str):
        return 1
    return sum(max(-(-len(line) // max(width - 1, 1)), 1) for line in value.split("\n"))


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text)
    cell.font = _HEAD
    cell.fill = _HEAD_FILL
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Cell, shown: str = "") -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text(sheet, value)
    cell = WriteOnlyCell(sheet, _local(value) if isinstance(value, datetime) else value)
    if isinstance(value, date):
        cell.number_format = DATE_TIME if isinstance(value, datetime) else DATE
    elif shown:
        cell.number_format = shown
    cell.alignment = _FIGURE if isinstance(value, int) and shown != REFERENCE else _TOP
    return cell


def _text(sheet: WriteOnlyWorksheet, value: str) -> WriteOnlyCell:
    text = written(value)
    cell = WriteOnlyCell(sheet, f"'{text}"[:LONGEST_CELL] if _LOOKS_STOPPED.match(text) else text)
    if cell.data_type != "s":
        cell.data_type = "s"  # openpyxl takes «=…» for a formula and «#N/A» for an error
    cell.quotePrefix = bool(_DANGEROUS.match(text))
    cell.alignment = _WRAPPED
    return cell
