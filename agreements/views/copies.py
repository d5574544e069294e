"""The parties' copies, as the organiser and the coordinator send them anew."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role

from ..copies import has_real_parties, send_again
from .book import agreement_or_404


@allow(Role.COORDINATOR)
@require_POST
def agreement_copies(request: EventRequest, number: int) -> HttpResponse:
    """«Send kopi på nytt»: to everybody who speaks for a party."""
    agreement = agreement_or_404(request, number)
    count = send_again(agreement=agreement)
    if not count and not has_real_parties(agreement):
        messages.warning(
            request, _("Ingen kopi er sendt: deltakerne i demobørsen og i simulerte avtaler får ikke e-post.")
        )
    elif not count:
        messages.warning(request, _("Ingen kopi er sendt: ingen av partene har en kontaktperson med e-post."))
    elif not settings.HAS_MAIL:
        messages.warning(request, _("Serveren har ingen e-posttjener. Kopiene er lagt i e-postlista og venter der."))
    else:
        messages.success(request, ngettext("%d kopi sendes nå.", "%d kopier sendes nå.", count) % count)
    return redirect("agreement.show", request.event.slug, number)
