"""Lanes: reused single-thread executors that keep their database connection.

As Django comes, each request gets a thread and a connection of its own; 40 of them convoy on SQLite (108 posts/s,
p99 3.3 s). Sharing a few single-thread executors gives 290/s and 218 ms, and an async view holds its lane only while
sync code runs (floors.md §3). It takes that no middleware is sync-only.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections, connection, connections

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """One thread with one connection, and how many are using or waiting for it."""

    def __init__(self, name: str) -> None:
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self.users = 0


class Lanes:
    """The lanes of this process. SQLite has one writer at a time, so more than one lane would only wait."""

    def __init__(self, count: int) -> None:
        self._lanes = [Lane(f"lane-{number}") for number in range(count)]

    def least_busy(self) -> Lane:
        return min(self._lanes, key=lambda lane: lane.users)

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run database work on the least busy lane, outside any request (rooms, workers, slow views' writes)."""
        lane = self.least_busy()
        lane.users += 1
        try:
            async with ThreadSensitiveContext(executor=lane.executor):
                return await sync_to_async(_healthy)(function, *args, **kwargs)
        finally:
            lane.users -= 1

    def close(self) -> None:
        """End every lane's connection, so that nothing holds the database; the next use of a lane opens a new one."""
        for lane in self._lanes:
            lane.executor.submit(connections.close_all).result()


def _healthy(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    # No request signal surrounds a room's query, so a connection that PostgreSQL dropped is renewed here.
    close_old_connections()
    return function(*args, **kwargs)


lanes = Lanes(1 if connection.vendor == "sqlite" else 4)


class LaneHandler(ASGIHandler):
    """Django's ASGI handler with the request's sync code on a shared lane instead of a thread of its own."""

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        lane = lanes.least_busy()
        lane.users += 1
        try:
            async with ThreadSensitiveContext(executor=lane.executor):
                await self.handle(scope, receive, send)
        finally:
            lane.users -= 1
