"""Rooms and sockets: every page gets everything once, whatever drops on the way."""

import asyncio
import json
import time
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers, get_channel_layer
from channels.routing import URLRouter
from channels.sessions import CookieMiddleware
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.utils import timezone

from agreements.correcting import withdraw
from borsen.devices import make_device, open_session, send_out
from borsen.enums import Role
from borsen.models import Event
from borsen.signals import feed_advanced
from display import hints, rooms
from display.heartbeats import Heartbeat
from display.routing import websocket_urls
from display.software import software
from tests.factories import make_agreement, make_event, make_open_event, make_user

pytestmark = [pytest.mark.asyncio, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_hub")]

application = CookieMiddleware(URLRouter(websocket_urls))


@sync_to_async
def in_database(function, *args, **fields):
    return function(*args, **fields)


def published_event(**fields):
    return make_open_event(published=True, **fields)


class Page:
    """A page as the server meets it."""

    def __init__(self, slug, cookie=""):
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode())] if cookie else []
        self.socket = WebsocketCommunicator(application, f"/ws/{slug}/storskjerm/", headers=headers)

    async def says(self, version, **more):
        await self.socket.send_to(text_data=json.dumps({"version": version, **more}))

    async def gets(self, timeout=5):
        return json.loads(await self.socket.receive_from(timeout=timeout))

    async def is_closed_with(self):
        return (await self.socket.receive_output(timeout=5))["code"]


@asynccontextmanager
async def page(slug, cookie=""):
    opened = Page(slug, cookie)
    connected, _ = await opened.socket.connect(timeout=5)
    assert connected
    yield opened
    await opened.socket.disconnect()


@asynccontextmanager
async def following(event, **kind):
    """A page that has had its first snapshot."""
    async with page(event.slug, **kind) as opened:
        await opened.says(None)
        first = await opened.gets()
        assert first["type"] == "snapshot"
        yield opened, first


async def test_a_page_that_knows_nothing_gets_a_snapshot():
    event = await in_database(published_event)
    made = await in_database(make_agreement, event)
    async with following(event) as (_, first):
        assert (first["version"], first["from"], first["total"]) == (made.version, None, 1)
        assert f'data-agreement="{made.number}"' in first["html"]


async def test_a_page_that_is_up_to_date_gets_a_beat_also_as_the_first_one_in_the_room():
    event = await in_database(published_event)
    async with page(event.slug) as opened:
        for _ in range(2):
            await opened.says(event.feed_version)
            beat = await opened.gets()
            assert (beat["type"], beat["version"], beat["total"]) == ("beat", event.feed_version, 0)
            assert abs(beat["now"] / 1000 - time.time()) < 5


@pytest.mark.parametrize("wrong", [0, 999])
async def test_a_page_with_another_version_gets_a_snapshot(wrong):
    event = await in_database(published_event)
    async with following(event) as (opened, first):
        await opened.says(wrong)
        again = await opened.gets()
        assert (again["type"], again["version"], again["html"]) == ("snapshot", first["version"], first["html"])


async def test_a_new_agreement_reaches_two_pages_as_one_change():
    event = await in_database(published_event)
    async with following(event) as (one, first), following(event) as (other, _):
        made = await in_database(make_agreement, event)
        for opened in (one, other):
            change = await opened.gets()
            assert (change["type"], change["from"], change["version"]) == ("change", first["version"], made.version)
            assert (change["new"], change["corrected"], change["gone"]) == ([made.number], [], [])
            assert f'data-agreement="{made.number}"' in change["html"]
            assert await opened.socket.receive_nothing(timeout=0.1)


async def test_a_withdrawn_agreement_leaves_the_page():
    event = await in_database(published_event)
    made = await in_database(make_agreement, event)
    async with following(event) as (opened, _):
        await in_database(withdraw, agreement=made, by=None, now=timezone.now())
        change = await opened.gets()
        assert (change["total"], change["gone"]) == (0, [made.number])
        assert f'data-agreement="{made.number}"' not in change["html"]


async def test_a_rollback_sends_nothing():
    event = await in_database(published_event)
    async with following(event) as (opened, first):
        await in_database(roll_back_an_agreement, event)
        assert await opened.socket.receive_nothing(timeout=1.2)
        made = await in_database(make_agreement, event)
        assert (await opened.gets())["from"] == first["version"]
        assert made.number == 1


def roll_back_an_agreement(event):
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        make_agreement(event)
        transaction.set_rollback(True)


async def test_another_events_page_gets_nothing():
    event, other = await in_database(published_event), await in_database(published_event)
    async with following(event) as (opened, _), following(other) as (stranger, first):
        made = await in_database(make_agreement, event)
        assert (await opened.gets())["new"] == [made.number]
        assert await stranger.socket.receive_nothing(timeout=1.2)
        await stranger.says(first["version"])
        assert (await stranger.gets())["type"] == "beat"


