"""The report's data, its words, and its two addresses."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agreements import report_words
from agreements.charts import matrix, shares
from agreements.correcting import withdraw
from agreements.enums import Kind
from agreements.report import fetch
from agreements.views import report as views
from borsen.clock import close_hour
from borsen.enums import Phase, Role, Sector
from participants.enums import Status
from tests.agreements.a_report import a_report, figures
from tests.factories import (
    make_agreement,
    make_contact,
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = make_open_event("granfjord", name="Frivilligbørs i Granfjord", place="Granfjord kulturhus")
    choir = make_participant(event, "Ørland kor", description="Vi synger.")
    home = make_participant(event, "Ås sykehjem", sector=Sector.PUBLIC)
    make_participant(event, "Zanders Kafé", sector=Sector.BUSINESS)
    make_contact(choir, "Kari Hemmelig Granli", email="kari@example.no", phone="40000000")
    make_resource(choir, "Korsang", kind="offer")
    make_resource(choir, "Noter, ring 400 00 000", kind="need")
    make_resource(home, "Musikk til festen", kind="need")
    transport = event.categories.get(name="Transport")
    make_agreement(event, (choir, "Julesang"), (home, ""), summary="Sang på sykehjemmet", category=transport)
    make_agreement(event, (choir, "Luciasang"), (home, "Kaffe"), summary="Lucia", kind=Kind.INTENT, category=transport)
    make_agreement(event, (home, "Lokale"), (choir, ""), summary="Øvingslokale")
    withdraw(agreement=make_agreement(event, summary="Trukket avtale"), by=None, now=timezone.now())
    return event


@pytest.fixture
def coordinator(event, client):
    client.force_login(make_member(event, Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_largest_category_comes_first_and_its_agreements_by_number(event):
    report = fetch(event, timezone.now())
    found = [(chapter.figure.name, [entry.number for entry in chapter.entries]) for chapter in report.chapters]
    assert found == [("Transport", [1, 2]), ("Lokaler", [3])]


def test_list_holds_as_many_agreements_as_the_figures_say(event):
    report = fetch(event, timezone.now())
    assert [len(chapter.entries) for chapter in report.chapters] == [c.figure.count for c in report.chapters]
    assert sum(len(chapter.entries) for chapter in report.chapters) == report.figures.totals.count == 3


def test_agreement_says_what_each_party_gives_in_the_form_s_order(event):
    entry = fetch(event, timezone.now()).chapters[0].entries[0]
    assert [(side.name, side.sector, side.gives) for side in entry.sides] == [
        ("Ørland kor", Sector.VOLUNTARY, "Julesang"),
        ("Ås sykehjem", Sector.PUBLIC, ""),
    ]


def test_participants_come_in_norwegian_order_with_what_they_offer_and_need(event):
    make_participant(event, "Ukjent påmeldt", status=Status.REGISTERED)
    report = fetch(event, timezone.now())
    names = [one.name for one in report.attendees]
    assert names[-3:] == ["Zanders Kafé", "Ørland kor", "Ås sykehjem"]
    assert "Ukjent påmeldt" not in names
    choir = report.attendees[-2]
    assert (choir.offers, choir.needs, choir.figures.agreements) == (("Korsang",), ("Noter, ring …",), 3)


def test_number_of_queries_does_not_grow_with_the_report(event, django_assert_num_queries):
    queries = 29
    with django_assert_num_queries(queries):
        fetch(event, timezone.now())
    for _ in range(3):
        make_resource(make_agreement(event).parties.first().participant, "Mer")
    with django_assert_num_queries(queries):
        fetch(event, timezone.now())


# --- words


@pytest.mark.parametrize(
    ("name", "minutes", "headline"),
    [
        ("Frivilligbørs i Granfjord", 60, ("avtaler på én time", "i Granfjord")),
        ("Frivilligbørsen på Ørland", 120, ("avtaler på to timer", "på Ørland")),
        ("Nabolagsbørsen", 45, ("avtaler på 45 minutter", "")),
        ("Nabolagsbørsen", 0, ("avtaler", "")),
    ],
)
def test_headline_names_the_hour_and_the_place(name, minutes, headline):
    assert report_words.headline(a_report(name=name, traded_minutes=minutes, figures=figures(2))) == headline


def test_subtitle_keeps_a_name_that_says_no_place():
    assert report_words.subtitle(a_report(name="Nabolagsbørsen", place="")) == (
        "Rapport fra Nabolagsbørsen, torsdag 5. mars 2026"
    )


def test_words_on_who_agreed_say_nothing_of_nobody(event):
    assert report_words.coverage(fetch(event, timezone.now())).startswith("3 avtaler, av dem 1 intensjonsavtale. ")
    assert report_words.coverage(fetch(make_event(), timezone.now())) == "0 avtaler."


def test_tiles_of_the_front_page_add_up_to_the_total(event):
    make_agreement(event, make_participant(event, sector=Sector.INDIVIDUAL), make_participant(event))
    found = fetch(event, timezone.now()).figures
    assert sum(tile.figure for tile in report_words.sector_tiles(found.sectors)) == found.totals.count == 4


def test_matrix_shows_each_pair_once_and_adds_up(event):
    found = fetch(event, timezone.now()).figures.sectors
    rows = matrix(found, deepest=4)
    assert [len(row.cells) for row in rows] == [1, 2, 3, 4]
    assert sum(cell.figure for row in rows for cell in row.cells) + found.several == found.total
    assert max(cell.shade for row in rows for cell in row.cells) == 4


def test_bar_of_few_is_never_invisible_and_of_none_is_no_bar():
    assert shares([0, 1, 5000], width=100) == [0, 1, 100]
    assert shares([0, 0], width=100) == [0, 0]


# --- the page


def test_page_shows_figures_agreements_and_participants_but_no_contact_and_nothing_withdrawn(event, coordinator):
    page = coordinator.get(reverse("report", args=[event.slug]))
    text = page.content.decode()
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert ["3 avtaler, av dem 1 intensjonsavtale" in text, "Sang på sykehjemmet" in text, "Korsang" in text] == [
        True
    ] * 3
    assert [
        word for word in ("Hemmelig", "kari@example.no", "40000000", "400 00 000", "Trukket avtale") if word in text
    ] == []


def test_page_is_provisional_until_the_grace_is_over(event, coordinator):
    address = reverse("report", args=[event.slug])
    running = coordinator.get(address).content.decode()
    close_hour(event=event, now=timezone.now())
    grace = coordinator.get(address).content.decode()
    event.refresh_from_db()
    event.closed_at = timezone.now() - timedelta(hours=1)
    event.save()
    over = coordinator.get(address).content.decode()
    assert ["Foreløpige tall" in text for text in (running, grace, over)] == [True, True, False]


def test_page_before_the_hour_says_so(coordinator):
    quiet = make_event("stille")
    coordinator.force_login(make_member(quiet, Role.COORDINATOR), backend="django.contrib.auth.backends.ModelBackend")
    text = coordinator.get(reverse("report", args=["stille"])).content.decode()
    assert "Børstimen har ikke begynt" in text
    assert "Ingen deltakere er påmeldt ennå." in text


def test_page_escapes_what_people_typed(event, coordinator):
    make_agreement(event, (make_participant(event, "<b>Fet & Feit</b>"), "<script>x</script>"), make_participant(event))
    text = coordinator.get(reverse("report", args=[event.slug])).content.decode()
    assert "&lt;b&gt;Fet &amp; Feit&lt;/b&gt;" in text
    assert "<script>x" not in text


def test_writing_the_page_out_asks_the_database_nothing(event, rf: RequestFactory, django_assert_num_queries):
    found = fetch(event, timezone.now())
    request = rf.get("/")
    request.event, request.roles, request.user = event, frozenset({Role.COORDINATOR}), make_member(event, Role.DOOR)
    request.may = lambda *_roles: True
    with django_assert_num_queries(0):
        assert "Sang på sykehjemmet" in views.page(request, found)


def test_asking_for_the_page_leaves_no_connection_in_the_thread_that_writes_it(event, coordinator, monkeypatch):
    seen = []
    write = views.page

    def page(request, found):
        text = write(request, found)
        seen.append((threading.current_thread() is threading.main_thread(), connection.connection))
        return text

    monkeypatch.setattr(views, "page", page)
    coordinator.get(reverse("report", args=[event.slug]))
    assert seen == [(False, None)]


# --- the PDF


def test_pdf_is_handed_out_under_the_event_s_name(event, coordinator, tmp_path):
    answer = coordinator.get(reverse("report.pdf", args=[event.slug]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="rapport-granfjord.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    file = tmp_path / "rapport.pdf"
    file.write_bytes(answer.content)
    text = unspaced(" ".join(page.extract_text() for page in PdfReader(file).pages))
    assert [unspaced(word) in text for word in ("Sang på sykehjemmet", "Øvingslokale", "Korsang")] == [True] * 3
    assert [word for word in ("Hemmelig", "kari@example.no", "40000000", "Trukket") if word in text] == []


def unspaced(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", ["report", "report.pdf"])
@pytest.mark.parametrize("role", [Role.BROKER, Role.DOOR, Role.STAGE])
def test_other_roles_get_neither_page_nor_pdf(name, role, event, client):
    client.force_login(make_member(event, role), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse(name, args=[event.slug])).status_code == 403


def test_phase_before_the_hour_is_carried_to_the_report():
    assert fetch(make_event(), timezone.now()).phase is Phase.BEFORE
