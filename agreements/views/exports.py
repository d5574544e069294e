"""The event's figures and lists as files."""

import asyncio

from asgiref.sync import sync_to_async
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.pdf.worker import render_apart
from borsen.transport import is_private
from participants.spreadsheets import XLSX

from ..exporting import NAMES, Export, fetch
from ..exporting.workbook import render_csv

AGREEMENTS = "avtaler"
CSV = "text/csv; charset=utf-8"


@allow(Role.COORDINATOR)
@require_GET
async def report_xlsx(request: EventRequest) -> HttpResponse:
    """Everything in one workbook, written in a process of its own."""
    made = await render_apart("agreements.exporting.workbook", await _read(request))
    return _download(made, XLSX, f"rapport-{request.event.slug}.xlsx")


@allow(Role.COORDINATOR)
@require_GET
async def report_csv(request: EventRequest) -> HttpResponse:
    """The agreements."""
    made = await asyncio.to_thread(render_csv, await _read(request), AGREEMENTS)
    return _download(made, CSV, f"rapport-{request.event.slug}.csv")


@allow(Role.COORDINATOR)
@require_GET
async def report_table(request: EventRequest, table: str) -> HttpResponse:
    """One sheet of the workbook as a CSV file."""
    if table not in NAMES:
        raise Http404
    made = await asyncio.to_thread(render_csv, await _read(request), table)
    return _download(made, CSV, f"{table}-{request.event.slug}.csv")


async def _read(request: EventRequest) -> Export:
    return await sync_to_async(fetch)(request.event, timezone.now(), private=is_private(request))


def _download(made: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
