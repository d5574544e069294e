"""Correcting, withdrawing and taking back, as pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.correcting import correct
from agreements.models import Agreement
from borsen.enums import Role
from participants.enums import Status
from tests.factories import make_agreement, make_contact, make_draft, make_member, make_open_event, make_participant

from .posting import client_of, form

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_open_event()


@pytest.fixture
def broker(event):
    return make_member(event, Role.BROKER)


@pytest.fixture
def pair(event):
    return make_participant(event, "Blåfjell kor"), make_participant(event, "Turbussen")


@pytest.fixture
def agreement(event, broker, pair):
    return make_agreement(event, (pair[0], "Sang"), (pair[1], "Buss"), by=broker, summary="Sang mot buss")


def url(name, agreement):
    return reverse(f"agreement.{name}", args=[agreement.event.slug, agreement.number])


def rows(agreement):
    return [(party.participant.name, party.gives) for party in Agreement.objects.get(pk=agreement.pk).parties.all()]


def test_the_form_holds_what_was_agreed(broker, agreement):
    page = client_of(broker).get(url("correct", agreement)).content.decode()
    for typed in (
        'value="Sang"',
        'value="Buss"',
        'value="Sang mot buss"',
        f'name="version" value="{agreement.version}"',
    ):
        assert typed in page


def test_a_correction_keeps_number_key_and_what_the_form_has_no_field_for(event, broker, pair, agreement):
    data = form(event, (pair[1], "To busser"), (pair[0], "Sang"), version=agreement.version, why="Feil antall")
    response = client_of(broker).post(url("correct", agreement), data)
    now = event.agreements.get()
    assert response["Location"] == agreement.get_absolute_url()
    assert rows(agreement) == [("Turbussen", "To busser"), ("Blåfjell kor", "Sang")]
    assert (now.number, now.key, now.first_contact) == (agreement.number, agreement.key, pair[0])
    assert now.first_contact_by == agreement.first_contact_by
    assert now.changes.last().why == "Feil antall"


def test_bad_input_is_422_with_what_was_typed(event, broker, pair, agreement):
    data = form(event, (pair[0], "x" * 210), pair[0], version=agreement.version)
    response = client_of(broker).post(url("correct", agreement), data)
    page = response.content.decode()
    assert (response.status_code, "10 tegn for lang" in page, "x" * 210 in page) == (422, True, True)
    twice = form(event, pair[0], pair[0], version=agreement.version)
    assert "står allerede i avtalen" in client_of(broker).post(url("correct", agreement), twice).content.decode()
    assert rows(agreement) == [("Blåfjell kor", "Sang"), ("Turbussen", "Buss")]


def test_when_someone_else_was_first_both_texts_are_shown_and_a_second_send_wins(event, broker, pair, agreement):
    old_version = agreement.version
    correct(
        agreement=agreement,
        draft=make_draft(event, (pair[0], "Allsang"), (pair[1], "Buss"), key=agreement.key, summary="Allsang"),
        expected_version=old_version,
        by=None,
        now=timezone.now(),
    )
    data = form(event, (pair[0], "Korsang"), (pair[1], "Buss"), version=old_version)
    client = client_of(broker)
    response = client.post(url("correct", agreement), data)
    page = response.content.decode()
    assert response.status_code == 409
    assert ("Noen andre rettet avtalen" in page, "Allsang" in page, 'value="Korsang"' in page) == (True, True, True)
    version = event.agreements.get().version
    assert f'name="version" value="{version}"' in page
    assert client.post(url("correct", agreement), data | {"version": version}).status_code == 302
    assert rows(agreement)[0] == ("Blåfjell kor", "Korsang")


@pytest.mark.parametrize("version", ["", "x", "9" * 99])
def test_without_a_version_it_is_409(event, broker, pair, agreement, version):
    response = client_of(broker).post(url("correct", agreement), form(event, *pair, version=version))
    assert response.status_code == 409


def test_the_same_correction_sent_three_times_is_one_change(event, broker, pair, agreement):
    data = form(event, (pair[0], "Allsang"), (pair[1], ""), version=agreement.version, summary="")
    client = client_of(broker)
    assert [client.post(url("correct", agreement), data).status_code for _ in range(3)] == [302, 302, 302]
    assert [change.what for change in agreement.changes.all()] == ["registered", "corrected"]


def test_a_party_that_was_cancelled_since_may_stay_and_a_new_one_may_not(event, broker, pair, agreement):
    event.participants.filter(pk=pair[0].pk).update(status=Status.CANCELLED)
    gone = make_participant(event, "Skiklubben", status=Status.CANCELLED)
    client = client_of(broker)
    assert "Blåfjell kor" in client.get(url("correct", agreement)).content.decode()
    data = form(event, (pair[0], "Sang"), gone, version=agreement.version)
    assert client.post(url("correct", agreement), data).status_code == 422
    data = form(event, (pair[0], "Allsang"), pair[1], version=agreement.version)
    assert client.post(url("correct", agreement), data).status_code == 302


def test_add_a_party_without_script(event, broker, pair, agreement):
    data = form(event, *pair, version=agreement.version) | {"parties-add": "1"}
    page = client_of(broker).post(url("correct", agreement), data).content.decode()
    assert page.count('name="parties-2-gives"') == 1


def test_the_contact_stays_through_a_correction(event, broker, pair):
    contact = make_contact(pair[0])
    draft = make_draft(event, (pair[0], "Sang", contact), (pair[1], "Buss"))
    agreement = make_agreement(event, (pair[0], "Sang", contact), (pair[1], "Buss"), by=broker)
    page = client_of(broker).get(url("correct", agreement)).content.decode()
    assert f'name="parties-0-contact" value="{contact.pk}"' in page
    assert draft.parties[0].contact == contact


# --- withdraw and take back


def test_withdrawing_takes_two_taps_and_can_be_undone(event, broker, agreement):
    client = client_of(broker)
    assert "Hva skal skje med avtale nr. 1?" in client.get(url("withdraw", agreement)).content.decode()
    assert event.agreements.counted().count() == 1
    client.post(url("withdraw", agreement), {"what": "withdraw", "why": "Dobbel\x00t"})
    assert event.agreements.counted().count() == 0
    assert event.agreements.get().changes.last().why == "Dobbelt"
    client.post(url("restore", agreement))
    assert event.agreements.counted().count() == 1


def test_each_sent_three_times_is_one_line_of_history(broker, agreement):
    client = client_of(broker)
    for name in ("withdraw", "restore"):
        assert [client.post(url(name, agreement), {"what": "withdraw"}).status_code for _ in range(3)] == [
            302,
            302,
            302,
        ]
    assert [change.what for change in agreement.changes.all()] == ["registered", "withdrawn", "restored"]


def test_taking_back_is_only_ever_posted(broker, agreement):
    assert client_of(broker).get(url("restore", agreement)).status_code == 405


# --- who


def test_brokers_change_their_own_organisers_all_and_the_rest_nothing(event, pair, agreement, broker):
    organiser = event.memberships.get(role=Role.ORGANISER).user
    users = {
        "broker": broker,
        "another broker": make_member(event, Role.BROKER),
        "coordinator": make_member(event, Role.COORDINATOR),
        "organiser": organiser,
    }
    found = {}
    for who, user in users.items():
        client = client_of(user)
        version = event.agreements.get().version
        data = form(event, (pair[0], f"Sang av {who}"), pair[1], version=version)
        statuses = [client.post(url("correct", agreement), data).status_code]
        names = ("withdraw", "restore")
        statuses += [client.post(url(name, agreement), {"what": "withdraw"}).status_code for name in names]
        found[who] = statuses
    assert found == {
        "broker": [302, 302, 302],
        "another broker": [403, 403, 403],
        "coordinator": [403, 403, 403],
        "organiser": [302, 302, 302],
    }


def test_a_correction_after_the_day_of_first_contact_keeps_that_day_and_takes_no_other_past_one(event, broker, pair):
    organiser = client_of(make_member(event, Role.ORGANISER))
    over = timezone.localdate() - timedelta(days=3)
    agreement = make_agreement(event, (pair[0], "Sang"), (pair[1], "Buss"), by=broker, first_contact_by=over)
    answers = []
    for day in (over, over - timedelta(days=1)):
        data = form(event, (pair[0], "Sang"), (pair[1], "To busser"), first_contact_by=day.isoformat())
        agreement.refresh_from_db()
        answers.append(organiser.post(url("correct", agreement), data | {"version": agreement.version}).status_code)
    agreement.refresh_from_db()
    assert (answers, agreement.first_contact_by) == ([302, 422], over)
