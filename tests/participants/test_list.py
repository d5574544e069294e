"""The organiser's list of participants."""

import time

import pytest

from borsen.enums import Role, Sector
from participants.enums import Status
from participants.listing import Filters, list_participants
from participants.models import Resource
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
    assert cells[2:-1] == ["Frivillig organisasjon", "Kari Granli og 1 til", "2", "1"]


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


def test_the_list_narrows_to_those_who_lack_something_and_to_who_has_come():
    event = make_event()
    come = make_participant(event, "Har kommet", checked_in_at=event.starts_at, present=1)
    make_contact(come, email="kari@example.org")
    make_resource(come, "Båt", closed_at=event.starts_at)
    empty = make_participant(event, "Har ingenting", sector=Sector.BUSINESS)
    make_contact(empty, "Uten adresse", phone="911 22 333")
    make_participant(event, "Ny uten noe", status=Status.REGISTERED)
    make_participant(make_event(), "Nabobygda")
    assert names(event, "?bare=mangler") == ["Har ingenting"]
    assert names(event, "?bare=kommet") == ["Har kommet"]
    assert names(event, "?bare=ikke-kommet") == ["Har ingenting"]
    assert names(event, "?bare=uten-epost") == ["Har ingenting"]
    assert names(event, "?bare=alt-mulig") == ["Har ingenting", "Har kommet"]


def test_every_count_of_the_narrowing_says_what_it_would_show_with_the_other_filters_as_they_are():
    event = make_event()
    for index in range(3):
        proposal = {"name": "Kaféen"} if index == 1 else None
        make_resource(make_participant(event, f"Kafé {index}", sector=Sector.BUSINESS, proposal=proposal), "Kaffe")
    make_participant(event, "Kafé tom", sector=Sector.BUSINESS)
    make_participant(event, "Kafé frivillig")
    listing = list_participants(event=event, filters=Filters(sector="business", only="mangler"))
    assert [(each.value, each.count, each.chosen, each.address) for each in listing.onlys] == [
        ("", 4, False, "type=business"),
        ("mangler", 1, True, "type=business&bare=mangler"),
        ("kommet", 0, False, "type=business&bare=kommet"),
        ("ikke-kommet", 4, False, "type=business&bare=ikke-kommet"),
        ("uten-epost", 4, False, "type=business&bare=uten-epost"),
        ("endret", 1, False, "type=business&bare=endret"),
    ]
    assert [each.count for each in listing.sectors] == [2, 1, 1, 0, 0]
    assert [each.count for each in listing.statuses] == [1, 0, 0]


def three_to_sort(event):
    for name, offers, needs in (("Ås", 2, 0), ("Bø", 0, 1), ("Alta", 2, 3)):
        participant = make_participant(event, name)
        for kind, number in (("offer", offers), ("need", needs)):
            for index in range(number):
                make_resource(participant, f"Ting {index}", kind=kind)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("navn", ["Alta", "Bø", "Ås"]),
        ("-navn", ["Ås", "Bø", "Alta"]),
        ("-tid", ["Alta", "Bø", "Ås"]),
        ("tid", ["Ås", "Bø", "Alta"]),
        ("-tilbud", ["Alta", "Ås", "Bø"]),
        ("tilbud", ["Bø", "Alta", "Ås"]),
        ("-behov", ["Alta", "Bø", "Ås"]),
        ("vær", ["Alta", "Bø", "Ås"]),
    ],
)
def test_sorted_as_asked_for_and_by_name_between_those_that_are_alike(sort, expected):
    event = make_event()
    three_to_sort(event)
    assert names(event, f"?sorter={sort}") == expected


def test_the_heads_say_how_the_list_is_sorted_and_turn_it_round():
    event = make_event()
    three_to_sort(event)
    page = tree_of(client_of(event).get(url_of("list", event) + "?sorter=-tilbud&q=a"))
    heads = {
        "".join(link.itertext()): (head.get("aria-sort"), link.get("href").partition("?")[2])
        for head in page.iter("th")
        for link in head.iter("a")
        if head.get("scope") == "col"
    }
    assert heads == {
        "Navn": (None, "q=a"),
        "Tilbud": ("descending", "q=a&sorter=tilbud"),
        "Behov": (None, "q=a&sorter=-behov"),
        "Påmeldt": (None, "q=a&sorter=-tid"),
    }


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
    # To the first row of the page, not to the top of everything that stands over it.
    assert links == {"prev": f"{here}?q=forening#results", "next": f"{here}?q=forening&side=3#results"}
    assert "26–50 av 60" in text_of(middle)


def test_the_number_of_queries_is_the_same_with_one_three_and_five_hundred(django_assert_num_queries):
    for number in (1, 3, 500):
        event = make_event()
        fill(event, number)
        client = client_of(event)
        # session, user, event, roles, the light list, the page's rows, their contacts
        with django_assert_num_queries(7):
            client.get(url_of("list", event), headers={"HX-Request": "true"})
        # and who lacks offers and needs, and what stands in the queue of e-mails
        with django_assert_num_queries(9):
            client.get(url_of("list", event) + "?sorter=-tilbud")
        # and when they were reminded
        Resource.objects.all().delete()
        with django_assert_num_queries(10):
            client.get(url_of("list", event) + "?bare=mangler")


def test_five_hundred_are_shown_in_less_than_a_second():
    """Measured with Django's test client on one of two cores, SQLite: see docs/sidetider.md."""
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
    buttons = (
        "Ny deltaker",
        "Godkjenn Ny",
        "Godkjenn alle nye",
        "Velg Ny",
        "E-postadresser",
        "Minn om tilbud og behov",
    )
    assert [button in organiser for button in buttons] == [True] * 6
    assert [button in coordinator for button in buttons] == [False] * 6


def test_names_that_look_like_html_are_shown_as_text():
    event = make_event()
    make_participant(event, "<script>alert(1)</script>")
    assert names(event) == ["<script>alert(1)</script>"]


def test_the_fold_that_a_phone_has_the_filters_behind_says_how_many_are_in_use():
    event = make_event()
    make_participant(event)
    client = client_of(event)

    def said(address, **headers):
        tree = tree_of(client.get(url_of("list", event) + address, headers=headers))
        fold = next(each for each in tree.iter("span") if each.get("id") == "folded")
        return " ".join("".join(fold.itertext()).split())

    assert said("?q=a&sorter=tid&status=cancelled") == "Filtre"
    assert said("?type=business") == "Filtre: 1 i bruk"
    assert said("?type=business&bare=kommet", **{"HX-Request": "true"}) == "Filtre: 2 i bruk"
