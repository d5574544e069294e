"""Børskatalogen, for who works at the børs, and for everybody when the organiser says so."""

from asgiref.sync import sync_to_async
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from borsen.access import EVERY_ROLE, EventRequest, allow
from borsen.pdf.answer import pdf_answer
from borsen.pdf.worker import render_apart

from ..catalogue import Wanted, read_catalogue
from ..catalogue_print import fetch


@allow(*EVERY_ROLE, open_when="catalogue_published")
@require_GET
def catalogue(request: EventRequest) -> HttpResponse:
    """The page, or only its changing parts while someone types in the search field."""
    part = bool(request.htmx and not request.htmx.history_restore_request)
    found = read_catalogue(event=request.event, wanted=Wanted.read(request.GET))
    context = {"event": request.event, "catalogue": found, "part": part, "organises": request.may()}
    response = render(request, "participants/catalogue.html" + ("#found" if part else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    if part:
        address = found.wanted.address()
        response["HX-Replace-Url"] = request.path + (f"?{address}" if address else "")
    return response


@allow(*EVERY_ROLE, open_when="catalogue_published")
@require_GET
async def catalogue_pdf(request: EventRequest) -> HttpResponse:
    """All of it, to print and hang up. Everybody may ask for it, so one that was just drawn is handed out again."""
    found = await sync_to_async(fetch)(request.event, timezone.now())
    made = await render_apart("participants.pdf.render", found, edition=found.edition)
    return pdf_answer(made, f"borskatalog-{found.slug}")
