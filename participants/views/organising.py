"""The organiser's pages about participants."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role, Sector
from borsen.transport import is_private

from .. import org_number, registering
from ..agreed import agreed_by
from ..entry import LISTS, Entry, blank_entry, sent_entry, stored_entry
from ..enums import Kind, Only, Status
from ..errands import errands
from ..going_on import row_after, with_place
from ..listing import Filters, Listing, list_participants
from ..models import Participant
from ..proposals import WrittenSince, approve, differences, fingerprint
from ..reminding import reminded, why_not
from ..searching import of_the_same_name
from ..seen import as_sent, fingerprints
from .own_links import removed_meanwhile, written_since


@allow(Role.COORDINATOR)
@require_GET
def participant_list(request: EventRequest) -> HttpResponse:
    """The list, or only its changing parts while someone types in the search field."""
    listing = list_participants(event=request.event, filters=Filters.read(request.GET))
    part = request.htmx and not request.htmx.history_restore_request
    organises = request.may(Role.ORGANISER)
    context = {
        "event": request.event,
        "listing": listing,
        "part": bool(part),
        "may_edit": organises,
        "errands": errands(request.event) if organises and not part else None,
        "can_remind": not why_not(request.event),
        "seen": _seen(request, listing) if organises else "",
    }
    last = reminded(request.event) if organises and listing.filters.only == Only.NOTHING_WRITTEN else {}
    for row in listing.rows:
        times = [last[email] for contact in row.contacts.all() if (email := contact.email.casefold()) in last]
        row.reminded_at = max(times, default=None)  # type: ignore[attr-defined]
    following = row_after(listing.rows, request.GET.get("videre", ""))
    context["next"] = following.pk if following else None
    response = render(request, "participants/list.html" + ("#results" if part else ""), context)
    patch_vary_headers(response, ["HX-Request"])
    if part:
        response["HX-Replace-Url"] = _list_address(request, listing.filters)
    return response


@allow(Role.ORGANISER)
@require_http_methods(["GET", "POST"])
def participant_create(request: EventRequest) -> HttpResponse:
    """A new participant; `another` goes straight on to the next."""
    private = is_private(request)
    if request.method == "GET":
        wanted = request.GET.get("type", "")
        sector = wanted if wanted in Sector.values else ""
        return _form(request, blank_entry(request.event, private=private, sector=sector))
    entry = sent_entry(request.event, request.POST, private=private)
    known = request.event.participants.filter(key=entry.key).first()
    again = _shown_again(request, entry, besides=known)
    if again is not None:
        return again
    draft = entry.draft()
    if known is not None and known.name == draft.name:
        messages.info(request, _("«%s» er allerede lagret. Se over at alt er med.") % known.name)
        return redirect(known)
    # The same form with another name: someone went back in the browser and wrote the next one there.
    key = entry.key if known is None else uuid4()
    participant = registering.register(event=request.event, draft=draft, key=key)
    messages.success(request, _saved(participant))
    if "another" in request.POST:
        return HttpResponseRedirect(f"{reverse('participant.create', args=[request.event.slug])}?type={draft.sector}")
    return redirect("participant.list", request.event.slug)


@allow(Role.COORDINATOR)
@require_http_methods(["GET", "POST"])
def participant_edit(request: EventRequest, pk: int) -> HttpResponse:
    """A participant's page: for the organiser a form, for the coordinator to read."""
    participant = _participant(request, pk)
    private = is_private(request)
    if not request.may(Role.ORGANISER):
        return _page_to_read(request, participant, private=private)
    if request.method == "GET":
        return _form(request, stored_entry(participant, private=private), participant)
    entry = sent_entry(request.event, request.POST, private=private)
    again = _shown_again(request, entry, participant, besides=participant)
    if again is not None:
        return again
    try:
        participant = registering.change(participant=participant, draft=entry.draft(participant))
    except Participant.DoesNotExist:
        return removed_meanwhile(request, participant)
    messages.success(request, _saved(participant))
    return redirect(participant)


@allow(Role.ORGANISER)
@require_POST
def participant_status(request: EventRequest, pk: int) -> HttpResponse:
    """Approve, cancel, or take back a cancellation, from the list (`back`) or from the participant's page."""
    participant = _participant(request, pk)
    status = request.POST.get("status", "")
    if status not in {Status.APPROVED, Status.CANCELLED}:
        raise PermissionDenied(_("Denne statusen kan ikke velges."))
    was_cancelled = participant.status == Status.CANCELLED
    try:
        if status == Status.APPROVED:
            approve(participant=participant, seen=request.POST.get("seen", ""))
        else:
            registering.set_status(participant=participant, status=status)
    except Participant.DoesNotExist:
        return removed_meanwhile(request, participant)
    except WrittenSince:
        messages.warning(request, written_since(participant))
        return redirect(participant)
    back = _("«%s» er meldt på igjen.") if was_cancelled else _("«%s» er godkjent.")
    done = back if status == Status.APPROVED else _("«%s» er meldt av.")
    messages.success(request, done % participant.name)
    return _to_list(request) if "back" in request.POST else redirect(participant)


