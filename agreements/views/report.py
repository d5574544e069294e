"""The report: the page, which is its accessible edition, and the PDF."""

import asyncio

from asgiref.sync import sync_to_async
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Phase, Role
from borsen.pdf.answer import pdf_answer
from borsen.pdf.worker import render_apart

from .. import report_words
from ..charts import histogram, matrix, shares
from ..report import Report, fetch

DEEPEST_SHADE = 4
CHART = {"width": 1000, "height": 140, "gap": 0}


@allow(Role.COORDINATOR)
@require_GET
async def report(request: EventRequest) -> HttpResponse:
    """The report as a page. Only its reading holds a lane: a large one takes a while to write out."""
    found = await sync_to_async(fetch)(request.event, timezone.now())
    response = HttpResponse(await asyncio.to_thread(page, request, found))
    response["Cache-Control"] = "private, no-store"
    return response


@allow(Role.COORDINATOR)
@require_GET
async def report_pdf(request: EventRequest) -> HttpResponse:
    """The report as a PDF, to keep and to hand on."""
    found = await sync_to_async(fetch)(request.event, timezone.now())
    return pdf_answer(await render_apart("agreements.pdf.render", found), f"rapport-{found.slug}")


def page(request: EventRequest, found: Report) -> str:
    """Write the page out. Runs in a thread without a connection, so it asks the database nothing."""
    figures = sorted(found.figures.categories, key=lambda figure: -figure.count)
    lengths = shares([figure.count for figure in figures], width=1000)
    context = {
        "event": request.event,
        "report": found,
        "words": {
            "headline": " ".join(filter(None, report_words.headline(found))),
            "subtitle": report_words.subtitle(found),
            "hosts": report_words.hosts(found),
            "provisional": report_words.provisional(found),
            "how_sectors_count": report_words.how_sectors_count(),
            "several": report_words.several_line(found.figures.sectors),
        },
        "facts": report_words.facts(found),
        "tiles": report_words.sector_tiles(found.figures.sectors),
        "bars": list(zip(figures, lengths, strict=True)),
        "matrix": matrix(found.figures.sectors, deepest=DEEPEST_SHADE),
        "hour": histogram(found.figures.hour, **CHART),
        "not_begun": found.phase is Phase.BEFORE,
    }
    return render_to_string("agreements/report.html", context, request)
