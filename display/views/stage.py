"""The stage view: the børsgeneral's phone, and the gong in the same hand."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from borsen.access import EventRequest, allow
from borsen.clock import WrongStroke, phase
from borsen.enums import Phase, Role
from borsen.models import Event
from display.gong import STROKES
from display.stage import clock, seen, stage

NOW = "X-Now"  # milliseconds; the page sets its clock by it


@allow(Role.STAGE)
@require_GET
@never_cache
def show(request: EventRequest) -> HttpResponse:
    """The page, and every other second what has changed in it: nothing (204), or its live part."""
    event, now = request.event, timezone.now()
    part = bool(request.htmx) and not request.htmx.history_restore_request
    if part and request.GET.get("sett") == seen(event, now):
        response = HttpResponse(status=204)
    elif part:
        drawn, stands = request.GET.get("fase", ""), phase(event, now)
        response = _live(request, event, now, said=_happened(event, drawn, stands), with_gong=drawn != stands)
    else:
        response = render(request, "display/stage.html", _page(event, now))
    response[NOW] = _milliseconds(now)
    patch_vary_headers(response, ["HX-Request"])
    return response


@allow(Role.STAGE)
@require_http_methods(["GET", "POST"])
@never_cache
def strike(request: EventRequest, stroke: str) -> HttpResponse:
    """Asks first (GET), for who can't press and hold; strikes (POST). A stroke that somebody else has made already is
    told of, and is no error."""
    if request.method == "GET":
        return render(request, "display/stage_confirm.html", _question(request.event, stroke))
    now = timezone.now()
    try:
        event = STROKES[stroke](request.event, now)
        said, level = _struck(stroke), messages.SUCCESS
    except WrongStroke as wrong:
        event = request.event
        event.refresh_from_db()
        said, level = _in_vain(event, stroke, wrong), messages.WARNING
    if request.htmx:
        response = _live(request, event, now, said=said, with_gong=True)
        response[NOW] = _milliseconds(now)
        return response
    messages.add_message(request, level, said)
    return redirect("stage", event.slug)


def _live(request: EventRequest, event: Event, now: datetime, *, said: str, with_gong: bool) -> HttpResponse:
    page = {**_page(event, now), "said": said, "with_gong": with_gong}
    return render(request, "display/stage.html#live", page)


def _page(event: Event, now: datetime) -> dict[str, Any]:
    return {
        "event": event,
        "stage": stage(event, now),
        "seen": seen(event, now),
        "now": now,
        "today": timezone.localdate(now),
        "said": "",
        "with_gong": False,
    }


def _question(event: Event, stroke: str) -> dict[str, Any]:
    now = timezone.now()
    may = phase(event, now) is (Phase.BEFORE if stroke == "open" else Phase.OPEN)
    left = clock(event, now)
    return {
        "event": event,
        "stroke": stroke,
        "may": may,
        "left": left.large if stroke == "close" and left.mode == "near" else "",
        "why_not": "" if may else _why_not(event, stroke),
    }


def _struck(stroke: str) -> str:
    return {
        "open": _("Åpningsgongen er slått. Børstimen er i gang."),
        "close": _("Sluttgongen er slått."),
    }[stroke]


def _in_vain(event: Event, stroke: str, wrong: WrongStroke) -> str:
    return _why_not(event, stroke) or str(wrong)


def _why_not(event: Event, stroke: str) -> str:
    """That, and when, the same stroke was made; in words for who wanted to make it."""
    if stroke == "open" and event.opened_at:
        return _("Åpningsgongen er allerede slått, kl. %s.") % _time(event.opened_at)
    if stroke == "close" and event.closed_at:
        return _("Sluttgongen er allerede slått, kl. %s.") % _time(event.closed_at)
    return _("Børstimen er ikke i gang.") if stroke == "close" else ""


def _happened(event: Event, before: str, after: Phase) -> str:
    """What somebody else has done since the page was drawn in the phase `before`; empty when it is the same one."""
    if before == after.value or before not in Phase.values:
        return ""
    if after is Phase.BEFORE:
        return _("Åpningen er angret.")
    if after is Phase.OPEN and event.opened_at:
        if before == Phase.BEFORE:
            return _("Åpningsgongen ble slått kl. %s.") % _time(event.opened_at)
        return _("Børstimen er åpnet igjen.")
    if before == Phase.GRACE:
        return _("Fristen for å registrere er ute. Tallet er endelig.")
    return _("Sluttgongen ble slått kl. %s.") % _time(event.closed_at) if event.closed_at else ""


def _time(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H.i")


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))
