"""The receipt that the parties open on their own phones right after the handshake."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from borsen import holding_off
from borsen.access import EventRequest, public_at_event

from ..enums import Kind
from ..receipts import corrected_at

# A token has 144 random bits and can't be guessed; this is so that nobody keeps the database busy trying. The venue
# shares one address, so whoever has a right link is let in whatever others have tried.
WRONG_ONES = holding_off.Limit(60, timedelta(minutes=10))


@public_at_event
@never_cache
@require_GET
def receipt(request: EventRequest, token: str) -> HttpResponse:
    """What was agreed, for who has the link. It was shown as a code in a crowded hall, on a tablet of somebody who may
    not see contacts, so no e-mail address and no phone stands here: those are in the copy and on «min side»."""
    rows = request.event.agreements.with_parties().select_related("category", "challenge", "first_contact", "broker")
    agreement = rows.filter(receipt_token=token).first()
    if agreement is None:
        if not holding_off.visitor_may_go_on(request, f"receipt:{request.event.pk}", WRONG_ONES):
            return HttpResponse(_("For mange forsøk. Vent noen minutter."), status=429, content_type="text/plain")
        raise Http404
    agreement.event = request.event
    context = {
        "event": request.event,
        "agreement": agreement,
        "parties": list(agreement.parties.all()),
        "is_intent": agreement.kind == Kind.INTENT,
        "corrected_at": corrected_at(agreement),
    }
    response = render(request, "agreements/parties_receipt.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key to the page: no link on it takes it along.
    response["Referrer-Policy"] = "no-referrer"
    return response
