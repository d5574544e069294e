"""A børs is made, and its settings are changed."""

from collections.abc import Sequence
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borsen.access import EventRequest, allow, signed_in
from borsen.enums import Role
from borsen.events import AddressTaken, change_event, create_event
from borsen.forms_event import CreateForm, SettingsForm, address_taken, hosts_formset
from borsen.invitations import asking_is_possible
from borsen.models import Event, User
from borsen.public_texts import remarks


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Make a børs; with `fra` in the address it begins from the settings of an earlier one."""
    user = cast("User", request.user)
    if not user.may_create_events:
        return render(request, "borsen/may_not_create.html", {"asking": asking_is_possible()}, status=403)
    earlier = [held.event for held in user.memberships.filter(role=Role.ORGANISER).select_related("event")]
    source = _source(request, earlier)
    form = CreateForm(request.POST or None, like=source)
    hosts = hosts_formset(request.POST or None, list(source.hosts.all()) if source else [])
    if request.method == "POST" and form.is_valid() and hosts.is_valid():
        slug = form.cleaned_data["slug"]
        try:
            event = create_event(slug=slug, draft=form.draft(hosts.drafts()), by=user, copied_from=source)
        except AddressTaken:
            form.add_error("slug", address_taken(slug))
        else:
            messages.success(request, _("Børsen er opprettet."))
            _remark(request, event)
            return redirect("event.overview", event.slug)
    context = {"form": form, "hosts": hosts, "earlier": earlier, "source": source}
    return render(request, "borsen/create.html", context, status=_status(request))


def _source(request: HttpRequest, earlier: Sequence[Event]) -> Event | None:
    """The børs that the new one is to be like: only one of those that the visitor is organiser of."""
    slug = request.POST.get("copied_from", "") if request.method == "POST" else request.GET.get("fra", "")
    if not slug:
        return None
    found = next((event for event in earlier if event.slug == slug), None)
    if found is None:
        raise Http404
    return found


@allow()
@require_http_methods(["GET", "POST"])
def settings(request: EventRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=request.event)
    hosts = hosts_formset(request.POST or None, list(request.event.hosts.all()))
    if request.method == "POST" and form.is_valid() and hosts.is_valid():
        change_event(event=request.event, draft=form.draft(hosts.drafts()))
        messages.success(request, _("Endringene er lagret."))
        return redirect("event.settings", request.event.slug)
    _remark(request, request.event)
    return render(request, "borsen/settings.html", {"form": form, "hosts": hosts}, status=_status(request))


def _remark(request: HttpRequest, event: Event) -> None:
    for remark in remarks(event):
        messages.warning(request, remark)


def _status(request: HttpRequest) -> int:
    """A POST that was not answered with a redirect had something wrong in it."""
    return 422 if request.method == "POST" else 200
