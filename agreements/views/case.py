"""The politicians' case: a page to copy from, and what the hosts have spent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.spending import note_spending

from ..case import Case, read_case
from ..case_forms import SpendingForm
from ..charts import PHONE, pictures_of
from ..charts.svg import svg_of


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
    case = read_case(event, timezone.now())
    context = {"event": event, "case": case, "form": form, "pictures": _pictures(case)}
    response = render(request, "agreements/case.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _pictures(case: Case) -> list[tuple[str, str, SafeString]]:
    """Each chart's name and title, and the narrow drawing that shows on the page what there is to download."""
    return [(each.name, each.title, svg_of(each)) for each in pictures_of(case.figures, room=PHONE)]
