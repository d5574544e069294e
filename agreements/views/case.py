"""The politicians' case: a page to copy from, and what the hosts have spent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.spending import note_spending

from ..case import read_case
from ..case_forms import SpendingForm


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def report_case(request: EventRequest) -> HttpResponse:
    """The text with the figures as they are now. Noting what the hosts have spent comes back to it."""
    event = request.event
    form = SpendingForm(request.POST if request.method == "POST" else None, list(event.hosts.all()))
    if request.method == "POST" and form.is_valid():
        note_spending(event=event, spent=form.spent())
        messages.success(request, _("Timer og kroner er lagret."))
        return redirect("report.case", event.slug)
    context = {"event": event, "case": read_case(event, timezone.now()), "form": form}
    response = render(request, "agreements/case.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response
