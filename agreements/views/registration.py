"""Where an agreement arrives: from a tablet as JSON, or from a browser without script as a plain form."""

from typing import Any, Protocol

from django.contrib import messages
from django.db import IntegrityError
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
from ..models import Agreement, WaitingAgreement
from ..posted import content_of
from ..questions import Question, SamePerson
from ..queued import Salvage
from ..registering import KeyConflict, Refused, Registration, register, repeated
from ..rules import MOST_PARTIES, money_in, problems
from ..telling import content_in_words, posted_in_words, receipt
from ..waiting import hold, may_wait
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
    try:
        taken = _take_again_if_something_is_gone(request)
    except (NotValid, Refused, KeyConflict, ProbableDouble, SamePerson) as objection:
        return _object(answer, objection)
    return answer.waiting(taken) if isinstance(taken, WaitingAgreement) else answer.registered(taken)


class NotValid(Exception):
    """The form has errors, which `entry` tells; `money` are the words in it that speak of payment."""

    def __init__(self, entry: AgreementEntry, money: list[str] | None = None) -> None:
        super().__init__(str(entry.errors()))
        self.entry, self.money = entry, money or []


def _take_again_if_something_is_gone(request: EventRequest) -> Registration | WaitingAgreement:
    """A participant, contact or offer may be removed after the form was checked and before it was kept. The database
    refuses that, and the second time the check sees it."""
    try:
        return _take(request)
    except IntegrityError:
        return _take(request)


def _take(request: EventRequest) -> Registration | WaitingAgreement:
    """What became of the form. Raises NotValid, and what `register` raises except a Refused that the form can tell."""
    known = _repeated(request)
    if known is not None:
        return known
    if request.POST.get("queued"):
        return _hold(request) or _register_queued(request)
    entry = AgreementEntry(request.event, request.POST)
    if not entry.is_valid():
        raise NotValid(entry)
    try:
        held = _hold_what_may_wait(request, entry.draft()) if request.POST.get("wait") else None
        return held or _register(request, entry.draft(), may_ask=unanswered(request))
    except Refused as refused:
        entry.add_problems(refused.problems)
        raise NotValid(entry, money_in(refused.problems)) from refused


def _object(answer: "Answer", objection: Exception) -> HttpResponseBase:
    match objection:
        case NotValid():
            return answer.invalid(objection.entry, objection.money)
        case KeyConflict():
            return answer.conflict(objection.agreement)
        case ProbableDouble():
            return answer.ask(objection.agreement)
        case SamePerson():
            return answer.same_person(objection.name)
        case Refused():
            return answer.refused(objection)
    raise objection


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


def _hold(request: EventRequest) -> WaitingAgreement | None:
    """Keep what came from a tablet's queue before the gong until it is struck; None once it has been."""
    now = timezone.now()
    if not may_wait(request.event, now, queued=bool(request.POST.get("queued"))):
        return None
    return hold(event=request.event, data=request.POST, by=request.user, device=request.device, now=now)


def _hold_what_may_wait(request: EventRequest, draft: Draft) -> WaitingAgreement | None:
    """The same of a form that somebody stands at: what is wrong with it is said now."""
    found = problems(draft, event=request.event, now=timezone.now())
    if any(not problem.of_hour for problem in found):
        raise Refused(found)
    return _hold(request)


def unanswered(request: EventRequest) -> frozenset[Question]:
    """The questions that the broker has not answered yet (design.md §8, `confirmed`)."""
    if "confirmed" not in request.POST:
        return frozenset(Question)
    return frozenset({Question.DOUBLE}) if request.POST["confirmed"] == Question.SAME_PERSON.value else frozenset()


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
    def invalid(self, entry: AgreementEntry, money: list[str]) -> HttpResponseBase: ...
    def conflict(self, theirs: Agreement) -> HttpResponseBase: ...
    def ask(self, theirs: Agreement) -> HttpResponseBase: ...
    def same_person(self, name: str) -> HttpResponseBase: ...
    def waiting(self, held: WaitingAgreement) -> HttpResponseBase: ...
    def refused(self, refused: Refused) -> HttpResponseBase: ...


class TabletAnswer:
    """JSON with the statuses that static/js/broker/sending.js understands."""

    def __init__(self, request: EventRequest) -> None:
        self.request = request

    def registered(self, registration: Registration) -> JsonResponse:
        agreement = registration.agreement
        agreement.event = self.request.event
        return JsonResponse(receipt(agreement), status=201 if registration.created else 200)

    def invalid(self, entry: AgreementEntry, money: list[str]) -> JsonResponse:
        return _refusal(entry.errors(), money)

    def conflict(self, theirs: Agreement) -> JsonResponse:
        theirs.event = self.request.event
        mine = posted_in_words(self.request.event, self.request.POST)
        return JsonResponse({"mine": mine, "theirs": content_in_words(theirs)}, status=409)

    def ask(self, theirs: Agreement) -> JsonResponse:
        theirs.event = self.request.event
        return JsonResponse({"ask": content_in_words(theirs)}, status=409)

    def same_person(self, name: str) -> JsonResponse:
        return JsonResponse({"same_person": name}, status=409)

    def waiting(self, held: WaitingAgreement) -> JsonResponse:
        return JsonResponse({"waiting": True, "key": str(held.key)}, status=202)

    def refused(self, refused: Refused) -> JsonResponse:
        errors: dict[str, list[str]] = {}
        for problem in refused.problems:
            errors.setdefault(problem.field or WHOLE, []).append(problem.text)
        return _refusal(errors, money_in(refused.problems))


def _refusal(errors: dict[str, list[str]], money: list[str]) -> JsonResponse:
    """`money` beside the errors where that is what is wrong: the page then offers to say that it is no payment."""
    return JsonResponse({"errors": errors} | ({"money": money} if money else {}), status=422)


class PageAnswer:
    """Pages: to the agreement when it is registered, otherwise the form with everything that was typed."""

    def __init__(self, request: EventRequest) -> None:
        self.request = request

    def registered(self, registration: Registration) -> HttpResponse:
        agreement = registration.agreement
        messages.success(self.request, _("Registrert som nr. %d.") % agreement.number)
        return redirect("agreement.show", self.request.event.slug, agreement.number)

    def invalid(self, entry: AgreementEntry, money: list[str]) -> HttpResponse:
        return broker_page(self.request, entry, status=422, money=money)

    def conflict(self, theirs: Agreement) -> HttpResponse:
        theirs.event = self.request.event
        return broker_page(self.request, unchecked(self.request, self.request.POST), status=409, taken=theirs)

    def ask(self, theirs: Agreement) -> HttpResponse:
        theirs.event = self.request.event
        return broker_page(self.request, unchecked(self.request, self.request.POST), status=409, double=theirs)

    def same_person(self, name: str) -> HttpResponse:
        entry = unchecked(self.request, self.request.POST)
        return broker_page(self.request, entry, status=409, same_person=name)

    def waiting(self, held: WaitingAgreement) -> HttpResponse:  # noqa: ARG002 - told to a page in words alone
        messages.success(self.request, _("Avtalen venter på gongen og registreres når den slås."))
        return redirect("broker", self.request.event.slug)

    def refused(self, refused: Refused) -> HttpResponse:
        entry = AgreementEntry(self.request.event, self.request.POST)
        if entry.is_valid():
            entry.add_problems(refused.problems)
        return self.invalid(entry, money_in(refused.problems))
