"""The steps of an import as an organiser goes through them, and what the plan makes of the mess on the way."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from borsen.enums import Role, Sector
from participants.importing.keeping import KEPT, set_answers
from participants.importing.reading import LARGEST_FILE, read
from participants.models import ListImport
from participants.registering import set_status
from tests.factories import (
    make_agreement,
    make_contact,
    make_event,
    make_list_import,
    make_open_event,
    make_participant,
    make_resource,
)
from tests.participants.files import workbook
from tests.participants.pages import client_of, form_of, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db
OUTSIDE = "192.0.2.7"


def upload(event, content, client=None, name="liste.csv"):
    content = content.encode() if isinstance(content, str) else content
    return (client or client_of(event)).post(url_of("import", event), {"file": SimpleUploadedFile(name, content)})


def stored_of(event) -> ListImport:
    return event.list_imports.get()


def check(event, client, **answers):
    """Go from the file to the report: the columns as guessed, the given answers, then «Importer»."""
    stored = event.list_imports.first()
    set_answers(stored, answers)
    url = url_of("import.check", event, stored.token)
    return client.post(url, {"digest": digest_on(client.get(url)), "import": "1"})


def digest_on(response) -> str:
    return re.search(r'name="digest" value="(\w+)"', response.content.decode())[1]


def bring(event, text, **answers):
    client = client_of(event)
    assert upload(event, text, client).status_code == 302
    response = check(event, client, **answers)
    assert response.status_code == 302
    return client.get(response["Location"])


def names(event) -> list[str]:
    return list(event.participants.order_by("pk").values_list("name", flat=True))


# --- the steps


def test_from_the_file_to_the_report():
    event = make_event()
    client = client_of(event)
    response = upload(
        event, "Navn;Type;Tilbud\nÅs kor;frivillig;Sang; dans\nKafé Kiwano;bedrift;Kaffe\nRart navn;;\n", client
    )
    token = stored_of(event).token
    assert response["Location"] == url_of("import.columns", event, token)
    page = client.get(response["Location"])
    assert "Stemmer kolonnene?" in text_of(page)
    sent = client.post(response["Location"], {"ark": "0", "rad": "1", "column-0": "name", "column-1": "sector"})
    assert sent["Location"] == url_of("import.check", event, token)
    shown = client.get(sent["Location"])
    assert "rad 4, kolonne B" in text_of(shown)
    assert "Importer 2 deltakere" in text_of(shown)
    assert names(event) == []
    done = client.post(sent["Location"], {"digest": digest_on(shown), "import": "1"})
    assert done["Location"] == url_of("import.report", event, token)
    assert names(event) == ["Ås kor", "Kafé Kiwano"]
    assert event.participants.filter(resources__isnull=False).count() == 0
    assert "rad 4 Rart navn" in text_of(client.get(done["Location"]))


@pytest.mark.parametrize("name", ["import", "import.columns", "import.check", "import.report", "import.file"])
def test_no_step_is_kept_by_a_cache_or_shown_where_others_can_read_along(name):
    event = make_event()
    bring(event, "Navn;Type;E-post\nÅs kor;frivillig;hemmelig@example.org\n")
    arguments = [] if name == "import" else [stored_of(event).token]
    client = client_of(event)
    response = client.get(url_of(name, event, *arguments))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    outside = client.get(url_of(name, event, *arguments), REMOTE_ADDR=OUTSIDE)
    assert outside.status_code == 403
    assert b"hemmelig" not in outside.content


def test_nothing_is_taken_in_over_a_line_that_others_can_read_along_on():
    event = make_event()
    file = SimpleUploadedFile("liste.csv", b"Navn;Type\nKor;frivillig\n")
    response = client_of(event).post(url_of("import", event), {"file": file}, REMOTE_ADDR=OUTSIDE)
    assert response.status_code == 403
    assert not event.list_imports.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7", "Dette er en PDF."),
        (b"Navn;Type\n" * (LARGEST_FILE // 10 + 1), "større enn 5 MB"),
        (b"Navn;Type\nKo\0r;x\n", "ikke en liste som kan leses"),
        (b"   \n", "Filen er tom."),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_in_words_on_the_page(content, words):
    event = make_event()
    response = upload(event, content)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not event.list_imports.exists()
    assert client_of(event).post(url_of("import", event)).status_code == 422


def test_columns_can_be_corrected_and_what_can_not_be_is_told():
    event = make_event()
    client = client_of(event)
    address = upload(event, "Hvem;Hva de gir;Rart\nÅs kor;Sang;bedrift\n", client)["Location"]
    sent = form_of(client.get(address), "import-form")
    assert sent["column-0"] == "name"
    twice = client.post(address, sent | {"column-2": "name"})
    assert (twice.status_code, "Bare én kolonne kan være «Navn på deltakeren»" in text_of(twice)) == (422, True)
    without = client.post(address, sent | {"column-0": ""})
    assert (without.status_code, "Velg hvilken kolonne som er navnet" in text_of(without)) == (422, True)
    assert client.post(address, sent | {"column-1": "offers", "column-2": "sector"}).status_code == 302
    assert stored_of(event).mapping["columns"] == {"0": "name", "1": "offers", "2": "sector"}


def test_another_sheet_and_another_heading_row_can_be_chosen():
    def change(book):
        book.active.title = "Bedrifter"
        book.create_sheet("Frivillige").append(["Lag", "Mobil"])
        book["Frivillige"].append(["Ås kor", 90000000])

    event = make_event()
    client = client_of(event)
    address = upload(event, workbook(change=change), client, "liste.xlsx")["Location"]
    page = client.get(f"{address}?ark=1")
    assert "Ås kor" in text_of(page)
    sent = form_of(page, "import-form")
    assert (sent["ark"], sent["column-0"], sent["column-1"]) == ("1", "name", "phone.1")
    client.post(address, sent)
    check(event, client)
    participant = event.participants.get()
    # The sheet is called «Frivillige», and so are those who stand on it.
    assert (participant.name, participant.sector, participant.contacts.count()) == ("Ås kor", Sector.VOLUNTARY, 1)
    none = form_of(client.get(f"{address}?ark=0&rad=0"), "import-form")
    assert none["rad"] == "0"


@pytest.mark.parametrize("address", ["?ark=9", "?ark=x&rad=²", "?rad=99999999", "?vis=tull&side=-1", "?side=999"])
def test_a_mangled_address_shows_the_step(address):
    event = make_event()
    stored = make_list_import(event)
    client = client_of(event)
    for name in ("import.columns", "import.check"):
        assert client.get(url_of(name, event, stored.token) + address).status_code == 200


def test_answers_are_used_before_anything_is_brought_in():
    event = make_event()
    client = client_of(event)
    upload(event, "Navn;Type\nÅs kor;vet ikke\nKafé;bedrift\n", client)
    url = url_of("import.check", event, stored_of(event).token)
    shown = client.get(url)
    sent = {"digest": digest_on(shown), "question-0": "sector:vet ikke", "answer-0": "voluntary", "import": "1"}
    answered = client.post(url, sent, follow=True)
    assert "Valgene er tatt i bruk." in text_of(answered)
    assert "Importer 2 deltakere" in text_of(answered)
    assert names(event) == []
    client.post(url, sent | {"digest": digest_on(answered)})
    assert names(event) == ["Ås kor", "Kafé"]
    # The back button and a second press: the same report, and nothing twice.
    again = client.post(url, sent | {"digest": digest_on(answered)})
    assert again["Location"] == url_of("import.report", event, stored_of(event).token)
    assert names(event) == ["Ås kor", "Kafé"]


def test_the_answers_are_kept_and_said_to_be_also_on_the_way_to_another_tab():
    event = make_event()
    client = client_of(event)
    upload(event, "Navn;Type\nÅs kor;vet ikke\nKafé;bedrift\n", client)
    url = url_of("import.check", event, stored_of(event).token)
    answers = {"question-0": "sector:vet ikke", "answer-0": "voluntary"}
    sent = {"digest": digest_on(client.get(url)), **answers, "vis": "new"}
    answered = client.post(url, sent, follow=True)
    assert answered.redirect_chain == [(f"{url}?vis=new", 302)]
    assert ("Valgene er tatt i bruk." in text_of(answered), stored_of(event).answers) == (
        True,
        {"sector:vet ikke": "voluntary"},
    )
    assert "Ingen valg er endret." in text_of(client.post(url, sent | {"vis": "a b"}, follow=True))
    assert names(event) == []


def test_an_answer_that_was_not_offered_is_passed_over():
    event = make_event()
    client = client_of(event)
    upload(event, "Navn;Type\nÅs kor;vet ikke\n", client)
    stored = stored_of(event)
    client.post(url_of("import.check", event, stored.token), {"question-0": "sector:vet ikke", "answer-0": "konge"})
    assert stored_of(event).answers == {}


def test_what_another_organiser_did_meanwhile_is_told_before_anything_is_written():
    event = make_event()
    first, second = client_of(event), client_of(event)
    upload(event, "Navn;Type;Kommune\nÅs kor;frivillig;Ås\n", first)
    url = url_of("import.check", event, stored_of(event).token)
    digest = digest_on(first.get(url))
    bring(event, "Navn;Type\nÅs kor;frivillig\n")
    response = first.post(url, {"digest": digest, "import": "1"})
    assert response.status_code == 409
    assert "Deltakerne er endret siden du så denne siden." in text_of(response)
    assert event.participants.get().municipality == ""
    # Another organiser may go on with it, and then it is an ordinary change.
    assert second.post(url, {"digest": digest_on(response), "import": "1"}).status_code == 302
    assert event.participants.get().municipality == "Ås"


def test_a_list_is_forgotten_when_it_is_discarded_and_after_a_day():
    event = make_event()
    client = client_of(event)
    stored = make_list_import(event)
    assert "liste.csv" in text_of(client.get(url_of("import", event)))
    assert client.post(url_of("import.discard", event, stored.token)).status_code == 302
    assert not event.list_imports.exists()
    old = make_list_import(event)
    event.list_imports.update(created_at=timezone.now() - KEPT - timedelta(minutes=1))
    assert client.get(url_of("import.check", event, old.token)).status_code == 404
    make_list_import(event)
    assert event.list_imports.count() == 1


def test_the_report_gives_the_list_back_with_what_became_of_each_row():
    event = make_event()
    bring(event, "Liste over alle\n\nNavn;Type;E-post\n=Ås kor;frivillig;\nKafé;bedrift;kari(at)x.no\n\nLag;lag;\n")
    response = client_of(event).get(url_of("import.file", event, stored_of(event).token))
    sheet = load_workbook(io.BytesIO(response.content)).active
    told = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in told] == ["Liste over alle", "", "Navn", "=Ås kor", "Kafé", "", "Lag"]
    assert [row[-1] for row in told][2:] == [
        "Resultat av importen",
        "Importert",
        "IKKE IMPORTERT. Kolonne C: «kari(at)x.no» er ikke en gyldig e-postadresse",
        "",
        "Importert",
    ]
    assert sheet["A4"].data_type == "s"
    # Mended and sent in again, the report itself is a list like any other.
    assert "Importer 0" not in text_of(bring(event, response.content))
    assert names(event) == ["=Ås kor", "Lag"]


def test_the_last_column_of_the_report_means_nothing_when_it_comes_back():
    event = make_event()
    stored = make_list_import(event, "Navn;Type;Resultat av importen\nÅs kor;frivillig;Importert\n")
    assert stored.mapping["columns"] == {"0": "name", "1": "sector"}


# --- what is made of a list


def test_the_same_participant_is_known_by_number_then_by_name_and_municipality():
    event = make_event()
    make_participant(event, "Kiwano", org_number="974760673", sector=Sector.BUSINESS)
    make_participant(event, "Ås kor", municipality="Ås")
    make_participant(event, "Turlaget", municipality="Ås")
    bring(
        event,
        "Navn;Type;Org.nr;Kommune\nKafé Kiwano;bedrift;974 760 673;\n«ÅS KOR»;frivillig;;\nTurlaget;frivillig;;Ski\n",
    )
    assert names(event) == ["Kafé Kiwano", "«ÅS KOR»", "Turlaget", "Turlaget"]


def test_units_that_share_a_number_are_each_their_own():
    event = make_event()
    text = "Navn;Type;Orgnr\nÅs kommune – park;kommune;971032081\nÅs kommune – kultur;kommune;971032081\n"
    for _time in range(2):
        bring(event, text) if not event.participants.exists() else upload(event, text)
    assert names(event) == ["Ås kommune – park", "Ås kommune – kultur"]


def test_a_change_adds_and_mends_but_takes_nothing_away():
    event = make_open_event()
    participant = make_participant(event, "Ås kor", expected=3)
    kari = make_contact(participant, "Kari Berg", email="kari@x.no", phone="900 00 000")
    sang = make_resource(participant, "Sang", details="Ti stemmer")
    dans = make_resource(participant, "Dans", kind="need")
    agreement = make_agreement(event, (participant, "Sang"), (make_participant(event), "Kake"))
    text = (
        'Navn;Type;Kontaktperson;E-post;Telefon;Tilbud\nÅs kor;frivillig;Kari Berg;kari@y.no;90000000;"sang\nNoter"\n'
    )
    page = bring(event, text)
    assert "E-post: kari@x.no → kari@y.no; Nytt tilbud: – → Noter" in text_of(page)
    participant.refresh_from_db()
    assert participant.expected == 3
    assert list(participant.contacts.values_list("pk", "email", "phone")) == [(kari.pk, "kari@y.no", "900 00 000")]
    titles = list(participant.resources.values_list("pk", "title", "details"))
    assert titles[:2] == [(dans.pk, "Dans", ""), (sang.pk, "Sang", "Ti stemmer")]
    assert titles[2][1:] == ("Noter", "")
    assert agreement.parties.count() == 2


def test_changes_can_be_left_alone_and_the_signed_off_stay_so():
    event = make_event()
    participant = make_participant(event, "Ås kor", municipality="Ås")
    set_status(participant=participant, status="cancelled")
    client = client_of(event)
    upload(event, "Navn;Type;Org.nr;Kommune;Sted\nÅs kor;frivillig;974760673;Ås;\n", client)
    stored = stored_of(event)
    set_answers(stored, {"changed": "keep"})
    shown = client.get(url_of("import.check", event, stored.token) + "?vis=same")
    assert "Det er ingenting å importere." in text_of(shown)
    assert "Deltakeren er meldt av på børsen" in text_of(shown)


def test_doubles_in_the_list_become_one_with_what_both_say():
    event = make_event()
    bring(
        event,
        "Navn;Type;Kontaktperson;E-post;Tilbud\nÅs kor;frivillig;Kari Berg;;Sang\nKafé;bedrift;;;\n"
        "ÅS KOR;frivillig;Ola Moe;ola@x.no;Dans\nÅs kor;frivillig;Kari Berg;kari@x.no;sang\n",
    )
    assert names(event) == ["Ås kor", "Kafé"]
    choir = event.participants.get(name="Ås kor")
    assert list(choir.contacts.values_list("name", "email")) == [("Kari Berg", "kari@x.no"), ("Ola Moe", "ola@x.no")]
    assert list(choir.resources.values_list("title", flat=True)) == ["Sang", "Dans"]


def test_sections_sums_and_repeated_headings_are_no_participants():
    event = make_event()
    bring(event, "Navn;Mobil\nBEDRIFTER;\nKiwano;1\nLag og foreninger;\nSnøfonn;2\nNavn;Mobil\nFyrlykta;3\nTotalt;3\n")
    assert list(event.participants.order_by("pk").values_list("name", "sector")) == [
        ("Kiwano", Sector.BUSINESS),
        ("Snøfonn", Sector.VOLUNTARY),
        ("Fyrlykta", Sector.VOLUNTARY),
    ]


def test_a_sum_is_told_from_a_name_that_begins_like_one():
    event = make_event()
    bring(event, "Navn;Type;Hvor mange\nSum Design AS;bedrift;\nTotalreparasjoner;bedrift;2\nSum 42;;#REF!\n")
    assert list(event.participants.order_by("pk").values_list("name", flat=True)) == [
        "Sum Design AS",
        "Totalreparasjoner",
    ]


def test_a_category_may_be_written_short():
    event = make_event()
    bring(event, "Navn;Type;Tilbud;Kategori tilbud\nA;lag;Rart;Underholdning\nB;lag;Rarere;Tid\n")
    found = [
        (each.title, each.category.name) for one in event.participants.order_by("pk") for each in one.resources.all()
    ]
    assert found == [("Rart", "Underholdning og opplevelser"), ("Rarere", "Annet")]


def test_categories_are_named_guessed_or_asked_about():
    event = make_event()
    text = "Navn;Type;Tilbud;Kategori tilbud\nA;lag;Naust;Lokaler\nB;lag;Kurs i padling;\nC;lag;Rart;Rariteter\n"
    bring(event, text, **{"category:rariteter": str(event.categories.get(name="Transport").pk)})
    found = [
        (each.title, each.category.name) for one in event.participants.order_by("pk") for each in one.resources.all()
    ]
    assert found == [
        ("Naust", "Lokaler"),
        ("Kurs i padling", "Foredrag, kurs og undervisning"),
        ("Rart", "Transport"),
    ]


def test_who_does_not_come_is_left_out_and_how_many_come_is_read():
    event = make_event()
    bring(event, "Navn;Type;Kommer;Antall\nA;lag;Ja;3 stk\nB;lag;Nei;\nC;lag;ja;mange\nD;lag;ja, to;\n")
    assert list(event.participants.order_by("pk").values_list("name", "expected")) == [("A", 3), ("C", 1), ("D", 2)]


def test_too_long_things_are_kept_whole_and_titles_cut():
    event = make_event()
    long = "Hjelp til " + "mye " * 60
    bring(event, f"Navn;Type;Behov\nÅs kor;lag;{long}\n")
    need = event.participants.get().resources.get()
    assert (len(need.title) <= 120, need.details) == (True, long.strip())


def test_formulas_without_a_value_and_damaged_numbers_are_told_with_their_cell():
    event = make_event()
    rows = [["Navn", "Type", "Telefon", "Kontaktperson"], ["=A1", "lag", "", ""], ["Kor", "lag", "9,0E+07", "Kari"]]
    client = client_of(event)
    upload(event, workbook(rows), client, "liste.xlsx")
    said = text_of(client.get(url_of("import.check", event, stored_of(event).token)))
    assert "rad 2, kolonne A Formelen har ingen verdi." in said
    assert "rad 3, kolonne C Kor Excel har bare tatt vare på de første sifrene" in said


def test_an_event_without_categories_takes_the_participants_without_their_things():
    event = make_event()
    event.categories.all().delete()
    bring(event, "Navn;Type;Tilbud\nÅs kor;lag;Sang\n")
    assert (names(event), event.participants.get().resources.count()) == (["Ås kor"], 0)


def test_500_rows_are_shown_a_page_at_a_time_with_errors_first():
    event = make_event()
    rows = "".join(
        f"Lag {number:03};frivillig;kari{'(at)' if number % 100 == 7 else '@'}x.no\n" for number in range(500)
    )
    client = client_of(event)
    upload(event, f"Navn;Type;E-post\n{rows}", client)
    url = url_of("import.check", event, stored_of(event).token)
    first = client.get(url)
    tabs = [
        " ".join("".join(link.itertext()).split())
        for link in tree_of(first).iter("a")
        if "?vis=" in link.get("href", "")
    ]
    assert tabs == ["Valg 1", "Importeres ikke 5", "Nye 495"]
    assert "Importer 495 deltakere" in text_of(first)
    page = client.get(f"{url}?vis=new&side=2")
    cells = [cell for cell in tree_of(page).iter("th") if cell.get("scope") == "row"]
    assert len(cells) == 50
    assert "51–100 av 495" in text_of(page)


def test_the_number_of_queries_is_the_same_with_one_and_three_rows(django_assert_num_queries):
    for number in (1, 3):
        event = make_event()
        stored = make_list_import(event, "Navn;Type;Tilbud\n" + "".join(f"Lag {n};lag;Sang\n" for n in range(number)))
        client = client_of(event)
        url = url_of("import.check", event, stored.token)
        # session, user, event, roles, the list, and what the børs has: categories, challenges, participants
        with django_assert_num_queries(8):
            shown = client.get(url)
        # the same, once more under the lock, with savepoints, the lock itself, three inserts, the feed and the report
        with django_assert_num_queries(22):
            client.post(url, {"digest": digest_on(shown), "import": "1"})
        assert event.participants.count() == number


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.BROKER, Role.DOOR])
def test_only_the_organiser_sees_the_way_in(role):
    event = make_event()
    make_participant(event)
    listed = client_of(event, role).get(url_of("list", event))
    assert url_of("import", event).encode() not in listed.content
    assert read(b"a;b\n")
    assert url_of("import", event) in client_of(event).get(url_of("list", event)).content.decode()


def test_a_wrong_column_gives_a_page_that_can_still_be_read():
    event = make_event()
    client = client_of(event)
    rows = "".join(f"Kiwano {number};{'svært ' * 400}{number:03}\n" for number in range(60))
    upload(event, f"Navn;Type\n{rows}", client)
    stored = stored_of(event)
    page = client.get(url_of("import.check", event, stored.token))
    assert len(page.content) < 60_000
    rows = "".join(f"Kiwano {number};ord {number:03}\n" for number in range(60))
    upload(event, f"Navn;Type\n{rows}", client)
    page = client.get(url_of("import.check", event, event.list_imports.first().token))
    assert "Og 20 til." in text_of(page)
    assert "feil kolonne" in text_of(page)


def test_rows_that_are_hidden_in_the_file_are_told_of_and_can_be_left_out():
    def change(book):
        book.active.row_dimensions[2].hidden = True

    event = make_event()
    client = client_of(event)
    address = upload(event, workbook(change=change), client, "liste.xlsx")["Location"]
    page = client.get(address)
    assert "1 rad er skjult i filen." in text_of(page)
    sent = form_of(page, "import-form")
    assert sent.pop("with_hidden") == "1"
    client.post(address, sent)
    check(event, client)
    assert names(event) == ["Ås kor"]
    # With them, what was left out comes too, and says that it was hidden.
    client.post(address, sent | {"with_hidden": "1"})
    shown = client.get(url_of("import.check", event, stored_of(event).token) + "?vis=new")
    assert "Raden er skjult i filen." in text_of(shown)
    check(event, client)
    assert sorted(names(event)) == ["Kafé Kiwano", "Ås kor"]
