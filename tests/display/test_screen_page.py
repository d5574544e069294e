"""The storskjerm's page as it comes from the server."""

import re

import pytest
from django.urls import reverse

from display.software import software
from tests.factories import make_agreement, make_open_event, make_participant

pytestmark = pytest.mark.django_db


def show(client, event, query=""):
    return client.get(reverse("screen", args=[event.slug]) + query)


def test_the_first_paint_is_whole_and_carries_what_the_script_needs(client):
    event = make_open_event(published=True)
    made = make_agreement(event)
    response = show(client, event)
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    for expected in (
        f'data-version="{made.version}"',
        'data-connection="lost"',
        'data-phase="open"',
        f'data-software="{software()}"',
        f'data-socket="/ws/{event.slug}/storskjerm/"',
        f'data-agreement="{made.number}"',
        '<noscript><meta http-equiv="refresh" content="10"></noscript>',
    ):
        assert expected in html


def test_the_light_theme_is_asked_for_in_the_address(client):
    event = make_open_event(published=True)
    assert 'data-theme="dark"' in show(client, event).content.decode()
    assert 'data-theme="light"' in show(client, event, "?lys").content.decode()


def test_the_page_asks_as_many_queries_for_three_agreements_as_for_one(client, django_assert_num_queries):
    event = make_open_event(published=True)
    make_agreement(event)
    with django_assert_num_queries(11):
        show(client, event)
    make_agreement(event)
    make_agreement(event)
    with django_assert_num_queries(11):
        show(client, event)


def test_a_stranger_meets_the_login_until_the_event_is_published(client):
    assert show(client, make_open_event()).status_code == 302


# --- the list on a phone


def rows(client, event, query):
    response = show(client, event, f"?{query}")
    assert response.status_code == 200
    html = response.content.decode()
    return [int(number) for number in re.findall(r'data-agreement="(\d+)"', html)], html


def test_the_list_comes_in_parts_and_without_what_is_hidden(client):
    event = make_open_event(published=True)
    for _ in range(33):
        made = make_agreement(event)
    event.agreements.filter(pk=made.pk).update(hidden_at=made.registered_at)
    first, html = rows(client, event, "liste=0&min=")
    assert (first, "data-more" in html) == (list(range(32, 2, -1)), True)
    rest, html = rows(client, event, "liste=3&min=")
    assert (rest, "data-more" in html) == ([2, 1], False)


@pytest.mark.parametrize("query", ["liste=x&min=y", "liste=-1&min=99999999999999999999", "liste=²&min="])
def test_garbage_gives_the_whole_list(client, query):
    event = make_open_event(published=True)
    make_agreement(event)
    assert rows(client, event, query)[0] == [1]


def test_the_list_of_one_organisation_holds_only_its_own(client):
    event, other = make_open_event(published=True), make_open_event()
    mine, stranger = make_participant(event, "Koret"), make_participant(other, "Fjelltrollene")
    make_agreement(event)
    make_agreement(event, (mine, "Sang"), (make_participant(event), ""))
    make_agreement(other, (stranger, "Tur"), (make_participant(other), ""))
    found, html = rows(client, event, f"liste=0&min={mine.pk}")
    assert (found, f'value="{mine.pk}" selected' in html) == ([2], True)
    assert rows(client, event, f"liste=0&min={stranger.pk}")[0] == []
    assert "Fjelltrollene" not in html


def test_the_list_asks_as_many_queries_for_three_agreements_as_for_one(client, django_assert_num_queries):
    event = make_open_event(published=True)
    for number in (1, 2):
        for _ in range(number):
            make_agreement(event)
        with django_assert_num_queries(4):
            show(client, event, "?liste=0&min=")
