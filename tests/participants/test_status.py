"""Approving, cancelling and removing."""

import pytest

from participants.enums import Status
from tests.factories import make_agreement, make_event, make_open_event, make_participant
from tests.participants.pages import client_of, form_of, seen_on, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db


def status_of(participant) -> str:
    participant.refresh_from_db()
    return participant.status


def test_one_tap_approves_and_comes_back_to_the_same_list():
    event = make_event()
    participant = make_participant(event, "Granfjord Kajakklubb", status=Status.REGISTERED)
    client = client_of(event)
    seen = seen_on(client, event).partition(":")[2]
    data = {"status": "approved", "seen": seen, "back": "status=registered&q=granfjord&annet=//ond.example"}
    response = client.post(url_of("status", event, participant.pk), data, follow=True)
    assert status_of(participant) == Status.APPROVED
    assert response.redirect_chain == [(url_of("list", event) + "?q=granfjord&status=registered", 302)]
    assert "«Granfjord Kajakklubb» er godkjent." in text_of(response)


def test_the_button_in_the_list_carries_what_the_verb_needs():
    event = make_event()
    participant = make_participant(event, status=Status.REGISTERED)
    client = client_of(event)
    page = client.get(url_of("list", event) + "?status=registered")
    url = url_of("status", event, participant.pk)
    form = next(each for each in tree_of(page).iter("form") if each.get("action") == url)
    data = {each.get("name"): each.get("value") for each in form.iter("input") if each.get("name")}
    assert client.post(url, data)["Location"] == url_of("list", event) + "?status=registered&videre=0"
    assert status_of(participant) == Status.APPROVED


@pytest.mark.parametrize(("place", "expected"), [("1", ["Cirkus"]), ("2", ["Cirkus"]), ("x", []), ("9" * 30, [])])
def test_after_one_of_several_the_keyboard_goes_on_from_the_one_that_took_its_place(place, expected):
    event = make_event()
    rows = [make_participant(event, name, status=Status.REGISTERED) for name in ("Adas", "Bandet", "Cirkus")]
    client = client_of(event)
    seen = form_of(client.get(url_of("list", event) + "?status=registered"), "bulk")["seen"]
    seen = dict(part.split(":") for part in seen.split(","))[str(rows[1].pk)]
    data = {"status": "approved", "seen": seen, "back": "status=registered", "place": place}
    page = client.post(url_of("status", event, rows[1].pk), data, follow=True)
    assert status_of(rows[1]) == Status.APPROVED
    assert [each.text for each in tree_of(page).iter() if "autofocus" in each.attrib] == expected


def test_all_new_ones_are_approved_at_once():
    event = make_event()
    new = [make_participant(event, status=Status.REGISTERED) for _ in range(3)]
    client = client_of(event)
    response = client.post(url_of("approve_all", event), {"seen": seen_on(client, event)}, follow=True)
    assert [status_of(each) for each in new] == [Status.APPROVED] * 3
    assert "3 deltakere er godkjent." in text_of(response)


def test_cancelling_and_taking_it_back_from_the_page():
    event = make_event()
    participant = make_participant(event)
    client = client_of(event)
    url = url_of("status", event, participant.pk)
    assert client.post(url, {"status": "cancelled"})["Location"] == url_of("edit", event, participant.pk)
    assert status_of(participant) == Status.CANCELLED
    page = client.get(url_of("edit", event, participant.pk))
    assert "Meld på igjen" in text_of(page)
    response = client.post(url, form_of(page, "row") | {"status": "approved"}, follow=True)
    assert status_of(participant) == Status.APPROVED
    assert "er meldt på igjen." in text_of(response)


@pytest.mark.parametrize("status", ["", "registered", "kongelig"])
def test_a_status_that_cannot_be_chosen_is_refused(status):
    event = make_event()
    participant = make_participant(event)
    assert client_of(event).post(url_of("status", event, participant.pk), {"status": status}).status_code == 403
    assert status_of(participant) == Status.APPROVED


def test_looking_at_the_question_removes_nothing_and_answering_yes_does():
    event = make_event()
    participant = make_participant(event, "Granfjord Kajakklubb")
    client = client_of(event)
    url = url_of("remove", event, participant.pk)
    assert "Fjerne «Granfjord Kajakklubb»?" in text_of(client.get(url))
    assert event.participants.count() == 1
    response = client.post(url, follow=True)
    assert response.redirect_chain == [(url_of("list", event), 302)]
    assert "«Granfjord Kajakklubb» er fjernet." in text_of(response)
    assert not event.participants.exists()


def test_a_party_of_agreements_stays_and_the_page_links_to_them():
    event = make_open_event()
    participant, other = make_participant(event), make_participant(event)
    for _ in range(2):
        make_agreement(event, participant, other)
    client = client_of(event)
    url = url_of("remove", event, participant.pk)
    for response, status in ((client.get(url), 200), (client.post(url), 409)):
        links = [each.get("href") for each in tree_of(response).iter("a")]
        assert response.status_code == status
        assert f"/{event.slug}/avtaler/1/" in links
        assert f"/{event.slug}/avtaler/2/" in links
        assert "Ja, fjern" not in text_of(response)
    assert event.participants.filter(pk=participant.pk).exists()


def test_nothing_changes_by_following_a_link():
    event = make_event()
    participant = make_participant(event, status=Status.REGISTERED)
    client = client_of(event)
    for url in (url_of("status", event, participant.pk), url_of("approve_all", event)):
        assert client.get(url).status_code == 405
    assert status_of(participant) == Status.REGISTERED
