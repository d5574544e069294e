"""A participant's page: adding, changing, what goes wrong, and who may."""

import pytest

from borsen.enums import Role
from participants.enums import Status
from participants.models import Participant
from tests.factories import (
    first_category,
    make_agreement,
    make_contact,
    make_event,
    make_open_event,
    make_participant,
    make_resource,
)
from tests.participants.pages import client_of, errors_of, form_of, sent, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def client(event):
    return client_of(event)


def contact(**fields):
    return {"name": "Kari Granli", "email": "", "phone": "", **fields}


def resource(event, title="Kajakkurs", **fields):
    return {"title": title, "category": first_category(event).pk, "details": "", **fields}


def test_the_empty_form_sent_as_a_browser_sends_it_adds_what_is_typed_and_passes_over_empty_rows(event, client):
    page = client.get(url_of("create", event))
    data = form_of(page) | {"name": "Granfjord Kajakklubb", "sector": "voluntary", "contacts-0-name": "Kari Granli"}
    response = client.post(url_of("create", event), data)
    assert (response.status_code, response["Location"]) == (302, url_of("list", event))
    participant = event.participants.get()
    assert (participant.name, participant.sector, participant.status) == (
        "Granfjord Kajakklubb",
        "voluntary",
        "approved",
    )
    assert list(participant.contacts.values_list("name", flat=True)) == ["Kari Granli"]
    assert not participant.resources.exists()


def test_contacts_offers_and_needs_are_kept_as_typed(event, client):
    challenge = event.challenges.create(text="Eldre og ensomhet")
    data = sent(
        contacts=[contact(email="kari@example.org", phone="900 00 000"), contact(name="Per")],
        offers=[resource(event, challenge=challenge.pk)],
        needs=[resource(event, "Naust", details="Nær sjøen"), resource(event, "Vester")],
        org_number="974 760 673",
        website="www.example.org",
        description="Vi padler.",
        municipality="Granfjord",
        place="B4",
        expected="3",
    )
    client.post(url_of("create", event), data)
    participant = event.participants.get()
    plain = (
        participant.org_number,
        participant.website,
        participant.municipality,
        participant.place,
        participant.expected,
    )
    assert plain == ("974760673", "https://www.example.org", "Granfjord", "B4", 3)
    assert list(participant.contacts.values_list("name", "email", "phone")) == [
        ("Kari Granli", "kari@example.org", "900 00 000"),
        ("Per", "", ""),
    ]
    assert sorted(participant.resources.values_list("kind", "title", "details", "challenge")) == [
        ("need", "Naust", "Nær sjøen", None),
        ("need", "Vester", "", None),
        ("offer", "Kajakkurs", "", challenge.pk),
    ]


def test_save_and_add_another_goes_to_an_empty_form_of_the_same_type(event, client):
    response = client.post(url_of("create", event), sent(another="1", sector="public"), follow=True)
    assert response.redirect_chain == [(url_of("create", event) + "?type=public", 302)]
    assert "Granfjord Kajakklubb er lagret." in text_of(response)
    form = form_of(response)
    assert (form["name"], form["sector"], form["contacts-0-name"]) == ("", "public", "")


def test_the_page_says_what_name_an_individual_is_shown_by(event, client):
    text = text_of(client.get(url_of("create", event)))
    assert "skriver du derfor et visningsnavn, for eksempel «Frivillig (Åse)», og det fulle navnet under" in text


def test_the_same_form_twice_gives_one_participant_and_shows_it(event, client):
    data = sent(contacts=[contact()])
    client.post(url_of("create", event), data)
    again = client.post(url_of("create", event), data)
    participant = event.participants.get()
    assert again["Location"] == url_of("edit", event, participant.pk)
    assert participant.contacts.count() == 1


