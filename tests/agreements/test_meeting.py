"""«Dekker avtalen dette behovet?»"""

import pytest
from django.urls import reverse

from agreements.meeting import met_needs
from participants.enums import Kind
from tests.agreements.posting import broker_client, form, post_json
from tests.factories import first_category, make_open_event, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


def need_of(participant, title="Trenger lokale"):
    return participant.resources.create(kind=Kind.NEED, category=first_category(participant.event), title=title)


def registered(event, *parties):
    client = broker_client(event)
    post_json(client, event, form(event, *parties))
    return client, event.agreements.get()


def meets(client, agreement, need):
    address = reverse("agreement.meets", args=[agreement.event.slug, agreement.number])
    return client.post(address, {"need": need.pk}, headers={"Accept": "application/json"})


def test_a_need_that_is_met_stands_with_the_party_that_gives_and_in_the_history(event):
    giver, taker = make_participant(event), make_participant(event)
    need = need_of(taker)
    client, agreement = registered(event, (taker, ""), (giver, "Lokale hver tirsdag"))
    version = agreement.version
    assert [meets(client, agreement, need).json() for _again in range(2)] == [{"met": True}] * 2
    agreement.refresh_from_db()
    assert [party.need for party in agreement.parties.all()] == [None, need]
    assert (met_needs(event), agreement.version) == ({need.pk}, version + 1)
    assert [change.why for change in agreement.changes.all()] == ["", "Dekker behovet «Trenger lokale»."]


def test_a_second_need_is_closed_when_the_giver_names_one_already(event):
    giver, taker = make_participant(event), make_participant(event)
    first, second = need_of(taker, "Bord"), need_of(taker, "Stoler")
    client, agreement = registered(event, (taker, ""), (giver, "Møbler"))
    for need in (first, second):
        assert meets(client, agreement, need).status_code == 200
    second.refresh_from_db()
    assert (second.closed_at is not None, met_needs(event)) == (True, {first.pk})


def test_a_strangers_need_and_an_offer_are_refused(event):
    giver, taker, stranger = (make_participant(event) for _ in range(3))
    offer = giver.resources.create(kind=Kind.OFFER, category=first_category(event), title="Kaker")
    foreign = need_of(make_participant(make_open_event()))
    client, agreement = registered(event, giver, taker)
    assert [meets(client, agreement, row).status_code for row in (need_of(stranger), offer, foreign)] == [422] * 3
    assert met_needs(event) == set()


def test_another_broker_may_not_say_so(event):
    giver, taker = make_participant(event), make_participant(event)
    need = need_of(taker)
    _client, agreement = registered(event, giver, taker)
    assert meets(broker_client(event), agreement, need).status_code == 403


def test_a_withdrawn_agreement_meets_nothing(event):
    giver, taker = make_participant(event), make_participant(event)
    need = need_of(taker)
    client, agreement = registered(event, giver, taker)
    meets(client, agreement, need)
    client.post(reverse("agreement.withdraw", args=[event.slug, agreement.number]), {"what": "withdraw"})
    assert met_needs(event) == set()
