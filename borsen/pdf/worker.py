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


async def render_apart(module: str, content: Any, *, edition: str = "") -> bytes:
    """What `render` of the module with this name makes of `content`, outside the event loop and the lanes.

    What many ask for has an `edition` that says what is in it: the last ones are kept, and drawn once for all of them.
    """
    return await asyncio.get_running_loop().run_in_executor(_desk, _at_the_desk, module, content, edition)


def _at_the_desk(module: str, content: Any, edition: str) -> bytes:
    made = _kept.pop(edition, None) or render_in_child(module, content)
    if edition:
        _kept[edition] = made
        while len(_kept) > MOST_KEPT:
            del _kept[next(iter(_kept))]
    return made


def render_in_child(module: str, content: Any) -> bytes:
    """Render in a new process, which gives its memory back; in this thread where the machine allows no process."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_prepare) as pool:
            return pool.submit(_render, module, content).result()
    except (BrokenProcessPool, OSError) as error:
        logger.warning("A PDF is made in the server's own process: %r", error)
        return _render(module, content)


def _prepare() -> None:
    """In the child: Django for the words of the interface, at a lower priority than the hour."""
    if hasattr(os, "nice"):
        os.nice(10)
    django.setup()


def _render(module: str, content: Any) -> bytes:
    # By its name, so that reportlab stays out of the server's own process.
    made: bytes = import_module(module).render(content)
    return made
