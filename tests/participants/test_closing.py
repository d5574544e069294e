"""The own pages in a browser that others use too: they close by themselves, and what is written is not lost by that."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from borsen import holding_off
from borsen.devices import make_device
from borsen.enums import Role
from participants import proposals
from participants.enums import Status
from participants.person_links import FORM_LASTS, IDLE, SESSION_KEY, link_for, renew
from tests.borsen.addresses import client_with_device
from tests.factories import PASSWORD, make_contact, make_event, make_participant, make_user
from tests.participants.pages import form_of, sent, text_of

pytestmark = pytest.mark.django_db
MAIL, PHONE = "kari@example.no", "911 22 333"


@pytest.fixture(autouse=True)
def outside(settings, monkeypatch):
    settings.PUBLIC_URL, settings.HAS_MAIL = "https://bors.example", True
    monkeypatch.setattr(holding_off, "QUICKEST", timedelta(seconds=-1))


@pytest.fixture
def event():
    return make_event(registration_open=True)


@pytest.fixture
def choir(event):
    choir = make_participant(event, "Granfjord kor")
    make_contact(choir, "Kari Granli", email=MAIL, phone=PHONE)
    return choir


def own(event, *args, page="own_page"):
    return reverse(page, args=[event.slug, *args])


def come_in(client, event, email=MAIL):
    return client.get(own(event, link_for(event, email).token, page="own_page.enter"))


def unused_for(client, event, how_long):
    """The time goes by in which the browser is not used."""
    session = client.session
    known = session[SESSION_KEY]
    known[str(event.pk)]["used"] -= int(how_long.total_seconds())
    session[SESSION_KEY] = known
    session.save()


def at(monkeypatch, moment):
    monkeypatch.setattr(signing.time, "time", moment.timestamp)


def test_a_page_that_is_not_used_closes_by_itself_and_says_so(event, choir, client):
    come_in(client, event)
    unused_for(client, event, IDLE - timedelta(minutes=2))
    assert "Granfjord kor" in text_of(client.get(own(event)))
    unused_for(client, event, IDLE + timedelta(seconds=5))
    said = text_of(client.get(own(event)))
    assert ("Granfjord kor" in said, "Min side er lukket, fordi den ikke var i bruk på 30 minutter." in said) == (
        False,
        True,
    )
    assert client.get(own(event, choir.pk, page="own_page.change"))["Location"] == own(event)
    client.post(own(event, choir.pk, page="own_page.sign_off"), {"status": "cancelled"})
    choir.refresh_from_db()
    assert choir.status == Status.APPROVED
    assert client.session[SESSION_KEY][str(event.pk)]["tokens"] == []
    come_in(client, event)
    assert "Granfjord kor" in text_of(client.get(own(event)))


def test_each_use_begins_the_time_anew_and_looking_whether_it_is_open_does_not(event, choir, client):
    come_in(client, event)
    for _turn in range(3):
        unused_for(client, event, IDLE - timedelta(minutes=2))
        assert "Granfjord kor" in text_of(client.get(own(event)))
    unused_for(client, event, IDLE - timedelta(minutes=2))
    assert "Granfjord kor" in text_of(client.get(own(event) + "?hvile=1"))
    unused_for(client, event, timedelta(minutes=3))
    assert "Granfjord kor" not in text_of(client.get(own(event) + "?hvile=1"))


def test_the_page_says_how_it_closes_and_when(event, choir, client):
    come_in(client, event)
    page = client.get(own(event))
    assert "når du lukker nettleseren, eller når den ikke er brukt på 30 minutter" in text_of(page)
    left = re.search(r'data-closes-in="(\d+)"', page.content.decode())
    assert IDLE.total_seconds() - 10 < int(left[1]) <= IDLE.total_seconds()


def test_the_receipt_closes_by_itself_too(event, client):
    form = sent(contacts=[{"name": "Kari", "email": MAIL}]) | {"started": holding_off.stamp()}
    client.post(reverse("registration", args=[event.slug]), form)
    receipt = reverse("registration.receipt", args=[event.slug])
    page = client.get(receipt)
    assert ("Granfjord Kajakklubb" in text_of(page), "Lukk min side" in text_of(page)) == (True, True)
    unused_for(client, event, IDLE + timedelta(seconds=5))
    assert client.get(receipt)["Location"] == reverse("registration", args=[event.slug])


def test_what_is_written_for_long_can_be_sent_and_opens_nothing(event, choir, client):
    come_in(client, event)
    address = own(event, choir.pk, page="own_page.change")
    form = form_of(client.get(address), "online") | {"expected": "7"}
    unused_for(client, event, FORM_LASTS - timedelta(minutes=5))
    assert client.post(address, form)["Location"] == own(event)
    choir.refresh_from_db()
    assert choir.expected == 7
    assert "Granfjord kor" not in text_of(client.get(own(event)))


def test_a_form_that_was_never_handed_out_or_is_too_old_or_another_ones_is_sent_by_nobody(event, choir, monkeypatch):
    theirs, client = make_participant(event, "Andres lag"), Client()
    make_contact(theirs, "Per", email="per@example.no")
    come_in(client, event)
    address = own(event, choir.pk, page="own_page.change")
    form = form_of(client.get(address), "online") | {"expected": "7"}
    stranger = Client()
    assert stranger.post(address, form | {"carried": ""}).status_code == 404
    assert stranger.post(own(event, theirs.pk, page="own_page.change"), form).status_code == 404
    elsewhere = make_event(slug="nabobygda")
    assert stranger.post(own(elsewhere, choir.pk, page="own_page.change"), form).status_code == 404
    at(monkeypatch, timezone.now() + FORM_LASTS + timedelta(minutes=1))
    assert stranger.post(address, form).status_code == 404
    monkeypatch.undo()
    renew(link_for(event, MAIL))
    assert stranger.post(address, form).status_code == 404
    choir.refresh_from_db()
    assert choir.expected == 1


def test_the_next_one_who_comes_in_by_a_link_in_the_same_browser_sees_their_own_alone(event, choir, client):
    theirs = make_participant(event, "Andres lag")
    make_contact(theirs, "Per", email="per@example.no")
    come_in(client, event)
    come_in(client, event, "per@example.no")
    said = text_of(client.get(own(event)))
    assert ("Granfjord kor" in said, "Andres lag" in said) == (False, True)
    form = sent(name="Tredje", contacts=[{"name": "Åse", "email": "ase@example.no"}])
    client.post(reverse("registration", args=[event.slug]), form | {"started": holding_off.stamp()})
    for where in (own(event), reverse("registration.receipt", args=[event.slug])):
        said = text_of(client.get(where))
        assert ("Andres lag" in said, "Tredje" in said) == (False, True)


def test_one_more_of_the_same_person_stands_beside_what_they_came_in_by(event, choir, client):
    come_in(client, event)
    form = sent(name="Korpset") | {"started": holding_off.stamp()}
    client.post(reverse("registration", args=[event.slug]) + "?en-til=1", form)
    said = text_of(client.get(own(event)))
    assert ("Granfjord kor" in said, "Korpset" in said) == (True, True)


def test_the_session_of_who_only_came_in_by_a_link_ends_with_the_browser(event, choir, client):
    come_in(client, event)
    assert client.cookies["sessionid"]["expires"] == ""
    make_user("kari")
    client.post(reverse("login"), {"username": "kari", "password": PASSWORD})
    assert client.cookies["sessionid"]["expires"] != ""


def test_a_tablet_is_still_a_tablet_when_somebody_has_opened_their_page_on_it(event, choir):
    tablet = client_with_device(make_device(event=event, user=make_user(), role=Role.DOOR, label="Nettbrett"))
    before = tablet.session.get_expire_at_browser_close()
    come_in(tablet, event)
    assert (before, tablet.session.get_expire_at_browser_close()) == (False, False)


# --- an event that is not public


def test_a_link_opens_an_event_that_is_not_public_and_what_is_left_when_it_closes_is_no_dead_end(client):
    event = make_event(ask_whom="Per, 922 33 444")
    choir = make_participant(event, "Granfjord kor")
    make_contact(choir, "Kari", email=MAIL)
    assert client.get(own(event)).status_code == 404
    assert client.get(own(event, "tull", page="own_page.enter")).status_code == 404
    assert client.post(own(event, page="own_page.ask"), {"email": MAIL}).status_code == 404
    assert event.mails.count() == 0
    come_in(client, event)
    assert "Granfjord kor" in text_of(client.get(own(event)))
    unused_for(client, event, IDLE + timedelta(seconds=5))
    assert "Send meg lenken" in text_of(client.get(own(event)))
    client.post(own(event, page="own_page.ask"), {"email": MAIL})
    assert event.mails.count() == 1
    told = text_of(client.post(own(event, page="own_page.leave"), follow=True))
    assert ("Min side er lukket på denne enheten." in told, event.name in told) == (True, False)
    assert client.get(own(event)).status_code == 404


# --- what the organiser does in the same moment


def test_what_is_written_while_the_organiser_locks_is_not_kept_and_is_told(event, choir, client, monkeypatch):
    come_in(client, event)
    address = own(event, choir.pk, page="own_page.change")
    form = form_of(client.get(address), "online") | {"expected": "7"}

    def locked_first(**given):
        given["participant"].event.__class__.objects.filter(pk=event.pk).update(changes_locked=True)
        return proposals.hand_in(**given)

    monkeypatch.setattr("participants.views.own_page.hand_in", locked_first)
    told = text_of(client.post(address, form, follow=True))
    choir.refresh_from_db()
    assert ("har låst det som er meldt inn" in told, choir.expected) == (True, 1)


@pytest.mark.parametrize(("before", "asked"), [("approved", "cancelled"), ("cancelled", "approved")])
def test_nobody_signs_off_or_on_once_it_is_locked(event, choir, client, before, asked):
    event.participants.update(status=before)
    come_in(client, event)
    event.__class__.objects.filter(pk=event.pk).update(changes_locked=True)
    told = client.post(own(event, choir.pk, page="own_page.sign_off"), {"status": asked}, follow=True)
    choir.refresh_from_db()
    assert (choir.status, "har låst det som er meldt inn" in text_of(told)) == (before, True)
