"""Who comes without being on the list is registered together with the agreement that brings it along."""

import uuid

import pytest

from agreements.models import Agreement
from participants.enums import Source, Status
from tests.agreements.posting import broker_client, form, post, post_json
from tests.factories import make_open_event, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


def walk_in(event, *, key=None, name="Kafé Nykommer", sector="business", contact="Nina Ny", **changed):
    known = make_participant(event, name="Speiderne")
    data = form(event, (known, "Vasker lokalet"), **changed)
    return data | {
        "parties-TOTAL_FORMS": "2",
        "parties-1-participant": "",
        "parties-1-gives": "Kaker",
        "parties-1-walkin_key": key or str(uuid.uuid4()),
        "parties-1-walkin_name": name,
        "parties-1-walkin_sector": sector,
        "parties-1-walkin_contact": contact,
    }


def parties_of(agreement):
    return [(p.participant.name, p.gives, p.contact and p.contact.name) for p in agreement.parties.all()]


@pytest.mark.parametrize("queued", [{}, {"queued": "1"}])
def test_a_walk_in_becomes_a_participant_with_its_contact_in_the_same_post(event, queued):
    answer = post_json(broker_client(event), event, walk_in(event) | queued)
    assert (answer.status_code, answer.json()["needs_review"]) == (201, "")
    agreement = Agreement.objects.get()
    assert parties_of(agreement) == [("Speiderne", "Vasker lokalet", None), ("Kafé Nykommer", "Kaker", "Nina Ny")]
    made = event.participants.get(name="Kafé Nykommer")
    assert (made.sector, made.source, made.status) == ("business", Source.WALK_IN, Status.APPROVED)


def test_the_same_walk_in_in_two_agreements_is_one_participant(event):
    key, client = str(uuid.uuid4()), broker_client(event)
    for data in (walk_in(event, key=key), walk_in(event, key=key, name="Skrevet annerledes")):
        assert post_json(client, event, data).status_code == 201
    assert list(event.participants.filter(source=Source.WALK_IN).values_list("name", flat=True)) == ["Kafé Nykommer"]
    assert event.agreements.count() == 2


def test_the_same_post_again_gives_the_same_answer_and_no_second_walk_in(event):
    data, client = walk_in(event), broker_client(event)
    first, second = (post_json(client, event, data) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert event.participants.filter(source=Source.WALK_IN).count() == 1


def test_a_refused_agreement_leaves_no_walk_in_behind(event):
    data = walk_in(event) | {"parties-0-gives": "", "parties-1-gives": ""}
    assert post_json(broker_client(event), event, data).status_code == 422
    assert event.participants.filter(source=Source.WALK_IN).count() == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Skriv navnet på den nye deltakeren."),
        ({"name": "x" * 121}, "Navnet er for langt. Det er plass til 120 tegn."),
        ({"sector": "klubb"}, "Velg hva slags deltaker det er."),
    ],
)
def test_a_walk_in_that_lacks_something_is_told_at_its_card(event, changed, said):
    answer = post_json(broker_client(event), event, walk_in(event, **changed))
    assert (answer.status_code, answer.json()["errors"].get("parties-1-participant")) == (422, [said])


def test_a_queued_walk_in_without_type_and_with_an_endless_name_is_kept_and_marked(event):
    data = walk_in(event, name="Ny " * 60, sector="") | {"queued": "1"}
    answer = post_json(broker_client(event), event, data).json()
    assert "mangler type" in answer["needs_review"]
    assert len(event.participants.get(source=Source.WALK_IN).name) <= 120


def test_the_key_of_a_walk_in_at_another_event_makes_a_new_participant_here(event):
    elsewhere = make_participant(make_open_event(), name="Fremmed forening")
    data = walk_in(event, key=str(elsewhere.key))
    assert post_json(broker_client(event), event, data).status_code == 201
    assert event.participants.filter(name="Fremmed forening").count() == 0


def test_without_script_the_form_keeps_the_walk_in_that_was_sent(event):
    assert post(broker_client(event), event, walk_in(event)).status_code == 302
