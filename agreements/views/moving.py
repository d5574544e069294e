"""The whole event as a file, and the page from which it moves to another machine and comes back."""

import asyncio

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.moving.handing_out import TO_MAX, hand_out, take_back
from borsen.moving.pages import members_told, receive_posted, refusal
from borsen.moving.reading import LARGEST_FILE
from borsen.moving.refusals import BadFile, NotNow
from borsen.moving.writing import as_file, travel_of
from borsen.transport import is_private
from borsen.views.moving import not_private

from ..moving_file import taken


@allow(Role.COORDINATOR)
@require_GET
async def report_json(request: EventRequest) -> HttpResponse:
    """A copy of the whole event. A coordinator's is without what opens other people's pages."""
    return await _file(request, complete=request.may())


@allow()
@require_GET
async def moving_file(request: EventRequest) -> HttpResponse:
    """The event itself, once it is locked here. It may be fetched as often as need be."""
    if not request.event.moved_to:
        return redirect("moving", request.event.slug)
    return await _file(request, handed_out=True)


async def _file(request: EventRequest, *, handed_out: bool = False, complete: bool = True) -> HttpResponse:
    if not is_private(request):
        raise PermissionDenied(not_private())
    now = timezone.now()
    snapshot, figures = await sync_to_async(taken)(request.event, now)
    content = await asyncio.to_thread(
        as_file, snapshot, key_figures=figures, now=now, handed_out=handed_out, complete=complete
    )
    response = HttpResponse(content, content_type="application/json")
    name = f"{'flytting' if handed_out else 'rapport'}-{request.event.slug}"
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@allow()
@never_cache
@require_http_methods(["GET", "POST"])
def moving(request: EventRequest) -> HttpResponse:
    """«Flytt børsen»: locks it here; while it is away, the page has its file, and takes it back."""
    if request.method == "GET":
        return _page(request)
    _refuse_listeners(request)
    try:
        hand_out(event=request.event, to=request.POST.get("to", ""), by=request.user, now=timezone.now())
    except NotNow as problem:
        return _page(request, trouble=str(problem))
    messages.success(request, _("Børsen er låst her. Last ned filen, og les den inn der børsen skal være."))
    return redirect("moving", request.event.slug)


@allow()
@require_POST
def moving_return(request: EventRequest) -> HttpResponse:
    """The event comes back as a file."""
    _refuse_listeners(request)
    try:
        receive_posted(request, request.user, only=request.event)
    except BadFile as problem:
        return _page(request, problem=problem)
    messages.success(request, _("Børsen er tilbake, med alt som er gjort der den var."))
    return redirect("moving", request.event.slug)


@allow()
@require_POST
def moving_take_back(request: EventRequest) -> HttpResponse:
    """«Ta tilbake uten fil»: the machine that had it is gone."""
    if request.POST.get("yes") != "1":
        return _page(request, trouble=_("Kryss av for at dere vet hva som går tapt, før børsen tas tilbake uten fil."))
    take_back(event=request.event)
    messages.success(request, _("Børsen kan endres her igjen."))
    return redirect("moving", request.event.slug)


def _refuse_listeners(request: EventRequest) -> None:
    if not is_private(request):
        raise PermissionDenied(not_private())


def _page(request: EventRequest, *, trouble: str = "", problem: BadFile | None = None) -> HttpResponse:
    travel = travel_of(request.event)
    context = refusal(problem) | {
        "event": request.event,
        "trouble": trouble,
        "to": request.POST.get("to", ""),
        "to_max": TO_MAX,
        "members": members_told(travel.members) if travel else [],
        "private": is_private(request),
        "most": LARGEST_FILE // 2**20,
    }
    return render(request, "agreements/moving.html", context, status=422 if trouble or problem else 200)
