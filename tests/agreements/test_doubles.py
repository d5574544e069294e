"""The same agreement told at two tablets: the second broker is asked, and decides."""

import pytest

from agreements.correcting import withdraw
from tests.agreements.posting import broker_client, form, post, post_json
from tests.factories import make_open_event, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def pair(event):
    return make_participant(event, "Granfjord Radioamatører"), make_participant(event, "Andre Runde")


def told(event, pair, gives="Reparasjonskveld for gamle radioer", back="Hyller og benk", **changed):
    return form(event, (pair[0], gives), (pair[1], back), **changed)


def test_much_the_same_from_another_broker_is_asked_about_and_not_registered(event, pair):
    first = post_json(broker_client(event), event, told(event, pair)).json()
    turned = form(event, (pair[1], "Hyller, benk"), (pair[0], "Reparasjonskveld for radioer"))
    response = post_json(broker_client(event), event, turned)
    assert response.status_code == 409
    assert response.json()["ask"]["number"] == first["number"]
    assert [party["gives"] for party in response.json()["ask"]["parties"]] == [
        "Reparasjonskveld for gamle radioer",
        "Hyller og benk",
    ]
    assert event.agreements.count() == 1


def test_the_same_form_sent_again_as_confirmed_is_registered_once(event, pair):
    post_json(broker_client(event), event, told(event, pair))
    broker, data = broker_client(event), told(event, pair)
    statuses = [post_json(broker, event, data | extra).status_code for extra in ({}, {"confirmed": "1"}, {})]
    assert statuses == [409, 201, 200]
    assert event.agreements.count() == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"parties_0_gives": "Kurs i egenberedskap og samband", "parties_1_gives": "Bærehjelp"},
        {"queued": "1"},
    ],
)
def test_other_words_and_a_tablets_queue_are_never_asked_about(event, pair, changed):
    post_json(broker_client(event), event, told(event, pair))
    assert post_json(broker_client(event), event, told(event, pair, **changed)).status_code == 201


def test_the_same_broker_is_not_asked_and_neither_is_who_has_other_parties(event, pair):
    broker = broker_client(event)
    post_json(broker, event, told(event, pair))
    assert post_json(broker, event, told(event, pair)).status_code == 201
    other = (pair[0], make_participant(event, "Granfjord kulturskole"))
    assert post_json(broker_client(event), event, told(event, other)).status_code == 201


def test_one_that_was_withdrawn_is_no_longer_asked_about(event, pair):
    post_json(broker_client(event), event, told(event, pair))
    first = event.agreements.get()
    withdraw(agreement=first, by=None, now=first.registered_at)
    assert post_json(broker_client(event), event, told(event, pair)).status_code == 201


def test_without_script_the_question_stands_above_the_form_with_all_that_was_typed(event, pair):
    post_json(broker_client(event), event, told(event, pair))
    broker, data = broker_client(event), told(event, pair, details="Hver første torsdag")
    asked = post(broker, event, data)
    html = asked.content.decode()
    assert asked.status_code == 409
    assert "Er dette den samme avtalen som nr. 1?" in html
    assert (data["key"] in html, "Hver første torsdag" in html, 'name="confirmed"' in html) == (True, True, True)
    assert post(broker, event, data | {"confirmed": "1"}).status_code == 302
    assert event.agreements.count() == 2
