"""The catalogue to hang up: what is on it and what never is, that no text can harm it, and how long it takes."""

import re
import time
from dataclasses import replace
from io import BytesIO
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from borsen.enums import Role, Sector
from borsen.models import Host
from borsen.pdf import worker
from participants.catalogue import Entry
from participants.catalogue_print import Chapter, Printed, fetch
from participants.enums import Status
from participants.pdf.render import render
from tests.agreements.posting import client_of
from tests.factories import make_contact, make_event, make_member, make_participant, make_resource

HARMFUL = ["<b>fet", "</para>", "<img src='/etc/hostname'/>", "a & b < c > d", "]]>", "&lt;i&gt;", "%(x)s {y} \\ ( )"]


def an_entry(title="Kaker", details="", name="Kafé Kiwano", place="Bord 12", kind="offer", sector=Sector.VOLUNTARY):
    return Entry(kind, title, details, 1, name, sector, place, title)


def a_print(*chapters, **fields):
    given = {
        "slug": "granfjord", "name": "Frivilligbørs i Granfjord", "when": "Torsdag 5. mars kl. 18.00–19.00",
        "place": "Granfjord kulturhus", "hosts": ("Granfjord kommune",), "made_at": "1. mars 2026 kl. 12.00",
        "address": "", "language": "nb", "chapters": chapters or (Chapter("Lokaler", (an_entry(),), ()),),
    }  # fmt: skip
    return Printed(**{**given, **fields})


def reader(printed):
    return PdfReader(BytesIO(render(printed)))


def pages_of(document):
    return [" ".join(page.extract_text().split()) for page in document.pages]


def text_of(printed):
    return " ".join(pages_of(reader(printed)))


def unspaced(text):
    return re.sub(r"\s", "", text)


def test_first_sheet_says_which_bors_when_and_where_and_how_much_there_is():
    offers = (an_entry("Kaker"), an_entry("Lokale"))
    needs = (an_entry("Buss", details="Til turen 3. mai", name="Turlaget", place="Bord 3", kind="need"),)
    text = text_of(a_print(Chapter("Transport", offers, needs)))
    told = [
        "Børskatalog Frivilligbørs i Granfjord Torsdag 5. mars kl. 18.00–19.00 Granfjord kulturhus",
        "2 tilbud og 1 behov. Slik katalogen var 1. mars 2026 kl. 12.00.",
        "Transport Tilbys 2 Frivillig organisasjon Kaker Kafé Kiwano · Bord 12",
        "Trengs 1 Frivillig organisasjon Buss Til turen 3. mai Turlaget · Bord 3",
    ]
    assert [line for line in told if line not in text] == []


def test_a_list_with_nothing_in_it_has_no_heading():
    assert "Trengs" not in text_of(a_print())


def test_an_empty_catalogue_is_a_friendly_sheet():
    document = reader(a_print(chapters=()))
    assert (len(document.pages), "Katalogen er tom ennå." in pages_of(document)[0]) == (1, True)


@pytest.mark.parametrize("text", HARMFUL)
def test_markup_in_any_text_is_only_text(text):
    entry = an_entry(text, details=text, name=text, place=text)
    printed = a_print(Chapter(text, (entry,), (entry,)), name=text, when=text, place=text, hosts=(text,))
    document = reader(printed)
    assert unspaced("".join(pages_of(document))).count(unspaced(text)) >= 12
    assert [image for page in document.pages for image in page.images] == []
    assert (document.metadata.title, document.metadata.author) == (f"Børskatalog – {text}", text)


@pytest.mark.parametrize("place", ["title", "details", "name", "place"])
def test_five_thousand_characters_without_a_space_are_all_there(place):
    chapter = Chapter("Lokaler", (an_entry(**{place: "W" * 5000}), an_entry("Etterpå")), ())
    text = text_of(a_print(chapter))
    assert (text.count("W") >= 5000, "Etterpå" in text) == (True, True)


@pytest.mark.parametrize("field", ["name", "when", "place"])
def test_a_head_that_is_far_too_long_still_gives_a_catalogue(field):
    assert "Kaker" in text_of(a_print(**{field: "W" * 2000}))


def test_what_no_face_can_write_is_shown_as_a_box():
    assert "Kor □ □□ Čáhppesjohka" in text_of(a_print(Chapter("Lokaler", (an_entry("Kor 🎉 漢字 Čáhppesjohka"),), ())))


