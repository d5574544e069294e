"""The websocket of a screen. It does no database work of its own: it asks the hub, and answers from memory."""

from functools import partial

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from .heartbeats import read_heartbeat
from .hub import hub
from .rooms import GONE, Room, Socket

MALFORMED = 4400


class ScreenConsumer(AsyncWebsocketConsumer):
    """`/ws/<slug>/storskjerm/`. Refused pages are let in and told «gone», so that they know to try more slowly."""

    channel_layer_alias = "none"  # no layer channel for each screen: the room has one for all
    room: Room | None = None
    socket: Socket | None = None

    async def connect(self) -> None:
        cookies = self.scope.get("cookies", {})
        slug = self.scope["url_route"]["kwargs"]["slug"]
        session_key = cookies.get(settings.SESSION_COOKIE_NAME)
        admission = await hub.admit(slug, session_key)
        await self.accept()
        if admission is None:
            await self.close(code=GONE)
            return
        self.socket = Socket(
            self._send_text,
            self._close_with,
            as_member=admission.as_member,
            still_member=partial(hub.is_member, slug, session_key) if admission.as_member else None,
        )
        self.room = hub.join(admission.event_id, self.socket)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:  # noqa: ARG002
        if self.room is None or self.socket is None:
            return
        heartbeat = read_heartbeat(text_data or "")
        if heartbeat is None:
            await self.close(code=MALFORMED)
            return
        self.room.answer(self.socket, heartbeat)

    async def disconnect(self, code: int) -> None:  # noqa: ARG002 - Channels' signature
        if self.room is not None and self.socket is not None:
            hub.leave(self.room, self.socket)

    async def _send_text(self, text: str) -> None:
        await self.send(text_data=text)

    async def _close_with(self, code: int) -> None:
        await self.close(code=code)


class NowhereConsumer(AsyncWebsocketConsumer):
    """Any other websocket address: the same answer as for an event that isn't there."""

    channel_layer_alias = "none"

    async def connect(self) -> None:
        await self.accept()
        await self.close(code=GONE)
