"""What the control room shows, region by region, so that its poll swaps only what has become another.

A region is a template of its own. Its mark is a short name for its html; the page sends back the marks of what it
shows, and gets the regions whose mark is another one now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.awards import awards_of, may_be_shown, winner_mark
from agreements.models import AgreementQuerySet
from agreements.statistics import count
from agreements.waiting import waiting_brokers
from borsen.clock import phase
from borsen.enums import Phase, Scene
from borsen.help_calls import open_calls
from borsen.models import Device, Event, HelpCall
from borsen.views.devices import SILENT_AFTER, last_sign

from .drawing import countdown
from .gong import MORE_MINUTES
from .models import ScreenSign
from .nettest import in_short, results
from .scenes import choice_of, scene_of
from .signs import FOLLOWS_WITHIN, screens

REGIONS = ("phase", "calls", "figures", "gong", "scene", "review", "latest", "prizes", "screens", "devices", "nettests")
LATEST = 8
# Anybody in the room can take the test; the whole list has a page of its own.
MOST_NETTESTS = 4


@dataclass(frozen=True)
class Call:
    """Who has called for help, and for how long they have waited, in words."""

    call: HelpCall
    who: str
    waited: str


@dataclass(frozen=True)
class DeviceLine:
    """A device that is signed in. `sign` is its last sign of life in words."""

    device: Device
    sign: str
    is_silent: bool


@dataclass(frozen=True)
class ScreenLine:
    """A page that shows the storskjerm, with its last sign of life in words."""

    screen: ScreenSign
    sign: str
    is_silent: bool


def contents(event: Event, now: datetime, *, may_act: bool) -> dict[str, Any]:
    """Everything that the regions show; `may_act` says whether there are buttons in them."""
    state = phase(event, now)
    total = count(event)
    calls = [_call(call, now) for call in open_calls(event)]
    nettests = results(event)
    to_review = list(_with_parties(event).exclude(needs_review=""))
    return {
        "event": event,
        "may_act": may_act,
        "phase": state.value,
        "now": now,
        "end": _end(event, state),
        "total": total,
        "calls": calls,
        "waiting": waiting_brokers(event) if state is Phase.BEFORE else 0,
        "to_review": to_review,
        "latest": list(_with_parties(event).filter(needs_review="")[:LATEST]),
        "awards": [(award, may_be_shown(award), winner_mark(award)) for award in awards_of(event)],
        "screens": [_screen_line(screen, now) for screen in screens(event, now)],
        "scene_word": scene_of(event).label,
        "scene_chosen": choice_of(event).value,
        "scene_message": event.screen_message if scene_of(event) == Scene.PAUSE else "",
        "on_result": scene_of(event) == Scene.RESULT,
        "devices": [_device_line(device, now) for device in _devices(event)],
        "nettests": [result for result in nettests if not result.is_ready][:MOST_NETTESTS],
        "nettests_in_short": in_short(nettests),
        "alerts": len(calls) + len(to_review),
        "may_undo": state is Phase.OPEN and not total and not event.agreements.exists(),
        "more_minutes": MORE_MINUTES,
    }


def clock_text(end: datetime | None, now: datetime) -> str:
    """What is left until `end`, before the page's own clock takes over."""
    return countdown(max(end - now, timedelta())) if end else ""


def drawn(shown: dict[str, Any]) -> dict[str, str]:
    """The html of each region, as the poll sends it: the running clock is left to the page."""
    context = {**shown, "left": "", "is_swapped": True}
    return {name: render_to_string(template_of(name), context) for name in REGIONS}


def template_of(region: str) -> str:
    return f"display/control_{region}.html"


def marks(html: dict[str, str]) -> str:
    """The marks of all regions in their order, for an address."""
    return ".".join(f"{crc32(html[name].encode()):x}" for name in REGIONS)


def changed(html: dict[str, str], seen: str) -> list[str]:
    """The html of the regions that are another than `seen` says; all of them when it can't be read."""
    there = seen.split(".")
    if len(there) != len(REGIONS):
        return list(html.values())
    return [html[name] for name, old, new in zip(REGIONS, there, marks(html).split("."), strict=True) if old != new]


def _end(event: Event, state: Phase) -> datetime | None:
    ends = {Phase.BEFORE: event.starts_at, Phase.OPEN: event.planned_end, Phase.GRACE: event.grace_ends_at}
    return ends.get(state)


def _with_parties(event: Event) -> AgreementQuerySet:
    return event.agreements.counted().with_parties().order_by("-number")


def _devices(event: Event) -> QuerySet[Device]:
    # Those with the longest queue first: agreements that nobody else has.
    signed_in = event.devices.filter(revoked_at=None).select_related("user")
    return signed_in.order_by("-queue_length", "user__display_name", "label", "pk")


def _device_line(device: Device, now: datetime) -> DeviceLine:
    silence = now - (device.last_seen_at or device.created_at)
    return DeviceLine(device, last_sign(silence), is_silent=silence > SILENT_AFTER)


def _screen_line(screen: ScreenSign, now: datetime) -> ScreenLine:
    silence = now - screen.heard_at
    is_silent = silence > FOLLOWS_WITHIN
    sign = (
        last_sign(silence)
        if not is_silent or silence >= timedelta(minutes=1)
        else _("Ikke hørt fra på et halvt minutt")
    )
    return ScreenLine(screen, sign, is_silent)


def _call(call: HelpCall, now: datetime) -> Call:
    where = f" ({call.device.label})" if call.device else ""
    minutes = int((now - call.asked_at).total_seconds() // 60)
    waited = ngettext("for %d minutt siden", "for %d minutter siden", minutes) % minutes
    return Call(call, f"{call.user}{where}", waited if minutes > 0 else _("nå nettopp"))
