"""The verb that registers: numbers, keys, rules, the hour."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.registering import KeyConflict, Refused, register
from borsen.clock import close_hour
from tests.factories import make_agreement, make_draft, make_event, make_open_event, make_participant

pytestmark = pytest.mark.django_db


def test_registering_gives_consecutive_numbers_and_moves_the_feed():
    event = make_open_event()
    before = event.feed_version
    numbers = [make_agreement(event).number for _ in range(3)]
    event.refresh_from_db()
    assert numbers == [1, 2, 3]
    assert event.feed_version == before + 3


def test_same_key_and_content_again_gives_the_same_agreement():
    event = make_open_event()
    draft = make_draft(event)
    first = register(event=event, draft=draft, by=None, now=timezone.now())
    again = register(event=event, draft=draft, by=None, now=timezone.now())
    assert (first.created, again.created) == (True, False)
    assert again.agreement == first.agreement
    assert event.agreements.count() == 1


def test_same_key_with_other_content_is_a_conflict_that_names_the_first():
    event = make_open_event()
    draft = make_draft(event)
    first = register(event=event, draft=draft, by=None, now=timezone.now()).agreement
    with pytest.raises(KeyConflict) as conflict:
        register(event=event, draft=replace(draft, summary="Noe annet"), by=None, now=timezone.now())
    assert conflict.value.agreement == first


def test_empty_summary_is_made_from_what_is_given():
    event = make_open_event()
    draft = make_draft(event, (make_participant(event), "Julespill"), (make_participant(event), "Busstur"))
    agreement = register(event=event, draft=draft, by=None, now=timezone.now()).agreement
    assert agreement.summary == "Julespill mot Busstur"


def test_before_the_gong_is_refused_and_takes_no_number():
    event = make_event()
    with pytest.raises(Refused):
        make_agreement(event)
    assert event.agreements.count() == 0


def test_in_the_grace_made_at_is_moved_into_the_hour():
    event = make_open_event()
    closed = timezone.now() - timedelta(minutes=2)
    close_hour(event=event, now=closed)
    agreement = make_agreement(event)
    assert agreement.made_at == closed


def test_after_the_grace_is_refused_but_a_queued_one_is_numbered_and_marked():
    event = make_open_event(minutes_ago=100)
    close_hour(event=event, now=timezone.now() - timedelta(minutes=30))
    draft = make_draft(event, key=uuid.uuid4())
    with pytest.raises(Refused):
        register(event=event, draft=draft, by=None, now=timezone.now())
    late = register(event=event, draft=draft, by=None, now=timezone.now(), queued=True).agreement
    assert late.number == 1
    assert late.needs_review == "Ble ferdig etter at registreringen var stengt."


def test_same_party_twice_is_refused_even_from_a_queue():
    event = make_open_event()
    twice = make_participant(event, "Granfjord Kajakklubb")
    draft = make_draft(event, (twice, "Padling"), (twice, "Årer"))
    with pytest.raises(Refused) as refusal:
        register(event=event, draft=draft, by=None, now=timezone.now(), queued=True)
    assert [problem.field for problem in refusal.value.problems] == ["parties-1-participant"]
