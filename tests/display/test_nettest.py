"""The network test: what is kept of a device, for whom, and how much of it."""

from datetime import timedelta

import pytest
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from borsen.devices import make_device, open_session
from borsen.enums import Role
from display import echo, nettest
from display.nettest import Findings, TooMany, in_short, record, results
from display.routing import websocket_urls
from tests.factories import make_event, make_member, make_user

database = pytest.mark.django_db

READY = Findings(socket_opened=True, storage_kept=True, held_seconds=20, round_trip=31, clock_difference=400)
IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/16.0 Safari/605.1.15"
SENT = {
    "key": "0123456789abcdef" * 2,
    "socket_opened": "1",
    "storage_kept": "1",
    "held_seconds": "20",
    "round_trip": "31",
    "clock_difference": "-400",
    "touch": "1",
}


def try_out(event, number, *, now=None, **findings):
    made = Findings(**{**vars(READY), **findings})
    return record(event=event, key=f"{number:032x}", label="iPad", findings=made, now=now or timezone.now())


def send(client, event, **fields):
    url = reverse("nettest.store", args=[event.slug])
    return client.post(url, SENT | fields, headers={"User-Agent": IPAD, "Accept": "application/json"})


def organiser_of(event, client):
    user = make_member(event, Role.ORGANISER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(client, event, query=""):
    return client.get(reverse("nettest", args=[event.slug]) + query).content.decode()


# --- what is kept


@database
def test_a_device_that_nobody_has_signed_in_leaves_what_it_found_and_gets_a_number(client):
    event = make_event()
    assert [send(client, event).json(), send(client, event, key="f" * 32).json()] == [{"number": 1}, {"number": 2}]
    kept = event.net_tests.get(number=1)
    assert (kept.label, kept.round_trip, kept.clock_difference, kept.held_seconds) == ("iPad", 31, -400, 20)


@database
def test_a_second_try_takes_the_place_of_the_first(client):
    event = make_event()
    assert [send(client, event, storage_kept=kept).json()["number"] for kept in ("", "1")] == [1, 1]
    assert [(test.number, test.storage_kept) for test in event.net_tests.all()] == [(1, True)]


@database
def test_a_device_that_is_signed_in_goes_by_its_own_name(client):
    event = make_event()
    device = make_device(event=event, user=make_user(), role=Role.BROKER, label="Brett 4")
    client.cookies["sessionid"] = open_session(device)
    send(client, event)
    assert event.net_tests.get().label == "Brett 4"


@database
@pytest.mark.parametrize(
    "wrong",
    [{"key": "kort"}, {"held_seconds": "21"}, {"round_trip": "-1"}, {"clock_difference": "9" * 30}, {"round_trip": ""}],
)
def test_what_no_page_of_ours_sends_is_refused(client, wrong):
    event = make_event()
    assert (send(client, event, **wrong).status_code, event.net_tests.count()) == (422, 0)


@database
def test_nothing_is_kept_without_the_token_of_the_page():
    event = make_event()
    assert send(Client(enforce_csrf_checks=True), event).status_code == 403
    assert event.net_tests.count() == 0


@database
def test_the_answer_tells_the_servers_time(client):
    before = timezone.now().timestamp() * 1000
    told = client.post(reverse("nettest.answer", args=[make_event().slug])).json()
    assert before - 1 <= told["now"] <= timezone.now().timestamp() * 1000


@database
def test_only_the_latest_devices_are_kept_and_no_other_events_are_touched(monkeypatch):
    monkeypatch.setattr(nettest, "MOST_KEPT", 3)
    event, other = make_event(), make_event()
    try_out(other, 1)
    start = timezone.now() - timedelta(hours=1)
    for number in range(5):
        try_out(event, number, now=start + timedelta(minutes=number))
    assert [test.number for test in event.net_tests.all()] == [5, 4, 3]
    assert try_out(event, 9).number == 6
    assert other.net_tests.count() == 1


@database
def test_more_new_devices_in_a_minute_than_a_room_has_are_refused_and_known_ones_are_not(client, monkeypatch):
    monkeypatch.setattr(nettest, "MOST_NEW", 2)
    event = make_event()
    try_out(event, 1)
    try_out(event, 2)
    with pytest.raises(TooMany):
        try_out(event, 3)
    assert (send(client, event).status_code, try_out(event, 2).number, event.net_tests.count()) == (429, 2, 2)
    make_event_later = timezone.now() + timedelta(minutes=2)
    assert try_out(event, 3, now=make_event_later).number == 3


# --- in words


@database
@pytest.mark.parametrize(
    ("findings", "problems", "notes"),
    [
        ({}, [], []),
        ({"storage_kept": False}, ["Lagrer ikke"], []),
        ({"socket_opened": False, "held_seconds": 0}, ["Får ikke åpnet linjen"], []),
        ({"held_seconds": 7}, ["Linjen falt ut etter 7 sekunder."], []),
        ({"round_trip": 900}, [], ["Nettet er tregt: 900 millisekunder"]),
        ({"clock_difference": -180_000}, [], ["Klokka går 3 minutter feil."]),
    ],
)
def test_what_was_found_is_said_in_words(findings, problems, notes):
    event = make_event()
    try_out(event, 1, **findings)
    [result] = results(event)
    assert [text[: len(words)] for text, words in zip(result.problems, problems, strict=True)] == problems
    assert [text[: len(words)] for text, words in zip(result.notes, notes, strict=True)] == notes
    assert result.is_ready is not bool(problems)


@database
def test_devices_that_are_not_ready_come_first_and_are_counted():
    event = make_event()
    assert in_short(results(event)) == "Ingen enheter er prøvd ennå."
    try_out(event, 1, storage_kept=False, now=timezone.now() - timedelta(minutes=5))
    assert in_short(results(event)) == "1 enhet er prøvd. 1 er ikke klar."
    try_out(event, 2)
    assert [result.number for result in results(event)] == [1, 2]
    assert in_short(results(event)) == "2 enheter er prøvd. 1 er ikke klar."
    try_out(event, 1)
    assert in_short(results(event)) == "2 enheter er prøvd. Alle er klare."


# --- who sees what


@database
def test_a_stranger_gets_the_test_and_learns_nothing_of_the_event_or_of_other_devices(client):
    event = make_event(name="Hemmelig børs")
    record(event=event, key="a" * 32, label="Rådmannens iPad", findings=READY, now=timezone.now())
    text = shown(client, event)
    assert ("data-test" in text, "Hemmelig" in text, "Rådmannen" in text) == (True, False, False)
    event.published = True
    event.save()
    assert "Hemmelig børs" in shown(client, event)


@database
def test_the_organiser_sees_the_devices_of_this_event_only_and_can_try_the_own(client):
    event, other = make_event(), make_event()
    try_out(event, 1)
    record(event=other, key="a" * 32, label="Naboens PC", findings=READY, now=timezone.now())
    organiser_of(event, client)
    text = shown(client, event)
    assert ("iPad, nr. 1" in text, "Naboens" in text, "data-test" in text) == (True, False, False)
    assert "data-test" in shown(client, event, "?enhet")


@database
def test_the_organiser_empties_the_list_of_this_event_only(client):
    event, other = make_event(), make_event()
    try_out(event, 1)
    try_out(other, 1)
    organiser_of(event, client).post(reverse("nettest.empty", args=[event.slug]))
    assert (event.net_tests.count(), other.net_tests.count()) == (0, 1)


@database
def test_the_control_room_names_the_latest_few_devices_that_are_not_ready(client):
    event = make_event()
    now = timezone.now()
    try_out(event, 1, now=now)
    for number in range(2, 10):
        try_out(event, number, now=now + timedelta(minutes=number), storage_kept=False)
    text = organiser_of(event, client).get(reverse("control", args=[event.slug])).content.decode()
    named = [number for number in range(1, 10) if f"iPad, nr. {number}" in text]
    assert (named, "9 enheter er prøvd. 8 er ikke klare." in text) == ([6, 7, 8, 9], True)


@database
def test_a_broker_gets_the_test(client):
    event = make_event()
    client.force_login(make_member(event, Role.BROKER), backend="django.contrib.auth.backends.ModelBackend")
    assert "data-test" in shown(client, event)


@database
def test_the_address_and_its_code_are_those_that_devices_can_open(client, settings):
    settings.PUBLIC_URL = "https://bors.example"
    event = make_event("granfjord")
    organiser_of(event, client)
    text = shown(client, event)
    assert ("https://bors.example/granfjord/nettest/" in text, 'class="qr"' in text) == (True, True)
    assert ("Da stenger nettet denne adressen ute." in text, "Bruk egen ruter" in text) == (True, False)


@database
def test_on_a_network_of_the_room_the_page_says_what_to_do_when_devices_are_kept_apart(client, settings):
    settings.PUBLIC_URL = ""
    settings.ALLOWED_HOSTS = ["192.0.2.7"]
    event = make_event("granfjord")
    organiser_of(event, client)
    text = client.get(reverse("nettest", args=[event.slug]), headers={"Host": "192.0.2.7"}).content.decode()
    assert "http://192.0.2.7/granfjord/nettest/" in text
    assert "Dette nettet stenger enheter ute fra hverandre. Bruk egen ruter eller del nett fra telefonen." in text


@database
def test_without_an_address_for_others_there_is_no_code_and_the_page_says_why(client, settings, tmp_path):
    settings.PUBLIC_URL = ""
    settings.DATA_DIR = tmp_path
    event = make_event("granfjord")
    organiser_of(event, client)
    text = client.get(reverse("nettest", args=[event.slug]), headers={"Host": "localhost"}).content.decode()
    assert ('class="qr"' in text, "Serveren svarer bare på denne maskinen" in text) == (False, True)


@database
def test_the_list_asks_as_many_queries_for_three_devices_as_for_one(client, django_assert_num_queries):
    event = make_event()
    organiser_of(event, client)
    try_out(event, 1)
    with django_assert_num_queries(5):
        shown(client, event)
    try_out(event, 2)
    try_out(event, 3)
    with django_assert_num_queries(5):
        shown(client, event)


# --- the line


def line():
    return WebsocketCommunicator(URLRouter(websocket_urls), "/ws/granfjord/nettest/")


@pytest.mark.asyncio
async def test_the_line_says_back_what_it_is_told():
    socket = line()
    assert (await socket.connect())[0]
    await socket.send_to(text_data="7")
    assert await socket.receive_from() == "7"
    await socket.disconnect()


@pytest.mark.asyncio
@pytest.mark.parametrize("frames", [["x" * 101], [str(number) for number in range(101)]])
async def test_the_line_is_closed_to_who_sends_more_than_the_test_does(frames):
    socket = line()
    await socket.connect()
    for frame in frames:
        await socket.send_to(text_data=frame)
    said = [await socket.receive_output() for _frame in frames]
    assert (said[-1]["type"], said[-1]["code"]) == ("websocket.close", echo.ENOUGH)


@pytest.mark.asyncio
async def test_the_line_ends_by_itself(monkeypatch):
    monkeypatch.setattr(echo, "LONGEST", 0.05)
    socket = line()
    await socket.connect()
    assert (await socket.receive_output(timeout=2))["code"] == echo.ENOUGH
