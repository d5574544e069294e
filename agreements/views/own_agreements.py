"""One of the person's own agreements on «min side», and «Slik gikk det»."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from borsen import holding_off
from borsen.access import EventRequest, public_at_event
from borsen.models import Event
from borsen.transport import is_private
from participants.person_links import FORM_LASTS, form_pass, person_at_form

from ..enums import Outcome
from ..outcome_forms import OutcomeForm
from ..outcomes import report_outcome
from ..own_part import OwnAgreement, read_own

# Every report is kept, and read by the other parties and the organiser.
REPORTS = holding_off.Limit(20, timedelta(days=1))


@public_at_event
@never_cache
@require_http_methods(["GET", "POST"])
def own_agreement_page(request: EventRequest, number: int) -> HttpResponse:
    """Read the agreement and tell how it went. Somebody else's does not exist."""
    event = request.event
    person = person_at_form(request, event)
    if person.has_idled:
        return redirect("own_page", event.slug)
    private = is_private(request)
    rows = read_own(event, person, person.participants(), private=private, number=number) if number < 2**31 else []
    if not rows:
        raise Http404
    row = rows[0]
    if request.method == "POST":
        form = OutcomeForm(request.POST)
        if form.is_valid() and _tells_too_often(event, row):
            form.add_error("outcome", _("Dere har lagret dette mange ganger i dag. Prøv igjen i morgen."))
        elif form.is_valid():
            outcome, note = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
            told = report_outcome(party=row.mine[0], outcome=outcome, note=note, now=timezone.now())
            if told is None:
                messages.info(request, _("Avtalen er trukket tilbake."))
            else:
                messages.success(request, _("Takk! Det er lagret hvordan avtale nr. %d gikk.") % number)
            return redirect("own_page", event.slug)
    else:
        last = row.last
        mine = last is not None and last.by_party_id in {party.pk for party in row.mine}
        form = OutcomeForm(initial={"outcome": row.agreement.outcome, "note": last.note if last and mine else ""})
    context = {
        "event": event,
        "row": row,
        "form": form,
        "private": private,
        "carried": form_pass(person),
        "closes_in": person.closes_in if request.method == "GET" else FORM_LASTS.seconds,
        "form_lasts": FORM_LASTS.seconds,
    }
    return render(request, "agreements/own_agreement_page.html", context, status=422 if form.errors else 200)


def _tells_too_often(event: Event, row: OwnAgreement) -> bool:
    about = (str(event.pk), str(row.agreement.pk), str(row.mine[0].participant_id))
    return not holding_off.may_go_on("outcome", *about, limit=REPORTS)
