"""The control room: the gong, who needs help, and what must be looked at, in the organiser's hand."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from borsen.access import EventRequest, allow
from borsen.clock import WrongStroke
from borsen.enums import Role
from borsen.help_calls import answer_help
from display.control_regions import changed, clock_text, contents, drawn, marks
from display.gong import MORE_MINUTES, STROKES


@allow(Role.COORDINATOR)
@require_GET
def room(request: EventRequest) -> HttpResponse:
    """The page, and every few seconds what has changed in it: nothing (204), or the regions that have.

    A coordinator reads along; the buttons are the organiser's.
    """
    now = timezone.now()
    shown = contents(request.event, now, may_act=request.may())
    html = drawn(shown)
    seen = marks(html)
    part = request.htmx and not request.htmx.history_restore_request
    if part and request.GET.get("sett") == seen:
        return _timed(HttpResponse(status=204), now)
    context = {
        **shown,
        "seen": seen,
        "left": clock_text(shown["end"], now),
        "is_swapped": part,
        "changed": changed(html, request.GET.get("sett", "")) if part else [],
    }
    response = render(request, "display/control.html" + ("#live" if part else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    return _timed(response, now)


def _timed(response: HttpResponse, now: datetime) -> HttpResponse:
    """With the server's time in milliseconds, by which the page's clock goes on."""
    response["X-Now"] = str(int(now.timestamp() * 1000))
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
        undo = reverse("control.shorten", args=[request.event.slug]) if stroke == "extend" else ""
        messages.success(request, _said(stroke), extra_tags=undo)
    return redirect("control", request.event.slug)


@allow(Role.ORGANISER)
@require_POST
def answer_call(request: EventRequest, pk: int) -> HttpResponse:
    """«Jeg kommer»: the broker is told so on the tablet."""
    call = get_object_or_404(request.event.help_calls.select_related("user"), pk=pk)
    if answer_help(event=request.event, pk=pk, by=request.user, now=timezone.now()):
        messages.success(request, _("%s får vite at du kommer.") % call.user)
    else:
        messages.info(request, _("%s har fått hjelp allerede.") % call.user)
    return redirect("control", request.event.slug)


def _said(stroke: str) -> str:
    more = ngettext("Børstimen varer %d minutt til.", "Børstimen varer %d minutter til.", MORE_MINUTES)
    return {
        "open": _("Åpningsgongen er slått. Børstimen er i gang."),
        "close": _("Sluttgongen er slått."),
        "reopen": _("Børstimen er åpnet igjen."),
        "extend": more % MORE_MINUTES,
        "shorten": _("Forlengelsen er angret."),
        "undo": _("Åpningen er angret."),
    }[stroke]
