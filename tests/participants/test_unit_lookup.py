"""«Hent fra Enhetsregisteret» as the script asks for it: the answer, who may ask, and how often."""

import pytest
from django.test import Client
from django.urls import reverse

from borsen.enums import Role
from participants.register_pace import FROM_ALL, FROM_ONE_ADDRESS, Pace, pace, subscriber
from tests.factories import make_event

from . import stub_register as stub
from .pages import client_of, sent, url_of

pytestmark = pytest.mark.django_db

HERE = "10.0.0.7"
TOO_LITTLE = "Skriv organisasjonsnummeret, eller minst tre bokstaver av navnet."


@pytest.fixture(autouse=True)
def nobody_has_asked():
    pace.forget()
    yield
    pace.forget()


@pytest.fixture
def event():
    return make_event(registration_open=True)


def ask(event, question, *, client=None, address=HERE):
    url = reverse("registration.unit", args=[event.slug])
    return (client or Client()).get(url, {"q": question}, REMOTE_ADDR=address, headers={"Accept": "application/json"})


def said(event, question):
    answer = ask(event, question).json()
    return [hit["name"] for hit in answer["hits"]], answer["message"]


# --- the answer


def test_a_number_gives_all_that_a_form_can_use(event, register):
    response = ask(event, "800 000 017")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Cache-Control"] == "private, no-store"
    assert response.json() == {
        "hits": [
            {
                "number": stub.CLUB,
                "shown": "800 000 017",
                "name": "Granfjord idrettslag",
                "municipality": "Granfjord",
                "address": "Fjordveien 12, 7999 Granfjord",
                "sector": "voluntary",
                "sector_label": "Frivillig organisasjon",
                "note": "",
                "branch": False,
                "deleted": False,
            }
        ],
        "message": "Fant Granfjord idrettslag.",
    }


def test_a_name_gives_several_to_choose_among(event, register):
    names, message = said(event, "  granfjord ")
    assert names == ["Granfjord idrettslag", "Granfjord Bakeri AS", "Granfjord kommune", "Granfjord skole"]
    assert message == "4 treff. Velg den rette."
    assert said(event, "idrettslag") == (["Granfjord idrettslag"], "1 treff. Er det den rette, så velg den.")


@pytest.mark.parametrize(
    ("question", "note"),
    [
        (stub.BANKRUPT, "Konkurs. Under avvikling"),
        (stub.SCHOOL, "Avdeling (underenhet)"),
        (stub.DELETED, "Slettet"),
    ],
)
def test_what_should_be_thought_about_is_noted(event, register, question, note):
    assert [hit["note"] for hit in ask(event, question).json()["hits"]] == [note]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            stub.UNKNOWN,
            "Ingen i Enhetsregisteret har nummeret 800 000 181. Se på det en gang til, eller la feltet stå tomt.",
        ),
        (stub.REMOVED, "800 000 092 ble slettet i Enhetsregisteret 30. november 2019."),
        (stub.TOO_BROAD, "Det er for mange som heter noe slikt. Skriv mer av navnet, eller organisasjonsnummeret."),
        ("Kråkesølvtrollet", "Fant ingen som heter «Kråkesølvtrollet». Ikke alle står i registeret: skriv inn selv."),
        (stub.TROUBLE, "Får ikke kontakt med Enhetsregisteret nå. Skriv inn selv, det går like bra."),
    ],
)
def test_nothing_found_is_said_with_what_can_be_done(event, register, question, message):
    assert said(event, question) == ([], message)


def test_who_has_been_deleted_is_said_by_name(event, register):
    assert said(event, stub.DELETED) == (
        ["Granfjord telefonforening"],
        "Granfjord telefonforening ble slettet i Enhetsregisteret 1. mars 2021.",
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", TOO_LITTLE),
        ("  \t\n ", TOO_LITTLE),
        ("IL", TOO_LITTLE),
        ("4H", TOO_LITTLE),
        ("«»—…", TOO_LITTLE),
        ("Granfjord\0", TOO_LITTLE),
        ("Granfjord " * 20, TOO_LITTLE),
        ("80000001", "Et organisasjonsnummer har ni siffer. Her er det 8."),
        ("800 000 018", "Ett av sifrene i organisasjonsnummeret er feil. Se på det en gang til."),
        ("2026", "Et organisasjonsnummer har ni siffer. Her er det 4."),
    ],
)
def test_what_cannot_be_looked_up_is_not_asked_for(event, register, question, message):
    assert said(event, question) == ([], message)
    assert register.asked == []


