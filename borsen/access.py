"""Who may do what. Every view below `/<slug>/` names its roles on its first line with one decorator from here.

On a staff address an anonymous visitor gets the login whether the event exists or not, a stranger to the event 404,
a member without the role 403. ORGANISER may do all that the other roles may.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from .devices import SESSION_KEY, note_sign_of_life
from .enums import Role
from .feed_version import EventMoved
from .models import Device, Event, Membership, User
from .moved_answer import moved_answer

View = TypeVar("View", bound=Callable[..., Any])

EVERY_ROLE = tuple(Role)


class EventRequest(HttpRequest):
    """A request whose event and visitor have been resolved by one of the decorators below."""

    event: Event
    user: User
    device: Device | None
    roles: frozenset[Role]
    htmx: HtmxDetails
    may: Callable[..., bool]  # `Visitor.may` of who is asking


@dataclass(frozen=True)
class Visitor:
    """Who is asking, at one event: a signed-in user, a device, or nobody."""

    user: User | None
    roles: frozenset[Role]
    device: Device | None = None

    def may(self, *roles: Role) -> bool:
        return Role.ORGANISER in self.roles or not self.roles.isdisjoint(roles)


class WrongRole(PermissionDenied):
    """A member of the event who would need another role."""


NOBODY = Visitor(user=None, roles=frozenset())


@dataclass(frozen=True)
class Access:
    """What a view asks of its visitor; the permission matrix in the tests reads it from the view.

    `open_when` names the setting of the event that opens the view to everybody.
    """

    roles: tuple[Role, ...] = ()
    open_when: str = ""
    public: bool = False


def visitor_at(event: Event | None, *, user: User | None, device_id: int | None) -> Visitor:
    """Resolve who is asking. A device that was sent out, or whose user has been closed, is nobody; one of another event
    has no role here."""
    if device_id is not None:
        device = (
            Device.objects.select_related("user").filter(pk=device_id, revoked_at=None, user__is_active=True).first()
        )
        if device is None:
            return NOBODY
        here = event is not None and device.event_id == event.pk
        roles = frozenset({Role(device.role)}) if here else frozenset()
        return Visitor(user=device.user, roles=roles, device=device)
    if user is None:
        return NOBODY
    if event is None:
        return Visitor(user=user, roles=frozenset())
    held = Membership.objects.filter(event=event, user=user).values_list("role", flat=True)
    return Visitor(user=user, roles=frozenset(map(Role, held)))


def allow(*roles: Role, open_when: str = "") -> Callable[[View], View]:
    """Let in members with one of `roles` (and organisers), and everybody while the setting `open_when` is on."""
    return _guard(Access(roles=roles, open_when=open_when))


def public_at_event(view: View) -> View:
    """Let in everybody who has the address of an event. One that there is not is 404: the address is printed on cards
    and posters, and who mistypes it must not wait for a door that nobody will open."""
    return _guard(Access(public=True))(view)


def public(view: View) -> View:
    """Mark a view outside any event as open to everybody; nothing is resolved."""
    told = _told_when_moved(view)
    told.access = Access(public=True)  # type: ignore[attr-defined]
    return told


def signed_in(view: View) -> View:
    """A view outside any event that asks for a signed-in user with a password, not a device."""
    view = _told_when_moved(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response

    wrapped.access = Access()  # type: ignore[attr-defined]
    return wrapped  # type: ignore[return-value]


def _told_when_moved(view: View) -> View:
    """The view, with a page for who tries to change an event that is held elsewhere."""
    if iscoroutinefunction(view):

        @wraps(view)
        async def told_async(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                response: HttpResponseBase = await view(request, *args, **kwargs)
            except EventMoved as moved:
                response = moved_answer(request, moved)
            return response

        return told_async  # type: ignore[return-value]

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = view(request, *args, **kwargs)
        except EventMoved as moved:
            response = moved_answer(request, moved)
        return response

    return told  # type: ignore[return-value]


def _guard(access: Access) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        view = _told_when_moved(view)
        if iscoroutinefunction(view):

            @wraps(view)
            async def guarded_async(request: EventRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
                refusal = await sync_to_async(_enter)(request, slug, access)
                response: HttpResponseBase = refusal or await view(request, *args, **kwargs)
                return response

            guarded: Any = guarded_async
        else:

            @wraps(view)
            def guarded_sync(request: EventRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
                response: HttpResponseBase = _enter(request, slug, access) or view(request, *args, **kwargs)
                return response

            guarded = guarded_sync
        guarded.access = access
        return guarded

    return decorate


def _enter(request: EventRequest, slug: str, access: Access) -> HttpResponseBase | None:
    """Put event and visitor on the request; return the answer for who may not enter, or None."""
    event = Event.objects.filter(slug=slug).first()
    session_user = request.user if request.user.is_authenticated else None
    visitor = visitor_at(event, user=session_user, device_id=request.session.get(SESSION_KEY))
    if access.public and event is None:
        raise Http404
    is_open = event is not None and (access.public or bool(access.open_when and getattr(event, access.open_when)))
    if not is_open:
        if visitor.user is None:
            return _ask_to_sign_in(request)
        if event is None or not visitor.roles:
            raise Http404
        if not visitor.may(*access.roles):
            raise WrongRole(_("Rollen din gir ikke tilgang til denne siden."))
    assert event is not None
    request.event = event
    request.roles = visitor.roles
    request.device = visitor.device
    request.may = visitor.may
    if visitor.user is not None:
        request.user = visitor.user
    if visitor.device is not None:
        note_sign_of_life(device=visitor.device, now=timezone.now())
    return None


def _ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The login; a script or a fragment never follows a redirect into a form, so it gets 401 instead."""
    if wants_json(request):
        return JsonResponse({"error": _("Du er ikke logget inn.")}, status=401)
    if getattr(request, "htmx", False):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = resolve_url(settings.LOGIN_URL)
        return response
    return redirect_to_login(request.get_full_path())


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours is asking (it sends exactly this header; browsers ask for HTML first)."""
    return request.headers.get("Accept", "").startswith("application/json")
