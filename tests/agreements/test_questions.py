"""The same person behind two parties is a question, never a block."""

import pytest

from tests.agreements.posting import broker_client, form, post, post_json
from tests.factories import make_contact, make_open_event, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def client(event):
    return broker_client(event)


def club(event, *people):
    participant = make_participant(event)
    return participant, [make_contact(participant, name, email=email) for name, email in people]


def test_the_only_contact_of_both_parties_is_asked_about_and_the_answer_registers(event, client):
    one, _ = club(event, ("Torunn Lie", "torunn@example.no"))
    other, _ = club(event, ("torunn  lie", ""))
    data = form(event, one, other)
    asked = post_json(client, event, data)
    assert (asked.status_code, asked.json(), event.agreements.count()) == (409, {"same_person": "torunn  lie"}, 0)
    assert post_json(client, event, data | {"confirmed": "person"}).status_code == 201


def test_the_same_address_under_two_names_is_the_same_person(event, client):
    one, _ = club(event, ("Torunn Lie", "Torunn@example.no"))
    other, _ = club(event, ("T. Lie", "torunn@example.no"))
    assert post_json(client, event, form(event, one, other)).status_code == 409


def test_a_chosen_contact_counts_and_one_of_several_does_not(event, client):
    one, [torunn] = club(event, ("Torunn Lie", ""))
    other, [_kari, also_torunn] = club(event, ("Kari Berg", ""), ("Torunn Lie", ""))
    unclear = form(event, one, other)
    assert post_json(client, event, unclear).status_code == 201
    chosen = form(event, one, other, parties_0_contact=str(torunn.pk), parties_1_contact=str(also_torunn.pk))
    assert post_json(client, event, chosen).json() == {"same_person": "Torunn Lie"}


def test_from_a_queue_nobody_is_asked(event, client):
    one, _ = club(event, ("Torunn Lie", ""))
    other, _ = club(event, ("Torunn Lie", ""))
    answer = post_json(client, event, form(event, one, other, queued="1"))
    assert (answer.status_code, answer.json()["needs_review"]) == (201, "")


def test_a_browser_without_script_gets_the_question_with_everything_typed(event, client):
    one, _ = club(event, ("Torunn Lie", ""))
    other, _ = club(event, ("Torunn Lie", ""))
    data = form(event, one, other, summary="Julespill")
    answer = post(client, event, data)
    page = answer.content.decode()
    assert (answer.status_code, "Torunn Lie står bak mer enn én" in page, "Julespill" in page) == (409, True, True)
    assert post(client, event, data | {"confirmed": "person"}).status_code == 302


def test_who_has_answered_about_the_person_is_still_asked_about_a_double(event, client):
    one, _ = club(event, ("Torunn Lie", ""))
    other, _ = club(event, ("Torunn Lie", ""))
    post_json(broker_client(event), event, form(event, one, other, confirmed="1"))
    answer = post_json(client, event, form(event, one, other, confirmed="person"))
    assert (answer.status_code, list(answer.json())) == (409, ["ask"])
