"""The broker's page, what it asks for while it stands open, and where it sends agreements."""

import hashlib
import json
import uuid
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from borsen.access import EventRequest, allow
from borsen.clock import phase, takes_agreements
from borsen.devices import note_sign_of_life
from borsen.enums import Phase, Role, Sector
from borsen.help_calls import ask_for_help, latest_call, take_back_help
from borsen.models import Event
from participants.masking import without_contact_details

from ..broker_texts import broker_texts
from ..directory import choices, directory
from ..forms import AgreementEntry, read_key
from ..meeting import met_needs
from ..models import Agreement
from ..money import patterns
from ..posted import posted_id
from ..practice import invented
from ..registering import DAYS_TO_FIRST_CONTACT
from ..rules import LEAST_PARTIES, MOST_PARTIES
from ..telling import latest_of, receipt
from ..waiting import take_back

# More than this is nobody's queue, and more than the column holds.
MOST_WAITING = 30_000
NO_KEY = UUID(int=0)
# How long the page says that help is on its way.
COMING_FOR = timedelta(minutes=5)


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
    same_person: str = "",
    money: list[str] | None = None,
) -> HttpResponse:
    """The broker's page with `entry` as typed. `taken` is the agreement that already has the form's key, `double` one
    that this may be a second telling of, `same_person` the name of who speaks for two of the parties, and `money` the
    words that speak of payment."""
    key = None if taken else read_key(str(entry.form["key"].value() or ""))
    config = page_config(request)
    context = {
        "entry": entry,
        "taken": taken,
        "double": double,
        "same_person": same_person,
        "money": money,
        "typed": request.method == "POST",
        "key": key or uuid.uuid4(),
        "choices": choices(request.event),
        "first_contact_by": default_due_date(),
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
    """What the open page asks for every few seconds, and just before it sends: token, time, hour, own latest.

    It is also the tablet's sign of life; `ko` says how many agreements wait on it.
    """
    if request.device is not None:
        waiting = min(posted_id(request.GET.get("ko", "")) or 0, MOST_WAITING)
        note_sign_of_life(device=request.device, now=timezone.now(), queue_length=waiting)
    return JsonResponse(status(request))


@allow(Role.BROKER)
@require_GET
def broker_market(request: EventRequest) -> HttpResponseBase:
    """What the list of participants does not tell of the market: the needs that an agreement names already."""
    met = sorted(met_needs(request.event))
    return _with_etag(request, {"met": met})


@allow(Role.BROKER)
@require_POST
def broker_help(request: EventRequest) -> JsonResponse:
    """«Trenger hjelp», and «Det ordnet seg» (`want=0`); answered as the status is."""
    change = ask_for_help if request.POST.get("want") == "1" else take_back_help
    change(event=request.event, user=request.user, device=request.device, now=timezone.now())
    return JsonResponse(status(request))


@allow(Role.BROKER)
@require_POST
def broker_take_back(request: EventRequest, key: UUID) -> JsonResponse:
    """Let go of an agreement that waits for the gong; 409 with its number when the gong was first."""
    if take_back(event=request.event, key=key, by=request.user):
        return JsonResponse({"taken_back": True})
    agreement = request.event.agreements.filter(key=key, broker=request.user).first()
    if agreement is None:
        raise Http404
    agreement.event = request.event
    return JsonResponse(receipt(agreement), status=409)


def status(request: EventRequest) -> dict[str, Any]:
    """The body of the status address (design.md §8)."""
    before = phase(request.event, timezone.now()) is Phase.BEFORE
    return {
        "csrf": get_token(request),
        "now": timezone.now().isoformat(),
        "user": {"id": request.user.pk, "name": str(request.user)},
        "feed_version": request.event.feed_version,
        "hour": hour(request.event),
        "latest": latest_of(request.event, request.user),
        "event_latest": latest_of(request.event),
        "may_mend": request.may() or takes_agreements(request.event, timezone.now()),
        "waiting_for_gong": request.event.waiting_agreements.filter(broker=request.user).count() if before else 0,
        "help": _help_word(request),
    }


def _help_word(request: EventRequest) -> str:
    """«asked», «coming» for some minutes after somebody has said so, or nothing."""
    call = latest_call(event=request.event, user=request.user, device=request.device)
    if call is None:
        return ""
    if call.answered_at is None:
        return "asked"
    return "coming" if timezone.now() - call.answered_at < COMING_FOR else ""


@allow(Role.BROKER)
@require_GET
def broker_participants(request: EventRequest) -> HttpResponseBase:
    """The participants to search in; 304 when the page has this list already."""
    return _with_etag(request, {"participants": directory(request.event)})


def _with_etag(request: EventRequest, content: dict[str, Any]) -> HttpResponseBase:
    body = json.dumps(content, ensure_ascii=False).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def default_due_date() -> date:
    """By when first contact is to be taken, where nobody says otherwise."""
    return timezone.localdate() + timedelta(days=DAYS_TO_FIRST_CONTACT)


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
    categories = list(request.event.categories.all())
    return {
        "slug": slug,
        "urls": {
            "create": reverse("agreement.create", args=[slug]),
            "status": reverse("broker.status", args=[slug]),
            "participants": reverse("broker.participants", args=[slug]),
            "market": reverse("broker.market", args=[slug]),
            "help": reverse("broker.help", args=[slug]),
            "takeBack": reverse("broker.take_back", args=[slug, NO_KEY]),
            "meets": reverse("agreement.meets", args=[slug, 0]),
            "star": reverse("agreement.star", args=[slug, 0]),
            "agreements": reverse("agreement.list", args=[slug]),
            "login": f"{reverse('login')}?next={reverse('broker', args=[slug])}",
        },
        "mostParties": MOST_PARTIES,
        "leastParties": LEAST_PARTIES,
        "firstContactBy": default_due_date().isoformat(),
        "challenges": [
            {"id": row.pk, "text": without_contact_details(row.text)} for row in request.event.challenges.all()
        ],
        "categories": [{"id": row.pk, "name": row.name} for row in categories],
        "sectors": [{"value": row.value, "short": row.short, "label": str(row.label)} for row in Sector],
        "readsTogether": request.event.reads_together,
        "practice": invented(categories),
        "texts": broker_texts(),
        "money": patterns(),
        "status": status(request),
    }


def sector_words() -> list[tuple[str, str]]:
    """The plates that the script clones."""
    return [(sector.value, sector.short) for sector in Sector]


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
