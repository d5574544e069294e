"""The workbook and the CSV files: what stands in them, as what, and for whom."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from agreements.correcting import withdraw
from agreements.enums import FirstTime
from agreements.exporting import fetch
from borsen.enums import Role, Sector
from participants.enums import Status
from tests.factories import (
    make_agreement,
    make_contact,
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

pytestmark = pytest.mark.django_db(transaction=True)
SHEETS = [
    "Nøkkeltall", "Definisjoner", "Kategorier", "Sektorpar", "Sektorer", "Minutt for minutt", "Avtaler", "Parter",
    "Deltakere", "Tilbud og behov", "Kontakter", "Trukket",
]  # fmt: skip


@pytest.fixture
def event():
    """Two agreements that count and one withdrawn; a need that is met, an offer that is used, one who never came."""
    event = make_open_event("granfjord", minutes_ago=20)
    choir = make_participant(event, "Ørland kor", checked_in_at=timezone.now(), present=3)
    home = make_participant(event, "Ås sykehjem", sector=Sector.PUBLIC, org_number="974760673")
    make_participant(event, "=Ikke godkjent", status=Status.REGISTERED)
    make_contact(choir, "Kari Granli", email="kari@example.org", phone="911 22 333")
    make_resource(choir, "Korsang, ring 911 22 333", kind="offer")
    need = make_resource(home, "Musikk til festen", kind="need")
    first = make_agreement(
        event,
        (choir, "+Julesang"),
        (home, ""),
        summary="-Sang på sykehjemmet",
        first_time=FirstTime.YES,
        made_at=event.opened_at + timedelta(minutes=5),
    )
    first.parties.filter(participant=home).update(need=need)
    make_agreement(event, (choir, "Lucia"), (home, "Kaffe"), made_at=event.opened_at + timedelta(minutes=6))
    withdraw(agreement=make_agreement(event, (choir, "X"), (home, "Y"), summary="Borte"), by=None, now=timezone.now())
    return event


@pytest.fixture
def coordinator(event, client):
    client.force_login(make_member(event, Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def book_of(client, event, **extra):
    return load_workbook(io.BytesIO(client.get(reverse("report.xlsx", args=[event.slug]), **extra).content))


def rows_of(sheet):
    """A sheet's rows as dictionaries by its headings."""
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def csv_of(client, event, table=None):
    url = reverse("report.table", args=[event.slug, table]) if table else reverse("report.csv", args=[event.slug])
    text = client.get(url).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_workbook_has_a_sheet_for_each_table_with_frozen_and_filtered_headings(event, coordinator):
    book = book_of(coordinator, event)
    assert book.sheetnames == SHEETS
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert [sheet.title for sheet in book if not sheet.auto_filter.ref.startswith("A1:")] == []


def test_sum_of_the_lists_is_the_figure(event, coordinator):
    book = book_of(coordinator, event)
    figures = {row["Nøkkel"]: row["Verdi"] for row in rows_of(book["Nøkkeltall"])}
    agreements, resources = rows_of(book["Avtaler"]), rows_of(book["Tilbud og behov"])
    assert len(agreements) == figures["agreements"] == 2
    assert [row["Gjensidig"] for row in agreements].count("Ja") == figures["mutual"] == 1
    assert [row["På tvers av sektorer"] for row in agreements].count("Ja") == figures["across_sectors"] == 2
    assert [row["Tok del"] for row in rows_of(book["Deltakere"])].count("Ja") == figures["participants"] == 2
    assert [row["Dekket"] for row in resources].count("Ja") == figures["needs_met"] == 1
    assert [row["Brukt i avtale"] for row in resources].count("Ja") == figures["offers_used"] == 0
    assert sum(row["Avtaler"] for row in rows_of(book["Minutt for minutt"])) == 2
    assert [row["Kort om avtalen"] for row in rows_of(book["Trukket"])] == ["Borte"]
    assert len(rows_of(book["Parter"])) == 4