@allow(Role.ORGANISER)
@require_http_methods(["GET", "POST"])
def participant_remove(request: EventRequest, pk: int) -> HttpResponse:
    """Ask once more, then remove; or say which agreements stand in the way (409 when it was tried all the same)."""
    participant = _participant(request, pk)
    numbers = registering.agreement_numbers(participant)
    if request.method == "POST":
        try:
            registering.remove(participant=participant)
        except registering.InAgreements as refusal:
            numbers = refusal.numbers
        except Participant.DoesNotExist:
            return removed_meanwhile(request, participant)
        else:
            messages.success(request, _("«%s» er fjernet.") % participant.name)
            return redirect("participant.list", request.event.slug)
    context = {"event": request.event, "participant": participant, "numbers": numbers}
    status = 409 if request.method == "POST" else 200
    return render(request, "participants/remove.html", context, status=status)


def _seen(request: EventRequest, listing: Listing) -> str:
    """What the forms that approve carry of all with the list's status, on every page; each row gets its own too."""
    if listing.filters.status == Status.APPROVED or not listing.rows:
        return ""
    found = fingerprints(request.event.participants.filter(status=listing.filters.status))
    for row in listing.rows:
        row.seen = found.get(row.pk, "")  # type: ignore[attr-defined]
    return as_sent(found)


def _participant(request: EventRequest, pk: int) -> Participant:
    participant = get_object_or_404(request.event.participants.all(), pk=pk)
    participant.event = request.event
    return participant


def _shown_again(
    request: EventRequest, entry: Entry, participant: Participant | None = None, *, besides: Participant | None
) -> HttpResponse | None:
    """The form once more: with another row, with its errors, or with a question; None when it can be kept.

    `besides` is who may have the name already: the participant itself.
    """
    add = request.POST.get("add", "")
    if add in LISTS:
        return _form(request, entry.with_one_more(add), participant)
    if not entry.is_valid():
        return _form(request, entry, participant, status=422)
    name = entry.form.cleaned_data["name"]
    if "same_name" not in request.POST and (participant is None or name != participant.name):
        twin = of_the_same_name(request.event, name, besides=besides)
        if twin is not None:
            twin.event = request.event
            return _form(request, entry, participant, status=422, twin=twin)
    return None


def _form(
    request: EventRequest,
    entry: Entry,
    participant: Participant | None = None,
    *,
    status: int = 200,
    twin: Participant | None = None,
) -> HttpResponse:
    agreed = agreed_by(participant) if participant else None
    entry.mark_agreed(agreed.by_resource if agreed else {})
    context = {
        "event": request.event,
        "entry": entry,
        "errors": entry.located_errors(),
        "participant": participant,
        "agreements": agreed.agreements if agreed else [],
        "differences": differences(participant) if participant else [],
        "seen": fingerprint(participant) if participant and _waits(participant) else "",
        "twin": twin,
    }
    return render(request, "participants/form.html", context, status=status)


def _waits(participant: Participant) -> bool:
    return participant.status != Status.APPROVED or participant.proposal is not None


def _page_to_read(request: EventRequest, participant: Participant, *, private: bool) -> HttpResponse:
    if request.method != "GET":
        raise PermissionDenied(_("Rollen din kan lese om deltakere, men ikke endre dem."))
    resources = list(participant.resources.select_related("category"))
    context = {
        "event": request.event,
        "participant": participant,
        "org_number": org_number.shown(participant.org_number),
        "private": private,
        "contacts": list(participant.contacts.all()),
        "offers": [resource for resource in resources if resource.kind == Kind.OFFER],
        "needs": [resource for resource in resources if resource.kind == Kind.NEED],
        "agreements": agreed_by(participant).agreements,
    }
    return render(request, "participants/show.html", context)


def _saved(participant: Participant) -> str:
    return format_html(_('<a href="{}">{}</a> er lagret.'), participant.get_absolute_url(), participant.name)


def _to_list(request: EventRequest) -> HttpResponse:
    """Back to the list as it was, to the row after the one that was dealt with; only its known filters are taken from
    the form."""
    address = _list_address(request, Filters.read(QueryDict(request.POST["back"])))
    return HttpResponseRedirect(with_place(address, request.POST.get("place", "")))


def _list_address(request: EventRequest, filters: Filters) -> str:
    address = filters.address()
    return reverse("participant.list", args=[request.event.slug]) + (f"?{address}" if address else "")
