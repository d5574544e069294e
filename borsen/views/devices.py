"""The door and the devices that have come in by it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

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
from borsen.cards import ROLES_WITH_CARD
from borsen.devices import devices_inside, send_out
from borsen.door import close_door, is_open, open_door
from borsen.enums import Role
from borsen.models import Device

NEW_FOR = timedelta(minutes=2)
SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Row:
    """One device of the list, in words. `asks`: it has agreements that wait, and somebody has tapped «Send ut»."""

    device: Device
    is_new: bool
    is_silent: bool
    last_sign: str
    queue: str
    asks: bool


@allow(Role.DOOR)
@require_GET
def devices(request: EventRequest) -> HttpResponse:
    """The page, and every few seconds what has changed in it: nothing (204), or its changing part."""
    event, now = request.event, timezone.now()
    asked = request.GET.get("spor", "")
    rows = [_row(device, now, asked) for device in devices_inside(event, now).order_by("-created_at", "-pk")]
    door_open = is_open(event, now)
    seen = f"{crc32(repr((rows, door_open and event.door_open_until)).encode()):x}"
    part = request.htmx and not request.htmx.history_restore_request
    if part and request.GET.get("sett") == seen:
        return HttpResponse(status=204)
    context = {
        "event": event,
        "rows": rows,
        "door_is_open": door_open,
        "seen": seen,
        "asked": asked if any(row.asks for row in rows) else "",
        "organises": request.may(),
        "holders": event.memberships.filter(role__in=ROLES_WITH_CARD).count() if request.may() and not part else 0,
    }
    response = render(request, "borsen/devices.html" + ("#live" if part else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@allow(Role.DOOR)
@require_POST
def door(request: EventRequest) -> HttpResponse:
    """«Slipp inn enheter» (`open=1`) and «Steng nå»; back to the page that the button stood on."""
    if request.POST.get("open") == "1":
        open_door(event=request.event, now=timezone.now())
    else:
        close_door(event=request.event)
    card = request.POST.get("card", "")
    if request.may() and card.isascii() and card.isdigit():
        return redirect("card.show", request.event.slug, int(card))
    return redirect("device.list", request.event.slug)


@allow(Role.DOOR)
@require_POST
def dismiss(request: EventRequest, pk: int) -> HttpResponse:
    """«Send ut». One on which agreements wait is asked about first: they stay on it until its broker is back."""
    device = get_object_or_404(devices_inside(request.event, timezone.now()), pk=pk)
    page = reverse("device.list", args=[request.event.slug])
    if device.queue_length and not request.POST.get("sure"):
        return redirect(f"{page}?spor={device.pk}#enhet-{device.pk}")
    send_out(device=device, now=timezone.now())
    said = _("%(device)s er sendt ut. Kortet slipper inn igjen når døra er åpen.") % {"device": device}
    if device.queue_length:
        said += " " + _("Avtalene som ikke er sendt, ligger fortsatt på nettbrettet.")
    messages.success(request, said)
    return redirect(page)


def _row(device: Device, now: datetime, asked: str) -> Row:
    seen = device.last_seen_at or device.created_at
    return Row(
        device=device,
        is_new=now - device.created_at < NEW_FOR,
        is_silent=now - seen > SILENT_AFTER,
        last_sign=last_sign(now - seen),
        queue=_queue(device.queue_length),
        asks=asked == str(device.pk) and device.queue_length > 0,
    )


def last_sign(silence: timedelta) -> str:
    """How long it is since a device was heard from, in words."""
    minutes = int(silence.total_seconds() // 60)
    if minutes < 1:
        return _("Tilkoblet nå")
    if silence <= SILENT_AFTER:
        return _("Sist hørt fra for et minutt siden")
    if minutes < 60:
        return _("Stille i %d minutter") % minutes
    hours = minutes // 60
    return ngettext("Stille i %d time", "Stille i %d timer", hours) % hours


def _queue(length: int) -> str:
    if not length:
        return ""
    return ngettext("%d avtale venter på nettbrettet", "%d avtaler venter på nettbrettet", length) % length