async def test_a_change_without_a_hint_is_found_by_the_rooms_own_look(own_hub):
    event = await in_database(published_event)
    async with following(event) as (opened, _):
        own_hub.loop = None  # no server hears of it: a command, or another process whose hint was lost
        made = await in_database(make_agreement, event)
        assert (await opened.gets(timeout=3))["version"] == made.version


async def test_an_overfilled_layer_holds_back_no_change():
    event = await in_database(published_event)
    async with following(event) as (opened, _):
        for _ in range(2000):  # the in-memory layer keeps a thousand and drops the rest without a word
            await get_channel_layer().group_send(hints.group(event.pk), hints.message(0))
        made = await in_database(make_agreement, event)
        assert (await opened.gets(timeout=3))["version"] == made.version
        later = await in_database(make_agreement, event)
        assert (await opened.gets(timeout=3))["version"] == later.version


async def test_a_hint_comes_well_before_the_next_look(monkeypatch):
    monkeypatch.setattr(rooms, "LOOK_EVERY", 60)
    event = await in_database(published_event)
    async with following(event) as (opened, _):
        await asyncio.sleep(0.1)
        made = await in_database(make_agreement, event)
        assert (await opened.gets())["version"] == made.version


async def test_a_member_follows_an_unpublished_event_by_user_and_by_device():
    event = await in_database(make_open_event)
    _, cookie = await in_database(signed_in_device, event)
    async with following(event, cookie=cookie) as (_, first):
        assert first["total"] == 0


def signed_in_device(event):
    user = make_user()
    device = make_device(event=event, user=user, role=Role.BROKER, label="Nettbrett 1")
    return device, open_session(device)


async def test_a_device_that_was_sent_out_and_strangers_are_told_gone():
    event = await in_database(make_open_event)
    device, cookie = await in_database(signed_in_device, event)
    await in_database(send_out, device=device, now=timezone.now())
    _, elsewhere = await in_database(signed_in_device, await in_database(make_event))
    for slug, session in ((event.slug, ""), (event.slug, cookie), (event.slug, elsewhere), ("finnes-ikke", "")):
        async with page(slug, session) as opened:
            assert await opened.is_closed_with() == rooms.GONE


async def test_an_unknown_websocket_address_is_told_gone():
    socket = WebsocketCommunicator(application, "/ws/noe/annet/")
    assert (await socket.connect())[0]
    assert (await socket.receive_output())["code"] == rooms.GONE


async def test_strangers_leave_when_the_event_is_no_longer_published_and_members_stay():
    event = await in_database(published_event)
    _, cookie = await in_database(signed_in_device, event)
    async with following(event) as (stranger, _), following(event, cookie=cookie) as (member, _):
        await in_database(unpublish, event)
        assert await stranger.is_closed_with() == rooms.GONE
        assert (await member.gets())["type"] == "change"


def unpublish(event):
    current = Event.objects.get(pk=event.pk)
    Event.objects.filter(pk=event.pk).update(published=False, feed_version=current.feed_version + 1)


async def test_pages_of_a_deleted_event_are_told_gone():
    event = await in_database(published_event)
    async with following(event) as (opened, _):
        await in_database(Event.objects.filter(pk=event.pk).delete)
        assert await opened.is_closed_with() == rooms.GONE


@pytest.mark.parametrize("garbage", ["hei", "[]", "{}", '{"version":"1"}', '{"version":true}', '{"version":' * 200])
async def test_garbage_closes_the_socket_and_harms_nobody(garbage):
    event = await in_database(published_event)
    async with following(event) as (opened, first), page(event.slug) as bad:
        await bad.socket.send_to(text_data=garbage)
        assert await bad.is_closed_with() == 4400
        await opened.says(first["version"])
        assert (await opened.gets())["type"] == "beat"


async def test_a_slow_page_gets_a_snapshot_at_last_and_holds_nobody_up(own_hub):
    event = await in_database(published_event)
    slow_got, may_go_on = [], asyncio.Event()

    async def slow_send(text):
        await may_go_on.wait()
        slow_got.append(json.loads(text))

    async def closed(_code):
        raise AssertionError

    async with following(event) as (opened, first):
        slow = rooms.Socket(slow_send, closed, as_member=False)
        room = own_hub.join(event.pk, slow)
        room.answer(slow, Heartbeat(None))
        for _ in range(rooms.BUFFER + 3):
            made = await in_database(make_agreement, event)
            change = await opened.gets()
            assert change["version"] == made.version
        may_go_on.set()
        async with asyncio.timeout(5):
            while not slow_got or slow_got[-1]["version"] != made.version:
                await asyncio.sleep(0.01)
        assert len(slow_got) <= rooms.BUFFER + 1
        assert "snapshot" in [frame["type"] for frame in slow_got[1:]]
        own_hub.leave(room, slow)
        assert first["version"] < made.version


