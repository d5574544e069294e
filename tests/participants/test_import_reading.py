"""Reading what people hand over: kinds of files, alphabets, the mess in a sheet, and files made to do harm."""

import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.styles import numbers

from participants.importing.apart import read_in_child
from participants.importing.reading import LARGEST_FILE, outcome, read
from participants.importing.refusals import sentence
from participants.importing.sheet import MOST_ROWS, NOT_CALCULATED, Unreadable, letters
from tests.participants.files import TYPICAL, archive, with_part, with_rows, workbook

ROOT = Path(__file__).resolve().parents[2]


def cells(data) -> list[list[str]]:
    (sheet,) = read(data)
    return [row.cells for row in sheet.rows]


def refused(data) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    return refusal.value.code


# --- text files


def lines(delimiter=";", end="\r\n") -> str:
    return end.join(delimiter.join(row) for row in TYPICAL)


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "cp850", "mac_roman"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_text_file_is_read_in_every_alphabet_and_with_every_separator(alphabet, delimiter):
    assert cells(lines(delimiter).encode(alphabet)) == TYPICAL


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like(end):
    assert cells(lines(end=end).encode()) == TYPICAL


def test_commas_and_line_breaks_inside_a_cell_do_not_part_it():
    text = 'Navn;Behov\r\nKor;"Noter, stoler og lys\r\nEt rom; stort"\r\n'
    assert cells(text.encode()) == [["Navn", "Behov"], ["Kor", "Noter, stoler og lys\r\nEt rom; stort"]]
    plain = "Navn;Type;Behov\nKor;frivillig;noter, stoler, lys\nLag;frivillig;a, b\n"
    assert cells(plain.encode())[1] == ["Kor", "frivillig", "noter, stoler, lys"]


def test_excels_own_first_line_names_the_separator():
    assert cells(b"sep=,\r\nNavn,Type\r\nKor;og lag,frivillig\r\n") == [["Navn", "Type"], ["Kor;og lag", "frivillig"]]


def test_the_apostrophe_that_stops_a_formula_is_no_part_of_the_text():
    assert cells(b"'=Navn;'t Hoekje;''=x;'+47 900\n") == [["=Navn", "'t Hoekje", "'=x", "+47 900"]]


def test_rows_keep_the_numbers_that_stand_in_the_margin():
    (sheet,) = read(b"Navn;Type\n\n;;\nKor;frivillig\n\n\n")
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ["Navn", "Type"]), (4, ["Kor", "frivillig"])]


# --- workbooks


def test_numbers_dates_truths_and_errors_are_read_as_people_see_them():
    def change(book):
        sheet = book.active
        for column, value in enumerate((974760673, 90000000.0, 2.5, date(2027, 3, 4), True, None, "=1+1", "#N/A"), 1):
            sheet.cell(1, column, value)
        sheet.cell(1, 2).number_format = "0.0E+00"
        sheet.cell(2, 1, datetime(2027, 3, 4, 18, 30)).number_format = 'd. mmmm "kl." h:mm'
        sheet.cell(2, 2, 5).number_format = numbers.FORMAT_PERCENTAGE
        sheet.cell(2, 3, 7).number_format = '0 "dager"'

    assert cells(workbook([], change)) == [
        ["974760673", "90000000", "2,5", "4.3.2027", "Ja", "", NOT_CALCULATED, "#N/A"],
        ["4.3.2027 kl. 18.30", "5", "7"],
    ]


def test_merged_hidden_and_empty_cells_are_told_apart():
    def change(book):
        sheet = book.active
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Påmeldte"
        sheet.merge_cells("A1:C1")
        sheet["A6"], sheet["C6"] = "Samlaget", "Kurs"
        sheet["C7"] = "Naust"
        sheet.merge_cells("A6:A7")
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["B"].hidden = True
        for row in range(8, 60):
            sheet.cell(row, 1).number_format = "@"

    (sheet,) = read(workbook(change=change))
    assert [(row.number, row.cells, row.hidden) for row in sheet.rows] == [
        (1, ["Påmeldte"], False),
        (3, TYPICAL[0], False),
        (4, TYPICAL[1], True),
        (5, TYPICAL[2], False),
        (6, ["Samlaget", "", "Kurs"], False),
        (7, ["Samlaget", "", "Naust"], False),
    ]
    assert sheet.hidden_columns == {1}


def test_every_sheet_is_there_and_one_that_can_not_be_read_does_not_stop_the_others():
    def change(book):
        book.active.title = "Bedrifter"
        book.create_sheet("Skjult").append(["hemmelig", "x"])
        book["Skjult"].sheet_state = "hidden"
        book.create_sheet("Tomt")
        for number in range(MOST_ROWS + 1):
            (book["Postnumre"] if "Postnumre" in book else book.create_sheet("Postnumre")).append([number])

    found = read(workbook(change=change))
    assert [(sheet.name, sheet.hidden, len(sheet.rows), sheet.trouble) for sheet in found] == [
        ("Bedrifter", False, 3, ""),
        ("Skjult", True, 1, ""),
        ("Postnumre", False, 0, "too_many_rows"),
    ]


