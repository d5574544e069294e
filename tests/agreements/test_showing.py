"""Hide and show again, and let through what was held back: the count stays, the screens follow, the history tells."""

import pytest
from django.utils import timezone

from agreements.correcting import withdraw
from agreements.models import Agreement
from agreements.showing import hide, hold_back, review, show_again
from agreements.statistics import count
from display import feed
from tests.factories import make_agreement, make_open_event, make_user

pytestmark = pytest.mark.django_db

REASON = "Børstimen var slutt da avtalen ble skrevet."


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def event():
    return make_open_event()


def make_held_back(event):
    agreement = make_agreement(event)
    Agreement.objects.filter(pk=agreement.pk).update(needs_review=REASON)
    agreement.refresh_from_db()
    return agreement


def on_screen(event):
    frame = feed.snapshot(event.pk)
    return [card.number for card in (frame.newest, *frame.latest) if card]


def lines(agreement):
    return [(change.what, change.why) for change in agreement.changes.all()]


def test_what_is_hidden_is_told_as_gone_and_still_counts(event, now):
    kept, hidden = make_agreement(event), make_agreement(event)
    by = make_user("arrangoren")
    hide(agreement=hidden, by=by, now=now, why="Feil navn")
    frame = feed.since(event.pk, hidden.version)
    assert (frame.changed.gone, frame.total, on_screen(event)) == ((hidden.number,), 2, [kept.number])
    change = hidden.changes.last()
    assert (change.what, change.by, change.at, change.why) == ("hidden", by, now, "Feil navn")


def test_what_is_shown_again_is_a_correction_to_the_screen_and_not_a_new_agreement(event, now):
    agreement = make_agreement(event)
    version = hide(agreement=agreement, by=None, now=now).version
    show_again(agreement=agreement, by=None, now=now)
    changed = feed.since(event.pk, version).changed
    assert (changed.corrected, changed.new, on_screen(event)) == ((agreement.number,), (), [agreement.number])


def test_each_verb_repeated_is_one_line_of_history_and_one_step_of_the_feed(event, now):
    agreement = make_held_back(event)
    before = agreement.version
    for verb in (review, hide, show_again, hold_back):
        verb(agreement=agreement, by=None, now=now)
        verb(agreement=agreement, by=None, now=now)
    assert lines(agreement) == [
        ("registered", ""),
        ("reviewed", REASON),
        ("hidden", ""),
        ("shown", ""),
        ("held_back", REASON),
    ]
    event.refresh_from_db()
    assert event.feed_version == before + 4


def test_what_somebody_has_looked_at_comes_on_the_screen_as_a_new_one_and_the_reason_is_kept(event, now):
    agreement = make_held_back(event)
    assert on_screen(event) == []
    review(agreement=agreement, by=None, now=now)
    agreement.refresh_from_db()
    changed = feed.since(event.pk, agreement.version - 1).changed
    assert (agreement.needs_review, changed.new, on_screen(event)) == ("", (1,), [1])
    assert lines(agreement)[-1] == ("reviewed", REASON)


def test_what_is_in_order_but_not_for_the_screen_is_reviewed_and_hidden_at_once(event, now):
    agreement = make_held_back(event)
    review(agreement=agreement, by=None, now=now, is_shown=False, why="Navngir en beboer")
    agreement.refresh_from_db()
    assert (agreement.needs_review, agreement.hidden_at, count(event), on_screen(event)) == ("", now, 1, [])
    assert lines(agreement)[1:] == [("reviewed", REASON), ("hidden", "Navngir en beboer")]


def test_a_hidden_one_that_is_found_in_order_is_shown(event, now):
    agreement = make_held_back(event)
    hide(agreement=agreement, by=None, now=now)
    review(agreement=agreement, by=None, now=now)
    assert on_screen(event) == [agreement.number]


def test_a_review_taken_back_holds_it_back_for_the_same_reason(event, now):
    agreement = make_held_back(event)
    review(agreement=agreement, by=None, now=now)
    version = event.agreements.get().version
    hold_back(agreement=agreement, by=None, now=now)
    assert event.agreements.get().needs_review == REASON
    assert (feed.since(event.pk, version).changed.gone, on_screen(event)) == ((agreement.number,), [])


def test_what_was_never_held_back_is_neither_reviewed_nor_held_back(event, now):
    agreement = make_agreement(event)
    for verb in (review, hold_back):
        verb(agreement=agreement, by=None, now=now)
    assert (lines(agreement), on_screen(event)) == ([("registered", "")], [1])


def test_showing_again_does_not_let_through_what_waits_to_be_looked_at_or_was_withdrawn(event, now):
    held, withdrawn = make_held_back(event), make_agreement(event)
    withdraw(agreement=withdrawn, by=None, now=now)
    for agreement in (held, withdrawn):
        hide(agreement=agreement, by=None, now=now)
        show_again(agreement=agreement, by=None, now=now)
    assert on_screen(event) == []
