"""The figures that compare: sectors' giving, first meetings, municipalities, minutes, the goal and earlier events."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements import statistics
from agreements.correcting import withdraw
from agreements.enums import FirstTime, Kind
from agreements.key_figures import key_figures
from borsen.clock import close_hour
from borsen.enums import Role, Sector
from borsen.models import Challenge, Host
from participants.check_in import check_in
from participants.enums import Status
from tests.factories import make_agreement, make_event, make_member, make_open_event, make_participant, make_resource

pytestmark = pytest.mark.django_db

BUSINESS, VOLUNTARY, PUBLIC, INDIVIDUAL = Sector.BUSINESS, Sector.VOLUNTARY, Sector.PUBLIC, Sector.INDIVIDUAL


@pytest.fixture
def event():
    return make_open_event()


def one(event, sector=VOLUNTARY, **fields):
    return make_participant(event, sector=sector, **fields)


def taken_back(agreement):
    return withdraw(agreement=agreement, by=None, now=timezone.now())


# --- sectors


def test_pair_of_sectors_says_how_many_are_mutual_and_how_many_one_way(event):
    make_agreement(event, (one(event, BUSINESS), "Lokale"), (one(event), "Sang"))
    make_agreement(event, (one(event, BUSINESS), "Lokale"), (one(event), ""))
    make_agreement(event, (one(event, BUSINESS), "Lokale"), (one(event), ""), (one(event), ""))
    make_agreement(event, (one(event, BUSINESS), "A"), (one(event), "B"), (one(event, PUBLIC), ""))
    taken_back(make_agreement(event, (one(event, BUSINESS), "Lokale"), (one(event), "Sang")))
    found = statistics.sector_triangle(event)
    assert (found.between(BUSINESS, VOLUNTARY), found.mutual_between(VOLUNTARY, BUSINESS)) == (3, 1)
    assert found.one_way_between(BUSINESS, VOLUNTARY) == 2
    assert (found.several, found.mutual_across_several, found.across) == (1, 1, 4)


def test_sector_gives_and_receives_once_in_each_agreement_however_many_parties_it_has_there(event):
    make_agreement(event, (one(event), "Sang"), (one(event), "Dans"), (one(event, PUBLIC), ""))
    make_agreement(event, (one(event, PUBLIC), "Sal"), (one(event, BUSINESS), ""))
    taken_back(make_agreement(event, (one(event, INDIVIDUAL), "Tid"), (one(event, PUBLIC), "")))
    found = {row.sector: (row.given, row.received) for row in statistics.exchange(event)}
    assert found == {BUSINESS: (0, 1), VOLUNTARY: (1, 1), PUBLIC: (1, 1), INDIVIDUAL: (0, 0)}


def test_first_meetings_are_counted_across_sectors_only_and_silence_is_no_answer(event):
    for answer in (FirstTime.YES, FirstTime.YES, FirstTime.NO, FirstTime.UNKNOWN):
        make_agreement(event, one(event, BUSINESS), one(event), first_time=answer)
    make_agreement(event, one(event), one(event), first_time=FirstTime.YES)
    taken_back(make_agreement(event, one(event, PUBLIC), one(event), first_time=FirstTime.YES))
    found = statistics.first_meetings(event)
    assert (found.across, found.answered, found.first) == (4, 3, 2)


# --- subjects and resources


def test_challenge_says_what_was_needed_for_it_and_what_was_agreed(event):
    lonely = Challenge.objects.create(event=event, text="Eldre og ensomhet", position=1)
    other = Challenge.objects.create(event=event, text="Unge utenfor", position=2)
    home = one(event, PUBLIC)
    met = make_resource(home, "Besøk", kind="need", challenge=lonely)
    make_resource(home, "Sang", kind="need", challenge=lonely)
    make_resource(one(event), "Turer", kind="offer", challenge=lonely)
    make_resource(one(event, status=Status.REGISTERED), "Ikke godkjent", kind="need", challenge=lonely)
    make_agreement(event, (one(event), "Besøk"), (home, ""), challenge=lonely)
    taken_back(make_agreement(event, (one(event), "Mer"), (home, ""), challenge=other))
    party = event.agreements.get(number=1).parties.get(position=0)
    party.need = met
    party.save()
    found = [(row.name, row.count, row.offers, row.needs, row.needs_met) for row in statistics.by_challenge(event)]
    assert found == [("Eldre og ensomhet", 1, 1, 2, 1), ("Unge utenfor", 0, 0, 0, 0)]


def test_offer_is_free_until_its_owner_closes_it_although_an_agreement_gives_from_it(event):
    choir = one(event)
    used, closed = make_resource(choir, "Sang", kind="offer"), make_resource(choir, "Dans", kind="offer")
    make_resource(choir, "Tid", kind="offer")
    closed.closed_at = timezone.now()
    closed.save()
    agreement = make_agreement(event, (choir, "Sang"), (one(event, PUBLIC), ""))
    agreement.parties.filter(position=0).update(offer=used)
    found = statistics.resources(event)
    assert (found.offers, found.offers_used, found.offers_open) == (3, 1, 2)


# --- municipalities


def test_municipalities_inside_across_and_unknown_add_up_to_the_total(event):
    event.municipalities = "Granfjord, Ytterøy"
    event.save()
    inner, same, outer = (one(event, municipality=name) for name in ("Granfjord", "GRANFJORD", "Ytterøy"))
    nowhere = one(event)
    make_agreement(event, inner, same)
    make_agreement(event, inner, nowhere)
    make_agreement(event, inner, outer)
    make_agreement(event, nowhere, one(event))
    taken_back(make_agreement(event, inner, outer))
    one(event, municipality="Avreise", status=Status.CANCELLED)
    found = statistics.municipalities(event)
    assert (found.inside, found.across, found.unknown) == (2, 1, 1)
    assert [(row.name, row.participants, row.inside, row.across) for row in found.rows] == [
        ("Granfjord", 2, 2, 1),
        ("Ytterøy", 1, 0, 1),
    ]
    assert found.is_worth_showing


# --- minutes


def test_minutes_add_up_and_the_first_of_the_busiest_is_the_busiest(event):
    for minute in (3, 3, 7, 7, 9):
        make_agreement(event, made_at=event.opened_at + timedelta(minutes=minute, seconds=10))
    event = close_hour(event=event, now=event.opened_at + timedelta(minutes=10))
    minutes = statistics.by_minute(event, timezone.now())
    assert [part.count for part in minutes] == [0, 0, 0, 2, 0, 0, 0, 2, 0, 1]
    assert statistics.busiest(minutes) == minutes[3]
    assert statistics.busiest([]) is None


def test_hour_that_was_left_open_for_days_is_told_by_the_hour():
    event = make_open_event(minutes_ago=60 * 49)
    make_agreement(event, made_at=event.opened_at + timedelta(minutes=1))
    event = close_hour(event=event, now=event.opened_at + timedelta(hours=49))
    minutes = statistics.by_minute(event, timezone.now())
    assert (len(minutes), minutes[0].count) == (49, 1)


# --- the goal and earlier events


def test_goal_is_reached_when_the_last_of_so_many_was_made_and_per_cent_are_rounded_down(event):
    assert statistics.against_goal(event) is None
    event.goal = 3
    moments = [event.opened_at + timedelta(minutes=minute) for minute in (5, 1)]
    for moment in moments:
        make_agreement(event, made_at=moment)
    found = statistics.against_goal(event)
    assert (found.count, found.percent, found.reached_at) == (2, 66, None)
    event.goal = 2
    assert statistics.against_goal(event).reached_at == moments[0]


def held(name, days_ago, host="Granfjord kommune", **fields):
    event = make_open_event(minutes_ago=days_ago * 1440, name=name, **fields)
    Host.objects.create(event=event, name=host, sector=PUBLIC)
    make_agreement(event, kind=Kind.INTENT)
    taken_back(make_agreement(event))
    one(event, status=Status.REGISTERED)
    one(event, checked_in_at=timezone.now(), present=4)
    return close_hour(event=event, now=event.opened_at + timedelta(minutes=60))


def test_earlier_events_are_those_of_the_same_hosts_and_of_nobody_elses_secret_ones(event):
    Host.objects.create(event=event, name="GRANFJORD KOMMUNE", sector=PUBLIC)
    organiser = make_member(event, Role.ORGANISER)
    held("Åpen", 800, report_published=True)
    held("Hemmelig hos andre", 700)
    mine = held("Vår egen", 400)
    mine.memberships.create(user=organiser, role=Role.ORGANISER)
    foreign = held("Andre verter", 300, host="En annen kommune", report_published=True)
    foreign.memberships.create(user=organiser, role=Role.ORGANISER)
    found = statistics.earlier_events(event)
    assert [(row.name, row.is_public) for row in found] == [("Vår egen", False), ("Åpen", True)]
    assert {(row.count, row.intents, row.participants, row.present) for row in found} == {
        (1, 1, statistics.participation(mine).participants, 4)
    }


def test_event_without_hosts_has_no_earlier_ones(event):
    held("Åpen", 800, report_published=True)
    assert statistics.earlier_events(event) == []


def test_number_of_queries_is_the_same_for_one_earlier_event_and_for_three(event, django_assert_num_queries):
    Host.objects.create(event=event, name="Granfjord kommune", sector=PUBLIC)
    held("Én", 100, report_published=True)
    with django_assert_num_queries(5):
        statistics.earlier_events(event)
    held("To", 200, report_published=True)
    held("Tre", 300, report_published=True)
    with django_assert_num_queries(5):
        assert len(statistics.earlier_events(event)) == 3


# --- the table of key figures


def test_key_figures_have_each_a_key_of_their_own_and_a_definition(event):
    event.goal = 1
    make_agreement(event)
    rows = key_figures(statistics.figures(event, timezone.now()))
    assert len({row.key for row in rows}) == len(rows) == 22
    assert [row.key for row in rows if not (row.label and row.definition.endswith("."))] == []


def test_key_figures_before_the_gong_are_zero_and_say_nothing_of_the_hour():
    rows = key_figures(statistics.figures(make_event(), timezone.now()))
    not_known = {row.key for row in rows if row.value is None}
    assert not_known == {"checked_in", "people_present"}
    assert {row.value for row in rows if row.key not in not_known} == {0}
    assert "busiest_minute" not in {row.key for row in rows}


def test_who_came_is_a_figure_once_somebody_is_checked_in_and_no_zero_before():
    event = make_event()
    choir = make_participant(event, expected=3)

    def came():
        rows = {row.key: row.value for row in key_figures(statistics.figures(event, timezone.now()))}
        return rows["checked_in"], rows["people_present"]

    assert came() == (None, None)
    check_in(participant=choir, by=make_member(event, Role.DOOR), now=timezone.now(), people=0)
    assert came() == (1, 0)
