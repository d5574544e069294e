"""A PDF in a process of its own: seconds of pure Python would hold up the hour's pushes in this one.

This module is what the child imports first, before Django is set up, so it imports nothing that holds a model.
"""

import asyncio
import logging
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context
from typing import Any

import django

logger = logging.getLogger("borsen.pdf")

# One PDF at a time: those who ask meanwhile wait here, and not on a lane.
_desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf")
MOST_KEPT = 4
_kept: dict[str, bytes] = {}
_counter: Any = None


class Progress:
    """How many pages of a PDF have been drawn; 0 while it waits for its turn and for the process to start."""

    def __init__(self) -> None:
        self._counter = get_context("spawn").RawValue("L", 0)

    @property
    def page(self) -> int:
        return int(self._counter.value)


async def render_apart(module: str, content: Any, *, edition: str = "", progress: Progress | None = None) -> bytes:
    """What `render` of the module with this name makes of `content`, outside the event loop and the lanes.

    What many ask for has an `edition` that says what is in it: the last ones are kept, and drawn once for all of them.
    What has none is kept by nobody.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_desk, _at_the_desk, module, content, edition, progress)


def _at_the_desk(module: str, content: Any, edition: str, progress: Progress | None = None) -> bytes:
    made = _kept.pop(edition, None) or render_in_child(module, content, progress)
    if edition:
        _kept[edition] = made
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
    return made


def render_in_child(module: str, content: Any, progress: Progress | None = None) -> bytes:
    """Render in a new process, which gives its memory back; in this thread where the machine allows no process."""
    counter = (progress or Progress())._counter  # noqa: SLF001 - what crosses to the child is only this
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_prepare, initargs=(counter,)) as pool:
            return pool.submit(_render, module, content).result()
    except (BrokenProcessPool, OSError) as error:
        logger.warning("A PDF is made in the server's own process: %r", error)
        _count_in(counter)
        return _render(module, content)


def say_page(page: int) -> None:
    """Called by the document as it is drawn, for who waits for it."""
    if _counter is not None:
        _counter.value = page


def _count_in(counter: Any) -> None:
    global _counter  # noqa: PLW0603 - one for each process, since a process draws one PDF at a time
    _counter = counter


def _prepare(counter: Any) -> None:
    """In the child: Django for the words of the interface, at a lower priority than the hour."""
    if hasattr(os, "nice"):
        os.nice(10)
    _count_in(counter)
    django.setup()


def _render(module: str, content: Any) -> bytes:
    # By its name, so that reportlab stays out of the server's own process.
    made: bytes = import_module(module).render(content)
    return made