@pytest.mark.logs_errors
async def test_a_room_survives_an_exception(own_hub, monkeypatch, no_errors_logged):
    event = await in_database(published_event)
    async with following(event) as (opened, _):
        monkeypatch.setattr(rooms.feed, "version_of", broken)
        await in_database(make_agreement, event)
        async with asyncio.timeout(5):
            while not no_errors_logged.lines:
                await asyncio.sleep(0.01)
        monkeypatch.undo()
        assert (await opened.gets())["total"] == 1


def broken(_event_id):
    raise OSError("the database is away")


async def test_an_empty_room_stops_after_a_while_and_a_new_one_starts(own_hub, monkeypatch):
    monkeypatch.setattr("display.hub.EMPTY_FOR", 0.05)
    event = await in_database(published_event)
    async with following(event):
        first = own_hub.rooms[event.pk]
    await asyncio.sleep(0.2)
    assert (own_hub.rooms, first.closed) == ({}, True)
    async with following(event) as (_, snapshot):
        assert snapshot["total"] == 0


async def test_the_room_joins_its_group_again_with_a_fresh_channel(own_hub, monkeypatch):
    monkeypatch.setattr(rooms, "JOIN_AGAIN_AFTER", 0.05)
    layer, joined = get_channel_layer(), []
    join = layer.group_add

    async def joining(group, channel):
        joined.append((group, channel))
        await join(group, channel)

    monkeypatch.setattr(layer, "group_add", joining, raising=False)
    event = await in_database(published_event)
    async with following(event):
        await asyncio.sleep(0.3)
    assert {group for group, _ in joined} == {hints.group(event.pk)}
    assert len({channel for _, channel in joined}) == len(joined) > 1


async def test_a_page_with_other_software_is_asked_once_to_load_itself_again():
    event = await in_database(published_event)
    async with following(event) as (opened, first):
        await opened.says(first["version"], software=software())
        assert (await opened.gets())["type"] == "beat"
        await opened.says(first["version"], software="eldre")
        assert [(await opened.gets())["type"] for _ in range(2)] == ["reload", "beat"]
        await opened.says(first["version"], software="eldre")
        assert (await opened.gets())["type"] == "beat"


class HangingLayer:
    async def group_send(self, _group, _message):
        await asyncio.sleep(60)


async def test_announcing_never_waits_for_a_layer_that_hangs(monkeypatch, caplog):
    monkeypatch.setattr("display.hub.HINT_LIMIT", 0.1)
    monkeypatch.setattr("display.hub.get_channel_layer", HangingLayer)
    started = time.monotonic()
    await in_database(feed_advanced.send, Event, event_id=1, version=1)
    assert time.monotonic() - started < 1
    async with asyncio.timeout(5):
        while "was not sent" not in caplog.text:
            await asyncio.sleep(0.01)


async def test_outside_a_server_nothing_is_sent(own_hub, monkeypatch):
    sent = []
    monkeypatch.setattr("display.hub.get_channel_layer", lambda: sent.append("asked for"))
    own_hub.loop = None
    feed_advanced.send(Event, event_id=1, version=1)
    await asyncio.sleep(0.05)
    assert (sent, "default" in channel_layers.configs) == ([], True)


async def test_who_loses_the_role_while_the_screen_hangs_is_sent_away_from_an_unpublished_event(monkeypatch):
    monkeypatch.setattr(rooms, "ASK_AGAIN_AFTER", 0.05)
    monkeypatch.setattr(rooms, "LOOK_EVERY", 0.05)
    event = await in_database(make_open_event)
    device, cookie = await in_database(signed_in_device, event)
    _, other_cookie = await in_database(signed_in_device, event)
    async with following(event, cookie=cookie) as (sent_out, _), following(event, cookie=other_cookie) as (stays, _):
        await in_database(send_out, device=device, now=timezone.now())
        assert await sent_out.is_closed_with() == rooms.GONE
        await in_database(make_agreement, event)
        assert (await stays.gets())["total"] == 1


async def test_the_room_writes_down_which_screens_it_has_heard(own_hub, monkeypatch):
    monkeypatch.setattr(rooms, "NOTE_EVERY", timedelta(0))
    event = await in_database(published_event)
    async with following(event) as (opened, first):
        about = {
            "key": "0123456789abcdef",
            "width": 1920,
            "height": 1080,
            "scene": "trading",
            "number": 47,
            "started": True,
        }
        await opened.socket.send_to(text_data=json.dumps({"version": first["version"], "screen": about}))
        await opened.gets()
        async with asyncio.timeout(5):
            while not (rows := await in_database(lambda: list(event.screen_signs.all()))):
                await asyncio.sleep(0.05)
    [row] = rows
    assert (str(row), row.version, row.number, row.has_started) == ("1920 × 1080", first["version"], 47, True)
