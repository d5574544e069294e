"""What every page's frame shows: the rooms that this visitor may enter at this event."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .access import Visitor
from .enums import Role

# address, label, and the roles that see it (organisers see all)
ROOMS = (
    ("event.overview", _("Oversikt"), (Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE)),
    ("participant.list", _("Deltakere"), (Role.COORDINATOR,)),
    ("broker", _("Megler"), (Role.BROKER,)),
    ("agreement.list", _("Avtaler"), (Role.COORDINATOR, Role.BROKER)),
    ("report", _("Rapport"), (Role.COORDINATOR,)),
    ("screen", _("Storskjerm"), (Role.COORDINATOR, Role.BROKER, Role.DOOR, Role.STAGE)),
    ("control", _("Kontrollrom"), ()),
    ("event.settings", _("Innstillinger"), ()),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """`nav` (rooms of the event), `signed_in_as`; both empty for who is not signed in."""
    user = getattr(request, "user", None)
    signed_in_as = str(user) if user is not None and user.is_authenticated else ""
    return {"nav": _rooms(request), "signed_in_as": signed_in_as}


def _rooms(request: HttpRequest) -> list[dict[str, Any]]:
    event = getattr(request, "event", None)
    roles = getattr(request, "roles", None)
    if event is None or not roles:
        return []
    visitor = Visitor(user=None, roles=roles)
    here = request.path
    rooms = []
    for name, label, allowed in ROOMS:
        if visitor.may(*allowed):
            url = reverse(name, args=[event.slug])
            overview = name == "event.overview"
            rooms.append({"url": url, "label": label, "current": here == url if overview else here.startswith(url)})
    return rooms
