"""The participants as a spreadsheet: what Excel makes of it, what is harmless, and the way back in."""

import csv
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from borsen.enums import Role, Sector
from participants.enums import Status
from participants.exporting import fetch, tables
from participants.importing.bringing_in import try_out
from participants.importing.keeping import keep
from participants.importing.plan import State
from participants.importing.reading import read
from participants.spreadsheets import harmless
from tests.factories import make_contact, make_event, make_participant, make_resource, make_user
from tests.participants.pages import client_of, url_of

pytestmark = pytest.mark.django_db
OUTSIDE = "192.0.2.7"


def awkward_event():
    """Everything that a list could stumble over on its way out and in again."""
    event = make_event()
    event.categories.create(name="Lån [utstyr]", position=99)
    categories = list(event.categories.all())
    kiwano = make_participant(
        event,
        "Kafé «Kiwano» & sønn – det'n er",
        sector=Sector.BUSINESS,
        org_number="974760673",
        municipality="Ås",
        description='Suppe; "piano", og\nstoler',
        website="https://www.example.org/a?b=1&c=2",
        place="B 12",
        expected=4,
    )
    make_contact(kiwano, "Kari Berg og Ola Moe, kjøkkenet", email="Kari@Example.org", phone="+47 900 00 000 / 911")
    make_contact(kiwano, "Kari Berg", email="kari2@example.org")
    titles = (
        "- Kurs; del 1",
        "1. 200 plakater",
        "=1+1",
        "'=2",
        "+47 timer",
        "@torget",
        "Puter, lamper",
        "Gymsal [Lokaler]",
    )
    for number, title in enumerate((*titles, "Ingen", "Lokaler: naust", "A\tB", "x" * 120)):
        make_resource(
            kiwano, title, kind="need" if number % 2 else "offer", category=categories[number % len(categories)]
        )
    make_resource(kiwano, "Brukt opp", closed_at=timezone.now(), details="Mer om det")
    for _twin in range(2):
        make_resource(make_participant(event, "Ås kor"), "Sang")
    for person in ("Åse Lund", "Åse Vik"):
        make_contact(make_participant(event, "Frivillig (Åse)", sector=Sector.INDIVIDUAL), person)
    for unit in ("park", "kultur"):
        make_participant(event, f"Ås kommune – {unit}", sector=Sector.PUBLIC, org_number="971032081")
    make_participant(event, '=HYPERLINK("http://ond.example")', sector=Sector.VOLUNTARY)
    make_participant(event, "Ny og ukjent", status=Status.REGISTERED)
    return event


def exported(event, address="", **extra):
    response = client_of(event).get(url_of("export", event) + address, **extra)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("address", ["", "?format=csv"])
def test_what_is_exported_and_imported_again_changes_nothing(address):
    event = awkward_event()
    content = exported(event, address).content
    stored = keep(event=event, user=make_user(), file_name="x", sheets=read(content), now=timezone.now())
    plan = try_out(stored)
    changed = [(outcome.name, outcome.remarks) for outcome in plan.outcomes if outcome.state != State.SAME]
    assert changed == []
    assert len(plan.outcomes) == event.participants.count()


def test_what_is_exported_becomes_the_same_at_another_event():
    event, other = awkward_event(), make_event()
    other.categories.create(name="Lån [utstyr]", position=99)
    content = exported(event).content
    stored = keep(event=other, user=make_user(), file_name="x", sheets=read(content), now=timezone.now())
    made = [outcome.draft for outcome in try_out(stored).outcomes if outcome.state == State.NEW]
    kiwano = next(draft for draft in made if draft.org_number == "974760673")
    original = event.participants.get(org_number="974760673")
    open_ones = [
        (each.kind, each.title.replace("\t", " "), each.category.name)
        for each in original.resources.filter(closed_at=None)
    ]
    assert sorted((each.kind, each.title, each.category.name) for each in kiwano.resources) == sorted(
        one for one in open_ones if one[1] != "Ingen"
    )


