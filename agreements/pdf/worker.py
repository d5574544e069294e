"""The PDF in a process of its own: seconds of pure Python would hold up the hour's pushes in this one.

This module is what the child imports first, before Django is set up, so it imports nothing that holds a model.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from agreements.report import Report

logger = logging.getLogger("borsen.report")

# One report at a time: those who ask meanwhile wait here, and not on a lane.
_desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="report")


async def render_apart(report: "Report") -> bytes:
    """Render outside the event loop and the lanes."""
    return await draw_apart(_render, report)


async def draw_apart(draw: Callable[[Any], bytes], document: Any) -> bytes:
    """The same for another `document`: `draw` is a function of a module that does not import reportlab at its top."""
    return await asyncio.get_running_loop().run_in_executor(_desk, draw_in_child, draw, document)


def render_in_child(report: "Report") -> bytes:
    """Render in a new process, which gives its memory back; in this thread where the machine allows no process."""
    return draw_in_child(_render, report)


def draw_in_child(draw: Callable[[Any], bytes], document: Any) -> bytes:
    """Draw in a new process, or in this thread."""
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_prepare) as pool:
            return pool.submit(draw, document).result()
    except (BrokenProcessPool, OSError) as error:
        logger.warning("The PDF is made in the server's own process: %r", error)
        return draw(document)


def _prepare() -> None:
    """In the child: Django for the words of the interface, at a lower priority than the hour."""
    if hasattr(os, "nice"):
        os.nice(10)
    django.setup()


def _render(report: "Report") -> bytes:
    from .render import render  # noqa: PLC0415 - reportlab stays out of the server's own process

    return render(report)
