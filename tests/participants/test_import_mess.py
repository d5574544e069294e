"""Whole lists as form services, colleagues and three years of copying leave them; none of them is corrected by hand."""

import pytest
from django.utils import timezone

from participants.importing.bringing_in import try_out
from participants.importing.keeping import keep, set_answers
from participants.importing.reading import read
from tests.factories import make_event, make_user
from tests.participants.files import workbook

pytestmark = pytest.mark.django_db

FORM = (
    "ID;Starttidspunkt;Fullføringstidspunkt;E-post;Navn;Hvilken organisasjon representerer du?;Hva slags "
    "organisasjon er det?;Navn på kontaktperson;E-postadresse til kontaktperson;Telefonnummer til kontaktperson;"
    "Hva kan dere tilby på børsen? (skriv flere);Hva har dere behov for?;Har dere behov for tilrettelegging?;Samtykke\n"
    "1;04.11.2026 09:00;04.11.2026 09:05;anonymous;;Ås kor;Frivillig lag eller forening;Kari Berg;kari@x.no;90000000;"
    "Sang;Rom;Nei;Ja\n"
)
SHEET = (
    "Tidsmerke,Navn på bedrift/organisasjon,Sektor,Kontaktperson (navn),Kontaktperson (e-post),Kontaktperson (mobil),"
    'Vi kan tilby,Vi ønsker\n2026/11/04 9:00,Ås kor,Frivillig,Kari Berg,kari@x.no,90000000,"Sang",Rom\n'
)
LISTS = {
    "a form": FORM,
    "another form": SHEET,
    "numbered columns": "$submission_id\tNavn på lag/forening/bedrift/etat\tType deltaker\tKontaktinformasjon\t"
    "Tilbud 1\tTilbud 2\tBehov 1\n9\tÅs kor\tLag/forening\tKari Berg, 900 00 000, kari@x.no\tSang\t\tRom\n",
    "gives and gets": "Nr;Deltaker;Kategori;Ansvarlig;Tlf;Epost;Gir;Får\n"
    "1;Ås kor;Frivillig;Kari Berg;90000000;kari@x.no;Sang;Rom\n",
    "first and last name": "Fornavn;Etternavn;E-post;Mobil;Lag;Type;Tilbyr;Trenger\n"
    "Kari;Berg;kari@x.no;90000000;Ås kor;lag;Sang;Rom\n",
    "resources": "Aktør;Type aktør;Ressurser vi kan dele;Ressurser vi trenger;Kontaktperson m/tlf;Mailadresse\n"
    "Ås kor;Frivillighet;Sang;Rom;Kari Berg 900 00 000;kari@x.no\n",
    "english": "Organization,Type,Contact person,Email,Phone,Offers,Needs\n"
    "Ås kor,Voluntary,Kari Berg,kari@x.no,90000000,Sang,Rom\n",
    "nynorsk": "Namn på organisasjonen;Kva slag;Kontaktperson;E-post;Telefon;Kva kan de tilby?;Kva treng de?\n"
    "Ås kor;friviljug;Kari Berg;kari@x.no;90000000;Sang;Rom\n",
    "questions": "Hvem;Type;Hva de gir;Hva de vil ha;Hvem er kontakt;Mobilnummer;E-post\n"
    "Ås kor;Frivillig;Sang;Rom;Kari Berg;90000000;kari@x.no\n",
}


def drafts(content, **answers):
    event = make_event()
    content = content.encode() if isinstance(content, str) else content
    stored = keep(event=event, user=make_user(), file_name="x", sheets=read(content), now=timezone.now())
    set_answers(stored, answers)
    return [outcome.draft for outcome in try_out(stored).outcomes if outcome.draft]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_list_says_the_same(name):
    (draft,) = drafts(LISTS[name])
    contacts = [(each.name, each.email, each.phone) for each in draft.contacts]
    resources = [(each.kind, each.title) for each in draft.resources]
    assert (draft.name, draft.sector, contacts, resources) == (
        "Ås kor",
        "voluntary",
        [("Kari Berg", "kari@x.no", "900 00 000")],
        [("offer", "Sang"), ("need", "Rom")],
    )


def test_a_section_may_be_one_word_and_the_first_may_stand_above_the_headings():
    text = (
        "Påmeldte per 1. november;;\n;;\nNÆRINGSLIV;;\nNavn;E-post;Tilbud\nFonna;per@fonna.no;Verktøy\n"
        "FRIVILLIGHET;;\nSnøfonn;kari@x.no;Sang\nKOMMUNE;;\nFyrlykta;eva@x.no;Rom\n"
    )
    assert [(draft.name, draft.sector) for draft in drafts(text)] == [
        ("Fonna", "business"),
        ("Snøfonn", "voluntary"),
        ("Fyrlykta", "public"),
    ]


def test_a_column_that_may_be_the_person_is_the_participant_where_there_is_no_other_name():
    text = "Hvem kommer?;Sektor;Antall;Mail;Mobil;Bidrar med;Trenger hjelp til\n"
    (draft,) = drafts(text + "Ås kor;Frivillig;2-3;kari@x.no;+4790000000;Sang;Kommer tilbake til det\n")
    assert (draft.name, draft.expected, [each.title for each in draft.resources]) == ("Ås kor", 3, ["Sang"])
    assert [(each.name, each.phone) for each in draft.contacts] == [("Ås kor", "+47 900 00 000")]


