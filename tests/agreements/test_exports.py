"""The workbook and the CSV files: what they hold, what they keep back, and what LibreOffice makes of them."""

import os
import shutil
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from agreements.correcting import withdraw
from agreements.exporting import NAMES, fetch, sheets
from agreements.exporting.workbook import render
from borsen.enums import Role, Sector
from participants.spreadsheets import LONGEST_CELL, Table, csv_file, harmless, written, xlsx
from tests.agreements.reading import files
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_contact, make_member, make_open_event, make_participant, make_resource

pytestmark = pytest.mark.django_db
OUTSIDE = "192.0.2.7"
HARMFUL = ("=1+1", "+47 timer", "-kurs", "@torget", '=HYPERLINK("http://ond.example")', "#N/A", "'=2")
AWKWARD = (
    "Čáhppesjohka",
    "Łódź",
    "Đà Nẵng",
    "مرحبا",
    "漢字",
    "Kor 🎉",
    "<b>&amp;",
    'to; "tre"\nlinjer',
    "1.2",
    "3-4",
    "007",
)

without_office = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice finnes ikke på denne maskinen"
)


@pytest.fixture
def event():
    event = make_open_event("granfjord", minutes_ago=30, goal=10)
    choir = make_participant(event, "Granfjord kor", municipality="Granfjord")
    person = make_contact(choir, "Hemmelig Person", email="hemmelig@example.no", phone="911 22 333")
    bank = make_participant(event, "Banken", sector=Sector.BUSINESS, org_number="974760673")
    agreement = make_agreement(
        event, (choir, "Sang, ring 911 22 333"), (bank, ""), summary="Julekonsert", first_contact=bank,
        first_contact_by=date(2026, 12, 1),
    )  # fmt: skip
    agreement.parties.filter(participant=choir).update(contact=person)
    make_resource(choir, "Sang, skriv til hemmelig@example.no")
    taken = make_agreement(event, summary="Trukket avtale")
    withdraw(agreement=taken, by=None, now=timezone.now(), why="Dobbelt")
    for text in (*HARMFUL, *AWKWARD):
        make_agreement(event, (choir, text), (bank, text), summary=text, details=text)
    make_agreement(make_open_event(), summary="Nabobygda")
    return event


def got(event, name="report.xlsx", role=Role.COORDINATOR, *, extra=None, **kwargs):
    response = client_for(make_member(event, role)).get(
        reverse(name, kwargs={"slug": event.slug, **kwargs}), **(extra or {})
    )
    assert response.status_code == 200
    return response


def sheet(event, title, **extra):
    return files.records(files.workbook(got(event, extra=extra).content)[title])


def test_the_workbook_has_all_its_sheets_each_with_a_frozen_filtered_heading(event):
    book = files.opened(got(event).content)
    assert book.sheetnames == [
        "Nøkkeltall", "Kategorier", "Sektorpar", "Sektorer", "Nye samarbeid", "Kommuner", "Kommuner samlet",
        "Problemstillinger", "Børstimen", "Minutt for minutt", "Tidligere børser", "Avtaler", "Trukket", "Parter",
        "Deltakere", "Andre som møtte", "Tilbud og behov", "Kontakter", "Definisjoner",
    ]  # fmt: skip
    assert {each.freeze_panes for each in book} == {"A2"}
    assert [each.title for each in book if each.auto_filter.ref is None] == []
    assert book.properties.title == event.name


def test_moments_and_days_and_numbers_are_real_ones_in_local_time(event):
    agreement = event.agreements.get(number=1)
    (row,) = (row for row in sheet(event, "Avtaler") if row["Nummer"] == 1)
    expected = localtime(agreement.made_at).replace(microsecond=0, tzinfo=None)
    assert (row["Avtalt"], row["Innen"], row["Tar første kontakt"]) == (expected, datetime(2026, 12, 1), "Banken")
    cells = files.opened(got(event).content)["Avtaler"]
    headings = [cell.value for cell in cells[1]]
    shown = {name: cells[2][headings.index(name)].number_format for name in ("Nummer", "Innen", "Avtalt")}
    assert shown == {"Nummer": "0", "Innen": "dd.mm.yyyy", "Avtalt": "dd.mm.yyyy hh:mm"}


def test_every_text_comes_out_as_it_was_typed_and_none_is_a_formula(event):
    book = files.opened(got(event).content)
    cells = [cell for each in book for row in each.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert [cell.value for cell in cells if str(cell.value)[0] in "=+-@" and not cell.quotePrefix] == []
    typed = {row["Part 1 gir"] for row in sheet(event, "Avtaler")}
    # An apostrophe that looks like our own is doubled, as importing takes one off.
    assert {*HARMFUL, *AWKWARD} - {"'=2"} <= typed
    assert "''=2" in typed


def test_the_csv_files_hold_no_formula_and_open_right_in_norwegian_excel(event):
    for name in NAMES:
        content = got(event, "report.table", table=name).content
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.replace(b"\r\n", b"").count(b"\r") == 0
        cells = [cell for row in files.table(content) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    first = files.records(files.table(got(event, "report.csv").content))[0]
    made_at = localtime(event.agreements.get(number=1).made_at)
    assert (first["Avtalt"], first["Innen"]) == (f"{made_at:%Y-%m-%d %H:%M:%S}", "2026-12-01")


def test_withdrawn_agreements_stand_by_themselves_with_the_reason_and_another_events_nowhere(event):
    assert [(row["Kort om avtalen"], row["Hvorfor"]) for row in sheet(event, "Trukket")] == [
        ("Trukket avtale", "Dobbelt")
    ]
    assert "Trukket avtale" not in {row["Kort om avtalen"] for row in sheet(event, "Avtaler")}
    everything = str(files.workbook(got(event).content))
    assert ("Julekonsert" in everything, "Nabobygda" in everything) == (True, False)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COORDINATOR])
