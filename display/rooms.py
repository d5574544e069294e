"""One event's followers in this process: a room reads and renders once, and gives every socket the same frame."""

import asyncio
import contextlib
import contextvars
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from channels.layers import get_channel_layer
from django.utils import timezone

from borsen.lanes import lanes
from borsen.models import Event

from . import feed
from .drawing import draw
from .frames import Rendered, beat, reload, render
from .heartbeats import About, Heartbeat
from .hints import group
from .signs import Sign, note
from .software import software

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0
RETRY_AFTER = 1.0
JOIN_AGAIN_AFTER = 3600.0
LAYER_LIMIT = 2.0
ASK_AGAIN_AFTER = 30.0
NOTE_EVERY = timedelta(seconds=5)
GONE = 4404
BUFFER = 8

Send = Callable[[str], Awaitable[None]]
Close = Callable[[int], Awaitable[None]]
Ask = Callable[[], Awaitable[bool]]


class Socket:
    """One page: the version it has been given, and a bounded buffer that a task of its own empties into the wire."""

    def __init__(self, send: Send, close: Close, *, as_member: bool, still_member: Ask | None = None) -> None:
        self.as_member = as_member
        self.still_member = still_member
        self.version: int | None = None
        self.asked = False
        self.waits = False
        self.told_to_reload = False
        self.about: About | None = None
        self.heard_at = timezone.now()
        self._send = send
        self._close = close
        self._buffer: asyncio.Queue[str | int] = asyncio.Queue(maxsize=BUFFER)
        self._sender = asyncio.get_running_loop().create_task(self._empty(), context=contextvars.Context())

    def put(self, text: str) -> bool:
        """Line a frame up; False when the page is too slow and the buffer is full."""
        try:
            self._buffer.put_nowait(text)
        except asyncio.QueueFull:
            return False
        return True

    def replace(self, text: str | int) -> None:
        """Throw away what has not been sent, and line this up instead; a number closes the socket with that code."""
        while not self._buffer.empty():
            self._buffer.get_nowait()
        self._buffer.put_nowait(text)

    def stop(self) -> None:
        self._sender.cancel()

    async def _empty(self) -> None:
        # Whatever the wire raises means that the page is gone; the consumer hears of it and leaves the room.
        with contextlib.suppress(Exception):
            while True:
                item = await self._buffer.get()
                await (self._close(item) if isinstance(item, int) else self._send(item))


class Room:
    """The followers of one event, and the latest frame of its feed."""

    def __init__(self, event_id: int) -> None:
        self.event_id = event_id
        self.sockets: set[Socket] = set()
        self.rendered: Rendered | None = None
        self.closed = False
        self._hint = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._asked_at = asyncio.get_running_loop().time()
        self._noted_at = timezone.now()

    def start(self) -> None:
        """Begin to listen and to look. The context is empty: a task born in a request dies with its lane."""
        loop = asyncio.get_running_loop()
        for work in (self._watch, self._listen):
            self._tasks.append(loop.create_task(self._supervise(work), context=contextvars.Context()))

    def stop(self) -> None:
        self.closed = True
        for task in self._tasks:
            task.cancel()

    async def stopped(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def answer(self, socket: Socket, heartbeat: Heartbeat) -> None:
        """A page's heartbeat, answered from memory: a beat when it is up to date, else what it lacks."""
        version = heartbeat.version
        socket.asked = socket.waits = True
        socket.version = version
        socket.about, socket.heard_at = heartbeat.about, timezone.now()
        if heartbeat.software and heartbeat.software != software() and not socket.told_to_reload:
            socket.told_to_reload = True
            socket.put(reload())
        is_behind = self.rendered is None or (version is not None and version > self.rendered.version)
        if self.rendered is not None and not is_behind:
            self._settle(socket, self.rendered)
        # A process that is behind the page answers after its next look, within a second.

    async def _supervise(self, work: Callable[[], Awaitable[None]]) -> None:
        while not self.closed:
            try:
                await work()
            except Exception:
                logger.exception("The room of event %d failed and starts again", self.event_id)
                await asyncio.sleep(RETRY_AFTER)

    async def _listen(self) -> None:
        """Wait for hints; join the group again every hour, since a layer may have lost the membership."""
        layer = get_channel_layer()
        channel = await layer.new_channel()
        await layer.group_add(group(self.event_id), channel)
        try:
            async with asyncio.timeout(JOIN_AGAIN_AFTER):
                while True:
                    await layer.receive(channel)
                    self._hint.set()
        except TimeoutError:
            logger.debug("Event %d joins its group again", self.event_id)
        finally:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(LAYER_LIMIT):
                    await layer.group_discard(group(self.event_id), channel)

    async def _watch(self) -> None:
        while not self.closed:
            self._hint.clear()
            await self._look()
            await self._ask_members_again()
            await self._note_signs()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._hint.wait()

    async def _look(self) -> None:
        version = await lanes.run(feed.version_of, self.event_id)
        if version is None:
            self._send_away()
            return
        before = self.rendered
        if before is None or before.version != version:
            try:
                self.rendered = await self._render(before)
            except Event.DoesNotExist:
                self._send_away()
                return
        if self.rendered is not None:
            self._deliver(self.rendered)

    async def _ask_members_again(self) -> None:
        """Send away who lost the role, the device or the session by which an unpublished event was open to them."""
        now = asyncio.get_running_loop().time()
        if self.rendered is None or self.rendered.published or now - self._asked_at < ASK_AGAIN_AFTER:
            return
        self._asked_at = now
        for socket in tuple(self.sockets):
            if socket.still_member is not None and not await socket.still_member():
                socket.as_member = False
                socket.replace(GONE)

    async def _note_signs(self) -> None:
        """Write down which screens have been heard since the last time, for the control room (display/signs.py)."""
        now = timezone.now()
        if now - self._noted_at < NOTE_EVERY:
            return
        heard = [(socket, socket.about) for socket in self.sockets if socket.heard_at > self._noted_at]
        signs = [Sign(about, socket.version or 0, socket.heard_at) for socket, about in heard if about is not None]
        self._noted_at = now
        if signs and not self.closed:
            await lanes.run(note, self.event_id, signs, now)

    async def _render(self, before: Rendered | None) -> Rendered:
        """Read in one short lane call, then render in a plain thread without a connection."""
        since = None if before is None else before.version
        frame = await lanes.run(feed.read, self.event_id, since)
        drawing = await asyncio.to_thread(draw, frame, timezone.now())
        return render(frame, drawing)

    def _deliver(self, rendered: Rendered) -> None:
        """Bring every socket to this version."""
        for socket in tuple(self.sockets):
            if not (rendered.published or socket.as_member):
                socket.replace(GONE)
            elif socket.asked:
                self._settle(socket, rendered)

    def _settle(self, socket: Socket, rendered: Rendered) -> None:
        """A beat to a socket that waits and has this version, the change to one that stands just before it, else a
        snapshot, which also takes the place of whatever a slow page has not taken yet."""
        if socket.version == rendered.version:
            if socket.waits:
                socket.put(beat(rendered))
        elif rendered.since is None or socket.version != rendered.since or not socket.put(rendered.change()):
            socket.replace(rendered.snapshot())
        socket.version = rendered.version
        socket.waits = False

    def _send_away(self) -> None:
        """The event is no more."""
        for socket in tuple(self.sockets):
            socket.replace(GONE)
        self.stop()
