"""The first page of an event: the overview for its members, the front page for everybody else.

It is about everything from hosts to agreements, so its view stands on the top floor, where all of it can be seen;
a signal that collects facts from below would only hide that.
"""

from zlib import crc32

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from agreements.models import Agreement
from borsen.access import EVERY_ROLE, EventRequest, allow
from borsen.clock import phase
from borsen.countdown import Countdown, countdown
from borsen.enums import Phase, Role, Sector
from borsen.models import Event
from borsen.qr import qr_drawing

from .attention import Matter, matters
from .bars import bars, wishes_of
from .preparing import Facts, facts, steps
from .views.front_page import PREVIEW, front_page

LATEST = 6


@allow(*EVERY_ROLE, open_when="has_front_page")
@require_GET
def overview(request: EventRequest) -> HttpResponse:
    """One address for all: who is told it by a colleague and who scans the poster both come in here."""
    if not request.roles or request.GET.get("vis") == PREVIEW:
        return front_page(request)
    return _overview(request)


def _overview(request: EventRequest) -> HttpResponse:
    """The page, and every ten seconds what has changed in it: nothing (204), or its changing part."""
    event, now = request.event, timezone.now()
    known = facts(event)
    organises = request.may()
    address = f"{settings.PUBLIC_URL}{event.get_absolute_url()}" if settings.PUBLIC_URL else ""
    stands = phase(event, now)
    banner = _banner(event, known)
    # Before the gong a step of its own says who waits for approval.
    unsaid = 0 if stands is Phase.BEFORE else known.waiting
    waits = matters(event, waiting=unsaid, now=now) if organises else []
    seen = _seen(event, known, stands, banner, waits)
    wishes = organises and stands is Phase.BEFORE
    part = request.htmx and not request.htmx.history_restore_request
    if part and request.GET.get("sett") == seen:
        return HttpResponse(status=204)
    context = {
        "event": event,
        "seen": seen,
        "phase": stands,
        "countdown": banner,
        "facts": known,
        "bars": bars(known.participation.by_sector, wishes_of(event) if wishes else None),
        "businesses_missing": _businesses_missing(event, known) if wishes else "",
        "matters": waits,
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


def _seen(event: Event, known: Facts, stands: Phase, banner: Countdown, waits: list[Matter]) -> str:
    """A short name for what the page shows now; another name when anything in it is another."""
    return f"{crc32(repr((event.feed_version, stands.value, banner, known, waits)).encode()):x}"


def _businesses_missing(event: Event, known: Facts) -> str:
    """Businesses are what is usually missing (design.md §1), so it is said while something can be done about it."""
    number = known.participation.by_sector[Sector.BUSINESS]
    short = (event.wish_business or 0) - number
    if short > 0:
        return ngettext("Det mangler %d bedrift.", "Det mangler %d bedrifter.", short) % short
    if not number and known.participation.participants:
        return _("Ingen bedrifter er påmeldt ennå.")
    return ""


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
