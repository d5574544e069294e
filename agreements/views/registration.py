"""Where an agreement arrives: from a tablet as JSON, or from a browser without script as a plain form."""

from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from borsen.access import EventRequest, allow, wants_json
from borsen.enums import Role

from ..doubles import ProbableDouble
from ..drafts import Draft, digest
from ..forms import WHOLE, AgreementEntry, read_key
from ..models import Agreement
from ..posted import content_of
from ..queued import Salvage
from ..registering import KeyConflict, Refused, Registration, register, repeated
from ..rules import MOST_PARTIES
from ..telling import content_in_words, posted_in_words, receipt
from .broker import broker_page

ADD_PARTY = "parties-add"


@allow(Role.BROKER)
@require_http_methods(["GET", "POST"])
def agreement_create(request: EventRequest) -> HttpResponseBase:
    """Register an agreement (design.md §8). A repeated post is answered before anything is checked."""
    if request.method == "GET":
        return redirect("broker", request.event.slug)
    if ADD_PARTY in request.POST:
        return _with_one_more_party(request)
    answer: Answer = TabletAnswer(request) if wants_json(request) else PageAnswer(request)
    entry = None
    try:
        registration = _repeated(request)
        if registration is None and request.POST.get("queued"):
            registration = _register_queued(request)
        if registration is None:
            entry = AgreementEntry(request.event, request.POST)
            if not entry.is_valid():
                return answer.invalid(entry)
            registration = _register(request, entry.draft(), confirmed="confirmed" in request.POST)
    except (KeyConflict, ProbableDouble) as found:
        tell = answer.conflict if isinstance(found, KeyConflict) else answer.ask
        return tell(found.agreement)
    except Refused as refused:
        return answer.refused(refused, entry)
    return answer.registered(registration)


def _repeated(request: EventRequest) -> Registration | None:
    key = read_key(request.POST.get("key", ""))
    known = repeated(event=request.event, key=key, content_digest=_digest(request)) if key else None
    return Registration(known, created=False) if known else None


def _digest(request: EventRequest) -> str:
    return digest(content_of(request.POST))


def _register(request: EventRequest, draft: Draft, **more: Any) -> Registration:
    return register(
        event=request.event,
        draft=draft,
        by=request.user,
        device=request.device,
        now=timezone.now(),
        content_digest=_digest(request),
        **more,
    )


def _register_queued(request: EventRequest) -> Registration:
    salvage = Salvage(request.event, request.POST)
    draft = salvage.draft()
    remarks = tuple(dict.fromkeys(salvage.remarks))
    return _register(request, draft, queued=True, remarks=remarks)


def _with_one_more_party(request: EventRequest) -> HttpResponse:
    """«Legg til part» without script: the same form again, with a card more."""
    data = request.POST.copy()
    rows = len(AgreementEntry(request.event, data).parties.forms)
    data["parties-TOTAL_FORMS"] = str(min(rows + 1, MOST_PARTIES))
    return broker_page(request, unchecked(request, data))


def unchecked(request: EventRequest, data: QueryDict) -> AgreementEntry:
    """What was typed, as a form that has not been sent yet: without errors."""
    bound = AgreementEntry(request.event, data)
    parties = [{name: form[name].value() for name in form.fields} for form in bound.parties.forms]
    return AgreementEntry(
        request.event, initial={name: bound.form[name].value() for name in bound.form.fields}, parties=parties
    )


class Answer(Protocol):
    """How an outcome is told to who sent it."""

    def registered(self, registration: Registration) -> HttpResponseBase: ...
    def invalid(self, entry: AgreementEntry) -> HttpResponseBase: ...
    def conflict(self, theirs: Agreement) -> HttpResponseBase: ...
    def ask(self, theirs: Agreement) -> HttpResponseBase: ...
    def refused(self, refused: Refused, entry: AgreementEntry | None) -> HttpResponseBase: ...


class TabletAnswer:
    """JSON with the statuses that static/js/broker/sending.js understands."""

    def __init__(self, request: EventRequest) -> None:
        self.request = request

    def registered(self, registration: Registration) -> JsonResponse:
        agreement = registration.agreement
        agreement.event = self.request.event
        return JsonResponse(receipt(agreement), status=201 if registration.created else 200)

    def invalid(self, entry: AgreementEntry) -> JsonResponse:
        return JsonResponse({"errors": entry.errors()}, status=422)

    def conflict(self, theirs: Agreement) -> JsonResponse:
        theirs.event = self.request.event
        mine = posted_in_words(self.request.event, self.request.POST)
        return JsonResponse({"mine": mine, "theirs": content_in_words(theirs)}, status=409)

    def ask(self, theirs: Agreement) -> JsonResponse:
        theirs.event = self.request.event
        return JsonResponse({"ask": content_in_words(theirs)}, status=409)

    def refused(self, refused: Refused, entry: AgreementEntry | None) -> JsonResponse:
        if entry is not None:
            entry.add_problems(refused.problems)
            return self.invalid(entry)
        errors: dict[str, list[str]] = {}
        for problem in refused.problems:
            errors.setdefault(problem.field or WHOLE, []).append(problem.text)
        return JsonResponse({"errors": errors}, status=422)


class PageAnswer:
    """Pages: to the agreement when it is registered, otherwise the form with everything that was typed."""

    def __init__(self, request: EventRequest) -> None:
        self.request = request

    def registered(self, registration: Registration) -> HttpResponse:
        agreement = registration.agreement
        messages.success(self.request, _("Registrert som nr. %d.") % agreement.number)
        return redirect("agreement.show", self.request.event.slug, agreement.number)

    def invalid(self, entry: AgreementEntry) -> HttpResponse:
        return broker_page(self.request, entry, status=422)

    def conflict(self, theirs: Agreement) -> HttpResponse:
        theirs.event = self.request.event
        return broker_page(self.request, unchecked(self.request, self.request.POST), status=409, taken=theirs)

    def ask(self, theirs: Agreement) -> HttpResponse:
        theirs.event = self.request.event
        return broker_page(self.request, unchecked(self.request, self.request.POST), status=409, double=theirs)

    def refused(self, refused: Refused, entry: AgreementEntry | None) -> HttpResponse:
        entry = entry or AgreementEntry(self.request.event, self.request.POST)
        if entry.is_valid():
            entry.add_problems(refused.problems)
        return self.invalid(entry)
