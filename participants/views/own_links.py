"""The organiser's side of «min side»: private links to copy, send and renew, and what participants have changed."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.feed_version import locked
from borsen.transport import is_private

from ..letters import queue_link
from ..models import Participant, PersonLink
from ..person_links import address_of, folded_address, link_for, renew
from ..proposals import WrittenSince, approve, approve_all, discard


@allow()
@never_cache
@require_http_methods(["GET", "POST"])
def participant_links(request: EventRequest, pk: int) -> HttpResponse:
    """The private links of a participant's contacts. Whoever has one can change what the person has registered, so they
    are only shown where nobody can read along."""
    participant = get_object_or_404(request.event.participants.all(), pk=pk)
    contacts = [row for row in participant.contacts.all() if row.email]
    if request.method == "POST":
        contact = next((row for row in contacts if str(row.pk) == request.POST.get("contact", "")), None)
        if contact is not None:
            _act(request, request.POST.get("act", ""), contact.email, contact.name)
        return redirect("participant.links", request.event.slug, pk)
    emails = [folded_address(row.email) for row in contacts]
    known = {link.email: link for link in request.event.person_links.filter(email__in=emails)}
    for link in known.values():
        link.event = request.event
    context = {
        "event": request.event,
        "participant": participant,
        "private": is_private(request),
        "has_mail": settings.HAS_MAIL,
        "people": [(row, _address(known.get(folded_address(row.email)))) for row in contacts],
    }
    return render(request, "participants/links.html", context)


def _address(link: PersonLink | None) -> str:
    return address_of(link) if link is not None and settings.PUBLIC_URL else ""


def _act(request: EventRequest, act: str, email: str, name: str) -> None:
    with locked(request.event) as event:
        link = link_for(event, email)
        link.event = event
        if act == "renew":
            renew(link)
            messages.success(request, _("%s har fått ny lenke. Den gamle virker ikke lenger.") % name)
        elif act == "send":
            if queue_link(link=link, name=name):
                messages.success(request, _("Lenken er på vei til %s.") % name)
            else:
                messages.info(request, _("%s har fått lenken nylig.") % name)


@allow()
@require_POST
def participant_proposal(request: EventRequest, pk: int) -> HttpResponse:
    """Take what a participant has changed, or let it be as it was."""
    participant = get_object_or_404(request.event.participants.all(), pk=pk)
    participant.event = request.event
    if request.POST.get("answer") == "discard":
        discard(participant=participant)
        messages.success(request, _("Endringen er forkastet."))
    else:
        try:
            approve(participant=participant, seen=request.POST.get("seen", ""))
        except WrittenSince:
            messages.warning(request, written_since(participant))
        else:
            messages.success(request, _("Endringen er godkjent, og vises for alle."))
    return redirect(participant)


def written_since(participant: Participant) -> str:
    """What is said to who would have approved something that they have not seen."""
    return _("«%s» har skrevet noe nytt mens du leste. Se over det, og godkjenn en gang til.") % participant.name


@allow()
@require_POST
def participant_approve_all(request: EventRequest) -> HttpResponse:
    """Approve all who wait and all that has been changed, with one tap."""
    count = approve_all(event=request.event)
    messages.success(request, ngettext("%d deltaker er godkjent.", "%d deltakere er godkjent.", count) % count)
    return redirect("participant.list", request.event.slug)
