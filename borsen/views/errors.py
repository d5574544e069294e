"""Error pages in Norwegian, in the product's own look, that say what to do next.

They are rendered without the request's context: looking up who is signed in asks the database, which may be broken.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from borsen.access import WrongRole, wants_json


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    if wants_json(request):
        return JsonResponse({"error": _("Vi forsto ikke det som ble sendt.")}, status=400)
    return _page("400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": _("Rollen din gir ikke tilgang til dette.")}, status=403)
    # Only what the product itself says: other exceptions' texts are for programmers.
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page("403.html", status=403, reason=reason, lacks_role=not reason or isinstance(exception, WrongRole))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    if wants_json(request):
        return JsonResponse({"error": _("Finnes ikke.")}, status=404)
    return _page("404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": _("Noe gikk galt hos oss.")}, status=500)
    return _page("500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was open too long, or across a new sign-in. Scripts fetch a fresh token and send again."""
    if wants_json(request):
        text = _("Skjemaet er for gammelt. Hent et nytt og send igjen.")
        return JsonResponse({"error": text, "csrf": True}, status=403)
    return _page("403_csrf.html", status=403)


def _page(template: str, *, status: int, reason: str = "", lacks_role: bool = False) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"reason": reason, "lacks_role": lacks_role}), status=status)
