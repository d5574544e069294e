"""Error pages in Norwegian, in the product's own look, that say what to do next."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from borsen.access import wants_json


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": _("Rollen din gir ikke tilgang til dette.")}, status=403)
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was open too long, or across a new sign-in. Scripts fetch a fresh token and send again."""
    if wants_json(request):
        text = _("Skjemaet er for gammelt. Hent et nytt og send igjen.")
        return JsonResponse({"error": text, "csrf": True}, status=403)
    return render(request, "403_csrf.html", status=403)
