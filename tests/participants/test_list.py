"""The organiser's list of participants."""

import time

import pytest

from borsen.enums import Role, Sector
from participants.enums import Status
from participants.listing import Filters, list_participants
from tests.factories import make_contact, make_event, make_participant, make_resource
from tests.participants.pages import client_of, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db


def names(event, address="", client=None) -> list[str]:
    response = (client or client_of(event)).get(url_of("list", event) + address)
    assert response.status_code == 200
    return ["".join(cell.itertext()) for cell in tree_of(response).iter("th") if cell.get("scope") == "row"]


def fill(event, number, **fields):
    for index in range(number):
        participant = make_participant(event, f"Forening {index:03}", **fields)
        make_contact(participant, f"Kari {index}", email=f"hemmelig{index}@example.org", phone="911 22 333")
        make_resource(participant, "Kurs")
        make_resource(participant, "Naust", kind="need")


def test_sorted_in_norwegian_order_and_only_this_events():
    event = make_event()
    for name in ("Ås IL", "Zebra", "Østre kor", "Aasen", "Ærlig", "bakeren", "Čáhppes"):
        make_participant(event, name)
    make_participant(make_event(), "Nabobygda")
    assert names(event) == ["Aasen", "bakeren", "Čáhppes", "Zebra", "Ærlig", "Østre kor", "Ås IL"]


def test_counts_open_offers_and_needs_and_names_the_first_contact():
    event = make_event()
    participant = make_participant(event, "Granfjord Kajakklubb")
    make_contact(participant, "Kari Granli", email="kari@hemmelig.example", phone="911 22 333")
    make_contact(participant, "Per")
    for title in ("Kurs", "Båt"):
        make_resource(participant, title)
    make_resource(participant, "Naust", kind="need")
    make_resource(participant, "Vaffeljern", kind="need", closed_at=event.starts_at)
    response = client_of(event).get(url_of("list", event))
    cells = [" ".join("".join(cell.itertext()).split()) for cell in tree_of(response).iter("td")]
    assert cells == ["Frivillig organisasjon", "Kari Granli og 1 til", "2", "1"]


def test_email_and_phone_are_not_in_the_list_nor_in_its_fragment():
    event = make_event()
    fill(event, 1)
    client = client_of(event)
    for headers in ({}, {"HX-Request": "true"}):
        body = client.get(url_of("list", event), headers=headers).content.decode()
        assert "Forening 000" in body
        assert "hemmelig" not in body
        assert "911 22 333" not in body


def test_search_sector_and_status_narrow_the_list_and_every_count_says_what_it_would_show():
    event = make_event()
    make_participant(event, "Kafé Kiwano", sector=Sector.BUSINESS)
    make_participant(event, "Kafé Venner")
    make_participant(event, "Kafé Ny", status=Status.REGISTERED)
    make_participant(event, "Koret")
    assert names(event, "?q=kafé") == ["Kafé Kiwano", "Kafé Venner"]
    assert names(event, "?q=kafé&type=business") == ["Kafé Kiwano"]
    assert names(event, "?status=registered") == ["Kafé Ny"]
    assert names(event, "?status=cancelled") == []
    listing = list_participants(event=event, filters=Filters(query="kafé", sector="voluntary"))
    assert [(each.value, each.count, each.chosen) for each in listing.sectors] == [
        ("", 2, False),
        ("business", 1, False),
        ("voluntary", 1, True),
        ("public", 0, False),
        ("individual", 0, False),
    ]
    assert [(each.label, each.count, each.address) for each in listing.statuses] == [
        ("Godkjente", 1, "q=kaf%C3%A9&type=voluntary"),
        ("Nye", 1, "q=kaf%C3%A9&type=voluntary&status=registered"),
        ("Avmeldte", 0, "q=kaf%C3%A9&type=voluntary&status=cancelled"),
    ]


