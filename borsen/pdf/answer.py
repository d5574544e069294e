"""A PDF as an answer: downloaded under a name that says what it is, and kept by no cache."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from ..turns import Turns, too_many
from .worker import Progress, render_apart

# What a page's script asks for (static/js/pdf_progress.js): a line with the number of pages drawn each time it has
# grown, an empty line, and then the file. One request from beginning to end: nothing is laid aside for somebody else to
# fetch, it works with any number of servers, and ends when the reader goes away.
PROGRESS = "application/x-pdf-progress"
LOOKS_EVERY = 0.25


def pdf_answer(made: bytes, name: str) -> HttpResponse:
    """`name` without its ending: «rapport-granfjord»."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


async def pdf_apart(
    request: HttpRequest, module: str, content: Any, *, name: str, edition: str = "", turns: Turns | None = None
) -> HttpResponseBase:
    """What `render_apart` makes, as a file, or with its progress for who asks for that. Who has to take `turns` stands
    in that line first, so that only few of them are at the desk before somebody who works at the event."""
    if turns is not None and turns.is_full:
        return too_many()
    if PROGRESS not in request.headers.get("Accept", ""):
        return pdf_answer(await _made(module, content, edition, turns), name)
    response = StreamingHttpResponse(_with_progress(module, content, edition, turns), content_type=PROGRESS)
    response["Cache-Control"] = "private, no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy that waits for the end would show no progress
    return response


async def _made(
    module: str, content: Any, edition: str, turns: Turns | None, progress: Progress | None = None
) -> bytes:
    async with turns.taken() if turns is not None else nullcontext():
        return await render_apart(module, content, edition=edition, progress=progress)


async def _with_progress(module: str, content: Any, edition: str, turns: Turns | None = None) -> AsyncIterator[bytes]:
    progress, said = Progress(), -1
    making = asyncio.ensure_future(_made(module, content, edition, turns, progress))
    try:
        while not making.done():
            if progress.page != said:
                said = progress.page
                yield b"%d\n" % said
            await asyncio.wait([making], timeout=LOOKS_EVERY)
        yield b"\n" + making.result()
    finally:
        # Who went away while waiting for a turn gives it up.
        making.cancel()
