"""The broker's page, what it asks for while it stands open, and where it sends agreements."""

import hashlib
import json
import uuid
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.clock import phase
from borsen.enums import Role, Sector
from borsen.models import Event

from ..broker_texts import broker_texts
from ..directory import choices, directory
from ..forms import AgreementEntry, read_key
from ..models import Agreement
from ..registering import DAYS_TO_FIRST_CONTACT
from ..rules import LEAST_PARTIES, MOST_PARTIES
from ..telling import latest_of


@allow(Role.BROKER)
@require_GET
def broker(request: EventRequest) -> HttpResponse:
    """The form that brokers work with in the hour."""
    parties: list[dict[str, Any]] = [{} for _party in range(LEAST_PARTIES)]
    return broker_page(request, AgreementEntry(request.event, parties=parties))


def broker_page(
    request: EventRequest,
    entry: AgreementEntry,
    *,
    status: int = 200,
    taken: Agreement | None = None,
    double: Agreement | None = None,
) -> HttpResponse:
    """The broker's page with `entry` as typed. `taken` is the agreement that already has the form's key, `double` one
    that this may be a second telling of."""
    key = None if taken else read_key(str(entry.form["key"].value() or ""))
    first_contact_by = timezone.localdate() + timedelta(days=DAYS_TO_FIRST_CONTACT)
    config = page_config(request)
    context = {
        "entry": entry,
        "taken": taken,
        "double": double,
        "typed": request.method == "POST",
        "key": key or uuid.uuid4(),
        "choices": choices(request.event),
        "first_contact_by": first_contact_by,
        "most_parties": MOST_PARTIES,
        "config": config,
        "sectors": sector_words(),
        "hour": config["status"]["hour"],
        "latest": config["status"]["latest"],
    }
    return render(request, "agreements/broker.html", context, status=status)


@allow(Role.BROKER)
@require_GET
def broker_status(request: EventRequest) -> JsonResponse:
    """What the open page asks for every few seconds, and just before it sends: token, time, hour, own latest."""
    return JsonResponse(status(request))


def status(request: EventRequest) -> dict[str, Any]:
    """The body of the status address (design.md §8)."""
    return {
        "csrf": get_token(request),
        "now": timezone.now().isoformat(),
        "user": {"id": request.user.pk, "name": str(request.user)},
        "feed_version": request.event.feed_version,
        "hour": hour(request.event),
        "latest": latest_of(request.event, request.user),
    }


@allow(Role.BROKER)
@require_GET
def broker_participants(request: EventRequest) -> HttpResponseBase:
    """The participants to search in; 304 when the page has this list already."""
    body = json.dumps({"participants": directory(request.event)}, ensure_ascii=False).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def hour(event: Event) -> dict[str, Any]:
    """Where børstimen stands, for a clock that counts by the server's time."""
    return {
        "phase": phase(event, timezone.now()).value,
        "starts_at": event.starts_at.isoformat(),
        "opened_at": _iso(event.opened_at),
        "closes_at": event.planned_end.isoformat(),
        "closed_at": _iso(event.closed_at),
        "grace_ends_at": _iso(event.grace_ends_at),
    }


def page_config(request: EventRequest) -> dict[str, Any]:
    """What the page's script needs to know, besides what it reads from the form."""
    slug = request.event.slug
    return {
        "slug": slug,
        "urls": {
            "create": reverse("agreement.create", args=[slug]),
            "status": reverse("broker.status", args=[slug]),
            "participants": reverse("broker.participants", args=[slug]),
            "agreements": reverse("agreement.list", args=[slug]),
            "login": f"{reverse('login')}?next={reverse('broker', args=[slug])}",
        },
        "mostParties": MOST_PARTIES,
        "leastParties": LEAST_PARTIES,
        "texts": broker_texts(),
        "status": status(request),
    }


def sector_words() -> list[tuple[str, str]]:
    """The plates that the script clones."""
    return [(sector.value, sector.short) for sector in Sector]


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
