"""The hosts' logos: uploaded and taken away by the organiser, shown to whoever may see who the hosts are."""

import asyncio

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from borsen.access import EVERY_ROLE, EventRequest, allow
from borsen.logos import LARGEST_FILE, Drawn, NotALogo, draw, remove_logo, set_logo, too_large
from borsen.models import Host, HostLogo

A_YEAR = 60 * 60 * 24 * 365


@allow()
@require_GET
def hosts(request: EventRequest) -> HttpResponse:
    return _page(request)


@allow()
@require_POST
async def upload(request: EventRequest, pk: int) -> HttpResponse:
    """Take in a picture. It is drawn in a thread of its own, so that only keeping it holds a lane."""
    host = await sync_to_async(_host)(request, pk)
    try:
        drawn = await asyncio.to_thread(draw, _content(request.FILES.get("file")))
    except NotALogo as refusal:
        return await sync_to_async(_page)(request, wrong=host, error=str(refusal))
    await sync_to_async(_keep)(request, host, drawn)
    return redirect("host.list", request.event.slug)


@allow()
@require_POST
def remove(request: EventRequest, pk: int) -> HttpResponse:
    host = _host(request, pk)
    remove_logo(host=host)
    messages.success(request, _("Logoen til %s er fjernet.") % host)
    return redirect("host.list", request.event.slug)


@allow(*EVERY_ROLE, open_when="has_front_page")
@require_safe
def logo(request: EventRequest, pk: int, digest: str) -> HttpResponse:
    """The picture. Its address changes with it, so a browser may keep it for as long as it likes."""
    found = get_object_or_404(HostLogo, host__event=request.event, host_id=pk, digest=digest)
    response = HttpResponse(bytes(found.png), content_type="image/png")
    who = "public" if request.event.has_front_page else "private"
    response["Cache-Control"] = f"{who}, max-age={A_YEAR}, immutable"
    response["Content-Disposition"] = "inline"
    return response


def _host(request: EventRequest, pk: int) -> Host:
    return get_object_or_404(request.event.hosts, pk=pk)


def _content(file: UploadedFile | None) -> bytes:
    if file is None:
        raise NotALogo(_("Velg en fil først."))
    if (file.size or 0) > LARGEST_FILE:
        raise NotALogo(too_large())
    return file.read()


def _keep(request: EventRequest, host: Host, drawn: Drawn) -> None:
    set_logo(host=host, drawn=drawn)
    messages.success(request, _("Logoen til %s er lagret.") % host)


def _page(request: EventRequest, *, wrong: Host | None = None, error: str = "") -> HttpResponse:
    found = request.event.hosts.select_related("logo").defer("logo__png")
    rows = [(host, getattr(host, "logo", None)) for host in found]
    context = {"rows": rows, "wrong": wrong, "error": error, "most": LARGEST_FILE // 1_000_000}
    return render(request, "borsen/hosts.html", context, status=422 if error else 200)
