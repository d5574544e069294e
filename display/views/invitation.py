"""The invitation kit: texts to copy and a poster to hang up."""

from asgiref.sync import sync_to_async
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.pdf.answer import pdf_answer
from borsen.pdf.worker import render_apart
from display import links
from display.invitation import link_of, texts, why_no_link
from display.poster.content import read_poster


@allow(Role.COORDINATOR)
@require_GET
def invitation_kit(request: EventRequest) -> HttpResponse:
    context = {
        "event": request.event,
        "texts": texts(request.event, timezone.now()),
        "link": link_of(request.event),
        "why_no_link": why_no_link(request.event),
        # What would help, and only for who may do it.
        "registration_settings": ""
        if request.event.registration_open or not request.may()
        else links.registration_settings(request.event),
    }
    return render(request, "borsen/invitation_kit.html", context)


@allow(Role.COORDINATOR)
@require_GET
async def poster_pdf(request: EventRequest) -> HttpResponse:
    """The poster, to print."""
    poster = await sync_to_async(read_poster)(request.event, timezone.now())
    return pdf_answer(await render_apart("display.poster.drawing", poster), f"plakat-{request.event.slug}")