def test_a_heading_never_stands_alone_at_the_foot_of_a_sheet():
    for before in range(1, 24):
        first = tuple(an_entry(f"Foran {number}") for number in range(before))
        for page in pages_of(reader(a_print(Chapter("Først", first, ()), Chapter("Sist", (), (an_entry("Buss"),))))):
            assert ("Sist Trengs 1" in page) == ("Buss" in page)


def test_a_sheet_that_begins_in_the_middle_of_a_list_says_which_one():
    offers = tuple(an_entry(f"Nr. {number}") for number in range(30))
    first, second, *_rest = pages_of(reader(a_print(Chapter("Lokaler", offers, ()), Chapter("Transport", offers, ()))))
    assert ("fortsetter" in first, "Lokaler – Tilbys (fortsetter)" in second) == (False, True)


def test_a_sheet_that_begins_with_a_heading_says_nothing_is_continued():
    filled = next(
        count
        for count in range(8, 40)
        if len(reader(a_print(Chapter("Lokaler", tuple(an_entry() for _ in range(count)), ()))).pages) == 2
    )
    offers = tuple(an_entry() for _ in range(filled - 1))
    pages = pages_of(reader(a_print(Chapter("Lokaler", offers, ()), Chapter("Transport", (an_entry(),), ()))))
    assert ["fortsetter" in page for page in pages] == [False, False]


def test_each_sheet_has_its_number_and_category_at_the_foot():
    offers = tuple(an_entry() for _ in range(30))
    pages = pages_of(reader(a_print(Chapter("Lokaler", offers, ()))))
    ends = [f"Frivilligbørs i Granfjord · Lokaler {n} av {len(pages)}" in page for n, page in enumerate(pages, 1)]
    assert (len(pages) > 1, ends) == (True, [True] * len(pages))


