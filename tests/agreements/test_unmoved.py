"""Report, files and case while the børs goes on: a change between two queries gives a new reading of all of it."""

import pytest
from django.utils import timezone

from agreements import exporting, report, statistics
from agreements.case import read_case
from agreements.correcting import withdraw
from agreements.unmoved import MOST_READINGS, mark
from borsen.enums import Role
from participants.check_in import check_in, count_people, take_back
from participants.enums import Status
from participants.registering import set_status
from tests.factories import make_agreement, make_member, make_open_event, make_participant

pytestmark = pytest.mark.django_db
READERS = {
    "report": lambda event: report.fetch(event, timezone.now()),
    "files": lambda event: exporting.fetch(event, timezone.now(), private=True),
    "case": lambda event: read_case(event, timezone.now()),
}


@pytest.fixture
def event():
    event = make_open_event()
    make_agreement(event)
    make_participant(event, "Koret", expected=2)
    return event


def _moved(participant):
    participant.municipality = "Granfjord"
    participant.save(update_fields=["municipality"])


CHANGES = {
    "registered": make_agreement,
    "withdrawn": lambda event: withdraw(agreement=event.agreements.get(), by=None, now=timezone.now(), why="Feil"),
    "checked in": lambda event: check_in(
        participant=event.participants.last(), by=make_member(event, Role.DOOR), now=timezone.now()
    ),
    "another municipality": lambda event: _moved(event.participants.last()),
    "no longer approved": lambda event: set_status(participant=event.participants.last(), status=Status.CANCELLED),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_in_the_middle_of_the_reading_gives_a_new_reading(event, monkeypatch, reader, change):
    read = statistics.figures
    readings = []

    def figures_while_it_happens(event, now):
        found = read(event, now)
        if not readings:
            CHANGES[change](event)
        readings.append(found)
        return found

    monkeypatch.setattr(statistics, "figures", figures_while_it_happens)
    found = READERS[reader](event)
    assert len(readings) == 2
    assert readings[0] != readings[1]
    assert found.figures == readings[1] == read(event, timezone.now())


@pytest.mark.parametrize("reader", READERS)
def test_what_stands_still_is_read_once_and_what_never_does_is_given_in_the_end(event, monkeypatch, reader):
    read = statistics.figures
    readings = []

    def figures(event, now):
        readings.append(read(event, now))
        return readings[-1]

    monkeypatch.setattr(statistics, "figures", figures)
    READERS[reader](event)
    assert len(readings) == 1
    monkeypatch.setattr(statistics, "figures", lambda event, now: (figures(event, now), make_agreement(event))[0])
    assert READERS[reader](event).figures == readings[-1]
    assert len(readings) == 1 + MOST_READINGS


def test_every_tap_at_the_door_is_another_mark(event):
    choir, door = event.participants.last(), make_member(event, Role.DOOR)
    before = mark(event)
    check_in(participant=choir, by=door, now=timezone.now())
    inside = mark(event)
    count_people(participant=choir, more=1)
    one_more = mark(event)
    take_back(participant=choir)
    assert len({before, inside, one_more}) == 3
    assert mark(event) == before


def test_mark_asks_two_queries_however_many_take_part(event, django_assert_num_queries):
    with django_assert_num_queries(2):
        mark(event)
    for _ in range(3):
        make_agreement(event)
    with django_assert_num_queries(2):
        mark(event)
