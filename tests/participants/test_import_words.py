"""What people write in headings and cells, and what is made of it."""

import pytest

from borsen.enums import Sector
from participants.importing.cells import Damaged, how_many, one_line, phone, same_phone, says_nothing, yes_or_no
from participants.importing.headings import understood
from participants.importing.mapping import guess
from participants.importing.people import people
from participants.importing.reading import read
from participants.importing.sectors import sector_by_name, sector_of
from participants.importing.splitting import split


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Organisasjon/bedrift", "name"),
        ("Hvilken organisasjon representerer du?", "name"),
        ("Lag/forening", "name"),
        ("NAVN PÅ ORGANISASJONEN:", "name"),
        ("Type", "sector"),
        ("Type organisasjon", "sector"),
        ("Frivillig/bedrift/offentlig", "sector"),
        ("Hva slags virksomhet er dere?", "sector"),
        ("Org.nr.", "org_number"),
        ("Organisasjonsnr", "org_number"),
        ("Kontaktperson", "contact"),
        ("Navn på kontaktperson", "contact"),
        ("E-post", "email"),
        ("Kontaktpersonens epostadresse", "email"),
        ("Mobil", "phone"),
        ("Tlf.", "phone"),
        ("Hva kan dere tilby?", "offers"),
        ("Hva kan din organisasjon bidra med?", "offers"),
        ("Hva ønsker dere å tilby", "offers"),
        ("Hva trenger dere?", "needs"),
        ("Hva ønsker dere hjelp til?", "needs"),
        ("Hvor mange kommer?", "expected"),
        ("Antall", "expected"),
        ("Kommer dere?", "coming"),
        ("Hjemmeside", "website"),
        ("Kommune", "municipality"),
        ("Kategori tilbud", "category"),
        ("Hva heter dere?", "name"),
        ("Deltagerens navn", "name"),
        ("Er dere bedrift, frivillig eller offentlig?", "sector"),
        ("Privat/frivillig/offentlig", "sector"),
        ("Hva slags hjelp trenger dere?", "needs"),
        ("Hva slags hjelp kan dere tilby?", "offers"),
        ("Antall deltagere", "expected"),
    ],
)
def test_everyday_headings_are_understood(text, field):
    found = understood(text)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Merknad",
        "Behov for tilrettelegging",
        "Allergier",
        "Antall ansatte",
        "Starttidspunkt",
        "ID",
        "Adresse",
        "Jeg godtar at navnet mitt lagres",
        "Hvordan hørte du om oss?",
    ],
)
def test_headings_that_are_about_something_else_are_left_alone(text):
    assert understood(text) is None


def test_a_second_person_is_told_by_number_word_or_place():
    heads = ["Navn", "Kontaktperson", "E-post", "Mobil", "Kontaktperson 2", "E-post", "Reserve", "Vara e-post"]
    (sheet,) = read(("\t".join(heads) + "\n" + "\t".join(f"verdi {n}" for n in range(8)) + "\n").encode())
    assert list(guess([sheet]).columns.values()) == [
        "name", "contact.1", "email.1", "phone.1", "contact.2", "email.2", "contact.3", "email.3",
    ]  # fmt: skip


def test_headings_below_a_title_and_a_note_are_found_and_a_name_beside_the_organisation_is_the_person():
    text = "Påmeldte til børsen\n\nSvar fra skjema og e-post\n;\nNavn;Organisasjon;Mail\nKari Berg;Ås kor;kari@x.no\n"
    mapping = guess(read(text.encode()))
    assert (mapping.heading_row, mapping.columns) == (5, {0: "contact.1", 1: "name", 2: "email.1"})


def test_a_list_without_headings_is_known_by_what_stands_in_it():
    text = "Ås kor;Frivillig;kari@x.no;900 00 000;974 760 673\nKafé Kiwano;Bedrift;ola@x.no;911 22 333;\n"
    mapping = guess(read(text.encode()))
    assert mapping.heading_row == 0
    assert mapping.columns == {0: "name", 1: "sector", 2: "email.1", 3: "phone.1", 4: "org_number"}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Kurs\nNaust", ["Kurs", "Naust"]),
        ("Kurs; Naust;", ["Kurs", "Naust"]),
        ("• Kurs\n• Naust\n", ["Kurs", "Naust"]),
        ("- Kurs\n- Naust", ["Kurs", "Naust"]),
        ("-Kurs\n–Naust", ["Kurs", "Naust"]),
        ("1. 200 plakater\n2. Naust", ["200 plakater", "Naust"]),
        ("1. Kurs 2. Naust 3. Båt", ["Kurs", "Naust", "Båt"]),
        ("Vi kan: 1) kurs 2) naust", ["kurs", "naust"]),
        ("•Kurs •Naust", ["Kurs", "Naust"]),
        ("- Kurs for nye\n  og gamle\n- Naust", ["Kurs for nye og gamle", "Naust"]),
        ("- Kurs; Båt\n- Naust", ["Kurs", "Båt", "Naust"]),
        ("Puter, lamper og en god lenestol", ["Puter, lamper og en god lenestol"]),
        ("17. mai-frokost", ["17. mai-frokost"]),
        ("1. mai-tog; 2.5 liter maling", ["1. mai-tog", "2.5 liter maling"]),
        ("Døgnvakt 24/7", ["Døgnvakt 24/7"]),
        ("Kurs\nkurs", ["Kurs"]),
        ("Ingen", []),
        (" -\n?\n", []),
        ("Kurs\u00a0\u200bi\u00a0padling\r\nNaust", ["Kurs i padling", "Naust"]),
        ("#REF!", []),
    ],
)
def test_a_cell_is_split_into_the_things_that_its_writer_meant(text, titles):
    assert [item.title for item in split(text, categories=())] == titles