def test_title_author_and_language_are_set_the_categories_are_the_outline_and_the_faces_are_our_own():
    document = reader(a_print(Chapter("Lokaler", (an_entry("Ŧŋđ"),), ()), Chapter("Transport", (an_entry(),), ())))
    assert document.metadata.title == "Børskatalog – Frivilligbørs i Granfjord"
    assert (document.metadata.author, document.trailer["/Root"]["/Lang"]) == ("Granfjord kommune", "nb-NO")
    assert [item.title for item in document.outline] == ["Lokaler", "Transport"]
    fonts = [font.get_object() for page in document.pages for font in page["/Resources"]["/Font"].values()]
    assert {"/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts} == {True}


def test_a_code_for_phones_stands_on_it_where_they_can_open_it():
    without = reader(a_print()).pages[0].get_contents().get_data().count(b" re")
    address = "https://bors.example/granfjord/katalog/"
    assert reader(a_print(address=address)).pages[0].get_contents().get_data().count(b" re") > without + 100


@pytest.mark.slow
def test_two_thousand_resources_take_a_few_seconds():
    """Written down: 2,000 with a text of 150 characters each take 3.6 to 4.2 s on a busy machine of two cores and fill
    251 sheets; from a server with 500 participants and 2,000 resources 1.8 s, and .07 s the next time.
    `pytest -n 0 --durations 3 tests/participants/test_catalogue_pdf.py`"""
    details = "Vi har plass til førti, med kjøkken og projektor. " * 3
    offers = tuple(an_entry(f"Lokale nummer {number}", details=details) for number in range(220))
    needs = tuple(replace(one, kind="need", sector=Sector.BUSINESS) for one in offers[:30])
    chapters = [Chapter(f"Kategori {number}", offers, needs) for number in range(8)]
    begun = time.perf_counter()
    made = render(a_print(*chapters))
    assert (len(made) < 2_000_000, time.perf_counter() - begun < 15) == (True, True)


# --- from the database


@pytest.fixture
def event(db):
    return make_event("granfjord", name="Frivilligbørs i Granfjord", place="Kulturhuset")


def downloaded(event, client=None):
    client = client or client_of(make_member(event, Role.DOOR))
    return client.get(reverse("catalogue.pdf", args=[event.slug]))


def test_only_what_is_on_the_market_is_printed_by_category_in_norwegian_order(event):
    first, second, *_rest = event.categories.all()
    owner = make_participant(event, "Turlaget", place="Bord 3")
    for title, category in (("Å", second), ("Z", second), ("B", first)):
        make_resource(owner, title, category=category)
    make_resource(owner, "Buss", kind="need", category=second)
    make_resource(owner, "Lukket", closed_at=timezone.now())
    make_resource(make_participant(event, status=Status.REGISTERED), "Ikke godkjent")
    make_resource(make_participant(event, status=Status.CANCELLED), "Avmeldt")
    make_resource(make_participant(make_event()), "En annen børs")
    found = [
        (chapter.category, [e.title for e in chapter.offers], [e.title for e in chapter.needs])
        for chapter in fetch(event, timezone.now()).chapters
    ]
    assert found == [(first.name, ["B"], []), (second.name, ["Z", "Å"], ["Buss"])]


def test_no_address_telephone_or_contact_stands_in_it_wherever_it_was_typed(event):
    owner = make_participant(
        event, "Kafé Kiwano, 900 12 345", place="Ring 90012345", description="post@kiwano.example", website="https://kiwano.example"
    )  # fmt: skip
    make_contact(owner, "Kari Granli", email="kari@kiwano.example", phone="900 12 345")
    make_resource(owner, "Kaker, ring 900 12 345", details="Eller kari@kiwano.example, +47 90012345")
    answer = downloaded(event)
    text = " ".join(pages_of(PdfReader(BytesIO(answer.content))))
    assert ("Kaker, ring …" in text, "Kafé Kiwano, …" in text) == (True, True)
    assert [word for word in ("900", "kiwano.example", "Kari", "Granli") if word in text] == []


def test_it_is_a_file_with_the_name_of_the_bors(event):
    make_resource(make_participant(event), "Kaker")
    answer = downloaded(event)
    assert (answer["Content-Type"], answer["Content-Disposition"], answer.content[:5]) == (
        "application/pdf",
        'attachment; filename="borskatalog-granfjord.pdf"',
        b"%PDF-",
    )


def test_hosts_are_its_authors_and_public_ones_can_be_read_on_a_phone(event, settings):
    Host.objects.create(event=event, name="Kommunen", sector=Sector.PUBLIC)
    settings.PUBLIC_URL = "https://bors.example"
    assert (fetch(event, timezone.now()).hosts, fetch(event, timezone.now()).address) == (("Kommunen",), "")
    event.catalogue_published = True
    assert fetch(event, timezone.now()).address == "https://bors.example/granfjord/katalog/"


def test_it_is_drawn_once_for_all_who_ask_until_something_in_it_changes(event, monkeypatch):
    drawn = []

    def draw(_module, content, _progress):
        drawn.append(content)
        return f"%PDF-{len(drawn)}".encode()

    monkeypatch.setattr(worker, "render_in_child", draw)
    monkeypatch.setattr(worker, "_kept", {})
    owner = make_participant(event)
    make_resource(owner, "Kaker")
    assert [downloaded(event).content for _ in range(3)] == [b"%PDF-1"] * 3
    make_resource(owner, "Boller")
    assert [downloaded(event).content for _ in range(2)] == [b"%PDF-2"] * 2
    assert len(drawn) == 2


def test_only_the_last_few_are_kept(monkeypatch):
    monkeypatch.setattr(worker, "render_in_child", lambda _module, content, _progress: content)
    monkeypatch.setattr(worker, "_kept", {})
    for number in range(worker.MOST_KEPT + 3):
        worker._at_the_desk("", b"%d" % number, f"nr. {number}")
    assert list(worker._kept) == [f"nr. {number}" for number in range(3, worker.MOST_KEPT + 3)]


def test_what_has_no_edition_is_never_kept(monkeypatch):
    monkeypatch.setattr(worker, "render_in_child", lambda _module, content, _progress: content)
    monkeypatch.setattr(worker, "_kept", {})
    assert [worker._at_the_desk("", text, "") for text in (b"a", b"b")] == [b"a", b"b"]
    assert worker._kept == {}


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_the_same_however_many_there_are(event, count, django_assert_num_queries):
    for _ in range(count):
        make_resource(make_participant(event), "Kaker")
    with django_assert_num_queries(3):
        fetch(event, timezone.now())


def test_the_page_leads_to_it_for_who_may_read_it(event):
    make_resource(make_participant(event), "Kaker")
    event.catalogue_published = True
    event.save()
    address = reverse("catalogue.pdf", args=[event.slug])
    assert f'href="{address}"' in Client().get(reverse("catalogue", args=[event.slug])).content.decode()
    assert Client().get(address).content[:5] == b"%PDF-"


def test_who_may_not_read_the_page_gets_no_file(event):
    answer = downloaded(event, Client())
    assert (answer.status_code, quote("/granfjord/katalog.pdf") in answer["Location"]) == (302, True)
