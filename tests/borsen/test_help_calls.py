"""«Trenger hjelp»: asked, taken back, answered."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from borsen.devices import make_device, send_out
from borsen.enums import Role
from borsen.help_calls import answer_help, ask_for_help, latest_call, open_calls, take_back_help
from tests.factories import make_event, make_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def broker(event):
    return make_member(event, Role.BROKER, "berit")


@pytest.fixture
def asker(event, broker):
    device = make_device(event=event, user=broker, role=Role.BROKER, label="iPad")
    return {"event": event, "user": broker, "device": device}


def version(event):
    event.refresh_from_db()
    return event.feed_version


def test_asking_twice_is_one_call_and_wakes_the_rooms_once(event, asker):
    first, second = ask_for_help(**asker, now=NOW), ask_for_help(**asker, now=NOW)
    assert (first.pk, open_calls(event), version(event)) == (second.pk, [first], 1)
    call = latest_call(**asker)
    assert (call.asked_at, call.answered_at, call.answered_by) == (NOW, None, None)


def test_the_same_broker_may_call_from_each_device_and_from_a_browser_without_one(event, broker, asker):
    other = make_device(event=event, user=broker, role=Role.BROKER, label="iPad 2")
    calls = [
        ask_for_help(event=event, user=broker, device=device, now=NOW) for device in (asker["device"], other, None)
    ]
    assert open_calls(event) == calls


def test_a_call_that_was_taken_back_is_gone_from_both_sides(event, asker):
    ask_for_help(**asker, now=NOW)
    assert (take_back_help(**asker, now=NOW), take_back_help(**asker, now=NOW)) == (True, False)
    assert (open_calls(event), latest_call(**asker), version(event)) == ([], None, 2)


def test_an_answer_is_told_to_the_broker_and_a_second_answer_changes_nothing(event, asker):
    call = ask_for_help(**asker, now=NOW)
    organiser = event.memberships.get(role=Role.ORGANISER).user
    assert answer_help(event=event, pk=call.pk, by=organiser, now=NOW) is True
    assert answer_help(event=event, pk=call.pk, by=asker["user"], now=NOW) is False
    said = latest_call(**asker)
    assert (said.asked_at, said.answered_at, said.answered_by) == (NOW, NOW, organiser)
    assert (open_calls(event), version(event)) == ([], 2)


def test_after_an_answer_one_can_call_again(event, asker):
    call = ask_for_help(**asker, now=NOW)
    answer_help(event=event, pk=call.pk, by=asker["user"], now=NOW)
    again = ask_for_help(**asker, now=NOW)
    assert open_calls(event) == [again]
    assert latest_call(**asker).answered_at is None


def test_a_call_at_another_event_is_not_answered_from_here(event, asker):
    call = ask_for_help(**asker, now=NOW)
    elsewhere = make_event()
    assert answer_help(event=elsewhere, pk=call.pk, by=asker["user"], now=NOW) is False
    assert (open_calls(event), open_calls(elsewhere)) == ([call], [])


@pytest.mark.parametrize("with_device", [True, False])
def test_the_database_itself_holds_one_open_call(event, asker, with_device):
    one = {**asker, "device": asker["device"] if with_device else None}
    event.help_calls.create(user=one["user"], device=one["device"], asked_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        event.help_calls.create(user=one["user"], device=one["device"], asked_at=NOW)


def test_a_tablet_that_was_sent_out_waits_for_nobody(event, broker):
    device = make_device(event=event, user=broker, role=Role.BROKER, label="iPad")
    ask_for_help(event=event, user=broker, device=device, now=timezone.now())
    ask_for_help(event=event, user=broker, device=None, now=timezone.now())
    assert {call.device for call in open_calls(event)} == {None, device}
    send_out(device=device, now=timezone.now())
    assert [call.device for call in open_calls(event)] == [None]