def test_commas_part_only_when_asked_for_and_what_the_event_has_is_never_parted():
    assert len(split("Puter, lamper, krakk", categories=(), at_commas=True)) == 3
    assert [item.title for item in split("- Kurs; del 1", categories=(), known={"- kurs; del 1"})] == ["- Kurs; del 1"]
    assert len(split("Kurs; del 1\nNaust", categories=(), one_per_line=True)) == 2


def test_a_category_beside_a_thing_is_its_category():
    found = split(
        "Gymsal [Lokaler]\nLokaler: Naust\nBuss (transport)\nKurs (gratis)", categories={"lokaler", "transport"}
    )
    assert [(item.title, item.category) for item in found] == [
        ("Gymsal", "lokaler"),
        ("Naust", "lokaler"),
        ("Buss", "transport"),
        ("Kurs (gratis)", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Kari Berg", [("Kari Berg", "", "")]),
        ("Kari Berg, 900 00 000, kari@x.no / Ola", [("Kari Berg", "kari@x.no", "900 00 000"), ("Ola", "", "")]),
        ("Kari Berg og Ola Moe", [("Kari Berg", "", ""), ("Ola Moe", "", "")]),
        ("Kari og Ola Berg", [("Kari og Ola Berg", "", "")]),
        ("Berg, Kari", [("Kari Berg", "", "")]),
        ("Kari Berg, daglig leder", [("Kari Berg, daglig leder", "", "")]),
        ("Kari <kari@x.no>; Ola <ola@x.no>", [("Kari", "kari@x.no", ""), ("Ola", "ola@x.no", "")]),
        (
            "Kari Berg\nmob. 90000000\nOla Moe 911 22 333",
            [("Kari Berg", "", "900 00 000"), ("Ola Moe", "", "911 22 333")],
        ),
        ("–", []),
    ],
)
def test_contacts_in_one_cell_are_told_apart(cell, found):
    assert [(each.name, each.email, each.phone) for each in people(cell, "", "")] == found


def test_addresses_and_numbers_go_to_the_persons_in_order():
    found = people("Kari Berg / Ola Moe", "kari@x.no; ola@x.no", "90000000 / 91122333")
    assert [(each.name, each.email, each.phone) for each in found] == [
        ("Kari Berg", "kari@x.no", "900 00 000"),
        ("Ola Moe", "ola@x.no", "911 22 333"),
    ]
    assert [each.name for each in people("", "kari.berg@x.no", "")] == ["Kari Berg"]
    assert [each.email for each in people("Åge", "age(at)x.no", "")] == ["age(at)x.no"]
    assert len(people("Kari Berg og Ola Moe", "", "", known={"kari berg og ola moe"})) == 1


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("BEDRIFT", Sector.BUSINESS),
        ("næringsliv", Sector.BUSINESS),
        ("Firma", Sector.BUSINESS),
        ("Lag og forening", Sector.VOLUNTARY),
        ("Frivillig org.", Sector.VOLUNTARY),
        ("ideell", Sector.VOLUNTARY),
        ("Kommune/offentlig", Sector.PUBLIC),
        ("Off.", Sector.PUBLIC),
        ("statlig etat", Sector.PUBLIC),
        ("Frivillig enkeltperson", Sector.INDIVIDUAL),
        ("privatperson", Sector.INDIVIDUAL),
        ("Vet ikke", ""),
        ("Bedrift/frivillig", ""),
        ("Kommunalt foretak", ""),
    ],
)
def test_words_for_the_sectors(words, sector):
    assert sector_of(words) == sector


def test_a_name_may_tell_the_sector():
    names = ("Bygg og Sag AS", "Granfjord kommune", "Granfjord Idrettslag", "Kiwano")
    assert [sector_by_name(name) for name in names] == [Sector.BUSINESS, Sector.PUBLIC, Sector.VOLUNTARY, ""]


def test_telephone_numbers_survive_excel_or_are_told():
    shown = ["90000000", "22112233", "90000000.0", "9,1122333E+07", "+47 900 00 000", "ring Kari", "4790000000"]
    assert [phone(each) for each in shown] == [
        "900 00 000", "22 11 22 33", "900 00 000", "911 22 333", "+47 900 00 000", "ring Kari",
        "+47 900 00 000",
    ]  # fmt: skip
    with pytest.raises(Damaged):
        phone("9,0E+07")
    assert same_phone("+47 900 00 000", "90000000")
    assert not same_phone("ring Kari", "ring Ola")


def test_how_many_and_whether_they_come():
    assert [how_many(text) for text in ("3", "3 stk", "Tre", "2-3", "Ja, 2", "2.0", "ja")] == [3, 3, 3, 3, 2, 2, None]
    assert [yes_or_no(text) for text in ("Ja", "ja takk!", "NEI", "Nei, dessverre", "kanskje")] == [
        True, True, False, False, None,
    ]  # fmt: skip


def test_what_cannot_be_seen_is_gone_and_nothing_is_nothing():
    assert one_line("\u00a0 Ås\u00ad \u200b kor\ufeff ") == "Ås kor"
    assert [says_nothing(text) for text in ("", "-", "Ingen", "vet ikke", "0", "Kor")] == [True] * 5 + [False]