def test_a_style_sheet_of_another_program_is_no_hindrance():
    data = with_part(workbook(), "xl/styles.xml", b"<styleSheet><fills><fill><odd/></fill></fills></styleSheet>")
    assert cells(data) == TYPICAL


def test_rich_text_and_excels_own_line_breaks_are_text():
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>Kor </t></r><r><rPr/><t>og lag</t></r></is></c>'
        '<c r="C1" t="str"><f>A1</f><v>to_x000D_\nlinjer_x0000_</v></c></row>'
    )
    assert cells(with_rows(rows)) == [["Kor og lag", "", "to\r\nlinjer"]]


def test_columns_are_called_what_the_sheet_calls_them():
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# --- what is refused, within two seconds and 100 MB


def far_away(book):
    book.active["XFD1048576"] = "x"


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]><worksheet>&a9;</worksheet>"
)
SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "bomb": (lambda: with_part(workbook(), SHEET, b"A" * 200_000_000), "too_big"),
    "long text": (lambda: with_rows(f'<row><c t="str"><v>{"A" * 15_000_000}</v></c></row>'), "too_big"),
    "many cells": (lambda: with_rows(f"<row>{'<c><v>1</v></c>' * 900_000}</row>"), "too_big"),
    "empty rows": (lambda: with_rows("<row/>" * 2_000_000), "too_big"),
    "deep": (lambda: with_part(workbook(), SHEET, b"<a>" * 2_000_000), "too_big"),
    "attributes": (lambda: with_rows("<row " + " ".join(f"a{n}='1'" for n in range(400_000)) + "/>"), "too_big"),
    "entities": (lambda: with_part(workbook(), SHEET, LAUGHS.encode()), "hostile"),
    "far away": (lambda: workbook(change=far_away), "far_away"),
    "20,000 rows": (
        lambda: workbook([["Navn", "Type"], *([f"Lag {n}", "frivillig"] for n in range(20_000))]),
        "too_many_rows",
    ),
    "20,000 lines": (lambda: b"Navn;Type\n" + b"Lag;frivillig\n" * 20_000, "too_many_rows"),
    "nulls": (lambda: b"\0" * 3000 + b"Navn;Type\n", "not_a_list"),
    "one null": (lambda: b"Navn;Type\nKo\0r;frivillig\n", "not_a_list"),
    "noise": (lambda: bytes(range(256)) * 15_000, "not_a_list"),
    "one line": (lambda: b"a" * 4_900_000, "not_a_list"),
    "open quote": (lambda: b'"' + b"a\n" * 2_400_000, "not_a_list"),
    "commas": (lambda: b"," * 4_900_000, "not_a_list"),
    "nothing": (lambda: b"", "empty"),
    "empty book": (lambda: workbook([]), "empty"),
    "too large": (lambda: b"Navn;Type\n" * (LARGEST_FILE // 10 + 1), "too_large_file"),
    "other text": (lambda: b"hello", "not_a_list"),
    "json": (lambda: b'{"navn": "Kor"}', "other"),
    "web page": (lambda: b"\n<html><table><tr><td>Navn</td></tr></table>", "web_page"),
    "pdf": (lambda: b"%PDF-1.7 ...", "pdf"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"),
    "xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9000, "xls"),
    "password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "macros": (lambda: with_part(workbook(), "xl/vbaProject.bin", b"x"), "macros"),
    "ods": (lambda: archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    "word": (lambda: archive(**{"[Content_Types].xml": "", "word/document.xml": ""}), "other_zip"),
    "zip": (lambda: archive(note="hei"), "other_zip"),
    "many parts": (lambda: archive(**{f"f{n}": "" for n in range(600)}), "too_big"),
    "cut off": (lambda: workbook()[:2000], "damaged"),
    "formulas": (lambda: with_part(workbook(), SHEET, b"<worksheet"), "damaged"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_or_wrong_file_is_refused_in_words_soon_and_small(name):
    make, code = HOSTILE[name]
    data = make()
    started = time.process_time()
    assert outcome(data) == {"refused": code}
    assert time.process_time() - started < 2
    assert len(sentence(code)) > 10


@pytest.mark.skipif(sys.platform != "linux", reason="the figure is Linux's own")
@pytest.mark.parametrize("name", ["bomb", "long text", "many cells", "attributes", "deep", "open quote", "20,000 rows"])
def test_the_child_that_reads_stays_below_100_megabytes(name):
    program = (
        "import sys; from participants.importing.reading import main; main();"
        " sys.stderr.write(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=HOSTILE[name][0](), capture_output=True, cwd=ROOT, check=True
    )
    assert int(done.stderr) < 100_000


def test_the_child_gives_the_same_sheets_and_the_same_refusal():
    data = workbook()
    assert read_in_child(data) == read(data)
    with pytest.raises(Unreadable) as refusal:
        read_in_child(b"%PDF")
    assert refusal.value.code == "pdf"


def test_formulas_are_never_worked_out():
    data = workbook([["Navn", "Type"], ["=cmd|'/c calc'!A0", "frivillig"]])
    assert cells(data)[1] == [NOT_CALCULATED, "frivillig"]