def test_moments_and_dates_and_numbers_are_real_and_texts_are_texts(event, coordinator):
    sheet = book_of(coordinator, event)["Avtaler"]
    first = rows_of(sheet)[0]
    made = timezone.localtime(event.agreements.get(number=1).made_at).replace(tzinfo=None, microsecond=0)
    assert (first["Nummer"], first["Avtalt"]) == (1, made)
    assert isinstance(first["Innen"], datetime)
    cells = {cell.value: cell for cell in sheet[2]}
    assert cells[made].number_format == "dd.mm.yyyy hh:mm"
    summary = cells["-Sang på sykehjemmet"]
    assert (summary.data_type, summary.quotePrefix) == ("s", True)


def test_csv_is_what_norwegian_excel_writes_and_its_cells_do_no_harm(event, coordinator):
    response = coordinator.get(reverse("report.csv", args=[event.slug]))
    assert (response["Content-Type"], response["Cache-Control"]) == ("text/csv; charset=utf-8", "private, no-store")
    assert response["Content-Disposition"] == 'attachment; filename="avtaler-granfjord.csv"'
    assert response.content.startswith("\ufeffNummer;Type;Kategori;".encode())
    first = csv_of(coordinator, event)[0]
    made = timezone.localtime(event.agreements.get(number=1).made_at)
    assert (first["Avtalt"], first["Kort om avtalen"]) == (f"{made:%d.%m.%Y %H:%M}", "'-Sang på sykehjemmet")
    assert csv_of(coordinator, event, "parter")[0]["Gir"] == "'+Julesang"
    names = [row["Navn"] for row in csv_of(coordinator, event, "deltakere")]
    assert sorted(names) == ["'=Ikke godkjent", "Ås sykehjem", "Ørland kor"]


def test_table_that_there_is_not_is_not_found(event, coordinator):
    assert coordinator.get(reverse("report.table", args=[event.slug, "finnes-ikke"])).status_code == 404


def test_contacts_are_on_a_sheet_of_their_own_for_who_reads_in_private(event, coordinator):
    rows = rows_of(book_of(coordinator, event)["Kontakter"])
    assert ("Ørland kor", "Kari Granli", "kari@example.org", "911 22 333") in [tuple(row.values()) for row in rows]
    assert csv_of(coordinator, event, "kontakter")[0]["E-post"] == "kari@example.org"


def test_where_others_can_read_along_there_is_no_address_and_the_file_says_why(event, coordinator):
    open_line = {"REMOTE_ADDR": "192.168.1.20"}
    book = book_of(coordinator, event, **open_line)
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert [secret for secret in ("kari@example.org", "911 22 333", "Kontakter") if secret in text] == []
    assert "Kontaktene er ikke med" in book["Nøkkeltall"]["A1"].value
    assert "Korsang" in text
    refused = coordinator.get(reverse("report.table", args=[event.slug, "kontakter"]), **open_line)
    assert (refused.status_code, "over https" in refused.content.decode()) == (403, True)


def test_before_the_gong_there_is_a_workbook_too(client):
    event = make_event()
    client.force_login(make_member(event, Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    book = book_of(client, event)
    assert book["Avtaler"].max_row == 1
    assert {row["Verdi"] for row in rows_of(book["Nøkkeltall"])} == {0}


def test_number_of_queries_does_not_grow_with_the_event(event, django_assert_num_queries):
    now = datetime(2026, 3, 5, tzinfo=UTC)
    with django_assert_num_queries(26):
        fetch(event, now, private=True)
    for _ in range(3):
        party = make_agreement(event).parties.first().participant
        make_resource(party, "Mer")
        make_contact(party, "Ny")
    with django_assert_num_queries(26):
        fetch(event, now, private=True)


def test_day_of_the_first_contact_is_a_day_without_a_time(event):
    table = fetch(event, timezone.now(), private=True).tables["avtaler"]
    column = list(table.headings).index("Innen")
    assert {type(row[column]) for row in table.rows} == {date}
