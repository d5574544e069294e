"""Agreements on paper: filled in, one or all of them, and blank."""

from asgiref.sync import sync_to_async
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.pdf.answer import pdf_answer
from borsen.pdf.worker import render_apart
from borsen.transport import is_private

from ..blanks import MOST_COPIES, MOST_SERIAL, USUAL_COPIES, read_blanks
from ..deeds import AT_A_TIME, Deed, gather, numbers, read_deeds
from ..posted import posted_id

FILLED, BLANK = "agreements.sheets.filled", "agreements.sheets.blank"


@allow(Role.COORDINATOR, Role.BROKER)
@require_GET
async def agreement_form(request: EventRequest, number: int) -> HttpResponse:
    """One agreement; withdrawn ones are marked. Brokers get it without phones and addresses, as everywhere."""
    wanted = [number] if number < 2**31 else []
    found = await _read(request, wanted)
    if not found:
        raise Http404
    made = await _render(request, found)
    return pdf_answer(made, f"avtaleskjema-{request.event.slug}-{number}")


@allow(Role.COORDINATOR)
@require_GET
async def agreement_forms(request: EventRequest) -> HttpResponse:
    """All agreements that count, in one file."""
    wanted = await sync_to_async(numbers)(request.event)
    found: list[Deed] = []
    for first in range(0, len(wanted), AT_A_TIME):
        found += await _read(request, wanted[first : first + AT_A_TIME])
    return pdf_answer(await _render(request, found), f"avtaleskjemaer-{request.event.slug}")


@allow(Role.COORDINATOR, Role.BROKER)
@require_GET
async def blank_forms(request: EventRequest) -> HttpResponse:
    """`antall` blank forms with serials from `fra` on; what can't be is moved to the nearest that can."""
    copies = _within(request.GET.get("antall", ""), USUAL_COPIES, MOST_COPIES)
    first = _within(request.GET.get("fra", ""), 1, MOST_SERIAL - copies + 1)
    found = await sync_to_async(read_blanks)(request.event, timezone.now(), copies=copies, first=first)
    return pdf_answer(await render_apart(BLANK, found), f"blanke-skjemaer-{found.slug}")


def _within(text: str, usual: int, most: int) -> int:
    number = posted_id(text)
    return usual if number is None else min(max(number, 1), most)


async def _read(request: EventRequest, wanted: list[int]) -> list[Deed]:
    with_details = is_private(request) and request.may(Role.COORDINATOR)
    return await sync_to_async(read_deeds)(request.event, wanted, with_details=with_details)


async def _render(request: EventRequest, found: list[Deed]) -> bytes:
    deeds = await sync_to_async(gather)(request.event, found, timezone.now())
    return await render_apart(FILLED, deeds)
