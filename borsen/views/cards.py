"""The cards that brokers, door hosts and the børsgeneral sign in with: shown, printed, and made void."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.addresses import addresses_for_devices, has_moved
from borsen.cards import ROLES_WITH_CARD, code_of, hand_out, renew, token_of
from borsen.collation import norwegian_key
from borsen.devices import waiting_on_devices
from borsen.door import is_open
from borsen.models import Card, Membership
from borsen.qr import qr_drawing
from borsen.transport import is_private


@dataclass(frozen=True)
class Face:
    """What is printed on a card. Without an address that tablets reach there is no QR code."""

    membership: Membership
    code: str
    link: str
    qr: SafeString | str


@allow()
@never_cache
@require_http_methods(["GET", "POST"])
def show(request: EventRequest, pk: int) -> HttpResponse:
    """The card of one person in one role; a POST makes it where there is none yet."""
    membership = _membership(request, pk)
    if request.method == "POST":
        hand_out(event=request.event, memberships=[membership], now=timezone.now())
        return redirect("card.show", request.event.slug, membership.pk)
    card = get_object_or_404(_cards(request), membership=membership)
    waiting = waiting_on_devices(request.event, timezone.now()).get((membership.user_id, membership.role), 0)
    return _page(request, "borsen/card.html", [card], waiting=waiting)


@allow()
@never_cache
@require_http_methods(["GET", "POST"])
def print_all(request: EventRequest) -> HttpResponse:
    """All cards on sheets to cut; a POST makes those that are missing."""
    if request.method == "POST":
        memberships = request.event.memberships.filter(role__in=ROLES_WITH_CARD)
        hand_out(event=request.event, memberships=memberships, now=timezone.now())
        return redirect("card.print", request.event.slug)
    cards = sorted(_cards(request), key=lambda card: norwegian_key(str(card.membership.user)))
    return _page(request, "borsen/cards.html", cards)


@allow()
@require_POST
def replace(request: EventRequest, pk: int) -> HttpResponse:
    """«Nytt kort»: the old one is void; with `send_out` its holder's devices are signed out too."""
    membership = _membership(request, pk)
    sends_out = bool(request.POST.get("send_out"))
    renew(membership=membership, now=timezone.now(), sends_out=sends_out)
    said = _("Det gamle kortet virker ikke lenger, og enhetene er sendt ut.")
    messages.success(request, said if sends_out else _("Det gamle kortet virker ikke lenger."))
    return redirect("card.show", request.event.slug, membership.pk)


def _membership(request: EventRequest, pk: int) -> Membership:
    memberships = request.event.memberships.select_related("user", "event")
    return get_object_or_404(memberships, pk=pk, role__in=ROLES_WITH_CARD)


def _cards(request: EventRequest) -> QuerySet[Card]:
    return request.event.cards.select_related("membership__user")


def _page(request: EventRequest, template: str, cards: list[Card], **more: Any) -> HttpResponse:
    """Over a line that others can read along on no card is shown: whoever saw it could come in by it."""
    shows = is_private(request)
    addresses = addresses_for_devices(request)
    chosen = next((one for one in addresses if one == request.GET.get("adresse")), addresses[0] if addresses else "")
    page = reverse("device.enter", args=[request.event.slug])
    context = {
        "faces": [_face(card, f"{chosen}{page}" if chosen else "") for card in cards] if shows else [],
        "here": page,
        "typed": _as_typed(f"{chosen}{page}") if chosen else "",
        "addresses": addresses,
        "chosen": chosen,
        "moved": has_moved(request),
        "lasts": chosen.startswith("https:") or chosen == settings.PUBLIC_URL,
        "door_is_open": is_open(request.event, timezone.now()),
        "event": request.event,
        **more,
    }
    return render(request, template, context, status=200 if shows else 403)


def _face(card: Card, page: str) -> Face:
    token = token_of(card)
    title = _("QR-kode for %s") % card.membership.user
    return Face(
        membership=card.membership,
        code=code_of(card),
        link=f"#{token}",
        qr=qr_drawing(f"{page}#{token}", title) if page else "",
    )


def _as_typed(page: str) -> str:
    """An address as one types it: browsers add the rest."""
    parts = urlsplit(page)
    return f"{parts.netloc}{parts.path.rstrip('/')}"
