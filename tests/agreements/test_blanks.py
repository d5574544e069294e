"""Blank forms to write on by hand: room for every field, lines high enough, one sheet each, with serials."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from reportlab.lib.units import mm

from agreements.blanks import Blanks, read_blanks, read_serial, serial_after
from agreements.sheets import parts
from agreements.sheets.blank import render
from borsen.enums import Role
from borsen.pdf import worker
from tests.agreements.posting import client_of
from tests.factories import make_event, make_member

USUAL = Blanks(
    slug="granfjord",
    name="Frivilligbørs i Granfjord",
    when="Torsdag 5. mars kl. 18.00–19.00",
    place="Granfjord kulturhus",
    categories=("Lokaler", "Utstyr", "Transport", "Kurs", "Praktisk hjelp", "Tid for andre", "Kultur", "Annet"),
    challenges=("Ensomhet", "Flere unge på kveldstid"),
    serials=("P-01", "P-02"),
    language="nb",
)
FULLEST = replace(USUAL, categories=("Lang kategori " * 4,) * 24, challenges=("W" * 160,) * 5, name="Børs " * 40)


def pages_of(blanks):
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(render(blanks))).pages]


def test_a_form_has_room_for_every_field_of_an_agreement():
    pages = pages_of(USUAL)
    told = [
        "Frivilligbørs i Granfjord", "Torsdag 5. mars kl. 18.00–19.00", "Granfjord kulturhus", "Nr. i børsen",
        "Intensjonsavtale: vi vil, men må avklare noe først", "Part 1", "Part 2", "Organisasjon (enkeltperson: navn)",
        "Kontaktperson", "Telefon eller e-post", "Gir (tom hvis parten bare tar imot)", "Bedrift", "Enkeltperson",
        "Flere enn to parter", "Kategori (sett ett kryss)", *USUAL.categories, "Problemstilling", *USUAL.challenges,
        "Kort om avtalen", "Mer om avtalen", "Har dere samarbeidet før?", "Hvem tar første kontakt?",
        "Innen hvilken dag?", "Børsmegler", "Klokka da dere ble enige", "Det er aldri penger mellom partene",
        "Underskrift for part 1", "Underskrift for part 2",
    ]  # fmt: skip
    assert [[line for line in told if line not in page] for page in pages] == [[], []]
    assert [serial in page for serial, page in zip(USUAL.serials, pages, strict=True)] == [True, True]


@pytest.mark.parametrize("blanks", [USUAL, FULLEST, replace(USUAL, categories=("Annet",), challenges=())])
def test_every_line_is_at_least_eight_millimetres_under_what_stands_above_it(blanks, monkeypatch):
    lines, labels = [], []
    rule, word = parts.rule, parts.word
    monkeypatch.setattr("agreements.sheets.blank.rule", lambda c, **at: lines.append(at) or rule(c, **at))
    monkeypatch.setattr("agreements.sheets.blank.word", lambda c, t, **at: labels.append(at) or word(c, t, **at))
    render(replace(blanks, serials=("P-01",)))
    assert len(lines) >= 15
    for line in lines:
        above = [
            other["y"] for other in (*lines, *labels) if other["y"] > line["y"] and abs(other["x"] - line["x"]) < 1
        ]
        assert min(above) - line["y"] >= 8 * mm - 0.01
        assert line["y"] > parts.MARGIN


@pytest.mark.parametrize("blanks", [USUAL, FULLEST])
def test_a_form_is_one_sheet_and_nothing_stands_below_its_foot(blanks):
    document = PdfReader(BytesIO(render(blanks)))
    placed = []
    document.pages[0].extract_text(visitor_text=lambda text, cm, tm, *_rest: placed.append((text, cm[5] + tm[5])))
    assert len(document.pages) == 2
    assert min(y for text, y in placed if text.strip()) > 20


def test_all_faces_are_embedded():
    fonts = PdfReader(BytesIO(render(USUAL))).pages[0]["/Resources"]["/Font"].values()
    found = {font.get_object()["/BaseFont"] for font in fonts}
    embedded = {
        font.get_object()["/BaseFont"]
        for font in fonts
        if "/FontFile2" in font.get_object().get("/FontDescriptor", {}).get_object()
    }
    assert (found, len(found) >= 3) == (embedded, True)


@pytest.mark.parametrize("text", ["<b>fet", "<img src='/etc/hostname'/>", "a & b < c > d", "%(x)s {y}"])
def test_markup_in_any_text_is_only_text(text):
    page = pages_of(replace(USUAL, name=text, place=text, categories=(text,), challenges=(text,)))[0]
    assert page.count(text) == 5


@pytest.mark.parametrize(
    ("typed", "read"),
    [("7", "P-07"), ("p 07", "P-07"), ("P-107", "P-107"), ("p-7", "P-07"), ("blå 3", "blå 3"), ("", "")],
)
def test_a_serial_is_read_however_it_is_typed(typed, read):
    assert read_serial(typed) == read


@pytest.mark.parametrize(
    ("before", "after"), [("P-07", "P-08"), ("99", "P-100"), ("blå 3", ""), ("9999", ""), ("", "")]
)
def test_the_next_serial_is_the_one_after(before, after):
    assert serial_after(before) == after


# --- how many, and for whom


@pytest.fixture
def drawn(monkeypatch):
    contents = []
    monkeypatch.setattr(worker, "render_in_child", lambda _module, content, _: contents.append(content) or b"%PDF-")
    return contents


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("asked", "serials"),
    [
        ("", ("P-01", "P-20", 20)),
        ("?antall=3&fra=21", ("P-21", "P-23", 3)),
        ("?antall=0", ("P-01", "P-01", 1)),
        ("?antall=5000", ("P-01", "P-100", 100)),
        ("?antall=mange&fra=x", ("P-01", "P-20", 20)),
        ("?antall=2&fra=99999", ("P-9998", "P-9999", 2)),
    ],
)
def test_as_many_as_asked_from_the_number_asked(drawn, asked, serials):
    event = make_event("granfjord")
    client = client_of(make_member(event, Role.BROKER))
    answer = client.get(reverse("agreement.blank_forms", args=[event.slug]) + asked)
    assert answer["Content-Disposition"] == 'attachment; filename="blanke-skjemaer-granfjord.pdf"'
    found = drawn[0].serials
    assert (found[0], found[-1], len(found)) == serials


@pytest.mark.django_db
def test_what_stands_on_them_is_the_events_own_and_names_no_address(django_assert_num_queries):
    event, other = make_event("granfjord", place="Lillesalen"), make_event("nabobygda")
    event.challenges.create(text="Ensomhet, skriv til ola@hemmelig.example")
    other.challenges.create(text="Noe annet")
    with django_assert_num_queries(2):
        found = read_blanks(event, timezone.now(), copies=1, first=1)
    assert (found.place, found.challenges) == ("Lillesalen", ("Ensomhet, skriv til …",))
    assert found.categories == tuple(event.categories.values_list("name", flat=True))
