"""The storskjerm's page as it comes from the server."""

import pytest
from django.urls import reverse

from display.software import software
from tests.factories import make_agreement, make_open_event

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
    with django_assert_num_queries(10):
        show(client, event)
    make_agreement(event)
    make_agreement(event)
    with django_assert_num_queries(10):
        show(client, event)


def test_a_stranger_meets_the_login_until_the_event_is_published(client):
    assert show(client, make_open_event()).status_code == 302
