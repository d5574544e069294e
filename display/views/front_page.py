"""The event's front page, for who has no role there; staff see it with `?vis=forside`."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from borsen.access import EventRequest
from borsen.clock import phase
from display import links
from display.front_page import read_front_page, read_live, seen

PREVIEW = "forside"


def front_page(request: EventRequest) -> HttpResponse:
    """The page, and every few seconds what has changed in it: nothing (204), its banner, or in another phase of the day
    the whole page. Called by display/overview.py, which says who may see it."""
    event, now = request.event, timezone.now()
    known = request.GET.get("sett", "")
    part = request.htmx and not request.htmx.history_restore_request
    if part and known == seen(event, now):
        response = HttpResponse(status=204)
    elif part and known.split("-")[0] != phase(event, now).value:
        response = HttpResponse(status=204, headers={"HX-Refresh": "true"})
    else:
        context = {
            "event": event,
            "live": read_live(event, now),
            "is_preview": bool(request.roles),
            "registration_url": links.registration(event) if event.registration_open else "",
        }
        if not part:
            front = read_front_page(event, now)
            context.update(front=front, shared_about=f"{front.summary}. {front.what}")
        response = render(request, "borsen/front.html" + ("#live" if part else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    return response