def test_the_workbook_has_a_frozen_filtered_heading_and_no_formula():
    book = load_workbook(io.BytesIO(exported(awkward_event()).content))
    assert book.sheetnames == ["Deltakere", "Tilbud og behov"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert [cell.value for cell in cells if str(cell.value)[0] in "=+-@" and not cell.quotePrefix] == []
    assert [cell.value for cell in book["Deltakere"][1]][:4] == ["Navn", "Type", "Organisasjonsnummer", "Kommune"]


def test_the_csv_file_opens_right_in_norwegian_excel_and_holds_no_formula():
    response = exported(awkward_event(), "?format=csv")
    content = response.content
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Navn;Type;Organisasjonsnummer;Kommune;")
    assert "\r\n" in text
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert response["Content-Disposition"].endswith('.csv"')


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1", "'=1"),
        ("+47", "'+47"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("'=1", "''=1"),
        ("'t Hoekje", "'t Hoekje"),
        ("Kor", "Kor"),
        (3, 3),
    ],
)
def test_a_cell_that_could_be_a_formula_gets_an_apostrophe(text, safe):
    assert harmless(text) == safe


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COORDINATOR])
@pytest.mark.parametrize("address", ["", "?format=csv"])
def test_over_plain_http_from_another_machine_no_contact_data_leaves(role, address):
    event = make_event()
    make_contact(make_participant(event), "Kari Granli", email="hemmelig@example.org", phone="911 22 333")
    url = url_of("export", event) + address
    client = client_of(event, role)

    def said(**extra) -> str:
        content = client.get(url, **extra).content
        (sheet, *_others) = read(content)
        return str([row.cells for row in sheet.rows])

    outside = said(REMOTE_ADDR=OUTSIDE)
    assert "Kari Granli" in outside
    assert "hemmelig" not in outside
    assert "911 22 333" not in outside
    assert "E-post" not in outside
    assert "hemmelig@example.org" in said()
    assert "911 22 333" in said(REMOTE_ADDR=OUTSIDE, secure=True)


def test_what_was_typed_into_a_text_does_not_leave_over_plain_http_either():
    event = make_event()
    owner = make_participant(
        event, "Kiwano, 911 22 333", description="Skriv til hemmelig@example.org", place="911-22-333"
    )
    make_contact(owner, "Kari Granli 91122333")
    make_resource(owner, "Kaker, ring 911 22 333", details="eller hemmelig@example.org")
    sheets = read(exported(event, REMOTE_ADDR=OUTSIDE).content)
    text = str([row.cells for sheet in sheets for row in sheet.rows])
    assert ("Kaker, ring …" in text, str(owner.key) in text) == (True, True)
    assert [said for said in ("911", "22333", "hemmelig") if said in text] == []


def test_the_sheet_of_offers_and_needs_changes_nothing_either_when_it_is_the_one_that_is_imported():
    event = make_event()
    owner = make_participant(event, "Ås kor")
    make_resource(owner, "Sang", details="Fire stemmer")
    make_resource(owner, "Buss", kind="need", closed_at=timezone.now())
    make_resource(make_participant(event, "Kafé Kiwano", sector=Sector.BUSINESS), "Kaker")
    sheets = read(exported(event).content)[1:]
    stored = keep(event=event, user=make_user(), file_name="x", sheets=sheets, now=timezone.now())
    states = [(outcome.name, outcome.state, outcome.remarks) for outcome in try_out(stored).outcomes]
    assert states == [
        ("Kafé Kiwano", State.SAME, []),
        ("Ås kor", State.SAME, []),
        ("Ås kor", State.DOUBLE, []),
    ]


def test_it_is_kept_by_no_cache_and_leaves_out_who_is_signed_off():
    event = make_event()
    make_participant(event, "Er meldt av", status=Status.CANCELLED)
    make_participant(event, "Kommer")
    make_participant(make_event(), "Nabobygda")
    response = exported(event)
    assert response["Cache-Control"] == "private, no-store"
    (table, _resources) = tables(fetch(event), private=True)
    assert [row[0] for row in table.rows] == ["Kommer"]


def test_the_number_of_queries_is_the_same_with_one_and_three(django_assert_num_queries):
    for number in (1, 3):
        event = make_event()
        for _each in range(number):
            participant = make_participant(event)
            make_contact(participant)
            make_resource(participant, "Kurs")
        client = client_of(event)
        # session, user, event, roles, participants, contacts, resources, categories
        with django_assert_num_queries(8):
            client.get(url_of("export", event))
