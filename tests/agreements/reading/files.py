"""A workbook and CSV files, read by others than those who wrote them."""

import csv
import io
import subprocess
from datetime import datetime

from openpyxl import load_workbook

EVERY_SHEET_AS_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1"
CSV_IN = "--infilter=Text - txt - csv (StarCalc):59,34,76,1"


def opened(content):
    return load_workbook(io.BytesIO(content))


def workbook(content):
    """The rows of each sheet, heading first."""
    book = opened(content)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def table(content):
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def records(rows):
    """Each row by its headings."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def plain(cell):
    """A cell as text, the same from openpyxl and from LibreOffice's CSV (which shows moments to the minute)."""
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y %H:%M}".removesuffix(" 00:00")
    return "" if cell is None else str(cell)


def office(file, *options, target):
    """What LibreOffice makes of `file`; it is asked nothing, so a question would be a file that is missing."""
    folder = file.parent / "out"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{file.parent}/profile", "--headless", *options, "--convert-to",
         target, "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    return sorted(folder.iterdir())
