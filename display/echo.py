"""The websocket of the network test: it says back what it is told."""

import asyncio
import contextvars

from channels.generic.websocket import AsyncWebsocketConsumer

LONGEST = 60.0  # seconds; the test takes twenty
MOST_FRAMES = 100
LONGEST_FRAME = 100
ENOUGH = 4429


class EchoConsumer(AsyncWebsocketConsumer):
    """`/ws/<slug>/nettest/`. Open to all, so it asks nothing of the database and ends by itself; it does not tell
    whether there is such an event."""

    channel_layer_alias = "none"
    frames = 0
    end: asyncio.TimerHandle | None = None

    async def connect(self) -> None:
        await self.accept()
        self.end = asyncio.get_running_loop().call_later(LONGEST, self._end, context=contextvars.Context())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:  # noqa: ARG002
        self.frames += 1
        if self.frames > MOST_FRAMES or text_data is None or len(text_data) > LONGEST_FRAME:
            await self.close(code=ENOUGH)
            return
        await self.send(text_data=text_data)

    async def disconnect(self, code: int) -> None:  # noqa: ARG002 - Channels' signature
        if self.end is not None:
            self.end.cancel()

    def _end(self) -> None:
        self.closing = asyncio.get_running_loop().create_task(self.close(code=ENOUGH))
