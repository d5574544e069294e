"""A pile of paper forms at a desk: one typed in after the other, with the keyboard alone."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.clock import phase, takes_agreements
from borsen.enums import Phase, Role, Sector
from participants.masking import without_contact_details

from ..blanks import MOST_COPIES, MOST_SERIAL, USUAL_COPIES, serial_after
from ..correcting import withdraw
from ..doubles import ProbableDouble
from ..forms import read_key
from ..paper import brokers_of, entered_by, may_enter, typed_by, with_serial
from ..paper_forms import PaperEntry, content_digest
from ..posted import posted_id
from ..questions import Question, SamePerson
from ..registering import KeyConflict, Refused, Registration, register, repeated
from ..rules import LEAST_PARTIES, MOST_PARTIES, money_in
from .book import agreement_or_404
from .registration import ADD_PARTY, unanswered

LATEST = 20


@allow(Role.COORDINATOR, Role.BROKER)
@require_http_methods(["GET", "POST"])
def paper(request: EventRequest) -> HttpResponse:
    """The form, empty but for what the next paper has in common with the last, and those that were just typed in."""
    if request.method == "GET":
        initial = {"serial": request.GET.get("skjema", "")[:10], "broker": _usual_broker(request)}
        return _page(request, _entry(request, initial=initial))
    if ADD_PARTY in request.POST:
        return _with_one_more_party(request)
    try:
        return _next(request, _take_again_if_something_is_gone(request))
    except _NotValid as wrong:
        return _page(request, wrong.entry, status=422, money=wrong.money, late=wrong.late)
    except (KeyConflict, ProbableDouble, SamePerson) as question:
        return _page(request, _entry(request), status=409, **_asked(question))


@allow(Role.COORDINATOR, Role.BROKER)
@require_POST
def paper_undo(request: EventRequest, number: int) -> HttpResponse:
    """Withdraw what the visitor has typed in from paper; an organiser also what others have."""
    agreement = agreement_or_404(request, number)
    by = typed_by(agreement)
    if by is None:
        raise Http404
    if not _may_undo(request, by):
        raise PermissionDenied(_("Du kan bare angre det du har ført inn selv. Spør arrangøren."))
    why = _("Angret innføring fra papir.")
    withdraw(agreement=agreement, by=request.user, now=timezone.now(), device=request.device, why=why)
    messages.success(request, _("Avtale nr. %d er trukket og teller ikke lenger.") % number)
    return redirect("paper", request.event.slug)


class _NotValid(Exception):
    """The form has errors, which `entry` tells; `late`: it is not for a broker to type in any more."""

    def __init__(self, entry: PaperEntry, money: list[str] | None = None, *, late: bool = False) -> None:
        super().__init__()
        self.entry, self.money, self.late = entry, money or [], late


def _entry(request: EventRequest, initial: dict[str, str] | None = None) -> PaperEntry:
    data = request.POST if request.method == "POST" else None
    brokers = brokers_of(request.event, request.user)
    return PaperEntry(request.event, data, now=timezone.now(), brokers=brokers, initial=initial)


def _usual_broker(request: EventRequest) -> str:
    """Who stood on the last paper; a broker most often types in their own."""
    return request.GET.get("megler", str(request.user.pk) if _is_only_broker(request) else "")


def _is_only_broker(request: EventRequest) -> bool:
    return not request.may(Role.COORDINATOR)


def _take_again_if_something_is_gone(request: EventRequest) -> Registration:
    """A participant may be removed after the form was checked and before it was kept; the second time that is seen."""
    try:
        return _take(request)
    except IntegrityError:
        return _take(request)


def _take(request: EventRequest) -> Registration:
    """Raises _NotValid, and what `register` raises except a Refused that the form can tell."""
    key, content = read_key(request.POST.get("key", "")), content_digest(request.POST)
    known = repeated(event=request.event, key=key, content_digest=content) if key else None
    if known is not None:
        return Registration(known, created=False)
    now, entry = timezone.now(), _entry(request)
    # Both, so that what is typed wrong is said although it is too late to send it.
    is_valid = entry.is_valid()
    if not may_enter(request.event, now, is_only_broker=_is_only_broker(request)):
        raise _NotValid(entry, late=True)
    if not is_valid:
        raise _NotValid(entry)
    asked, from_paper = unanswered(request), entry.from_paper()
    twice = with_serial(request.event, from_paper.serial) if Question.DOUBLE in asked else None
    if twice is not None:
        raise ProbableDouble(twice)
    try:
        return register(
            event=request.event,
            draft=entry.draft(),
            by=request.user,
            device=request.device,
            now=now,
            may_ask=asked,
            content_digest=content,
            paper=from_paper,
        )
    except Refused as refused:
        entry.entry.add_problems(refused.problems)
        raise _NotValid(entry, money_in(refused.problems)) from refused


def _next(request: EventRequest, registration: Registration) -> HttpResponse:
    """To the empty form for the next paper, with what was registered said above it."""
    agreement = registration.agreement
    names = _(" og ").join(
        without_contact_details(party.participant.name) for party in agreement.parties.select_related("participant")
    )
    said = _("Registrert som nr. %(number)d: %(names)s.") % {"number": agreement.number, "names": names}
    address = reverse("paper.undo", args=[request.event.slug, agreement.number])
    messages.success(request, said, extra_tags=address)
    return redirect(_next_form(request))


def _next_form(request: EventRequest) -> str:
    """The address of the empty form, with the serial that comes next and the same broker."""
    kept = {"skjema": serial_after(request.POST.get("serial", "")), "megler": request.POST.get("broker", "")[:20]}
    return f"{reverse('paper', args=[request.event.slug])}?{urlencode(kept)}"


def _with_one_more_party(request: EventRequest) -> HttpResponse:
    """«Legg til part»: the same form again, with a card more and no errors."""
    data = request.POST.copy()
    rows = posted_id(data.get("parties-TOTAL_FORMS", "")) or LEAST_PARTIES
    data["parties-TOTAL_FORMS"] = str(min(rows + 1, MOST_PARTIES))
    brokers = brokers_of(request.event, request.user)
    entry = PaperEntry(request.event, data, now=timezone.now(), brokers=brokers)
    return _page(request, entry, is_checked=False)


def _asked(question: KeyConflict | ProbableDouble | SamePerson) -> dict[str, Any]:
    """What the page asks about: the questions are those of the broker's page."""
    match question:
        case KeyConflict():
            return {"taken": question.agreement}
        case ProbableDouble():
            return {"double": question.agreement}
    return {"same_person": question.name}


