"""/healthz"""

import asyncio

import pytest
from channels.layers import InMemoryChannelLayer
from django.db import OperationalError

from borsen.views import health

pytestmark = pytest.mark.django_db


def test_all_well(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"ok": True, "database": True, "channel_layer": True}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.logs_errors
def test_a_database_that_does_not_answer_gives_503(client, monkeypatch):
    def broken():
        raise OperationalError

    monkeypatch.setattr(health, "_ask_database", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"ok": False, "database": False, "channel_layer": True}


class _Lost(InMemoryChannelLayer):
    async def send(self, _channel, _message):
        pass


class _Down(InMemoryChannelLayer):
    async def send(self, _channel, _message):
        raise ConnectionRefusedError


@pytest.mark.logs_errors
@pytest.mark.parametrize("layer", [_Lost, _Down])
def test_a_layer_that_loses_or_refuses_the_message_gives_503_in_time(layer, client, monkeypatch):
    monkeypatch.setattr(health, "LIMIT", 0.2)
    monkeypatch.setattr(health, "get_channel_layer", layer)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"ok": False, "database": True, "channel_layer": False}


class _Subscribing(InMemoryChannelLayer):
    """Like the Redis layer: a channel is given back only when who waits at it stops waiting."""

    subscribed: set[str] = set()

    async def new_channel(self, prefix="specific."):
        channel = await super().new_channel(prefix)
        self.subscribed.add(channel)
        return channel

    async def receive(self, channel):
        try:
            return await super().receive(channel)
        except asyncio.CancelledError:
            self.subscribed.discard(channel)
            raise


def test_asking_leaves_no_subscription_behind(client, monkeypatch):
    monkeypatch.setattr(health, "get_channel_layer", _Subscribing)
    assert client.get("/healthz").status_code == 200
    assert _Subscribing.subscribed == set()
