"""The børs for the visitor's own calendar."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from borsen.access import EVERY_ROLE, EventRequest, allow
from display import links
from display.calendar_file import calendar_file


@allow(*EVERY_ROLE, open_when="has_front_page")
@require_GET
def calendar(request: EventRequest) -> HttpResponse:
    event = request.event
    address = links.from_outside(event.get_absolute_url())
    content = calendar_file(event, now=timezone.now(), address=address)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response
