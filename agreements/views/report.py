"""The report: the page, which is its accessible edition, and its charts one by one."""

import asyncio

from asgiref.sync import sync_to_async
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.transport import is_private
from borsen.turns import public_waits

from .. import report_page
from ..charts import NamedPicture, pictures_of
from ..charts.image import png_of
from ..charts.svg import svg_of
from ..public_report import for_public
from ..report import Report, fetch
from .report_pdf import READERS, may_have_contacts


@allow(Role.COORDINATOR, open_when="report_published")
@require_GET
@public_waits(READERS)
async def report(request: EventRequest) -> HttpResponse:
    """The report as a page. Only its reading holds a lane: a large one takes a while to write out."""
    found = await _read(request)
    response = HttpResponse(await asyncio.to_thread(page, request, found))
    response["Cache-Control"] = "private, no-store"
    return response


@allow(Role.COORDINATOR, open_when="report_published")
@require_GET
@public_waits(READERS)
async def picture_png(request: EventRequest, name: str) -> HttpResponse:
    """One chart as a picture to paste into a document."""
    found = await _read(request)
    made = await asyncio.to_thread(lambda: png_of(_named(found, name).picture))
    return _picture(made, "image/png", f"{found.slug}-{name}.png")


@allow(Role.COORDINATOR, open_when="report_published")
@require_GET
@public_waits(READERS)
async def picture_svg(request: EventRequest, name: str) -> HttpResponse:
    """One chart as a drawing that stays sharp in any size."""
    found = await _read(request)
    made = await asyncio.to_thread(lambda: svg_of(_named(found, name), is_file=True))
    return _picture(made, "image/svg+xml", f"{found.slug}-{name}.svg")


def _named(found: Report, name: str) -> NamedPicture:
    named = next((each for each in pictures_of(found.figures) if each.name == name), None)
    if named is None:
        raise Http404
    return named


def _picture(made: bytes | str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


async def _read(request: EventRequest) -> Report:
    found = await sync_to_async(fetch)(request.event, timezone.now())
    # Where others can read along, who works there too reads the edition that names nobody.
    return found if request.may(Role.COORDINATOR) and is_private(request) else for_public(found)


def page(request: EventRequest, found: Report) -> str:
    """Write the page out. Runs in a thread without a connection, so it asks the database nothing."""
    context = {
        "event": request.event,
        "may_have_contacts": may_have_contacts(request),
        **report_page.context(found),
    }
    return render_to_string("agreements/report.html", context, request)
