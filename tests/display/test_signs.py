"""Which screens there are: what a page tells of itself, what is kept of it, and what the organiser sees."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from display.heartbeats import About, Heartbeat, read_heartbeat
from display.models import ScreenSign
from display.signs import MISSED_FOR, MOST_SHOWN, MOST_WRITTEN, Sign, note, screens
from tests.borsen.addresses import client_for
from tests.factories import make_open_event, make_user

KEY = "0123456789abcdef"


def about(key=KEY, **fields):
    return About(
        **{"key": key, "width": 1920, "height": 1080, "scene": "trading", "number": 47, "has_started": True, **fields}
    )


def sign(key=KEY, *, version=5, seconds_ago=0, **fields):
    return Sign(about(key, **fields), version, timezone.now() - timedelta(seconds=seconds_ago))


def told(**screen):
    return json.dumps({"version": 3, "software": "abc", "screen": {"key": KEY, "width": 800, "height": 600, **screen}})


def test_a_heartbeat_tells_which_screen_it_is():
    assert read_heartbeat(told(scene="result", number=47, started=True)) == Heartbeat(
        3, "abc", About(KEY, 800, 600, "result", 47, True)
    )
    assert read_heartbeat(told()) == Heartbeat(3, "abc", About(KEY, 800, 600, "", None, False))
    assert read_heartbeat('{"version":null}') == Heartbeat(None)


@pytest.mark.parametrize(
    "wrong",
    [{"key": "<b>"}, {"key": "x" * 16}, {"key": None}, {"width": 0}, {"height": -1}, {"width": "800"}, {"height": 1e9}],
)
def test_what_cannot_be_a_screen_is_a_heartbeat_all_the_same(wrong):
    assert read_heartbeat(told(**wrong)) == Heartbeat(3, "abc", None)


@pytest.mark.parametrize("number", [True, "47", -1, 10**9, 1.5])
def test_a_number_that_cannot_be_one_is_none(number):
    assert read_heartbeat(told(number=number)).about.number is None


@pytest.mark.parametrize(
    "garbage", ["", "[]", "{}", "null", '{"version":"3"}', '{"version":true}', '{"version":1,"software":2}', "x" * 401]
)
def test_garbage_is_no_heartbeat(garbage):
    assert read_heartbeat(garbage) is None


@pytest.mark.django_db(transaction=True)
class TestSigns:
    def test_the_same_page_is_one_row_that_follows_it(self):
        event = make_open_event()
        note(event.pk, [sign(version=5)], timezone.now())
        later = [sign(version=6, number=48), sign("f" * 16, width=1024, height=768)]
        note(event.pk, later, timezone.now())
        rows = [(str(row), row.version, row.number) for row in screens(event, timezone.now())]
        assert rows == [("1920 × 1080", 6, 48), ("1024 × 768", 5, 47)]

    def test_a_started_screen_that_goes_silent_is_missed_and_a_laptop_is_not(self):
        event, now = make_open_event(), timezone.now()
        note(event.pk, [sign(), sign("a" * 8, has_started=False), sign("b" * 8, seconds_ago=60)], now)
        keys = [row.key for row in screens(event, now)]
        assert keys == [KEY, "b" * 8, "a" * 8]
        assert [row.key for row in screens(event, now + timedelta(minutes=5))] == [KEY, "b" * 8]
        assert screens(event, now + MISSED_FOR + timedelta(minutes=1)) == []

    def test_what_nobody_misses_is_forgotten_and_other_events_are_left_alone(self):
        event, elsewhere = make_open_event(), make_open_event()
        old = 60 * 31
        for one in (event, elsewhere):
            note(one.pk, [sign(seconds_ago=old)], timezone.now() - timedelta(seconds=old))
        note(event.pk, [sign("c" * 8)], timezone.now())
        assert sorted(ScreenSign.objects.values_list("event", "key")) == sorted(
            [(event.pk, "c" * 8), (elsewhere.pk, KEY)]
        )

    def test_of_too_many_the_started_ones_are_kept_and_shown(self):
        event = make_open_event()
        laptops = [sign(f"{n:08x}", has_started=False) for n in range(MOST_WRITTEN + 5)]
        note(event.pk, [*laptops, sign()], timezone.now())
        rows = screens(event, timezone.now())
        assert (ScreenSign.objects.count(), len(rows), rows[0].key) == (MOST_WRITTEN, MOST_SHOWN, KEY)

    def test_an_event_that_is_no_more_gets_no_sign(self):
        note(10**6, [sign()], timezone.now())
        assert ScreenSign.objects.count() == 0

    def test_the_control_room_says_which_screens_there_are_and_which_have_gone_silent(self):
        organiser = make_user()
        event = make_open_event(by=organiser)
        client = client_for(organiser)
        url = reverse("control", args=[event.slug])
        assert "Ingen skjerm er koblet til." in client.get(url).content.decode()
        note(event.pk, [sign(version=12), sign("d" * 8, seconds_ago=300, width=1280, height=720)], timezone.now())
        rows = client.get(url).context["screens"]
        assert [(str(row.screen), row.sign, row.is_silent) for row in rows] == [
            ("1920 × 1080", "Tilkoblet nå", False),
            ("1280 × 720", "Stille i 5 minutter", True),
        ]
