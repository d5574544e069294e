"""The gong is late: agreements wait for it, and the stroke registers them in order."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Agreement, WaitingAgreement
from agreements.waiting import register_waiting, waiting_brokers
from borsen.enums import Role
from display.gong import STROKES
from tests.agreements.posting import broker_client, client_of, form, post, post_json
from tests.factories import make_event, make_member, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """The planned start was five minutes ago, and nobody has struck the gong."""
    return make_event(starts_at=timezone.now() - timedelta(minutes=5))


@pytest.fixture
def pair(event):
    return make_participant(event), make_participant(event)


def strike(event):
    return STROKES["open"](event, timezone.now())


def test_what_waits_is_answered_with_202_and_registered_by_the_stroke_in_order_of_arrival(event, pair):
    first, second = broker_client(event), broker_client(event)
    sent = [form(event, *pair, summary=f"Avtale {n}", wait="1") for n in range(3)]
    answers = [post_json(client, event, data) for client, data in zip((first, second, first), sent, strict=True)]
    assert [(answer.status_code, answer.json()["waiting"]) for answer in answers] == [(202, True)] * 3
    assert (event.agreements.count(), waiting_brokers(event)) == (0, 2)
    strike(event)
    rows = event.agreements.order_by("number").values_list("number", "summary", "needs_review")
    assert list(rows) == [(1, "Avtale 0", ""), (2, "Avtale 1", ""), (3, "Avtale 2", "")]
    assert WaitingAgreement.objects.count() == 0


def test_the_tablet_that_sends_it_again_after_the_stroke_gets_the_same_number(event, pair):
    client, data = broker_client(event), form(event, *pair)
    assert post_json(client, event, data | {"wait": "1"}).status_code == 202
    assert post_json(client, event, data | {"queued": "1"}).status_code == 202
    strike(event)
    again = post_json(client, event, data | {"queued": "1"})
    assert (again.status_code, again.json()["number"], event.agreements.count()) == (200, 1, 1)


def test_a_moment_before_the_stroke_counts_as_the_stroke(event, pair):
    made = timezone.now() - timedelta(minutes=1)
    post_json(broker_client(event), event, form(event, *pair, wait="1", made_at=made.isoformat()))
    opened = strike(event).opened_at
    assert Agreement.objects.get().made_at == opened


def test_without_wait_or_before_the_planned_start_it_is_told_to_wait(event, pair):
    client = broker_client(event)
    assert post_json(client, event, form(event, *pair)).status_code == 422
    event.starts_at = timezone.now() + timedelta(minutes=5)
    event.save()
    assert post_json(client, event, form(event, *pair, wait="1")).status_code == 422
    assert WaitingAgreement.objects.count() == 0


def test_what_is_wrong_with_it_is_said_while_the_parties_stand_there(event, pair):
    data = form(event, *pair, wait="1", parties_0_gives="", parties_1_gives="")
    answer = post_json(broker_client(event), event, data)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["parties-0-gives"])


def test_the_broker_takes_back_one_that_waits_and_nobody_elses(event, pair):
    mine, other = broker_client(event), broker_client(event)
    data = form(event, *pair, wait="1")
    post_json(mine, event, data)
    address = reverse("broker.take_back", args=[event.slug, data["key"]])
    assert other.post(address).status_code == 404
    assert mine.post(address).json() == {"taken_back": True}
    strike(event)
    assert event.agreements.count() == 0
    assert mine.post(address).status_code == 404


def test_taking_back_after_the_stroke_gives_the_number(event, pair):
    client, data = broker_client(event), form(event, *pair, wait="1")
    post_json(client, event, data)
    strike(event)
    answer = client.post(reverse("broker.take_back", args=[event.slug, data["key"]]))
    assert (answer.status_code, answer.json()["number"]) == (409, 1)


def test_a_browser_without_script_is_told_in_words(event, pair):
    answer = post(broker_client(event), event, form(event, *pair, wait="1"), follow=True)
    assert "venter på gongen" in answer.content.decode()


def test_what_waits_can_be_seen_in_the_status_until_the_stroke(event, pair):
    client = client_of(make_member(event, Role.BROKER))
    post_json(client, event, form(event, *pair, wait="1"))
    address = reverse("broker.status", args=[event.slug])
    before = client.get(address).json()["waiting_for_gong"]
    strike(event)
    assert (before, client.get(address).json()["waiting_for_gong"]) == (1, 0)


def test_one_that_can_no_longer_be_registered_does_not_stop_the_others(event, pair):
    client = broker_client(event)
    gone = make_participant(event)
    post_json(client, event, form(event, pair[0], gone, wait="1", summary="Uten part"))
    post_json(client, event, form(event, *pair, wait="1", summary="Hel"))
    gone.delete()
    strike(event)
    assert list(event.agreements.values_list("summary", flat=True)) == ["Hel"]
    assert register_waiting(event=event, now=timezone.now()) == []
