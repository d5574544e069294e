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


async def render_apart(module: str, content: Any) -> bytes:
    """What `render` of the module with this name makes of `content`, outside the event loop and the lanes."""
    return await asyncio.get_running_loop().run_in_executor(_desk, render_in_child, module, content)


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
