"""The first page of an event.

It is about everything from hosts to agreements, so its view stands on the top floor, where all of it can be seen;
a signal that collects facts from below would only hide that.
"""

from dataclasses import dataclass
from zlib import crc32

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from agreements.models import Agreement
from borsen.access import EVERY_ROLE, EventRequest, allow
from borsen.clock import phase
from borsen.countdown import Countdown, countdown
from borsen.enums import Phase, Role, Sector
from borsen.models import Event
from borsen.qr import qr_drawing

from .preparing import Facts, facts, steps

LATEST = 6
BAR_WIDTH = 106  # of the viewBox in templates/borsen/overview.html
BAR_LEAST = 13  # a dot, so that one is still seen


@dataclass(frozen=True)
class Bar:
    """One sector of «Hvem som kommer»."""

    sector: Sector
    number: int
    width: int


@allow(*EVERY_ROLE)
@require_GET
def overview(request: EventRequest) -> HttpResponse:
    """The page, and every ten seconds what has changed in it: nothing (204), or its changing part."""
    event, now = request.event, timezone.now()
    known = facts(event)
    organises = request.may()
    address = f"{settings.PUBLIC_URL}{event.get_absolute_url()}" if settings.PUBLIC_URL else ""
    stands = phase(event, now)
    banner = _banner(event, known)
    seen = _seen(event, known, stands, banner)
    part = request.htmx and not request.htmx.history_restore_request
    if part and request.GET.get("sett") == seen:
        return HttpResponse(status=204)
    context = {
        "event": event,
        "seen": seen,
        "phase": stands,
        "countdown": banner,
        "facts": known,
        "bars": bars(known),
        "steps": steps(event, known) if organises and stands is Phase.BEFORE else [],
        "latest": latest(event) if stands is not Phase.BEFORE and request.may(Role.COORDINATOR, Role.BROKER) else [],
        "organises": organises,
        "registers": request.may(Role.BROKER),
        "reads": request.may(Role.COORDINATOR),
        "address": address,
        "qr": qr_drawing(address, _("QR-kode til børsen")) if address else "",
    }
    response = render(request, "borsen/overview.html" + ("#live" if part else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _seen(event: Event, known: Facts, stands: Phase, banner: Countdown) -> str:
    """A short name for what the page shows now; another name when anything in it is another."""
    return f"{crc32(repr((event.feed_version, stands.value, banner, known)).encode()):x}"


def latest(event: Event) -> list[Agreement]:
    """The last agreements, for who may open them; those that were withdrawn are left to the list of all."""
    return list(event.agreements.counted().with_parties().order_by("-number")[:LATEST])


def _banner(event: Event, known: Facts) -> Countdown:
    """The way to the gong before it, the number of agreements after it."""
    now = timezone.now()
    stands = phase(event, now)
    if stands is Phase.GRACE:
        return Countdown(str(known.agreements), _("avtaler, foreløpig resultat"))
    if stands is Phase.OVER:
        return Countdown(str(known.agreements), _("avtaler ble det"))
    return countdown(event, now)


def bars(known: Facts) -> list[Bar]:
    """Each sector's part of those who come, the largest as wide as there is room for."""
    numbers = known.participation.by_sector
    most = max(numbers.values()) or 1
    return [
        Bar(
            sector, numbers[sector], max(BAR_LEAST, round(BAR_WIDTH * numbers[sector] / most)) if numbers[sector] else 0
        )
        for sector in Sector
    ]
