"""The control room: what it shows, and every stroke that can be made there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.correcting import withdraw
from agreements.models import Agreement
from borsen.clock import close_hour, phase
from borsen.enums import Phase
from tests.factories import make_agreement, make_event, make_open_event, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(client):
    user = make_user()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def stroke(client, event, name):
    """Strike, and return the event as it stands and the message that the page shows."""
    response = client.post(reverse(f"control.{name}", args=[event.slug]), follow=True)
    assert response.status_code == 200
    event.refresh_from_db()
    return event, [str(message) for message in response.context["messages"]]


def page(client, event, **headers):
    return client.get(reverse("control", args=[event.slug]), headers=headers)


def test_the_gong_opens_and_closes_and_opens_again(client, organiser):
    event = make_event(by=organiser)
    for name, expected in (("open", Phase.OPEN), ("close", Phase.GRACE), ("reopen", Phase.OPEN)):
        event, said = stroke(client, event, name)
        assert phase(event, timezone.now()) is expected
        assert len(said) == 1


def test_five_minutes_more_move_the_end(client, organiser):
    event = make_open_event(by=organiser)
    before = event.planned_end
    event, said = stroke(client, event, "extend")
    assert (event.planned_end, said) == (before + timedelta(minutes=5), ["Børstimen varer 5 minutter til."])


def test_an_opening_by_mistake_is_taken_back(client, organiser):
    event, said = stroke(client, make_open_event(by=organiser), "undo")
    assert (event.opened_at, said) == (None, ["Åpningen er angret."])


def test_an_opening_is_not_taken_back_once_something_is_registered_even_if_withdrawn(client, organiser):
    event = make_open_event(by=organiser)
    withdraw(agreement=make_agreement(event), by=None, now=timezone.now())
    event, said = stroke(client, event, "undo")
    assert (event.opened_at is None, said) == (False, ["Det er registrert avtaler. Åpningen kan ikke angres."])
    assert "Angre åpningen" not in page(client, event).content.decode()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("open", "Åpningsgongen er allerede slått."),
        ("reopen", "Sluttgongen er ikke slått."),
    ],
)
def test_a_stroke_that_cannot_be_made_changes_nothing_and_says_why(client, organiser, name, why):
    event = make_open_event(by=organiser)
    version = event.feed_version
    event, said = stroke(client, event, name)
    assert (event.feed_version, said) == (version, [why])


def test_a_stroke_is_never_made_by_a_link(client, organiser):
    event = make_event(by=organiser)
    assert client.get(reverse("control.open", args=[event.slug])).status_code == 405
    event.refresh_from_db()
    assert event.opened_at is None


def test_the_page_shows_number_and_latest_and_what_someone_must_look_at(client, organiser):
    event = make_open_event(by=organiser, goal=100)
    first, second = make_agreement(event, summary="Strøm på speiderhytta"), make_agreement(event, summary="Julespill")
    Agreement.objects.filter(pk=first.pk).update(needs_review="Børstimen er slutt.")
    html = page(client, event).content.decode()
    for expected in (
        "av 100",
        "Strøm på speiderhytta",
        "Julespill",
        "Må ses på",
        "Børstimen er slutt.",
        second.get_absolute_url(),
    ):
        assert expected in html


def test_the_live_part_is_sent_alone_and_the_page_reloads_when_the_hour_moves_on(client, organiser):
    event = make_open_event(by=organiser)
    url = reverse("control", args=[event.slug])
    same = client.get(f"{url}?phase=open", headers={"HX-Request": "true"})
    assert ("HX-Refresh" in same, "<html" in same.content.decode()) == (False, False)
    close_hour(event=event, now=timezone.now())
    assert client.get(f"{url}?phase=open", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_page_asks_as_many_queries_for_three_agreements_as_for_one(client, organiser, django_assert_num_queries):
    event = make_open_event(by=organiser)
    make_agreement(event)
    with django_assert_num_queries(7):
        page(client, event)
    make_agreement(event)
    make_agreement(event)
    with django_assert_num_queries(7):
        page(client, event)
