"""«Foreslå til pris»: a star from whoever works at the børs, and taken back by the next tap."""

from django.contrib import messages
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from borsen.access import EventRequest, allow, wants_json
from borsen.enums import Role

from ..awards import set_star
from .book import agreement_or_404


@allow(Role.BROKER, Role.COORDINATOR, Role.STAGE)
@require_POST
def agreement_star(request: EventRequest, number: int) -> HttpResponseBase:
    """`want=1` gives the visitor's star, anything else takes it back."""
    agreement = agreement_or_404(request, number)
    is_on = request.POST.get("want") == "1"
    set_star(agreement=agreement, by=request.user, is_on=is_on, now=timezone.now())
    if wants_json(request):
        return JsonResponse({"star": is_on})
    messages.success(request, _("Foreslått til pris.") if is_on else _("Forslaget er tatt tilbake."))
    return redirect(agreement)
