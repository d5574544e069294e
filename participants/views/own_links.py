"""The organiser's side of «min side»: private links to copy, send and renew, and what participants have changed."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.feed_version import locked
from borsen.transport import is_private

from ..enums import Status
from ..letters import queue_link
from ..models import Participant, PersonLink
from ..person_links import address_of, folded_address, link_for, renew
from ..proposals import WrittenSince, approve, discard
from ..seen import Approved, approve_new, as_read


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
    discards, seen = request.POST.get("answer") == "discard", request.POST.get("seen", "")
    try:
        if discards:
            discard(participant=participant, seen=seen)
        else:
            approve(participant=participant, seen=seen)
    except Participant.DoesNotExist:
        return removed_meanwhile(request, participant)
    except WrittenSince:
        messages.warning(request, written_since(participant))
    else:
        approved = _("Endringen er godkjent, og vises for alle.")
        messages.success(request, _("Endringen er forkastet.") if discards else approved)
    return redirect(participant)


def written_since(participant: Participant) -> str:
    """What is said to who would have approved something that they have not seen."""
    return _("«%s» har skrevet noe nytt mens du leste. Se over det, og svar en gang til.") % participant.name


def removed_meanwhile(request: EventRequest, participant: Participant) -> HttpResponse:
    """The answer to who would have done something with a participant that somebody removed in the same moment."""
    messages.info(request, _("«%s» er fjernet.") % participant.name)
    return redirect("participant.list", request.event.slug)


def say_approved(request: EventRequest, found: Approved, *, were_cancelled: bool = False) -> None:
    """What came of approving many; those that `were_cancelled` are taken in again."""
    if found.count or not found.left:
        count = ngettext("%d deltaker er godkjent.", "%d deltakere er godkjent.", found.count)
        if were_cancelled:
            count = ngettext("%d deltaker er meldt på igjen.", "%d deltakere er meldt på igjen.", found.count)
        messages.success(request, count % found.count)
    if found.left:
        left = ngettext(
            "%d deltaker kom til eller skrev noe nytt mens du leste, og er ikke godkjent. Se over, og godkjenn da.",
            "%d deltakere kom til eller skrev noe nytt mens du leste, og er ikke godkjent. Se over, og godkjenn da.",
            found.left,
        )
        messages.warning(request, left % found.left)


@allow()
@require_POST
def participant_approve_all(request: EventRequest) -> HttpResponse:
    """Approve all who wait, as they stood on the page, with one tap."""
    found = approve_new(event=request.event, seen=as_read(request.POST.get("seen", "")))
    say_approved(request, found)
    address = reverse("participant.list", args=[request.event.slug])
    return redirect(f"{address}?status={Status.REGISTERED}" if found.left else address)
