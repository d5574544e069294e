"""Whether this process can do its work: for the one who watches the server, and for a proxy in front of it."""

import asyncio
import logging
from contextlib import suppress
from secrets import token_hex
from typing import Any

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from borsen.access import public

logger = logging.getLogger(__name__)
LIMIT = 2  # seconds


@public
@never_cache
async def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the channel layer delivers a message, otherwise 503."""
    database, layer = await asyncio.gather(_database_answers(), _layer_delivers())
    ok = database and layer
    return JsonResponse({"ok": ok, "database": database, "channel_layer": layer}, status=200 if ok else 503)


async def _database_answers() -> bool:
    try:
        await asyncio.wait_for(sync_to_async(_ask_database)(), LIMIT)
    except (Error, TimeoutError) as error:
        logger.warning("healthz: databasen svarer ikke (%s)", type(error).__name__)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


async def _forget(layer: Any, channel: str) -> None:
    """Give the channel back: the Redis layer unsubscribes from one only when somebody stops waiting at it."""
    waiting = asyncio.ensure_future(layer.receive(channel))
    await asyncio.sleep(0)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting


async def _layer_delivers() -> bool:
    layer = get_channel_layer()
    word = token_hex(8)
    try:
        async with asyncio.timeout(LIMIT):
            channel = await layer.new_channel()
            await layer.send(channel, {"type": "health", "word": word})
            answer = await layer.receive(channel)
            await _forget(layer, channel)
    except Exception as error:  # noqa: BLE001 — whatever a channel layer throws, the answer is 503
        logger.warning("healthz: kanallaget leverer ikke (%s)", type(error).__name__)
        return False
    return bool(answer["word"] == word)
