"""Makers of the files that people, programs and attackers hand over."""

import io
import zipfile

from openpyxl import Workbook

TYPICAL = [["Navn", "Type", "Tilbud"], ["Kafé Kiwano", "bedrift", "Kaffe"], ["Ås kor", "frivillig", "Sang"]]


def workbook(rows=TYPICAL, change=None) -> bytes:
    """An .xlsx with one sheet, after `change` has had its way with the book."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    return saved(book)


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return file.getvalue()


def with_rows(xml: str) -> bytes:
    """An .xlsx whose sheet holds `xml` as its rows."""
    data = workbook()
    part = "xl/worksheets/sheet1.xml"
    whole = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()
    start, end = whole.index("<sheetData>") + 11, whole.index("</sheetData>")
    return with_part(data, part, (whole[:start] + xml + whole[end:]).encode())


def archive(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()
