"""The report as a PDF, in two editions at two addresses: one for everybody, and one that stays in the house."""

import asyncio
from contextlib import nullcontext
from dataclasses import replace
from hashlib import sha256

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.pdf.answer import pdf_apart
from borsen.transport import is_private
from borsen.turns import Full, Turns, too_many

from ..public_report import for_public
from ..report import fetch
from ..report_data import Report

RENDER = "agreements.pdf.render"
# Everybody may ask for an open report, as often as they like: to read it takes a lane, and to draw it a thread or the
# desk of the PDFs, for seconds when it is a large one.
READERS = Turns(at_once=2, most_waiting=60)
PDF_READERS = Turns(at_once=1, most_waiting=20)


@allow(Role.COORDINATOR, open_when="report_published")
@require_GET
async def report_pdf(request: EventRequest) -> HttpResponseBase:
    """The public edition, whoever asks: what the coordinator puts on a web site is what they have seen."""
    works_here = request.may(Role.COORDINATOR)
    turns = None if works_here else PDF_READERS
    try:
        async with nullcontext() if works_here else READERS.taken():
            whole = await sync_to_async(fetch)(request.event, timezone.now(), with_logos=True)
            # In a thread: thousands of texts are gone through.
            found, edition = await asyncio.to_thread(_public, whole)
        return await pdf_apart(request, RENDER, found, name=f"rapport-{found.slug}", edition=edition, turns=turns)
    except Full:
        return too_many()


@allow(Role.COORDINATOR)
@require_GET
async def report_internal_pdf(request: EventRequest) -> HttpResponseBase:
    """The edition with contacts: over a private connection alone, drawn anew for each who asks, and never kept."""
    if not is_private(request):
        return await sync_to_async(_not_private)(request)
    found = await sync_to_async(fetch)(request.event, timezone.now(), with_logos=True, with_contacts=True)
    return await pdf_apart(request, RENDER, found, name=f"rapport-{found.slug}-intern")


def _public(whole: Report) -> tuple[Report, str]:
    """What everybody may read, and what is in it but for the minute it was read in: so one drawing serves many."""
    found = for_public(whole)
    digest = sha256(repr(replace(found, made_at="")).encode()).hexdigest()
    return found, f"report-{digest}"


def _not_private(request: EventRequest) -> HttpResponseBase:
    https = settings.PUBLIC_URL if settings.PUBLIC_URL.startswith("https:") else ""
    return render(request, "agreements/report_not_private.html", {"event": request.event, "https": https}, status=403)


def may_have_contacts(request: EventRequest) -> bool | None:
    """Whether the report's page offers the internal edition: None to those whom it is not for at all, and False to
    those whose connection others can read along on."""
    return is_private(request) if request.may(Role.COORDINATOR) else None
