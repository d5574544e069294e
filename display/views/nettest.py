"""The network test: each device tries itself, and the organiser sees them all.

Open to everybody who has the address, also of an event that isn't published: the devices are tried the day before,
before anybody has signed them in, and what has to be found out is just whether they reach the server. Such a visitor
learns that there is an event at the address, and nothing of it, not even its name.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from borsen.access import EventRequest, allow, public_at_event
from borsen.addresses import addresses_for_devices, has_moved
from borsen.devices import kind_of
from borsen.qr import qr_drawing
from display.nettest import CLOCK_OFF, HOLDS, SLOW, Findings, TooMany, clear, in_short, record, results

DEVICE = "enhet"
LONGEST_TRIP = 60_000
FURTHEST_CLOCK = 100 * 365 * 24 * 3600 * 1000


class FindingsForm(forms.Form):
    """What the page sends of itself; bounded, since anybody may send it."""

    key = forms.RegexField(r"^[0-9a-f]{32}$")
    socket_opened = forms.BooleanField(required=False)
    storage_kept = forms.BooleanField(required=False)
    held_seconds = forms.IntegerField(min_value=0, max_value=HOLDS)
    round_trip = forms.IntegerField(min_value=0, max_value=LONGEST_TRIP)
    clock_difference = forms.IntegerField(min_value=-FURTHEST_CLOCK, max_value=FURTHEST_CLOCK)
    touch = forms.BooleanField(required=False)


@public_at_event
@require_GET
@never_cache
def show(request: EventRequest) -> HttpResponse:
    """The organiser gets the list of devices, everybody else (and `?enhet`) the test itself."""
    if request.may() and DEVICE not in request.GET:
        part = "#found" if request.htmx else ""
        return render(request, f"display/nettest_results.html{part}", _results(request))
    known = bool(request.roles) or request.event.published
    page = {
        "event": request.event,
        "known": known,
        "shared_title": request.event.name if known else _("Nettprøve"),
        "organises": request.may(),
        "socket": f"/ws/{request.event.slug}/nettest/",
        "holds": HOLDS,
        "slow": SLOW,
        "clock_off": CLOCK_OFF,
    }
    return render(request, "display/nettest.html", page)


@public_at_event
@require_POST
@never_cache
def answer(request: EventRequest) -> JsonResponse:  # noqa: ARG001 - the same answer to all
    """The server's time. By it the page knows that a POST gets through, how long it takes, and how its clock goes."""
    return JsonResponse({"now": int(timezone.now().timestamp() * 1000)})


@public_at_event
@require_POST
@never_cache
def store(request: EventRequest) -> JsonResponse:
    """Keep what a device found: 201 with the number that it has in the organiser's list."""
    form = FindingsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    said = form.cleaned_data
    findings = Findings(**{name: said[name] for name in Findings.__dataclass_fields__})
    label = request.device.label if request.device else kind_of(_agent(request), has_touch=said["touch"])
    try:
        made = record(event=request.event, key=said["key"], label=label, findings=findings, now=timezone.now())
    except TooMany:
        return JsonResponse({"error": _("Mange enheter prøver samtidig. Vent et minutt.")}, status=429)
    return JsonResponse({"number": made.number}, status=201)


@allow()
@require_POST
def empty(request: EventRequest) -> HttpResponse:
    """Empty the list. A device that is tried again comes back by itself."""
    clear(event=request.event)
    messages.success(request, _("Listen er tømt."))
    return redirect("nettest", request.event.slug)


def _results(request: EventRequest) -> dict[str, Any]:
    found = results(request.event)
    addresses = [base + reverse("nettest", args=[request.event.slug]) for base in addresses_for_devices(request)]
    return {
        "event": request.event,
        "results": found,
        "in_short": in_short(found),
        "address": addresses[0] if addresses else "",
        "qr": qr_drawing(addresses[0], _("QR-kode til nettprøven")) if addresses else "",
        "others": addresses[1:],
        "has_moved": has_moved(request),
        "device": DEVICE,
    }


def _agent(request: EventRequest) -> str:
    return request.headers.get("User-Agent", "")
