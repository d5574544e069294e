"""Correct, withdraw, take back: the history tells, and who was first wins."""

from dataclasses import replace

import pytest
from django.utils import timezone

from agreements.changing import Stale
from agreements.correcting import correct, restore, withdraw
from agreements.enums import What
from agreements.registering import Refused
from borsen.clock import close_hour
from tests.factories import make_agreement, make_draft, make_open_event, make_participant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def test_correcting_replaces_the_content_and_keeps_number_and_key(now):
    event = make_open_event()
    agreement = make_agreement(event)
    draft = make_draft(event, (make_participant(event), "Lån av kano"), make_participant(event), summary="Kanotur")
    by = make_user("retter")
    corrected = correct(agreement=agreement, draft=draft, expected_version=agreement.version, by=by, now=now)
    assert (corrected.number, corrected.key, corrected.summary) == (agreement.number, agreement.key, "Kanotur")
    assert next(party.gives for party in corrected.parties.all()) == "Lån av kano"
    assert corrected.version > agreement.version
    change = corrected.changes.last()
    assert (change.what, change.by, change.after["summary"]) == (What.CORRECTED, by, "Kanotur")
    assert change.before["summary"] == agreement.summary


def test_correcting_an_old_version_is_stale_and_changes_nothing(now):
    event = make_open_event()
    agreement = make_agreement(event)
    withdraw(agreement=agreement, by=None, now=now)
    with pytest.raises(Stale) as stale:
        correct(agreement=agreement, draft=make_draft(event), expected_version=agreement.version, by=None, now=now)
    assert stale.value.agreement.withdrawn_at == now
    assert agreement.changes.count() == 2


def test_correcting_after_the_hour_is_allowed_but_the_rules_still_hold(now):
    event = make_open_event(grace_minutes=0)
    agreement = make_agreement(event)
    event = close_hour(event=event, now=now)
    draft = make_draft(event, summary="Rettet dagen etter")
    corrected = correct(agreement=agreement, draft=draft, expected_version=agreement.version, by=None, now=now)
    assert corrected.summary == "Rettet dagen etter"
    empty = replace(draft, parties=tuple(replace(party, gives="") for party in draft.parties))
    with pytest.raises(Refused):
        correct(agreement=corrected, draft=empty, expected_version=corrected.version, by=None, now=now)


def test_withdrawing_takes_it_out_of_the_count_and_its_number_is_not_used_again(now):
    event = make_open_event()
    agreement = make_agreement(event)
    withdraw(agreement=agreement, by=None, now=now, why="Registrert to ganger")
    assert event.agreements.counted().count() == 0
    assert make_agreement(event).number == agreement.number + 1


def test_withdrawing_twice_and_restoring_leave_one_line_each(now):
    event = make_open_event()
    agreement = make_agreement(event)
    withdraw(agreement=agreement, by=None, now=now)
    withdraw(agreement=agreement, by=None, now=now)
    restored = restore(agreement=agreement, by=None, now=now)
    assert restored.withdrawn_at is None
    assert [change.what for change in agreement.changes.all()] == ["registered", "withdrawn", "restored"]
