"""Børskatalogen, for who works at the børs, and for everybody when the organiser says so."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from borsen.access import EVERY_ROLE, EventRequest, allow

from ..catalogue import Wanted, read_catalogue


@allow(*EVERY_ROLE, open_when="catalogue_published")
@require_GET
def catalogue(request: EventRequest) -> HttpResponse:
    """The page, or only its changing parts while someone types in the search field."""
    part = bool(request.htmx and not request.htmx.history_restore_request)
    found = read_catalogue(event=request.event, wanted=Wanted.read(request.GET))
    context = {"event": request.event, "catalogue": found, "part": part}
    response = render(request, "participants/catalogue.html" + ("#found" if part else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    if part:
        address = found.wanted.address()
        response["HX-Replace-Url"] = request.path + (f"?{address}" if address else "")
    return response
