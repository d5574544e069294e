from django.http import HttpRequest, HttpResponse

from .access import EventRequest, allow, public


@public
def outside(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@allow()
def inside(_request: EventRequest) -> HttpResponse:
    return HttpResponse("")
