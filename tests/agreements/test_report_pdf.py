"""The PDF: what it says, what it is made of, and that no text can harm it. None of it may ask a database."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pypdf import PdfReader

from agreements.pdf.render import render
from agreements.report import HostLine
from borsen.enums import Phase
from borsen.pdf import worker
from borsen.pdf.text import plain
from tests.agreements.a_report import a_report, an_entry

CHAPTERS = [
    "Forside", "Innhold", "Nøkkeltall", "Vertskapet", "Avtalene mellom sektorene", "Avtalene etter kategori",
    "Deltakerne", "Slik har vi telt",
]  # fmt: skip
HARMFUL = [
    "<b>fet", "</para>", "<img src='/etc/hostname'/>", "<img src=\"file:///etc/hostname\">", "a & b < c > d", "]]>",
    "&lt;i&gt;", "<font color='red'>x</font>", "<a href='javascript:x'>y</a>", "%(x)s {y} \\ ( )",
]  # fmt: skip


def reader(report):
    return PdfReader(BytesIO(render(report)))


def text_of(report):
    """All text of the document with the line breaks of the layout taken out."""
    return " ".join(" ".join(page.extract_text() for page in reader(report).pages).split())


def unspaced(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    "name",
    [
        "Ærlig Østby Åsen", "Sámi searvi Čáhppesjohka", "Đŋŧ Ŧŋđ žš", "Łódź, Gdańsk, Świętokrzyskie",
        "Nguyễn Thị Ánh Đào",
        "Bruktbutikken «Andre Runde» – 50 % & mer", "Renée O'Brien \"Swing'n\"",
    ],
)  # fmt: skip
def test_names_are_read_back_as_typed_in_heading_body_and_list(name):
    text = text_of(a_report(attendee_name=name, entries=(an_entry(text=name, gives=name),)))
    assert unspaced(text).count(unspaced(name)) >= 4


def test_decomposed_letters_are_written_composed():
    assert "Čáhppesjohka" in text_of(a_report(attendee_name="C\u030ca\u0301hppesjohka"))


def test_what_no_face_can_write_is_shown_as_a_box_and_never_lost_in_silence():
    assert plain("Kor 🎉 漢字 مرحبا") == "Kor □ □□ □□□□□"
    assert "Kor □ □□" in text_of(a_report(attendee_name="Kor 🎉 漢字"))


def test_control_characters_become_spaces_and_invisible_signs_go():
    assert plain("a\x00b\tc\x1bd\u200be\u202ef\ufe0f") == "a b c def"
    assert "a b c d" in text_of(a_report(attendee_name="a\x00b\tc\x1bd"))


@pytest.mark.parametrize("text", HARMFUL)
def test_markup_in_any_text_is_only_text(text):
    report = a_report(
        name=text, place=text, theme=text, challenges=(text,), hosts=(HostLine(text, text),), attendee_name=text,
        description=text, entries=(an_entry(text=text, gives=text),),
    )  # fmt: skip
    found = reader(report)
    assert unspaced(" ".join(page.extract_text() for page in found.pages)).count(unspaced(text)) >= 8
    assert [image for page in found.pages for image in page.images] == []
    assert found.metadata.title == f"Rapport – {text}"


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60), st.sampled_from(HARMFUL))
def test_any_text_anywhere_gives_a_document(text, harmful):
    mixed = f"{text}{harmful}{text[::-1]}"
    report = a_report(
        name=mixed, theme=mixed, attendee_name=mixed, description=mixed, entries=(an_entry(text=mixed, gives=mixed),)
    )
    found = reader(report)
    chapters = [item.title for item in found.outline if not isinstance(item, list)]
    # How many lines the text takes moves a chapter to the next page.
    assert (chapters, len(found.pages) in {8, 9}) == (CHAPTERS, True)


@pytest.mark.parametrize("place", ["attendee_name", "description", "name", "theme", "place"])
def test_five_thousand_characters_without_a_space_break_at_the_edge(place):
    report = a_report(**{place: "W" * 5000})
    assert text_of(report).count("W") >= (5000 if place in {"attendee_name", "description"} else 1)


def test_agreement_taller_than_a_page_is_taken_apart_with_nothing_lost():
    report = a_report(entries=(an_entry(text="W" * 5000, gives="M" * 5000), an_entry(48)))
    text = unspaced(text_of(report))
    assert (text.count("W"), text.count("M") >= 10000) == (5000, True)
    assert "48" in text


def test_six_parties_are_all_there():
    text = text_of(a_report(entries=(an_entry(parties=6),)))
    assert [f"Radioamatører {place}" in text for place in range(6)] == [True] * 6


def test_only_our_own_faces_are_used_and_all_are_embedded():
    document = reader(a_report(attendee_name="Ŧŋđ"))
    found = {}
    for page in document.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            descriptor = font["/FontDescriptor"].get_object()
            found[font["/BaseFont"].split("+")[-1]] = "/FontFile2" in descriptor
    assert found == {
        "Inter-Regular": True,
        "Inter-SemiBold": True,
        "BricolageGrotesque-Heading": True,
        "BricolageGrotesque-Figure": True,
    }


def test_document_says_its_title_author_and_language():
    document = reader(a_report())
    assert document.metadata.title == "Rapport – Frivilligbørs i Granfjord"
    assert document.metadata.author == "Granfjord kommune"
    assert document.trailer["/Root"]["/Lang"] == "nb-NO"


def test_outline_leads_to_each_chapter_and_category():
    document = reader(a_report())

    def titles(items):
        return [titles(item) if isinstance(item, list) else item.title for item in items]

    assert titles(document.outline) == [
        "Forside",
        "Innhold",
        "Nøkkeltall",
        "Vertskapet",
        "Avtalene mellom sektorene", [
            "Avtalene mellom sektorene", "Hva sektorene ga og fikk", "Nye samarbeid på tvers av sektorer",
        ],
        "Avtalene etter kategori", ["Lokaler"],
        "Deltakerne",
        "Slik har vi telt",
    ]  # fmt: skip
    pages = [document.get_destination_page_number(item) for item in document.outline if not isinstance(item, list)]
    assert pages == [0, 1, 2, 3, 3, 5, 5, 6]


def test_each_inner_page_has_its_foot_with_chapter_and_page():
    pages = [" ".join(page.extract_text().split()) for page in reader(a_report()).pages]
    assert "av 8" not in pages[0]
    assert ["Frivilligbørs i Granfjord · Nøkkeltall" in pages[2], "3 av 8" in pages[2]] == [True, True]
    assert ["Frivilligbørs i Granfjord · Deltakerne" in pages[5], "6 av 8" in pages[5]] == [True, True]


def test_front_page_says_the_number_the_hour_and_the_hosts():
    front = " ".join(reader(a_report()).pages[0].extract_text().split())
    assert "avtale på én time i Granfjord" in front
    assert "Rapport fra frivilligbørsen torsdag 5. mars 2026, Granfjord kulturhus" in front
    assert "Vertskap: Granfjord kommune" in front
    assert "Foreløpige tall" not in front


def test_front_page_says_that_the_figures_are_provisional_until_the_grace_is_over():
    front = reader(a_report(phase=Phase.GRACE)).pages[0].extract_text()
    assert "Foreløpige tall, 5. mars 2026 kl. 19.20" in " ".join(front.split())


def test_empty_event_gives_a_whole_report():
    document = reader(a_report(entries=(), attendees=(), phase=Phase.BEFORE, hosts=()))
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    assert "Ingen avtaler er registrert ennå." in text
    assert "Ingen deltakere er påmeldt ennå." in text
    assert "Børstimen har ikke begynt" in text


def test_hundred_and_twenty_agreements_stay_within_a_reasonable_number_of_pages():
    document = reader(a_report(entries=tuple(an_entry(number) for number in range(1, 121))))
    assert 18 <= len(document.pages) <= 28


def test_heading_never_stands_alone_at_the_foot_of_a_page():
    for before in range(3, 9):
        base = a_report(entries=tuple(an_entry(number) for number in range(before)))
        second = replace(base.chapters[0].figure, pk=2, name="Overnatting")
        report = replace(base, chapters=(*base.chapters, replace(base.chapters[0], figure=second)))
        # The first pages are the front and the table of contents.
        for page in reader(report).pages[2:]:
            text = page.extract_text()
            if "Overnatting" in text:
                assert "Radioverksted" in text.split("Overnatting", 1)[1]


MAKER = re.compile(r"\b(Paragraph|XPreformatted|Preformatted|TableOfContents|Image)\(")


def test_paragraphs_are_made_in_one_place_only():
    makers = [
        path.relative_to(settings.BASE_DIR).as_posix()
        for app in ("borsen", "participants", "agreements", "display")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if MAKER.search(path.read_text(encoding="utf-8"))
    ]
    assert makers == ["borsen/pdf/text.py"]


def test_report_is_made_in_a_process_of_its_own():
    assert worker.render_in_child("agreements.pdf.render", a_report()).startswith(b"%PDF-")


def test_machine_that_allows_no_process_makes_it_in_the_thread(monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise OSError("no more processes")

    monkeypatch.setattr(worker, "ProcessPoolExecutor", refuse)
    assert worker.render_in_child("agreements.pdf.render", a_report()).startswith(b"%PDF-")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