@pytest.mark.parametrize(
    "address", ["?side=x", "?side=-1", "?side=²", "?side=99999999999", "?type=x", "?status=x", "?q=%00"]
)
def test_a_mangled_address_shows_a_list(address):
    event = make_event()
    make_participant(event)
    assert client_of(event).get(url_of("list", event) + address).status_code == 200


def test_twenty_five_to_a_page_with_the_way_to_the_others():
    event = make_event()
    fill(event, 60)
    client = client_of(event)
    assert names(event, client=client) == [f"Forening {index:03}" for index in range(25)]
    assert names(event, "?side=3", client) == [f"Forening {index:03}" for index in range(50, 60)]
    assert names(event, "?side=9", client) == names(event, "?side=3", client)
    middle = client.get(url_of("list", event) + "?q=forening&side=2")
    links = {each.get("rel"): each.get("href") for each in tree_of(middle).iter("a") if each.get("rel")}
    here = url_of("list", event)
    assert links == {"prev": f"{here}?q=forening", "next": f"{here}?q=forening&side=3"}
    assert "26–50 av 60" in text_of(middle)


def test_the_number_of_queries_is_the_same_with_one_three_and_five_hundred(django_assert_num_queries):
    for number in (1, 3, 500):
        event = make_event()
        fill(event, number)
        client = client_of(event)
        # session, user, event, roles, the light list, the page's rows, their contacts
        with django_assert_num_queries(7):
            client.get(url_of("list", event))


def test_five_hundred_are_shown_in_less_than_a_second():
    event = make_event()
    fill(event, 500)
    client = client_of(event)
    client.get(url_of("list", event))
    started = time.perf_counter()
    assert "1–25 av 500" in text_of(client.get(url_of("list", event) + "?q=forening"))
    assert time.perf_counter() - started < 1


def test_while_someone_types_only_the_changing_parts_come_back_and_say_how_many():
    event = make_event()
    make_participant(event, "Kafé Kiwano")
    response = client_of(event).get(
        url_of("list", event) + "?q=kafé&type=&status=approved", headers={"HX-Request": "true"}
    )
    body = response.content.decode()
    assert body.lstrip().startswith('<div id="results">')
    assert 'id="chips" hx-swap-oob="true"' in body
    assert '<p hx-swap-oob="innerHTML:#hits">1 deltaker</p>' in body
    assert "<html" not in body
    assert 'name="q"' not in body
    assert response["HX-Replace-Url"] == url_of("list", event) + "?q=kaf%C3%A9"
    assert "HX-Request" in response["Vary"]


def test_going_back_in_the_browser_gives_the_whole_page():
    event = make_event()
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client_of(event).get(url_of("list", event), headers=headers).content.decode()


def test_an_empty_event_says_how_to_begin_and_no_hits_says_how_to_see_all():
    event = make_event()
    client = client_of(event)
    assert "Ingen deltakere ennå" in text_of(client.get(url_of("list", event)))
    make_participant(event)
    nothing = client.get(url_of("list", event) + "?q=<b>finnes+ikke")
    assert "Ingen treff på «<b>finnes ikke»" in text_of(nothing)
    assert "<b>finnes" not in nothing.content.decode()
    assert "Vis alle" in text_of(nothing)


def test_the_coordinator_sees_the_list_without_the_buttons_that_change_it():
    event = make_event()
    make_participant(event, "Ny", status=Status.REGISTERED)
    address = "?status=registered"
    coordinator = text_of(client_of(event, Role.COORDINATOR).get(url_of("list", event) + address))
    organiser = text_of(client_of(event).get(url_of("list", event) + address))
    buttons = ("Ny deltaker", "Godkjenn Ny", "Godkjenn alle nye")
    assert [button in organiser for button in buttons] == [True, True, True]
    assert [button in coordinator for button in buttons] == [False, False, False]


def test_names_that_look_like_html_are_shown_as_text():
    event = make_event()
    make_participant(event, "<script>alert(1)</script>")
    assert names(event) == ["<script>alert(1)</script>"]
