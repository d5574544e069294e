"""The report's figures and lists as a workbook and as CSV files."""

import asyncio

from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.pdf.worker import render_apart
from borsen.transport import is_private
from participants.spreadsheets import XLSX, Table, csv_file

from ..exporting import fetch

AGREEMENTS, CONTACTS = "avtaler", "kontakter"


@allow(Role.COORDINATOR)
@require_GET
async def report_xlsx(request: EventRequest) -> HttpResponse:
    """Everything, a sheet for each table."""
    tables = await _tables(request)
    content = await render_apart("agreements.exporting.workbook", list(tables.values()))
    return _file(content, XLSX, f"rapport-{request.event.slug}.xlsx")


@allow(Role.COORDINATOR)
@require_GET
async def report_csv(request: EventRequest, table: str = AGREEMENTS) -> HttpResponse:
    """One of the tables. Where others can read along there is none of contacts, and it is said why."""
    tables = await _tables(request)
    if table not in tables:
        if table == CONTACTS:
            raise PermissionDenied(_("Kontaktene kan bare hentes på maskinen selv eller over https."))
        raise Http404
    # A note above the headings would be a row of the table to whoever reads the file by machine.
    content = await asyncio.to_thread(csv_file, tables[table])
    return _file(content, "text/csv; charset=utf-8", f"{table}-{request.event.slug}.csv")


async def _tables(request: EventRequest) -> dict[str, Table]:
    return (await sync_to_async(fetch)(request.event, timezone.now(), private=is_private(request))).tables


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
