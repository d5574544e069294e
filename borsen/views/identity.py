"""The hat where a browser looks for it by itself: at the PDF report, and at what is no page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from borsen.access import public


@public
@require_safe
@cache_control(max_age=86400, public=True)
def favicon(_request: HttpRequest) -> HttpResponse:
    """`/favicon.ico` leads to the file under its own name."""
    return redirect(static("identity/favicon.ico"))
