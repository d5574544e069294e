"""What the organiser does with many participants at once: with those chosen in the list, and with all who lack offers
and needs."""

from collections.abc import Collection, Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.transport import is_private

from .. import reminding
from ..choosing import set_status_of
from ..enums import Status
from ..listing import Filters, all_that_match
from ..recipients import fetched, recipients
from ..seen import approve_chosen, as_read
from .own_links import say_approved


@allow(Role.ORGANISER)
@require_POST
def participants_chosen(request: EventRequest) -> HttpResponse:
    """Approve, sign off (after a question), remind, or show the addresses of those chosen in the list."""
    chosen = _chosen(request)
    action = request.POST.get("action", "")
    if not chosen:
        messages.warning(request, _("Ingen er valgt. Kryss av for dem det gjelder, og prøv igjen."))
        return _to_list(request)
    if action == "approve":
        seen = as_read(request.POST.get("seen", ""))
        found = approve_chosen(event=request.event, among=chosen, seen=seen)
        say_approved(request, found, were_cancelled=_filters(request).status == Status.CANCELLED)
        return _to_list(request)
    if action == "cancel":
        return _cancel(request, chosen)
    if action == "remind":
        return _reminder_page(request, chosen)
    if action == "addresses":
        return _addresses(request, chosen)
    raise PermissionDenied(_("Dette kan ikke gjøres med de valgte."))


@allow(Role.ORGANISER)
@require_http_methods(["GET", "POST"])
def participants_remind(request: EventRequest) -> HttpResponse:
    """Who lacks offers and needs, when they were reminded, and what they get; a post sends it."""
    among = _chosen(request) if request.POST.get("ids") else None
    if request.method == "GET" or reminding.why_not(request.event):
        return _reminder_page(request, among, status=409 if request.method == "POST" else 200)
    again = "again" in request.POST
    found = reminding.remind(event=request.event, now=timezone.now(), among=among, again=again)
    number = len(found.due) + (len(found.lately) if again else 0)
    told = [ngettext("%d e-post er på vei.", "%d e-poster er på vei.", number) % number]
    if not number:
        told = [_("Ingen ny e-post er sendt.")]
    if found.lately and not again:
        number = len(found.lately)
        told.append(_("%d ble minnet for mindre enn et døgn siden, og får ikke en til nå.") % number)
    if found.unreached:
        number = len(found.unreached)
        told.append(ngettext("%d deltaker har ingen e-post.", "%d deltakere har ingen e-post.", number) % number)
    messages.success(request, " ".join(told))
    return redirect("participant.remind", request.event.slug)


def _cancel(request: EventRequest, chosen: Collection[int]) -> HttpResponse:
    if "yes" not in request.POST:
        rows = fetched(request.event.participants.filter(pk__in=chosen).exclude(status=Status.CANCELLED))
        context = {"event": request.event, "participants": rows, "back": request.POST.get("back", "")}
        context |= {"ids": _joined(row.pk for row in rows), "address": _list_address(request)}
        return render(request, "participants/cancel_chosen.html", context)
    count = set_status_of(event=request.event, among=chosen, status=Status.CANCELLED)
    messages.success(request, ngettext("%d deltaker er meldt av.", "%d deltakere er meldt av.", count) % count)
    return _to_list(request)


def _addresses(request: EventRequest, chosen: Collection[int]) -> HttpResponse:
    found = recipients(fetched(request.event.participants.filter(pk__in=chosen)))
    context = {"event": request.event, "found": found, "private": is_private(request), "number": len(chosen)}
    context |= {"address": _list_address(request)}
    response = render(request, "participants/addresses.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _reminder_page(request: EventRequest, among: Collection[int] | None, *, status: int = 200) -> HttpResponse:
    found = reminding.reminders(event=request.event, now=timezone.now(), among=among)
    persons = found.everybody.persons
    context = {
        "event": request.event,
        "found": found,
        "rows": [(person, found.last.get(person.email)) for person in persons],
        "letter": reminding.reminder(request.event, persons[0]) if persons else None,
        "why_not": reminding.why_not(request.event),
        "to_all": reminding.to_all(request.event),
        "private": is_private(request),
        "ids": "" if among is None else _joined(among),
    }
    response = render(request, "participants/remind.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _chosen(request: EventRequest) -> list[int]:
    """The ids that were sent, as far as they belong to this event; or all that the list shows on every page."""
    if "all" in request.POST:
        return all_that_match(event=request.event, filters=_filters(request))
    sent = [*request.POST.getlist("chosen"), *request.POST.get("ids", "").split(",")]
    ids = {int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 12}
    return list(request.event.participants.filter(pk__in=ids).values_list("pk", flat=True))


def _joined(ids: Iterable[int]) -> str:
    return ",".join(map(str, ids))


def _filters(request: EventRequest) -> Filters:
    return Filters.read(QueryDict(request.POST.get("back", "")))


def _list_address(request: EventRequest) -> str:
    address = _filters(request).address()
    return reverse("participant.list", args=[request.event.slug]) + (f"?{address}" if address else "")


def _to_list(request: EventRequest) -> HttpResponse:
    return HttpResponseRedirect(_list_address(request))
