"""The organiser's page «Påmelding og forside»: what is open, and what the front page and the registration say."""

from collections.abc import Callable

from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.forms_registration import RegistrationForm
from borsen.models import Event
from borsen.public_texts import remarks
from borsen.registration_settings import (
    change_registration,
    close_page,
    close_registration,
    open_page,
    open_registration,
)
from borsen.transport import is_private

# What each button of the two switches does, and what is said when it is done.
SWITCHES: dict[str, tuple[Callable[..., Event], Promise]] = {
    "open-registration": (open_registration, _("Påmeldingen er åpen, og forsiden med den.")),
    "close-registration": (close_registration, _("Påmeldingen er stengt.")),
    "open-page": (open_page, _("Forsiden er åpen for alle.")),
    "close-page": (close_page, _("Forsiden er stengt. Bare de som har en rolle, ser den.")),
}


@allow()
@require_http_methods(["GET", "POST"])
def settings(request: EventRequest) -> HttpResponse:
    form = RegistrationForm(request.POST or None, instance=request.event, is_private=is_private(request))
    if request.method == "POST" and form.is_valid():
        change_registration(event=request.event, said=form.said)
        messages.success(request, _("Endringene er lagret."))
        return redirect("registration.settings", request.event.slug)
    for remark in remarks(request.event):
        messages.warning(request, remark)
    page = reverse("event.overview", args=[request.event.slug])
    context = {
        "form": form,
        "event": request.event,
        "page_path": page,
        "registration_path": reverse("registration", args=[request.event.slug]),
        "site": django_settings.PUBLIC_URL,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "borsen/settings_registration.html", context, status=status)


@allow()
@require_POST
def switch(request: EventRequest) -> HttpResponse:
    """One tap on one of the two switches; `switch` says which way. It saves nothing else."""
    way = request.POST.get("switch", "")
    if way in SWITCHES:
        do, said = SWITCHES[way]
        do(event=request.event)
        messages.success(request, str(said))
    return redirect("registration.settings", request.event.slug)
