"""The figures, each against an event that is small enough to count by hand."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from agreements import statistics
from agreements.correcting import withdraw
from agreements.enums import FirstTime, Kind
from agreements.registering import register
from agreements.statistics import CategoryFigure, ParticipantFigures
from borsen.clock import close_hour
from borsen.enums import Sector
from participants.enums import Status
from tests.factories import (
    make_agreement,
    make_draft,
    make_event,
    make_open_event,
    make_participant,
    make_resource,
)

pytestmark = pytest.mark.django_db

BUSINESS, VOLUNTARY, PUBLIC, INDIVIDUAL = Sector.BUSINESS, Sector.VOLUNTARY, Sector.PUBLIC, Sector.INDIVIDUAL


def between(event, *sectors, **fields):
    return make_agreement(event, *(make_participant(event, sector=sector) for sector in sectors), **fields)


def taken_back(event, *sectors):
    agreement = between(event, *sectors)
    return withdraw(agreement=agreement, by=None, now=timezone.now())


def hidden(agreement):
    agreement.hidden_at = timezone.now()
    agreement.save()
    return agreement


def inside_one(sectors):
    return sum(sectors.inside(sector) for sector in (BUSINESS, VOLUNTARY, PUBLIC))


@pytest.fixture
def event():
    """Seven counted agreements (one hidden, two intentions, one one-way, one with three parties), and one withdrawn."""
    event = make_open_event()
    between(event, BUSINESS, VOLUNTARY)
    between(event, BUSINESS, VOLUNTARY, VOLUNTARY, first_time=FirstTime.YES)
    hidden(between(event, VOLUNTARY, PUBLIC, kind=Kind.INTENT))
    between(event, VOLUNTARY, VOLUNTARY)
    make_agreement(
        event, (make_participant(event, sector=PUBLIC), "Sal"), (make_participant(event, sector=BUSINESS), "")
    )
    between(event, BUSINESS, VOLUNTARY, PUBLIC)
    between(event, INDIVIDUAL, PUBLIC, kind=Kind.INTENT)
    taken_back(event, BUSINESS, PUBLIC)
    make_agreement(make_open_event())
    return event


def test_totals_count_hidden_and_intentions_but_not_withdrawn_nor_another_events(event):
    totals = statistics.totals(event)
    assert (totals.count, totals.intents, totals.mutual, totals.one_way) == (7, 2, 6, 1)
    assert totals.first_time == 1
    assert statistics.count(event) == 7


def test_total_in_full_names_the_intentions_and_is_short_without_them(event):
    assert statistics.totals(event).in_full == "7 avtaler, av dem 2 intensjonsavtaler"
    alone = make_open_event()
    assert statistics.totals(alone).in_full == "0 avtaler"
    between(alone, BUSINESS, PUBLIC)
    assert statistics.totals(alone).in_full == "1 avtale"


def test_queued_agreement_in_which_nobody_gives_counts_as_one_way():
    event = make_open_event()
    parties = [(make_participant(event), ""), (make_participant(event), "")]
    register(event=event, draft=make_draft(event, *parties), by=None, now=timezone.now(), queued=True)
    totals = statistics.totals(event)
    assert (totals.count, totals.mutual, totals.one_way) == (1, 0, 1)


def test_each_agreement_counts_once_among_the_sectors_whatever_its_number_of_parties(event):
    sectors = statistics.sector_triangle(event)
    assert (sectors.business_voluntary, sectors.business_public, sectors.voluntary_public) == (2, 1, 1)
    assert [sectors.inside(sector) for sector in (BUSINESS, VOLUNTARY, PUBLIC)] == [0, 1, 0]
    assert (sectors.with_individuals, sectors.all_three) == (1, 1)
    assert sectors.between(INDIVIDUAL, PUBLIC) == 1
    assert sectors.several == 1


def test_triangle_and_tiles_and_matrix_each_add_up_to_the_total(event):
    between(event, INDIVIDUAL, INDIVIDUAL)
    between(event, INDIVIDUAL, BUSINESS, PUBLIC)
    between(event, INDIVIDUAL, BUSINESS, VOLUNTARY, PUBLIC)
    sectors = statistics.sector_triangle(event)
    sides = sectors.business_voluntary + sectors.business_public + sectors.voluntary_public
    assert sectors.total == statistics.count(event) == 10
    assert sides + inside_one(sectors) + sectors.with_individuals + sectors.all_three == 10
    assert sides + sectors.others == 10
    kinds = list(Sector)
    cells = sum(sectors.between(one, other) for i, one in enumerate(kinds) for other in kinds[i:])
    assert cells + sectors.several == 10


def test_categories_keep_their_order_show_zero_and_add_up(event):
    lokaler, utstyr, *_rest = event.categories.all()
    between(event, BUSINESS, PUBLIC, category=utstyr)
    withdraw(agreement=between(event, BUSINESS, PUBLIC, category=utstyr), by=None, now=timezone.now())
    figures = statistics.by_category(event)
    assert figures[:3] == [
        CategoryFigure(lokaler.pk, "Lokaler", 7),
        CategoryFigure(utstyr.pk, "Utstyr og materiell", 1),
        CategoryFigure(figures[2].pk, "Foredrag, kurs og undervisning", 0),
    ]
    assert len(figures) == 9
    assert sum(figure.count for figure in figures) == statistics.count(event)


def test_participant_gives_and_receives_by_what_each_party_gives():
    event = make_open_event()
    choir, bank, home = (make_participant(event, name) for name in ("Koret", "Banken", "Sykehjemmet"))
    idle = make_participant(event, "Ingen avtale")
    make_agreement(event, (choir, "Sang"), (bank, "Lokaler"))
    make_agreement(event, (choir, "Sang"), (home, ""))
    make_agreement(event, (choir, "Sang"), (bank, ""), (home, "Kaffe"))
    withdraw(agreement=make_agreement(event, (home, "Buss"), (choir, "")), by=None, now=timezone.now())
    assert statistics.by_participant(event) == {
        choir.pk: ParticipantFigures(agreements=3, given=3, received=2),
        bank.pk: ParticipantFigures(agreements=2, given=1, received=2),
        home.pk: ParticipantFigures(agreements=2, given=1, received=2),
    }
    assert idle.pk not in statistics.by_participant(event)


def test_those_who_take_part_are_the_approved_and_whoever_has_an_agreement():
    event = make_open_event()
    make_participant(event, sector=PUBLIC)
    make_participant(event, "Ukjent AS", sector=BUSINESS, status=Status.REGISTERED)
    make_participant(event, "Avmeldt AS", sector=BUSINESS, status=Status.CANCELLED)
    walk_in = make_participant(event, sector=INDIVIDUAL, status=Status.REGISTERED)
    make_agreement(event, make_participant(event), walk_in)
    who = statistics.participation(event)
    assert (who.participants, who.with_agreement) == (3, 2)
    assert who.by_sector == {BUSINESS: 0, VOLUNTARY: 1, PUBLIC: 1, INDIVIDUAL: 1}
    assert {participant.name for participant in statistics.taking_part(event)}.isdisjoint({"Ukjent AS", "Avmeldt AS"})
    assert len(statistics.taking_part(event)) == who.participants


def test_a_withdrawn_agreement_leaves_its_parties_without_one():
    event = make_open_event()
    taken_back(event, BUSINESS, PUBLIC)
    who = statistics.participation(event)
    assert (who.participants, who.with_agreement) == (2, 0)


def test_people_are_counted_at_the_door():
    event = make_event()
    make_participant(event, present=3, checked_in_at=timezone.now())
    make_participant(event, present=0)
    make_participant(event, present=2, checked_in_at=timezone.now())
    who = statistics.participation(event)
    assert (who.checked_in, who.present) == (2, 5)


def test_need_is_met_by_an_agreement_that_names_it_or_when_someone_closes_it():
    event = make_open_event()
    home, choir = make_participant(event, sector=PUBLIC), make_participant(event)
    named = make_resource(home, "Sang", kind="need")
    make_resource(home, "Kaffe", kind="need", closed_at=timezone.now())
    make_resource(home, "Buss", kind="need")
    for_withdrawn = make_resource(home, "Dugnad", kind="need")
    offer = make_resource(choir, "Korsang", kind="offer")
    make_resource(make_participant(event, status=Status.REGISTERED), "Ikke godkjent", kind="need")
    agreement = make_agreement(event, (choir, "Sang"), (home, ""))
    agreement.parties.filter(participant=choir).update(need=named, offer=offer)
    withdrawn = make_agreement(event, (choir, "Dugnad"), (home, ""))
    withdrawn.parties.filter(participant=choir).update(need=for_withdrawn)
    withdraw(agreement=withdrawn, by=None, now=timezone.now())
    figures = statistics.resources(event)
    assert (figures.offers, figures.offers_used) == (1, 1)
    assert (figures.needs, figures.needs_met, figures.needs_unmet) == (4, 2, 2)


def test_hour_falls_in_bins_of_five_minutes_and_the_closing_stroke_in_the_last():
    event = make_open_event(minutes_ago=60)
    for minutes in (0, 4, 5, 59):
        between(event, BUSINESS, PUBLIC, made_at=event.opened_at + timedelta(minutes=minutes))
    event = close_hour(event=event, now=event.opened_at + timedelta(minutes=60))
    between(event, BUSINESS, PUBLIC, now=event.closed_at + timedelta(minutes=3))
    bins = statistics.through_the_hour(event, timezone.now())
    assert [part.count for part in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (bins[0].start, bins[-1].end) == (event.opened_at, event.closed_at)


def test_hour_that_runs_goes_to_its_planned_end_and_a_long_one_gets_longer_bins():
    event = make_open_event(minutes_ago=1)
    assert len(statistics.through_the_hour(event, timezone.now())) == 12
    forgotten = make_open_event(minutes_ago=60 * 24 * 40)
    bins = statistics.through_the_hour(forgotten, timezone.now())
    assert 1 <= len(bins) <= 25


@pytest.mark.parametrize(
    ("planned", "lasted", "minutes", "words"),
    [
        (60, None, 0, ""),
        (60, 63, 60, "på én time"),
        (60, 54, 60, "på én time"),
        (60, 75, 75, "på 75 minutter"),
        (60, 13, 13, "på 13 minutter"),
        (60, 0.2, 1, "på 1 minutt"),
        (120, 130, 120, "på to timer"),
        (300, 300, 300, "på 5 timer"),
    ],
)
def test_length_of_the_hour_is_the_planned_one_when_nearly_so_and_nothing_before_the_closing_stroke(
    planned, lasted, minutes, words
):
    event = make_open_event(minutes_ago=400, minutes=planned)
    if lasted is not None:
        event = close_hour(event=event, now=event.opened_at + timedelta(minutes=lasted))
    found = statistics.traded_minutes(event)
    assert (found, statistics.traded_for(found)) == (minutes, words)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_registered_every_set_of_figures_adds_up_to_the_total(seed):
    chance = random.Random(seed)
    event = make_open_event(minutes_ago=55)
    categories = list(event.categories.all())
    people = [make_participant(event, sector=chance.choice(list(Sector))) for _ in range(12)]
    for _ in range(40):
        parties = [(one, chance.choice(["", "Noe"])) for one in chance.sample(people, chance.choice([2, 2, 2, 3, 4]))]
        parties[0] = (parties[0][0], "Noe")
        made_at = event.opened_at + timedelta(minutes=chance.uniform(-5, 70))
        kind = chance.choice(list(Kind))
        agreement = make_agreement(event, *parties, category=chance.choice(categories), kind=kind, made_at=made_at)
        if chance.random() < 0.2:
            withdraw(agreement=agreement, by=None, now=timezone.now())
        elif chance.random() < 0.2:
            hidden(agreement)
    found = statistics.figures(event, timezone.now())
    total = event.agreements.filter(withdrawn_at=None).count()
    sectors = found.sectors
    sides = sectors.business_voluntary + sectors.business_public + sectors.voluntary_public
    assert {
        found.totals.count,
        found.totals.mutual + found.totals.one_way,
        sum(figure.count for figure in found.categories),
        sectors.total,
        sides + inside_one(sectors) + sectors.with_individuals + sectors.all_three,
        sides + sectors.others,
        sum(part.count for part in found.hour),
    } == {total}
    sides_taken = sum(agreement.parties.count() for agreement in event.agreements.filter(withdrawn_at=None))
    assert sum(figures.agreements for figures in found.by_participant.values()) == sides_taken


def test_before_the_gong_everything_is_zero_and_the_hour_is_empty():
    event = make_event()
    figures = statistics.figures(event, timezone.now())
    assert figures.totals.count == figures.sectors.total == figures.participation.participants == 0
    assert figures.hour == []
    assert figures.by_participant == {}


def test_number_of_queries_is_the_same_for_one_agreement_and_for_many(django_assert_num_queries):
    event = make_open_event()
    between(event, BUSINESS, VOLUNTARY)
    with django_assert_num_queries(17):
        statistics.figures(event, timezone.now())
    for _ in range(3):
        between(event, PUBLIC, VOLUNTARY, BUSINESS)
    with django_assert_num_queries(17):
        statistics.figures(event, timezone.now())
