"""Børstimen: every stroke of the gong, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from borsen.clock import (
    WrongStroke,
    close_hour,
    extend_hour,
    open_hour,
    phase,
    reopen_hour,
    take_back_opening,
    takes_agreements,
    within_hour,
)
from borsen.enums import Phase
from tests.factories import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def test_phase_follows_the_strokes_and_not_the_plan(now):
    event = make_event(starts_at=now - timedelta(hours=5), minutes=60)
    assert phase(event, now) is Phase.BEFORE
    event = open_hour(event=event, now=now)
    assert phase(event, now + timedelta(hours=3)) is Phase.OPEN
    event = close_hour(event=event, now=now + timedelta(hours=3))
    assert phase(event, now + timedelta(hours=3)) is Phase.GRACE
    assert phase(event, now + timedelta(hours=3, minutes=10)) is Phase.OVER


def test_opening_plans_the_end_and_moves_the_feed(now):
    event = make_event(minutes=45)
    version = event.feed_version
    event = open_hour(event=event, now=now)
    assert (event.planned_end, event.feed_version) == (now + timedelta(minutes=45), version + 1)


def test_opening_twice_is_a_wrong_stroke(now):
    event = open_hour(event=make_event(), now=now)
    with pytest.raises(WrongStroke, match="allerede slått"):
        open_hour(event=event, now=now)


def test_closing_before_opening_is_a_wrong_stroke(now):
    with pytest.raises(WrongStroke, match="ikke i gang"):
        close_hour(event=make_event(), now=now)


def test_reopening_keeps_a_planned_end_that_is_still_to_come(now):
    event = open_hour(event=make_event(minutes=60), now=now)
    event = close_hour(event=event, now=now + timedelta(minutes=20))
    event = reopen_hour(event=event, now=now + timedelta(minutes=21))
    assert (event.closed_at, event.planned_end) == (None, now + timedelta(minutes=60))


def test_reopening_after_the_planned_end_gives_five_minutes(now):
    event = open_hour(event=make_event(minutes=60), now=now)
    event = close_hour(event=event, now=now + timedelta(minutes=60))
    event = reopen_hour(event=event, now=now + timedelta(minutes=63))
    assert event.planned_end == now + timedelta(minutes=68)


def test_extending_moves_the_end_but_never_before_now(now):
    event = open_hour(event=make_event(minutes=60), now=now)
    event = extend_hour(event=event, minutes=5, now=now)
    assert event.planned_end == now + timedelta(minutes=65)
    event = extend_hour(event=event, minutes=-200, now=now + timedelta(minutes=30))
    assert event.planned_end == now + timedelta(minutes=30)


def test_an_opening_by_mistake_can_be_taken_back_until_something_is_registered(now):
    event = open_hour(event=make_event(), now=now)
    with pytest.raises(WrongStroke, match="registrert avtaler"):
        take_back_opening(event=event, has_agreements=True)
    event = take_back_opening(event=event, has_agreements=False)
    assert (event.opened_at, event.closes_at, phase(event, now)) == (None, None, Phase.BEFORE)


def test_agreements_are_taken_in_the_hour_and_its_grace_only(now):
    event = make_event(minutes=60, grace_minutes=10)
    moments = [now - timedelta(minutes=1), now, now + timedelta(minutes=69), now + timedelta(minutes=70)]
    event = open_hour(event=event, now=now)
    event = close_hour(event=event, now=now + timedelta(minutes=60))
    assert [takes_agreements(event, moment) for moment in moments] == [False, True, True, False]


def test_a_device_time_outside_the_hour_is_moved_into_it(now):
    event = open_hour(event=make_event(), now=now)
    event = close_hour(event=event, now=now + timedelta(minutes=60))
    later = now + timedelta(minutes=65)
    assert within_hour(event, now - timedelta(days=1), later) == now
    assert within_hour(event, now + timedelta(days=1), later) == now + timedelta(minutes=60)
    assert within_hour(event, now + timedelta(minutes=30), later) == now + timedelta(minutes=30)
