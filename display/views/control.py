"""The control room: the clock, the number and the gong, in the organiser's hand."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from agreements.models import Agreement
from agreements.statistics import count
from borsen.access import EventRequest, allow
from borsen.clock import WrongStroke, phase
from borsen.enums import Role
from borsen.models import Event
from display.drawing import countdown
from display.gong import MORE_MINUTES, STROKES

LATEST = 8


@allow(Role.ORGANISER)
@require_GET
def room(request: EventRequest) -> HttpResponse:
    """The page, and every five seconds its live part; when the hour has moved on, the page loads itself again."""
    page = _page(request.event, timezone.now())
    if not request.htmx:
        return render(request, "display/control.html", page)
    response = render(request, "display/control.html#live", page)
    if request.GET.get("phase") != page["phase"]:
        response["HX-Refresh"] = "true"
    return response


@allow(Role.ORGANISER)
@require_POST
def strike(request: EventRequest, stroke: str) -> HttpResponse:
    """One stroke. One that can't be made now is answered with the reason, not with an error."""
    try:
        STROKES[stroke](request.event, timezone.now())
    except WrongStroke as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _said(stroke))
    return redirect("control", request.event.slug)


def _page(event: Event, now: datetime) -> dict[str, Any]:
    state = phase(event, now)
    ends = {"before": event.starts_at, "open": event.planned_end, "grace": event.grace_ends_at}
    end = ends.get(state.value)
    total = count(event)
    return {
        "event": event,
        "phase": state.value,
        "now": now,
        "end": end,
        "left": countdown(max(end - now, now - now)) if end else "",
        "total": total,
        "latest": _latest(event),
        "to_review": list(event.agreements.counted().exclude(needs_review="").order_by("-number")),
        "may_undo": state.value == "open" and not total and not event.agreements.exists(),
        "more_minutes": MORE_MINUTES,
    }


def _latest(event: Event) -> list[Agreement]:
    return list(event.agreements.counted().order_by("-number")[:LATEST])


def _said(stroke: str) -> str:
    more = ngettext("Børstimen varer %d minutt til.", "Børstimen varer %d minutter til.", MORE_MINUTES)
    return {
        "open": _("Åpningsgongen er slått. Børstimen er i gang."),
        "close": _("Sluttgongen er slått."),
        "reopen": _("Børstimen er åpnet igjen."),
        "extend": more % MORE_MINUTES,
        "undo": _("Åpningen er angret."),
    }[stroke]