def two_rows_each(book):
    sheet = book.active
    sheet.delete_rows(1, 9)
    for row in (["Organisasjon", "", "Kontakt", "", ""], ["Navn", "Type", "Navn", "E-post", "Tilbud"]):
        sheet.append(row)
    sheet.append(["Ås kor", "frivillig", "Kari", "kari@x.no", "Sang"])
    sheet.append([None, None, "Ola", "ola@x.no", "Dans"])
    sheet.append(["Kiwano", "bedrift", "Per", "", "Kaffe"])


def merged(book):
    two_rows_each(book)
    for cells in ("A1:B1", "C1:D1", "A3:A4", "B3:B4"):
        book.active.merge_cells(cells)


def both_people(draft):
    return [each.name for each in draft.contacts], [each.title for each in draft.resources]


def test_a_participant_that_takes_two_merged_rows_is_one_with_both():
    choir, cafe = drafts(workbook(change=merged))
    assert both_people(choir) == (["Kari", "Ola"], ["Sang", "Dans"])
    assert both_people(cafe) == (["Per"], ["Kaffe"])


def test_a_row_without_a_name_belongs_to_the_one_above_only_when_the_organiser_says_so():
    content = workbook(change=two_rows_each)
    assert [both_people(draft) for draft in drafts(content)] == [(["Kari"], ["Sang"]), (["Per"], ["Kaffe"])]
    choir, _cafe = drafts(content, continued="join")
    assert both_people(choir) == (["Kari", "Ola"], ["Sang", "Dans"])


def test_a_column_of_names_is_a_list_too():
    assert [(draft.name, draft.sector) for draft in drafts("Navn\nÅs kor\nKiwano AS\n")] == [
        ("Ås kor", "voluntary"),
        ("Kiwano AS", "business"),
    ]


def said(draft):
    contacts = [(each.name, each.email, each.phone) for each in draft.contacts]
    return draft.name, draft.sector, contacts, [(each.kind, each.title) for each in draft.resources]


def two_lines(*, merged):
    """«Kontaktperson 1» and «Kontaktperson 2» above three headings each, and the rest in the upper line or in both."""

    def change(book):
        sheet = book.active
        sheet["A1"] = "Deltakerliste"
        sheet.merge_cells("A1:J2")
        above = {"A4": "Organisasjon", "B4": "Type", "C4": "Kontaktperson 1", "F4": "Kontaktperson 2", "I4": "Tilbud"}
        for place, text in above.items():
            sheet[place] = text
        for column, text in zip("CDEFGH", ["Navn", "Tlf", "Epost"] * 2, strict=True):
            sheet[f"{column}5"] = text
        for place in ("C4:E4", "F4:H4", *(("A4:A5", "B4:B5", "I4:I5") if merged else ())):
            sheet.merge_cells(place)
        sheet.append(["Ås kor", "lag", "Kari Berg", 90000000, "k@x.no", "Ola Moe", 91122333, "o@x.no", "Sang"])

    return workbook([], change)


@pytest.mark.parametrize("merged", [True, False])
def test_headings_in_two_lines_are_read_together(merged):
    (draft,) = drafts(two_lines(merged=merged))
    assert said(draft) == (
        "Ås kor",
        "voluntary",
        [("Kari Berg", "k@x.no", "900 00 000"), ("Ola Moe", "o@x.no", "911 22 333")],
        [("offer", "Sang")],
    )


def test_crosses_in_a_column_for_each_sector_say_the_type():
    text = (
        "Navn på virksomhet;Bedrift;Frivillig;Offentlig;Tilbud\nA;x;;;Rom\nB;;X;-;Sang\nC;nei;nei;ja;Sal\nD;x;x;;Alt\n"
    )
    assert [(draft.name, draft.sector) for draft in drafts(text)] == [
        ("A", "business"),
        ("B", "voluntary"),
        ("C", "public"),
    ]


def test_a_heading_may_name_the_category_of_what_stands_below_it():
    text = "Navn;Type;Tilbud: Lokaler;Tilbud (annet);Behov – transport\nA;lag;Mandager;Stoler;Til konsert\n"
    (draft,) = drafts(text)
    assert [(each.title, each.category.name) for each in draft.resources] == [
        ("Mandager", "Lokaler"),
        ("Stoler", "Annet"),
        ("Til konsert", "Transport"),
    ]


def test_short_words_for_the_type_and_a_line_that_goes_on():
    text = 'Navn;Type;Tilbud\nA;BEDR.;"Kaker, boller\nog kaffe"\nB;Friv.;"Rom\nKaffe"\n'
    assert [(draft.sector, [each.title for each in draft.resources]) for draft in drafts(text)] == [
        ("business", ["Kaker, boller og kaffe"]),
        ("voluntary", ["Rom", "Kaffe"]),
    ]