@pytest.mark.parametrize("typed", ["NO 800.000.017 MVA", "800000017", "800\u00a0000\u00a0017", " 800-000-017 "])
def test_a_number_is_read_however_it_is_typed(event, register, typed):
    assert said(event, typed)[0] == ["Granfjord idrettslag"]


def test_the_same_letter_written_in_two_ways_is_one_question(event, register):
    assert said(event, "sjømat i fjorden a\u030as")[1].startswith("Fant ingen som heter «sjømat i fjorden ås»")


def test_only_reading_is_answered(event):
    assert Client().post(reverse("registration.unit", args=[event.slug])).status_code == 405


# --- who may ask


def test_everybody_may_ask_while_the_page_is_public_and_nobody_else_afterwards(register):
    closed, front_page, registration = make_event(), make_event(page_published=True), make_event(registration_open=True)
    assert [ask(event, stub.CLUB).status_code for event in (closed, front_page, registration)] == [401, 200, 200]
    assert len(register.asked) == 1


def test_those_who_register_others_may_ask_while_it_is_closed(register):
    event = make_event()
    found = {role: ask(event, stub.CLUB, client=client_of(event, role)).status_code for role in Role}
    allowed = {Role.ORGANISER, Role.COORDINATOR, Role.DOOR}
    assert found == {role: 200 if role in allowed else 403 for role in Role}


def test_asking_costs_no_more_queries_than_knowing_who_asks(event, register, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask(event, "granfjord")


# --- how often


def test_one_address_is_held_off_and_others_are_not(event, register):
    for number in range(FROM_ONE_ADDRESS):
        assert ask(event, f"Forening nummer {number}").status_code == 200
    held = ask(event, "En til")
    assert (held.status_code, held["Retry-After"], held.json()) == (
        429,
        "60",
        {
            "hits": [],
            "message": "Det er gjort mange oppslag herfra det siste minuttet. Vent litt, eller skriv inn selv.",
        },
    )
    assert ask(event, "En til", address="10.0.0.8").status_code == 200


def test_what_is_remembered_and_what_is_mistyped_costs_nothing(event, register):
    for _time in range(FROM_ONE_ADDRESS + 5):
        assert ask(event, stub.CLUB).status_code == 200
        assert ask(event, "80000001").status_code == 200
    assert len(register.asked) == 1


def test_many_addresses_together_are_held_off():
    held = Pace()
    allowed = [held.may_ask(f"10.0.{number // 250}.{number % 250}") for number in range(FROM_ALL + 1)]
    assert allowed == [True] * FROM_ALL + [False]


def test_after_a_minute_one_may_ask_again(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("participants.register_pace.time.monotonic", lambda: now[0])
    held = Pace()
    assert [held.may_ask(HERE) for _time in range(FROM_ONE_ADDRESS + 1)][-2:] == [True, False]
    now[0] += 59
    assert held.may_ask(HERE) is False
    now[0] += 2
    assert held.may_ask(HERE) is True


def test_a_stranger_with_many_addresses_does_not_fill_the_memory():
    held = Pace()
    for number in range(5000):
        held.may_ask(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    assert held.remembered() <= 2001


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.7", "10.0.0.7", True),
        ("10.0.0.7", "10.0.0.8", False),
        ("", "unix", False),
    ],
)
def test_one_household_has_many_addresses(one, other, same):
    assert (subscriber(one) == subscriber(other)) is same


# --- never needed


def test_a_participant_is_saved_whatever_the_register_does(register):
    event = make_event()
    register.stop()
    response = client_of(event).post(url_of("create", event), sent(org_number="800 000 017"))
    assert (response.status_code, event.participants.get().org_number) == (302, stub.CLUB)


def test_the_form_offers_the_look_up_only_where_there_is_a_register(register, settings):
    event = make_event()
    client = client_of(event)
    shown = []
    for url in (register.url, ""):
        settings.BRREG_URL = url
        shown.append("Hent fra Enhetsregisteret" in client.get(url_of("create", event)).content.decode())
    assert shown == [True, False]