def test_going_back_and_typing_the_next_one_in_the_same_form_adds_it(event, client):
    data = sent()
    client.post(url_of("create", event), data)
    client.post(url_of("create", event), data | {"name": "Koret"})
    assert sorted(event.participants.values_list("name", flat=True)) == ["Granfjord Kajakklubb", "Koret"]


@pytest.mark.parametrize("key", ["", "ikke en nøkkel"])
def test_a_form_without_a_readable_key_is_kept_all_the_same(event, client, key):
    assert client.post(url_of("create", event), sent(key=key)).status_code == 302
    assert event.participants.count() == 1


def test_every_error_is_said_at_its_field_and_on_top_and_everything_typed_is_kept(event, client):
    data = sent(
        name="",
        sector="",
        org_number="123 456 789",
        website="ikke en adresse",
        expected="noen",
        description="Beskrivelse som skal stå",
        contacts=[contact(name="", email="kari@example.org"), contact(name="Per", email="per krøllalfa")],
        offers=[{"title": "", "category": "", "details": "Bare detaljer"}],
        needs=[resource(event, "x" * 121), resource(event, "Naust", category="999999")],
    )
    response = client.post(url_of("create", event), data)
    assert response.status_code == 422
    assert errors_of(response) == [
        ("#id_name", "Skriv navnet på deltakeren."),
        ("#id_org_number", "Et organisasjonsnummer begynner med 8 eller 9. Dette begynner med 1."),
        ("#id_sector_0", "Velg hva slags deltaker det er."),
        ("#id_website", "Skriv adressen slik: www.eksempel.no"),
        ("#id_expected", "Skriv hvor mange som kommer, med tall."),
        ("#id_contacts-0-name", "Skriv navnet på kontaktpersonen."),
        ("#id_contacts-1-email", "Skriv e-postadressen slik: navn@eksempel.no"),
        ("#id_offers-0-title", "Skriv hva deltakeren tilbyr."),
        ("#id_offers-0-category", "Velg en kategori."),
        ("#id_needs-0-title", "Teksten er på 121 tegn. Det er plass til 120."),
        ("#id_needs-1-category", "Velg en av kategoriene."),
    ]
    ids = {each.get("id") for each in tree_of(response).iter()}
    assert {link.removeprefix("#") for link, _text in errors_of(response)} <= ids
    kept = form_of(response)
    typed = {name: value for name, value in data.items() if name not in {"sector", "needs-1-category"}}
    assert {name: kept[name] for name in typed if not name.endswith("_FORMS")} == {
        name: value for name, value in typed.items() if not name.endswith("_FORMS")
    }
    assert not event.participants.exists()


def test_a_category_or_challenge_of_another_event_is_refused(event, client):
    event.challenges.create(text="Vår egen")
    elsewhere = make_event()
    foreign = elsewhere.challenges.create(text="En annens")
    row = resource(event, category=first_category(elsewhere).pk, challenge=foreign.pk)
    response = client.post(url_of("create", event), sent(offers=[row]))
    assert response.status_code == 422
    assert [text for _link, text in errors_of(response)] == [
        "Velg en av kategoriene.",
        "Velg en av problemstillingene.",
    ]


def test_a_name_of_a_hundred_and_twenty_characters_is_kept_and_one_more_is_too_long(event, client):
    assert client.post(url_of("create", event), sent(name="Å" * 121)).status_code == 422
    assert client.post(url_of("create", event), sent(name="Å" * 120)).status_code == 302
    assert event.participants.get().name == "Å" * 120


def test_rows_marked_for_removal_are_neither_checked_nor_kept(event, client):
    rows = [contact(name="", email="ikke en adresse", DELETE="on"), contact(name="Per")]
    assert client.post(url_of("create", event), sent(contacts=rows)).status_code == 302
    assert list(event.participants.get().contacts.values_list("name", flat=True)) == ["Per"]


