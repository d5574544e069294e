"""What tests of the feed and the hub stand on: a hub of their own."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from django.db import connections

from display import consumers, hub, rooms


@pytest_asyncio.fixture
async def own_hub(monkeypatch) -> AsyncIterator[hub.Hub]:
    """A hub that serves on the test's event loop, as in a server, and looks so often that no test waits a second."""
    made = hub.Hub()
    made.serve_on(asyncio.get_running_loop())
    monkeypatch.setattr(hub, "hub", made)
    monkeypatch.setattr(consumers, "hub", made)
    monkeypatch.setattr(rooms, "RETRY_AFTER", 0.05)
    yield made
    await made.close()
    # The thread in which the tests' own database work runs.
    await sync_to_async(connections.close_all)()
    channel_layers.backends.clear()
