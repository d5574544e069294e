"""A børs is made, and its settings are changed."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borsen.access import EventRequest, allow, signed_in
from borsen.events import AddressTaken, change_event, create_event
from borsen.forms_event import CreateForm, SettingsForm, address_taken, hosts_formset
from borsen.models import User


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    if not user.may_create_events:
        raise PermissionDenied(_("Du kan ikke opprette børser. Spør den som driver serveren."))
    form = CreateForm(request.POST or None)
    hosts = hosts_formset(request.POST or None, [])
    if request.method == "POST" and form.is_valid() and hosts.is_valid():
        slug = form.cleaned_data["slug"]
        try:
            event = create_event(slug=slug, draft=form.draft(hosts.drafts()), by=user)
        except AddressTaken:
            form.add_error("slug", address_taken(slug))
        else:
            messages.success(request, _("Børsen er opprettet."))
            return redirect("event.overview", event.slug)
    return render(request, "borsen/create.html", {"form": form, "hosts": hosts}, status=_status(request))


@allow()
@require_http_methods(["GET", "POST"])
def settings(request: EventRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=request.event)
    hosts = hosts_formset(request.POST or None, list(request.event.hosts.all()))
    if request.method == "POST" and form.is_valid() and hosts.is_valid():
        change_event(event=request.event, draft=form.draft(hosts.drafts()))
        messages.success(request, _("Endringene er lagret."))
        return redirect("event.settings", request.event.slug)
    return render(request, "borsen/settings.html", {"form": form, "hosts": hosts}, status=_status(request))


def _status(request: HttpRequest) -> int:
    """A POST that was not answered with a redirect had something wrong in it."""
    return 422 if request.method == "POST" else 200
