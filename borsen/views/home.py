"""The front page: what it is, for who is not signed in; what one may do at which børs, for who is."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import Visitor, public, visitor_at
from borsen.context import Room, rooms, workplace
from borsen.countdown import Countdown, countdown
from borsen.devices import SESSION_KEY
from borsen.enums import Role
from borsen.invitations import asking_is_possible
from borsen.models import Event, User


@dataclass(frozen=True)
class Place:
    """One børs on the front page: the visitor's roles there, the room they work in, and the other rooms."""

    event: Event
    roles: list[str]
    countdown: Countdown
    workplace: Room
    others: list[Room]


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    session_user = request.user if isinstance(request.user, User) else None
    visitor = visitor_at(None, user=session_user, device_id=request.session.get(SESSION_KEY))
    if visitor.user is None:
        return render(request, "borsen/welcome.html", {"asking": asking_is_possible()})
    # So that the page's frame knows a device too (borsen/context.py).
    request.user, request.device = visitor.user, visitor.device  # type: ignore[attr-defined]
    may_create = visitor.device is None and visitor.user.may_create_events
    asking = visitor.device is None and asking_is_possible()
    context = {"places": _places(visitor), "may_create": may_create, "person": visitor.user, "asking": asking}
    return render(request, "borsen/home.html", context)


def _places(visitor: Visitor) -> list[Place]:
    held: dict[Event, set[Role]] = {}
    if visitor.device is not None:
        held[visitor.device.event] = {Role(visitor.device.role)}
    elif visitor.user is not None:
        for membership in visitor.user.memberships.select_related("event").order_by("-event__starts_at", "pk"):
            held.setdefault(membership.event, set()).add(Role(membership.role))
    return [_place(event, frozenset(roles)) for event, roles in held.items()]


def _place(event: Event, roles: frozenset[Role]) -> Place:
    allowed = rooms(event, roles)
    first = next(room for room in allowed if room.name == workplace(roles))
    others = [room for room in allowed if room is not first]
    words = [str(role.label) for role in Role if role in roles]
    return Place(event, words, countdown(event, timezone.now()), first, others)
