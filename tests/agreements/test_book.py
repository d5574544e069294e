"""The list of agreements and one agreement with its history."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.correcting import correct, restore, withdraw
from agreements.models import Agreement
from borsen.enums import Role
from tests.factories import (
    make_agreement,
    make_draft,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

from .posting import broker_client, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


def listed(event, client=None, **query):
    response = (client or broker_client(event)).get(reverse("agreement.list", args=[event.slug]), query)
    return response, [int(number) for number in re.findall(r'book__number numeric">(\d+)<', response.content.decode())]


def test_newest_first_with_the_count_in_full_and_withdrawn_ones_marked(event):
    first = make_agreement(event)
    make_agreement(event, kind="intent")
    make_agreement(event)
    withdraw(agreement=first, by=None, now=timezone.now())
    response, numbers = listed(event)
    page = response.content.decode()
    assert numbers == [3, 2, 1]
    assert "2 avtaler, av dem 1 intensjonsavtale" in page
    assert page.count('<span class="mark mark--gone">Trukket</span>') == 1


def test_what_must_be_looked_at_is_marked(event):
    agreement = make_agreement(event)
    event.agreements.filter(pk=agreement.pk).update(needs_review="Nevner penger")
    assert '<span class="mark mark--look">Må ses på</span>' in listed(event)[0].content.decode()


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("ØVRE", [1]),
        ("konsert", [1]),
        ("2", [2]),
        ("buss skiklubben", [2]),
        ("buss kor", []),
        ("  ", [2, 1]),
        ("\x00", [2, 1]),
    ],
)
def test_search_finds_parts_of_names_texts_and_numbers(event, search, numbers):
    other = make_participant(event, "Sykehjemmet")
    make_agreement(event, (make_participant(event, "Øvre kor"), "Julekonsert"), (other, ""), summary="Jul")
    make_agreement(event, (make_participant(event, "Skiklubben"), "Buss"), (other, ""), summary="Tur")
    assert listed(event, q=search)[1] == numbers


def test_filters_by_category_sector_and_state(event):
    last = event.categories.last()
    make_agreement(event, category=last)
    make_agreement(event, make_participant(event, sector="public"), make_participant(event), kind="intent")
    withdraw(agreement=make_agreement(event), by=None, now=timezone.now())
    client = broker_client(event)
    found = {
        str(query): listed(event, client, **query)[1]
        for query in ({"kategori": last.pk}, {"type": "public"}, {"vis": "intent"}, {"vis": "withdrawn"})
    }
    assert list(found.values()) == [[1], [2], [2], [3]]


@pytest.mark.parametrize(
    "query", [{"kategori": "x"}, {"type": "x"}, {"vis": "x"}, {"side": "x"}, {"kategori": "9" * 99}]
)
def test_nonsense_in_the_address_narrows_nothing(event, query):
    make_agreement(event)
    assert listed(event, **query)[1] == [1]


def test_fifty_on_a_page_and_the_search_goes_with_the_next(event):
    one, other = make_participant(event, "Skiklubben"), make_participant(event)
    for _ in range(51):
        make_agreement(event, (one, "Buss"), (other, ""))
    response, numbers = listed(event, q="buss")
    assert numbers == list(range(51, 1, -1))
    assert 'href="?q=buss&amp;side=2"' in response.content.decode()
    assert listed(event, q="buss", side="2")[1] == [1]


def test_another_events_agreements_are_nowhere(event):
    make_agreement(make_open_event(), summary="Hemmelig")
    response, numbers = listed(event, q="hemmelig")
    assert (numbers, "Ingen avtaler passer" in response.content.decode()) == ([], True)


def test_a_fragment_is_only_the_results(event):
    make_agreement(event)
    client = broker_client(event)
    page = client.get(reverse("agreement.list", args=[event.slug]), headers={"HX-Request": "true"}).content.decode()
    assert ("book__row" in page, "<html" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(event, count, django_assert_num_queries):
    client = broker_client(event)
    for _ in range(count):
        make_agreement(event, by=make_member(event, Role.BROKER))
    with django_assert_num_queries(11):
        assert listed(event, client, q="hjelp")[1] == list(range(count, 0, -1))


# --- one agreement


def shown(agreement, client=None):
    agreement = Agreement.objects.get(pk=agreement.pk)
    return (client or broker_client(agreement.event)).get(agreement.get_absolute_url()).content.decode()


def test_the_page_says_who_gives_what_and_who_takes_contact(event):
    giver, taker = make_participant(event, "Øvre kor"), make_participant(event, "Sykehjemmet", sector="public")
    page = shown(make_agreement(event, (giver, "Julekonsert"), (taker, ""), details="Klokka seks"))
    assert "<strong>Gir</strong> Julekonsert" in page
    assert "Tar imot" in page
    assert "Øvre kor tar kontakt innen" in page
    assert "Klokka seks" in page
    assert "sector--public" in page


def test_history_is_told_in_words_and_names(event):
    user = make_member(event, Role.BROKER, "ingrid")
    one, other, third = (make_participant(event, name) for name in ("Øvre kor", "Sykehjemmet", "Turbussen"))
    offer = make_resource(one, "Julekonserten")
    agreement = make_agreement(event, (one, "Konsert"), (other, ""), by=user)
    draft = make_draft(event, (one, "To konserter", None, offer), (third, ""), category=event.categories.last())
    agreement = correct(
        agreement=agreement,
        draft=draft,
        expected_version=agreement.version,
        by=user,
        now=timezone.now(),
        why="Feil part",
    )
    withdraw(agreement=agreement, by=user, now=timezone.now())
    restore(agreement=agreement, by=user, now=timezone.now())
    page = shown(agreement)
    assert re.findall(r"<strong>(\w+(?: \w+)?)</strong> av ingrid", page) == [
        "Tatt tilbake", "Trukket", "Rettet", "Registrert",
    ]  # fmt: skip
    assert "Begrunnelse: Feil part" in page
    for before, after in (
        ("Lokaler", "Annet"),
        ("Sykehjemmet", "Turbussen"),
        ("Konsert", "To konserter"),
        ("ingenting", "Julekonserten"),
    ):
        assert f"<del>{before}</del> <ins>{after}</ins>" in page


def test_an_agreement_of_another_event_is_404(event):
    make_agreement(make_open_event())
    client = broker_client(event)
    for number in (1, 2**31, 10**30):
        assert client.get(f"/{event.slug}/avtaler/{number}/").status_code == 404


def test_only_who_may_change_it_is_offered_to(event):
    mine = make_member(event, Role.BROKER)
    agreement = make_agreement(event, by=mine)
    organiser = event.memberships.get(role=Role.ORGANISER).user
    coordinator, other = make_member(event, Role.COORDINATOR), make_member(event, Role.BROKER)
    offered = ["Rett opp" in shown(agreement, client_of(user)) for user in (mine, organiser, coordinator, other)]
    assert offered == [True, True, False, False]


@pytest.mark.parametrize("parties", [2, 6])
def test_the_page_asks_the_same_whatever_the_number_of_parties(event, parties, django_assert_num_queries):
    agreement = make_agreement(event, *[make_participant(event) for _ in range(parties)])
    client = broker_client(event)
    url = agreement.get_absolute_url()
    with django_assert_num_queries(9):
        client.get(url)
