"""An event that comes as a file is read in."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import validate_slug
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from borsen.access import signed_in
from borsen.invitations import asking_is_possible
from borsen.models import User
from borsen.moving.pages import receive_posted, refusal
from borsen.moving.reading import LARGEST_FILE
from borsen.moving.refusals import BadFile
from borsen.transport import is_private

SLUG_MAX = 60


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def receive_event(request: HttpRequest) -> HttpResponse:
    """Make a børs of the file from another installation."""
    user = cast("User", request.user)
    if not user.may_create_events:
        return render(request, "borsen/may_not_create.html", {"asking": asking_is_possible()}, status=403)
    if not is_private(request):
        raise PermissionDenied(not_private())
    problem: BadFile | None = None
    if request.method == "POST":
        try:
            received = receive_posted(request, user, slug=_slug(request))
        except BadFile as refused:
            problem = refused
        else:
            messages.success(request, _("Børsen er lest inn."))
            return redirect("moving", received.event.slug)
    context = refusal(problem) | {"slug": request.POST.get("slug", ""), "most": LARGEST_FILE // 2**20}
    return render(request, "borsen/receive.html", context, status=422 if problem else 200)


def not_private() -> str:
    return _(
        "Filen har navn, telefon, e-post og private lenker, og andre på nettet her kan lese med. Gjør dette på "
        "maskinen selv, eller over https."
    )


def _slug(request: HttpRequest) -> str:
    """The address that is asked for instead of the file's. Raises BadFile."""
    slug = request.POST.get("slug", "").strip().lower()
    try:
        if slug:
            validate_slug(slug)
    except ValidationError:
        slug = "-" * (SLUG_MAX + 1)
    if len(slug) > SLUG_MAX:
        raise BadFile(_("Bruk bare bokstavene a til z, tall og bindestrek i adressen, og høyst %d tegn.") % SLUG_MAX)
    return slug
