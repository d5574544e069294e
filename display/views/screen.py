"""The storskjerm's page: complete at its first paint, then kept up to date by its socket."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from borsen.access import EVERY_ROLE, EventRequest, allow
from display import feed
from display.drawing import card_html, context, phase_of
from display.log import part, those_with_agreements
from display.software import software

LIGHT = "lys"
LIST = "liste"
MINE = "min"


@allow(*EVERY_ROLE, open_when="published")
@require_GET
def show(request: EventRequest) -> HttpResponse:
    """`?lys` gives the light theme, for a bright room; `?liste` the rows of the list on a phone."""
    response = _rows(request) if LIST in request.GET else _page(request)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: EventRequest) -> HttpResponse:
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
    return render(request, "display/screen.html", page)


def _rows(request: EventRequest) -> HttpResponse:
    mine = _number(request, MINE)
    found = part(request.event, before=_number(request, LIST), participant=mine)
    page = {
        "rows": [mark_safe(card_html(card)) for card in found.cards],  # noqa: S308 - rendered by a template
        "has_more": found.has_more,
        "participants": those_with_agreements(request.event),
        "mine": mine,
    }
    return render(request, "display/log_rows.html", page)


def _number(request: EventRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
