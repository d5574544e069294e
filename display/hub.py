"""Which pages follow which event in this process, and what wakes them (design.md §5).

A push is only a hint: each room reads for itself what has changed, and finds it within a second without any hint.
"""

import asyncio
import contextvars
import logging

from channels.layers import get_channel_layer

from borsen.lanes import lanes

from .admission import Admission, admit
from .hints import group, message
from .rooms import Room, Socket

logger = logging.getLogger(__name__)

HINT_LIMIT = 2.0
EMPTY_FOR = 30.0


class Hub:
    """The rooms of this process: one for each event that has sockets. Lives on one event loop."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self.rooms: dict[int, Room] = {}
        self._hints: set[asyncio.Task[None]] = set()

    def serve_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """This process is a server, and `loop` is its event loop. Until then no hint is sent."""
        self.loop = loop

    async def admit(self, slug: str, session_key: str | None) -> Admission | None:
        """Whether a page may follow the event, asked on a lane."""
        return await lanes.run(admit, slug, session_key)

    async def is_member(self, slug: str, session_key: str | None) -> bool:
        """Whether the page is still let in for a role."""
        admission = await self.admit(slug, session_key)
        return admission is not None and admission.as_member

    def join(self, event_id: int, socket: Socket) -> Room:
        """Put the socket in the event's room, which starts with its first socket."""
        room = self.rooms.get(event_id)
        if room is None or room.closed:
            room = self.rooms[event_id] = Room(event_id)
            room.start()
        room.sockets.add(socket)
        return room

    def leave(self, room: Room, socket: Socket) -> None:
        """Take the socket out; an empty room stays for a while, so that a page that reloads finds it warm."""
        room.sockets.discard(socket)
        socket.stop()
        if not room.sockets:
            asyncio.get_running_loop().call_later(EMPTY_FOR, self._close_if_empty, room)

    def _close_if_empty(self, room: Room) -> None:
        if not room.sockets:
            room.stop()
            if self.rooms.get(room.event_id) is room:
                del self.rooms[room.event_id]

    def hand_over(self, event_id: int, version: int) -> None:
        """From any thread: give the hint to the event loop and return at once, whatever state the layer is in."""
        if self.loop is None or self.loop.is_closed():
            return
        try:
            self.loop.call_soon_threadsafe(self._start_sending, self.loop, event_id, version)
        except RuntimeError:
            logger.warning("No hint of version %d of event %d: the server is stopping", version, event_id)

    def _start_sending(self, loop: asyncio.AbstractEventLoop, event_id: int, version: int) -> None:
        # A context of its own: a task born in a request would inherit its lane.
        task = loop.create_task(self._send(event_id, version), context=contextvars.Context())
        self._hints.add(task)
        task.add_done_callback(self._hints.discard)

    async def _send(self, event_id: int, version: int) -> None:
        layer = get_channel_layer()
        try:
            async with asyncio.timeout(HINT_LIMIT):
                await layer.group_send(group(event_id), message(version))
        except Exception as error:  # noqa: BLE001 - whatever the layer raises, the rooms' own look finds the change
            logger.warning("The hint of version %d of event %d was not sent: %r", version, event_id, error)

    async def close(self) -> None:
        """Stop every room and wait for it."""
        rooms, self.rooms, self.loop = list(self.rooms.values()), {}, None
        for room in rooms:
            room.stop()
        await asyncio.gather(*(room.stopped() for room in rooms))


hub = Hub()


def announce(sender: type, *, event_id: int, version: int, **_signal: object) -> None:  # noqa: ARG001 - a receiver
    """Receiver of `feed_advanced`: hint that the event's feed has moved. Outside a server nothing is sent."""
    hub.hand_over(event_id, version)
