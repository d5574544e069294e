"""What every page's frame shows: the rooms that this visitor may enter at this event."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .access import Visitor
from .enums import Role
from .feed_version import moved_text
from .models import Event
from .transport import is_private

# address, label, and the roles that see it (organisers see all)
ROOMS = (
    ("event.overview", _("Oversikt"), (Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE)),
    ("participant.list", _("Deltakere"), (Role.COORDINATOR,)),
    ("catalogue", _("Katalog"), (Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE)),
    ("check_in", _("Innsjekk"), (Role.DOOR,)),
    ("broker", _("Megler"), (Role.BROKER,)),
    ("agreement.list", _("Avtaler"), (Role.COORDINATOR, Role.BROKER)),
    ("report", _("Rapport"), (Role.COORDINATOR,)),
    ("screen", _("Storskjerm"), (Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE)),
    ("control", _("Kontrollrom"), (Role.COORDINATOR,)),
    ("stage", _("Scene"), (Role.STAGE,)),
    ("device.list", _("Enheter"), (Role.DOOR,)),
    ("event.settings", _("Innstillinger"), ()),
)
# Organisers have enough in the bar: the control room does what the stage view does, and devices are among the settings.
NOT_FOR_ORGANISERS = frozenset({"stage", "device.list"})
# Where each role has its work; who has several begins where the room is fullest.
WORKPLACES = (
    (Role.ORGANISER, "event.overview"),
    (Role.BROKER, "broker"),
    (Role.STAGE, "stage"),
    (Role.DOOR, "check_in"),
)


@dataclass(frozen=True)
class Room:
    """A link in the top bar or on the front page."""

    name: str
    url: str
    label: str
    current: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    """`nav` (rooms of the event), `signed_in_as`, both empty for who is not signed in; `by_device`: the visitor is
    signed in by device and has no account page; `is_private`: contact details may be shown (borsen/transport.py);
    `public_url`: what whole addresses begin with, or nothing; `moved`: where the event is held for the time being."""
    user = getattr(request, "user", None)
    event = getattr(request, "event", None)
    signed_in_as = str(user) if user is not None and user.is_authenticated else ""
    return {
        "nav": _nav(request),
        "signed_in_as": signed_in_as,
        "by_device": getattr(request, "device", None) is not None,
        "is_private": is_private(request),
        "public_url": settings.PUBLIC_URL,
        "moved": moved_text(event) if event is not None and event.moved_to else "",
    }


def rooms(event: Event, roles: frozenset[Role], path: str = "") -> list[Room]:
    """The rooms that `roles` may enter at `event`; the one at `path` is the current one."""
    visitor = Visitor(user=None, roles=roles)
    found = []
    for name, label, allowed in ROOMS:
        if visitor.may(*allowed) and not (name in NOT_FOR_ORGANISERS and visitor.may()):
            url = reverse(name, args=[event.slug])
            current = path == url if name == "event.overview" else path.startswith(url)
            found.append(Room(name, url, str(label), current))
    return found


def workplace(roles: frozenset[Role]) -> str:
    """The name of the address where `roles` have their work, and where they come in."""
    return next((name for role, name in WORKPLACES if role in roles), "event.overview")


def _nav(request: HttpRequest) -> list[Room]:
    event = getattr(request, "event", None)
    roles = getattr(request, "roles", None)
    return rooms(event, roles, request.path) if event is not None and roles else []
