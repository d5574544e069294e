"""Prizes: suggested by stars, given, revealed; and when the screens hear of it."""

import pytest
from django.utils import timezone

from agreements.awards import (
    MOST_AWARDS,
    NotRevealed,
    Winner,
    add_award,
    awards_of,
    candidates,
    conceal,
    give,
    remove_award,
    reveal,
    set_star,
    who_gave_stars,
    winner_mark,
    write_award,
)
from agreements.correcting import withdraw
from agreements.models import Star
from agreements.showing import hide
from borsen.enums import Role
from tests.factories import make_agreement, make_award, make_member, make_open_event, make_participant

pytestmark = pytest.mark.django_db


def version_after(event):
    event.refresh_from_db()
    return event.feed_version


def test_a_star_is_one_for_each_person_and_is_taken_back():
    event = make_open_event()
    agreement = make_agreement(event)
    one, other = (make_member(event, Role.BROKER) for _ in range(2))
    for _twice in range(2):
        set_star(agreement=agreement, by=one, is_on=True, now=timezone.now())
    set_star(agreement=agreement, by=other, is_on=True, now=timezone.now())
    assert (Star.objects.count(), who_gave_stars(agreement)) == (2, {one.pk, other.pk})
    set_star(agreement=agreement, by=one, is_on=False, now=timezone.now())
    assert (Star.objects.count(), who_gave_stars(agreement)) == (1, {other.pk})


def test_a_star_is_nothing_that_a_screen_shows():
    event = make_open_event()
    agreement = make_agreement(event)
    before = version_after(event)
    set_star(agreement=agreement, by=make_member(event, Role.BROKER), is_on=True, now=timezone.now())
    assert version_after(event) == before


def test_candidates_come_by_stars_and_then_the_newest_and_leave_out_what_no_screen_may_show():
    event = make_open_event()
    broker = make_member(event, Role.BROKER)
    old, starred, new, gone, hidden = (make_agreement(event) for _ in range(5))
    for agreement in (starred, gone, hidden):
        set_star(agreement=agreement, by=broker, is_on=True, now=timezone.now())
    withdraw(agreement=gone, by=None, now=timezone.now())
    hide(agreement=hidden, by=None, now=timezone.now())
    make_agreement(make_open_event())
    found = [(row.number, row.star_count) for row in candidates(event)]
    assert found == [(starred.number, 1), (new.number, 0), (old.number, 0)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_prizes_take_the_same_number_of_queries_however_many(django_assert_num_queries, number):
    event = make_open_event()
    for _ in range(number):
        make_award(event, agreement=make_agreement(event))
    with django_assert_num_queries(3):
        told = [
            (award.agreement.summary, [str(party.participant) for party in award.agreement.parties.all()])
            for award in awards_of(event)
        ]
    assert len(told) == number


def test_prizes_stand_in_the_order_in_which_they_were_made_and_there_is_an_end_to_them():
    event = make_open_event()
    titles = [f"Pris {number}" for number in range(MOST_AWARDS)]
    made = [add_award(event=event, title=title) for title in titles]
    assert [award.title for award in awards_of(event)] == titles
    assert add_award(event=event, title="En for mye") is None
    remove_award(award=made[0])
    assert add_award(event=event, title="Plass igjen") is not None
    assert [award.title for award in awards_of(event)] == [*titles[1:], "Plass igjen"]


def test_revealing_and_concealing_move_the_feed_and_repeating_does_not():
    event = make_open_event()
    award = make_award(event, agreement=make_agreement(event))
    start = version_after(event)
    moment = timezone.now()
    assert reveal(award=award, now=moment).shown_at == moment
    assert version_after(event) == start + 1
    assert reveal(award=award, now=timezone.now()).shown_at == moment
    assert version_after(event) == start + 1
    assert conceal(award=award).shown_at is None
    conceal(award=award)
    assert version_after(event) == start + 2


def test_what_is_done_to_a_prize_moves_the_feed_only_once_it_is_revealed():
    event = make_open_event()
    agreement = make_agreement(event)
    award = make_award(event, agreement=agreement)
    start = version_after(event)
    write_award(award=award, title="Juryens pris", reason="Den overrasket alle.")
    give(award=award, winner=Winner(participant=make_participant(event)))
    assert version_after(event) == start
    reveal(award=award, now=timezone.now())
    write_award(award=award, title="Juryens pris", reason="Den rørte oss.")
    give(award=award, winner=Winner(agreement=agreement))
    remove_award(award=award)
    assert version_after(event) == start + 4


def test_a_prize_that_nothing_stands_of_any_longer_is_revealed_anew():
    event = make_open_event()
    first, second = make_agreement(event), make_agreement(event)
    award = reveal(award=make_award(event, agreement=first), now=timezone.now())
    hide(agreement=first, by=None, now=timezone.now())
    assert give(award=award, winner=Winner(agreement=second)).shown_at is None
    reveal(award=award, now=timezone.now())
    assert give(award=award, winner=Winner()).shown_at is None
    assert give(award=award, winner=Winner(agreement=second)).shown_at is None


def test_a_winner_takes_the_place_of_the_one_before():
    event = make_open_event()
    award = make_award(event, agreement=make_agreement(event))
    participant = make_participant(event)
    give(award=award, winner=Winner(participant=participant))
    award.refresh_from_db()
    assert (award.agreement, award.participant) == (None, participant)


def test_a_prize_without_a_winner_that_may_be_shown_is_not_revealed():
    event = make_open_event()
    agreement = make_agreement(event)
    nobodys = make_award(event)
    with pytest.raises(NotRevealed, match="Velg først hvem"):
        reveal(award=nobodys, now=timezone.now())
    award = make_award(event, agreement=agreement)
    withdraw(agreement=agreement, by=None, now=timezone.now())
    with pytest.raises(NotRevealed, match="trukket eller tatt bort"):
        reveal(award=award, now=timezone.now())
    award.refresh_from_db()
    assert (award.shown_at, nobodys.shown_at) == (None, None)


def test_a_winner_that_another_juror_has_changed_since_it_was_seen_is_not_revealed():
    """The one who taps holds the prize as it was; what counts is who gets it now."""
    event = make_open_event()
    seen, other = make_agreement(event), make_agreement(event)
    award = make_award(event, agreement=seen)
    give(award=award, winner=Winner(agreement=other))
    with pytest.raises(NotRevealed, match="En annen i juryen har byttet vinner"):
        reveal(award=award, now=timezone.now(), seen=f"agreement-{seen.number}")
    assert event.awards.get().shown_at is None
    reveal(award=award, now=timezone.now(), seen=winner_mark(event.awards.get()))
    assert event.awards.get().shown_at is not None
