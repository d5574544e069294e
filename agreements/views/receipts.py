"""The receipt that the parties open on their own phones right after the handshake."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from borsen import holding_off
from borsen.access import EventRequest, public_at_event

from ..contact_date import contact_date_file
from ..enums import Kind
from ..models import Agreement
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
    agreement = _agreement_of(request, token)
    if agreement is None:
        return _too_many()
    context = {
        "event": request.event,
        "agreement": agreement,
        "parties": list(agreement.parties.all()),
        "is_intent": agreement.kind == Kind.INTENT,
        "has_mail": settings.HAS_MAIL,
        "corrected_at": corrected_at(agreement),
    }
    response = render(request, "agreements/parties_receipt.html", context)
    return _only_for_the_parties(response)


@public_at_event
@never_cache
@require_GET
def receipt_calendar(request: EventRequest, token: str) -> HttpResponse:
    """The day by which the first contact is to be taken, for the parties' calendars."""
    agreement = _agreement_of(request, token)
    if agreement is None:
        return _too_many()
    content = contact_date_file(agreement, now=timezone.now())
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = f"avtale-{request.event.slug}-{agreement.number}.ics"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _only_for_the_parties(response)


def _agreement_of(request: EventRequest, token: str) -> Agreement | None:
    """The event's agreement with this token. Raises Http404 for a wrong one; None when there have been too many."""
    rows = request.event.agreements.with_parties().select_related("category", "challenge", "first_contact", "broker")
    agreement = rows.filter(receipt_token=token).first()
    if agreement is None:
        if holding_off.visitor_may_go_on(request, f"receipt:{request.event.pk}", WRONG_ONES):
            raise Http404
        return None
    agreement.event = request.event
    return agreement


def _too_many() -> HttpResponse:
    said = _("For mange forsøk. Vent noen minutter.")
    return HttpResponse(said, status=429, content_type="text/plain; charset=utf-8")


def _only_for_the_parties(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key to the page: no link on it takes it along.
    response["Referrer-Policy"] = "no-referrer"
    return response