@pytest.mark.parametrize("total", ["41", "1000000", "x", ""])
def test_an_impossible_number_of_rows_is_refused_and_breaks_nothing(event, client, total):
    response = client.post(url_of("create", event), sent() | {"contacts-TOTAL_FORMS": total})
    assert response.status_code == 422
    assert [link for link, _text in errors_of(response)] == ["#contacts-list"]
    assert not event.participants.exists()


def test_without_script_another_row_comes_with_everything_typed_and_no_errors_yet(event, client):
    data = sent(name="", contacts=[contact(email="ikke ferdig")], needs=[resource(event, "Naust")], add="needs")
    response = client.post(url_of("create", event), data)
    form = form_of(response)
    assert response.status_code == 200
    assert (form["needs-TOTAL_FORMS"], form["needs-0-title"], form["needs-1-title"]) == ("2", "Naust", "")
    assert (form["contacts-TOTAL_FORMS"], form["contacts-0-email"]) == ("1", "ikke ferdig")
    assert form["needs-0-category"] == str(first_category(event).pk)
    assert form["key"] == data["key"]
    assert not list(tree_of(response).iter("ds-error-summary"))
    # The row that was typed and the one that wasn't are both judged as new ones afterwards.
    answer = client.post(
        url_of("create", event), form | {"name": "Kajakk", "sector": "voluntary", "contacts-0-email": ""}
    )
    assert answer.status_code == 302
    assert list(event.participants.get().resources.values_list("title", flat=True)) == ["Naust"]


def test_the_first_button_of_the_form_saves_so_that_enter_does(event, client):
    form = next(
        each for each in tree_of(client.get(url_of("create", event))).iter("form") if each.get("novalidate") is not None
    )
    first = next(form.iter("button"))
    assert (first.get("type"), first.get("name")) == ("submit", None)


def test_a_name_that_is_taken_is_asked_about_and_kept_when_it_is_another_one(event, client):
    make_participant(event, "Granfjord Kajakklubb")
    data = sent(name="GRANFJORD kajakklubb", contacts=[contact()])
    question = client.post(url_of("create", event), data)
    assert question.status_code == 422
    assert "Det finnes allerede en deltaker som heter Granfjord Kajakklubb." in text_of(question)
    assert form_of(question)["contacts-0-name"] == "Kari Granli"
    assert event.participants.count() == 1
    assert client.post(url_of("create", event), data | {"same_name": "1"}).status_code == 302
    assert event.participants.count() == 2


def test_a_page_sent_back_untouched_changes_nothing(event, client):
    event.challenges.create(text="Eldre og ensomhet")
    participant = make_participant(event, org_number="974760673", website="https://example.org", description="En\nto")
    make_contact(participant, email="kari@example.org", phone="900 00 000")
    make_resource(participant, "Kurs", challenge=event.challenges.get(), details="Linje 1\n\nLinje 3")
    make_resource(participant, "Naust", kind="need", closed_at=event.starts_at)
    url = url_of("edit", event, participant.pk)

    def rows():
        tables = (Participant.objects, participant.contacts, participant.resources)
        return [list(table.order_by("pk").values()) for table in tables]

    client.post(url, form_of(client.get(url)))
    first = rows()
    assert first[0][0]["description"].split() == ["En", "to"]
    assert client.post(url, form_of(client.get(url)))["Location"] == url
    assert rows() == first
    assert participant.resources.get(title="Naust").closed_at == event.starts_at


def test_changing_keeps_rows_by_id_and_removes_the_marked_one(event, client):
    participant = make_participant(event)
    kari, per = make_contact(participant, "Kari"), make_contact(participant, "Per")
    url = url_of("edit", event, participant.pk)
    data = form_of(client.get(url)) | {"name": "Nytt navn", "contacts-0-name": "Kari Ny", "contacts-1-DELETE": "on"}
    client.post(url, data)
    participant.refresh_from_db()
    assert participant.name == "Nytt navn"
    assert list(participant.contacts.values_list("pk", "name")) == [(kari.pk, "Kari Ny")]
    assert not participant.contacts.filter(pk=per.pk).exists()


