"""The storskjerm's page: complete at its first paint, then kept up to date by its socket."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EVERY_ROLE, EventRequest, allow
from display import feed
from display.drawing import context, phase_of
from display.software import software

LIGHT = "lys"


@allow(*EVERY_ROLE, when_published=True)
@require_GET
def show(request: EventRequest) -> HttpResponse:
    """`?lys` gives the light theme, for a bright room."""
    now = timezone.now()
    frame = feed.snapshot(request.event.pk)
    page = {
        **context(frame, now),
        "now": now,
        "phase": phase_of(frame.hour, now).value,
        "theme": "light" if LIGHT in request.GET else "dark",
        "software": software(),
        "socket": f"/ws/{frame.slug}/storskjerm/",
    }
    response = render(request, "display/screen.html", page)
    response["Cache-Control"] = "no-store"
    return response