def test_contacts_leave_only_over_a_private_connection(event, role):
    (row,) = files.records(files.workbook(got(event, role=role).content)["Kontakter"])
    assert row == {
        "Deltaker": "Granfjord kor", "Kontaktperson": "Hemmelig Person", "E-post": "hemmelig@example.no",
        "Telefon": "911 22 333", "Avtaler": "1",
    }  # fmt: skip
    outside = str(files.workbook(got(event, role=role, extra={"REMOTE_ADDR": OUTSIDE}).content))
    assert [word for word in ("Hemmelig", "hemmelig", "911 22") if word in outside] == []
    assert "Kontaktpersoner, e-post og telefon er utelatt" in outside
    assert "974 760 673" in outside
    for name in NAMES:
        text = got(event, "report.table", role, table=name, extra={"REMOTE_ADDR": OUTSIDE}).content.decode()
        assert [word for word in ("Hemmelig", "hemmelig", "911 22") if word in text] == []


def test_a_table_that_there_is_not_is_not_found(event):
    client = client_for(make_member(event, Role.COORDINATOR))
    assert client.get(f"/{event.slug}/rapport/finnes-ikke.csv").status_code == 404


def test_the_files_are_downloads_that_no_cache_keeps(event):
    found = {
        name: (response["Content-Disposition"], response["Cache-Control"])
        for name, response in (
            ("xlsx", got(event)),
            ("csv", got(event, "report.csv")),
            ("table", got(event, "report.table", table="parter")),
        )
    }
    assert found == {
        "xlsx": ('attachment; filename="rapport-granfjord.xlsx"', "private, no-store"),
        "csv": ('attachment; filename="rapport-granfjord.csv"', "private, no-store"),
        "table": ('attachment; filename="parter-granfjord.csv"', "private, no-store"),
    }


def test_an_event_before_its_hour_has_all_its_sheets_too():
    export = fetch(make_open_event(), timezone.now(), private=True)
    assert [each.name for each in sheets(export)] == list(NAMES)
    assert len(files.workbook(render(export))) == len(NAMES)


def test_what_no_file_can_hold_is_left_out_and_what_is_too_long_is_cut():
    text = "a\x00\x0b\ufffe\uffff\ud800b"
    assert (written(text), harmless(text)) == ("ab", "ab")
    assert len(written("x" * 40_000)) == LONGEST_CELL
    assert len(written("🎉" * 20_000).encode("utf-16-le")) // 2 <= LONGEST_CELL
    table = Table("Ark", ["Tekst"], [[text], ["🎉" * 20_000], [None], [""]])
    assert files.workbook(xlsx([table]))["Ark"][1] == ["ab"]
    assert files.table(csv_file(table))[1] == ["ab"]


def test_the_number_of_queries_is_the_same_for_one_agreement_and_for_three(django_assert_num_queries):
    for number in (1, 3):
        event = make_open_event()
        for _each in range(number):
            agreement = make_agreement(event)
            make_contact(agreement.parties.get(position=0).participant)
        # 17 for the figures; agreements, parties, reasons, participants (2), resources, contacts; the mark, twice
        with django_assert_num_queries(17 + 7 + 2 * 2):
            fetch(event, timezone.now(), private=True)


def test_writing_the_workbook_asks_the_database_nothing(event, django_assert_num_queries):
    export = fetch(event, timezone.now(), private=True)
    with django_assert_num_queries(0):
        assert render(export).startswith(b"PK")


# --- LibreOffice


@without_office
def test_libreoffice_opens_the_workbook_with_figures_and_texts_intact(event, tmp_path):
    content = got(event).content
    (tmp_path / "rapport.xlsx").write_bytes(content)
    made = files.office(tmp_path / "rapport.xlsx", target=files.EVERY_SHEET_AS_CSV)
    ours = files.workbook(content)
    assert len(made) == len(ours)
    for title, rows in ours.items():
        (file,) = (each for each in made if each.stem == f"rapport-{title}")
        theirs = files.table(file.read_bytes())
        assert [[files.plain(cell) for cell in row] for row in rows] == [
            [files.plain(cell) for cell in row] for row in theirs
        ]


@without_office
@pytest.mark.parametrize("name", ["avtaler", "nokkeltall"])
def test_libreoffice_opens_the_csv_file_with_figures_intact_and_formulas_as_text(event, tmp_path, name):
    content = got(event, "report.table", table=name).content
    (tmp_path / "fil.csv").write_bytes(content)
    (made,) = files.office(tmp_path / "fil.csv", files.CSV_IN, target="xlsx")
    (sheet,) = files.opened(made.read_bytes())
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    ours = files.table(content)
    theirs = [[files.plain(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert len(theirs) == len(ours)
    assert [row[0] for row in theirs] == [row[0] for row in ours]
    # A text of figures alone is a number in every CSV file; the number is kept.
    figures = [[int(cell) for cell in row if cell.isdigit()] for row in ours]
    assert [[int(cell) for cell in row if cell.isdigit()] for row in theirs] == figures
