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
