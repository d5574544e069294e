"""The steps of an import: upload, columns, dry run, report."""

import asyncio
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.transport import is_private

from ..importing.apart import read_apart
from ..importing.bringing_in import Moved, bring_in, try_out
from ..importing.columns_page import ColumnsForm
from ..importing.dry_run_page import DryRun, answers_in
from ..importing.keeping import keep, kept, other_lists, set_answers, set_mapping, unfinished
from ..importing.plan import Plan, State
from ..importing.reading import LARGEST_FILE
from ..importing.refusals import sentence
from ..importing.result import result_table
from ..importing.sheet import Unreadable
from ..models import ListImport
from ..spreadsheets import XLSX, xlsx

View = Callable[..., Any]


def _private_only(view: View) -> View:
    """A list is nothing but names, addresses and numbers: none of it over a line that others can read along on."""

    @wraps(view)
    def wrapped(request: EventRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_private(request):
            https = settings.PUBLIC_URL if settings.PUBLIC_URL.startswith("https:") else ""
            context = {"event": request.event, "https": https}
            return render(request, "participants/import_not_private.html", context, status=403)
        response: HttpResponseBase = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return wrapped


@allow(Role.ORGANISER)
@require_http_methods(["GET", "POST"])
async def import_upload(request: EventRequest) -> HttpResponse:
    """Choose a file. It is read in a process of its own, so only keeping what was read holds a lane."""
    if request.method == "GET" or not is_private(request):
        return await sync_to_async(_upload_page)(request)
    upload = request.FILES.get("file")
    try:
        sheets = await read_apart(_content(upload))
    except Unreadable as refusal:
        return await sync_to_async(_upload_page)(request, error=sentence(refusal.code))
    assert upload is not None
    stored = await sync_to_async(keep)(
        event=request.event, user=request.user, file_name=upload.name or "", sheets=sheets, now=timezone.now()
    )
    return redirect("participant.import.columns", request.event.slug, stored.token)


def _content(upload: UploadedFile | None) -> bytes:
    if upload is None:
        raise Unreadable("missing")
    if (upload.size or 0) > LARGEST_FILE:
        raise Unreadable("too_large_file")
    return upload.read()


@_private_only
def _upload_page(request: EventRequest, error: str = "") -> HttpResponse:
    begun = unfinished(request.event, timezone.now())
    context = {"event": request.event, "error": error, "begun": begun, "most": LARGEST_FILE // 1_000_000}
    return render(request, "participants/import.html", context, status=422 if error else 200)


@allow(Role.ORGANISER)
@_private_only
@require_http_methods(["GET", "POST"])
def import_columns(request: EventRequest, token: str) -> HttpResponse:
    """Which column says what. `ark` and `rad` in the address choose another sheet and another row of headings."""
    stored = kept(request.event, token, timezone.now())
    form = ColumnsForm(stored, sent=request.POST if request.method == "POST" else None, address=request.GET)
    if request.method == "POST" and form.is_valid():
        set_mapping(stored, form.mapping)
        return redirect("participant.import.check", request.event.slug, token)
    context = {"event": request.event, "stored": stored, "form": form}
    return render(request, "participants/import_columns.html", context, status=422 if form.errors else 200)


@allow(Role.ORGANISER)
@_private_only
@require_http_methods(["GET", "POST"])
def import_check(request: EventRequest, token: str) -> HttpResponse:
    """The dry run, and from it the import: what is brought in is what the page has shown, and nothing else."""
    stored = kept(request.event, token, timezone.now())
    if request.method == "GET":
        return _dry_run(request, stored, try_out(stored))
    digest = request.POST.get("digest", "")
    if stored.result is None or stored.result["digest"] != digest:
        answered = set_answers(stored, answers_in(request.POST, try_out(stored)))
        if answered or "import" not in request.POST:
            if "import" in request.POST:
                messages.info(request, _("Valgene er tatt i bruk. Se over en gang til, og trykk «Importer»."))
            elif answered:
                messages.success(request, _("Valgene er tatt i bruk."))
            else:
                messages.info(request, _("Ingen valg er endret."))
            # To the tab that was asked for beside the answers.
            tab = {"vis": request.POST["vis"]} if "vis" in request.POST else {}
            address = reverse("participant.import.check", args=[request.event.slug, token])
            return HttpResponseRedirect(f"{address}?{urlencode(tab)}" if tab else address)
    try:
        bring_in(stored=stored, digest=digest, now=timezone.now())
    except Moved as moved:
        text = _("Deltakerne er endret siden du så denne siden. Se over en gang til, og trykk «Importer».")
        messages.warning(request, text)
        return _dry_run(request, stored, moved.plan, status=409)
    return redirect("participant.import.report", request.event.slug, token)


def _dry_run(request: EventRequest, stored: ListImport, plan: Plan, status: int = 200) -> HttpResponse:
    context = {"event": request.event, "stored": stored, "plan": plan, "page": DryRun(plan, request.GET)}
    return render(request, "participants/import_check.html", context, status=status)


@allow(Role.ORGANISER)
@_private_only
@require_POST
def import_discard(request: EventRequest, token: str) -> HttpResponse:
    """Forget the list; nothing has been brought in by looking at it."""
    stored = kept(request.event, token, timezone.now())
    stored.delete()
    messages.success(request, _("Listen «%s» er forkastet.") % stored.file_name)
    return redirect("participant.import", request.event.slug)


@allow(Role.ORGANISER)
@_private_only
@require_GET
def import_report(request: EventRequest, token: str) -> HttpResponse:
    """What came of it, and what is left to do."""
    stored = kept(request.event, token, timezone.now())
    if stored.result is None:
        return redirect("participant.import.check", request.event.slug, token)
    rows = stored.result["rows"]
    context = {
        "event": request.event,
        "stored": stored,
        "counts": {state.name: stored.result["counts"].get(state.value, 0) for state in State},
        "wrong": [row for row in rows if row["state"] == State.WRONG],
        "remarked": [row for row in rows if row["remarks"] and row["state"] != State.WRONG],
        "other_sheets": other_lists(stored),
    }
    return render(request, "participants/import_report.html", context)


@allow(Role.ORGANISER)
@require_GET
async def import_report_file(request: EventRequest, token: str) -> HttpResponse:
    """The list again with a last column that tells what became of each row."""
    response = await sync_to_async(_refused_or_none)(request)
    if response is not None:
        return response
    stored = await sync_to_async(kept)(request.event, token, timezone.now())
    content = await asyncio.to_thread(lambda: xlsx([result_table(stored)]))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="import-{request.event.slug}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _refused_or_none(request: EventRequest) -> HttpResponse | None:
    answer: HttpResponse = _private_only(lambda _request: HttpResponse())(request)
    return answer if answer.status_code == 403 else None
