"""«Withdraw or hide» as one question with two plain answers, each undone by one tap; and what has been looked at."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role

from ..correcting import restore, withdraw
from ..enums import What
from ..models import Agreement
from ..showing import hide, hold_back, review, show_again
from .book import agreement_or_404, may_undo_here, own_agreement

WHY_MAX = 300


@allow(Role.BROKER)
@require_http_methods(["GET", "POST"])
def agreement_withdraw(request: EventRequest, number: int) -> HttpResponse:
    """The question, and `what` was answered: "hide" or "withdraw". A dialog asks for the form alone, by htmx."""
    agreement = own_agreement(request, number)
    answer = _ANSWERS.get(request.POST.get("what", ""))
    if answer is not None:
        return answer(request, agreement)
    context = {
        "agreement": agreement,
        "why": reason_given(request),
        "why_max": WHY_MAX,
        "next": _way_back(request, agreement),
        "may_restore": bool(agreement.withdrawn_at) and may_undo_here(request, agreement, What.WITHDRAWN),
        "may_show_again": bool(agreement.hidden_at) and may_undo_here(request, agreement, What.HIDDEN),
        "unanswered": request.method == "POST",
    }
    template = "agreements/withdraw.html" + ("#question" if request.htmx else "")
    return render(request, template, context, status=422 if context["unanswered"] else 200)


@allow(Role.BROKER)
@require_POST
def agreement_restore(request: EventRequest, number: int) -> HttpResponse:
    """Undo a withdrawal."""
    agreement = _own_doing(request, number, What.WITHDRAWN)
    restore(agreement=agreement, by=request.user, now=timezone.now(), device=request.device)
    messages.success(request, _("Avtale nr. %d er tatt tilbake.") % number)
    return redirect(_way_back(request, agreement))


@allow(Role.BROKER)
@require_POST
def agreement_show_again(request: EventRequest, number: int) -> HttpResponse:
    """Undo «Ta bort fra skjermen»."""
    agreement = _own_doing(request, number, What.HIDDEN)
    show_again(agreement=agreement, by=request.user, now=timezone.now(), device=request.device)
    messages.success(request, _("Avtale nr. %d kan vises på skjermen igjen.") % number)
    return redirect(_way_back(request, agreement))


@allow(Role.ORGANISER)
@require_POST
def agreement_review(request: EventRequest, number: int) -> HttpResponse:
    """«I orden, vis den»."""
    agreement = agreement_or_404(request, number)
    review(agreement=agreement, by=request.user, now=timezone.now(), device=request.device)
    _say(request, _("Avtale nr. %d er i orden og vises på skjermen.") % number, "hold_back", agreement)
    return redirect(_way_back(request, agreement))


@allow(Role.ORGANISER)
@require_POST
def agreement_hold_back(request: EventRequest, number: int) -> HttpResponse:
    """Undo «I orden, vis den»."""
    agreement = agreement_or_404(request, number)
    hold_back(agreement=agreement, by=request.user, now=timezone.now(), device=request.device)
    messages.success(request, _("Avtale nr. %d er lagt tilbake til «Må ses på».") % number)
    return redirect(_way_back(request, agreement))


def reason_given(request: EventRequest) -> str:
    """What the visitor wrote of why, cut to what the history holds."""
    return request.POST.get("why", "").replace("\x00", "").strip()[:WHY_MAX]


def _own_doing(request: EventRequest, number: int, what: What) -> Agreement:
    """The agreement, for who may undo its last `what`."""
    agreement = own_agreement(request, number)
    if not may_undo_here(request, agreement, what):
        raise PermissionDenied(_("Det var arrangøren som tok bort avtalen. Spør arrangøren om den skal fram igjen."))
    return agreement


def _hide(request: EventRequest, agreement: Agreement) -> HttpResponse:
    """An organiser who takes away what waited for somebody to look at it has looked at it."""
    now, why = timezone.now(), reason_given(request)
    undo = "show_again"
    if agreement.needs_review and request.may():
        review(agreement=agreement, by=request.user, now=now, device=request.device, is_shown=False, why=why)
        undo = "hold_back"
    else:
        hide(agreement=agreement, by=request.user, now=now, device=request.device, why=why)
    said = _("Avtale nr. %d er tatt bort fra skjermen. Den gjelder fortsatt.") % agreement.number
    _say(request, said, undo, agreement)
    return redirect(_way_back(request, agreement))


def _withdraw(request: EventRequest, agreement: Agreement) -> HttpResponse:
    why = reason_given(request)
    withdraw(agreement=agreement, by=request.user, now=timezone.now(), device=request.device, why=why)
    said = _("Avtale nr. %d er trukket og teller ikke lenger.") % agreement.number
    _say(request, said, "restore", agreement)
    return redirect(_way_back(request, agreement))


_ANSWERS: dict[str, Callable[[EventRequest, Agreement], HttpResponse]] = {"hide": _hide, "withdraw": _withdraw}


def _say(request: EventRequest, text: str, undo: str, agreement: Agreement) -> None:
    """A message with «Angre» beside it, which posts to the address in its tags (templates/components/messages.html)."""
    address = reverse(f"agreement.{undo}", args=[request.event.slug, agreement.number])
    messages.success(request, text, extra_tags=address)


def _way_back(request: EventRequest, agreement: Agreement) -> str:
    """The page of ours that the question was asked from, else the agreement's."""
    asked_from = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked_from, allowed_hosts=None)
    return asked_from if is_ours else agreement.get_absolute_url()