NOTHING_SAID = {"taken": None, "double": None, "same_person": "", "money": None, "late": False}


def _page(
    request: EventRequest, entry: PaperEntry, *, status: int = 200, is_checked: bool = True, **said: Any
) -> HttpResponse:
    """The page with `entry` as typed, its errors where `is_checked`, and what else is `said` of it."""
    said = NOTHING_SAID | said
    now, key = timezone.now(), read_key(request.POST.get("key", ""))
    latest = list(entered_by(request.event, request.user)[:LATEST])
    for agreement in (*latest, *filter(None, (said["taken"], said["double"]))):
        agreement.event = request.event
    is_only_broker = _is_only_broker(request)
    context: dict[str, Any] = {
        "entry": entry,
        "form": entry.entry.form,
        "labels": entry.names.labels.values(),
        "brokers": entry.paper.brokers.items(),
        "key": uuid.uuid4() if said["taken"] or key is None else key,
        "challenges": [
            (str(pk), without_contact_details(text)) for pk, text in request.event.challenges.values_list("pk", "text")
        ],
        "sectors": Sector.choices,
        **said,
        "is_posted": request.method == "POST",
        "is_checked": is_checked and request.method == "POST" and status == 422,
        "is_open": may_enter(request.event, now, is_only_broker=is_only_broker),
        "is_before": phase(request.event, now) is Phase.BEFORE,
        "may_undo": not is_only_broker or takes_agreements(request.event, now),
        "latest": latest,
        "next_form": _next_form(request),
        "may_add_party": len(entry.rows) < MOST_PARTIES,
        "copies": USUAL_COPIES,
        "most_copies": MOST_COPIES,
        "most_serial": MOST_SERIAL,
    }
    return render(request, "agreements/paper.html", context, status=status)


def _may_undo(request: EventRequest, typed: int) -> bool:
    if request.may():
        return True
    is_open = request.may(Role.COORDINATOR) or takes_agreements(request.event, timezone.now())
    return typed == request.user.pk and is_open