def test_a_contact_whose_text_was_wiped_is_asked_for_not_silently_removed(event, client):
    participant = make_participant(event)
    make_contact(participant, "Kari")
    url = url_of("edit", event, participant.pk)
    response = client.post(url, form_of(client.get(url)) | {"contacts-0-name": ""})
    assert response.status_code == 422
    assert participant.contacts.get().name == "Kari"


def test_on_a_connection_that_others_can_read_addresses_are_hidden_and_left_as_they_were(event, client):
    participant = make_participant(event)
    make_contact(participant, "Kari", email="kari@hemmelig.example", phone="911 22 333")
    url = url_of("edit", event, participant.pk)
    page = client.get(url, REMOTE_ADDR="192.168.1.20")
    assert "hemmelig" not in page.content.decode()
    assert "911 22 333" not in page.content.decode()
    assert "E-post og telefon vises ikke her" in text_of(page)
    data = form_of(page) | {"contacts-0-name": "Kari Ny"}
    assert "contacts-0-email" not in data
    client.post(url, data | {"contacts-0-email": "lurt@example.org"}, REMOTE_ADDR="192.168.1.20")
    assert list(participant.contacts.values_list("name", "email", "phone")) == [
        ("Kari Ny", "kari@hemmelig.example", "911 22 333")
    ]


def test_the_coordinator_reads_and_does_not_change(event):
    participant = make_participant(event, "Granfjord Kajakklubb", org_number="974760673")
    make_contact(participant, "Kari", email="kari@hemmelig.example", phone="911 22 333")
    make_resource(participant, "Kajakkurs")
    url = url_of("edit", event, participant.pk)
    client = client_of(event, Role.COORDINATOR)
    page = client.get(url)
    assert [part in text_of(page) for part in ("974 760 673", "kari@hemmelig.example", "Kajakkurs")] == [
        True,
        True,
        True,
    ]
    assert not [form for form in tree_of(page).iter("form") if form.get("action") == url]
    assert client.post(url, sent(name="Kapret")).status_code == 403
    assert "hemmelig" not in client.get(url, REMOTE_ADDR="192.168.1.20").content.decode()
    participant.refresh_from_db()
    assert participant.name == "Granfjord Kajakklubb"


def test_a_participant_of_another_event_is_not_found(event, client):
    foreign = make_participant(make_event(), "Nabobygda")
    for name in ("edit", "status", "remove"):
        assert client.post(url_of(name, event, foreign.pk), {"status": "cancelled"}).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.name, foreign.status) == ("Nabobygda", Status.APPROVED)


def test_the_page_lists_the_agreements_and_which_offer_they_name():
    event = make_open_event()
    participant, other = make_participant(event), make_participant(event, "Bakeren")
    offer = make_resource(participant, "Kajakkurs")
    agreement = make_agreement(event, (participant, "Kajakkurs"), (other, "Boller"))
    agreement.parties.filter(participant=participant).update(offer=offer)
    page = client_of(event).get(url_of("edit", event, participant.pk))
    assert "1 Kajakkurs mot Boller med Bakeren" in text_of(page)
    assert "Står i avtale 1" in text_of(page)
    assert "offers-0-DELETE" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_number_of_queries_whatever_is_on_it(number, django_assert_num_queries):
    event = make_open_event()
    event.challenges.create(text="Eldre og ensomhet")
    participant = make_participant(event)
    for index in range(number):
        make_contact(participant, f"Kari {index}")
        make_resource(participant, f"Kurs {index}")
        make_resource(participant, f"Naust {index}", kind="need")
        make_agreement(event, participant, make_participant(event))
    client = client_of(event)
    # session, user, event, roles, participant, resources, contacts, categories, challenges, agreements, parties, names
    with django_assert_num_queries(12):
        client.get(url_of("edit", event, participant.pk))
