"""The participants as a file."""

import asyncio

from asgiref.sync import sync_to_async
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.transport import is_private

from ..exporting import fetch, tables
from ..spreadsheets import XLSX, csv_file, xlsx


@allow(Role.COORDINATOR)
@require_GET
async def participant_export(request: EventRequest) -> HttpResponse:
    """A workbook, or with `?format=csv` a CSV file. Where others can read along, without e-mail and telephone."""
    rows = await sync_to_async(fetch)(request.event)
    found = tables(rows, private=is_private(request))
    as_csv = request.GET.get("format") == "csv"
    content = await asyncio.to_thread(lambda: csv_file(found[0]) if as_csv else xlsx(found))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if as_csv else XLSX)
    ending = "csv" if as_csv else "xlsx"
    response["Content-Disposition"] = f'attachment; filename="deltakere-{request.event.slug}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response
