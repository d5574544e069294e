"""What somebody is told who tries to change an event that is held elsewhere."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from .feed_version import EventMoved


def moved_answer(request: HttpRequest, moved: EventMoved) -> HttpResponseBase:
    """409: a page that says where the event is. A script gets JSON that is none of the answers to an agreement
    (design.md §8), so that a tablet keeps what it has and tries again."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": str(moved), "moved_to": moved.event.moved_to}, status=409)
    page = render_to_string("borsen/moved.html", {"text": str(moved), "event": moved.event})
    return HttpResponse(page, status=409)
