"""Turns at what is slow and open to all: few at once, so that the rest of the server goes on while many ask.

A lane, a thread that the storskjerm is drawn in and the desk of the PDFs are all shared with the hour of every event.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from .access import EventRequest
from .enums import Role

A_WHILE = 30  # seconds


class Full(Exception):
    """So many wait already that one more would give up before its turn."""


class Turns:
    """So many `at_once`, and no more than `most_waiting` behind them."""

    def __init__(self, *, at_once: int, most_waiting: int) -> None:
        self.at_once, self.most = at_once, at_once + most_waiting
        # A server has one event loop; tests have many.
        self._doors: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
        self.inside = 0

    @property
    def is_full(self) -> bool:
        return self.inside >= self.most

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it. Raises Full. Who goes away gives up the turn, or the place in the line."""
        if self.is_full:
            raise Full
        door = self._doors.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self.at_once))
        self.inside += 1
        try:
            async with door:
                yield
        finally:
            self.inside -= 1


def public_waits(turns: Turns) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Everybody but those who work with the event's report takes a turn at the view; 429 when too many wait."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        async def taking_turns(request: EventRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.may(Role.COORDINATOR):
                response: HttpResponseBase = await view(request, *args, **kwargs)
                return response
            try:
                async with turns.taken():
                    response = await view(request, *args, **kwargs)
            except Full:
                return too_many()
            return response

        return taking_turns

    return decorate


def too_many() -> HttpResponse:
    """The answer when the line is too long."""
    said = _("Svært mange spør om dette akkurat nå. Vent et halvt minutt, og prøv igjen.")
    response = HttpResponse(said, status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(A_WHILE)
    return response
