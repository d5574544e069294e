"""Mending an agreement afterwards. Brokers mend their own, organisers all."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role

from ..correcting import Stale, correct, restore, withdraw
from ..directory import choices, entry_of
from ..drafts import Draft, digest
from ..enums import FirstTime
from ..forms import AgreementEntry
from ..models import Agreement
from ..posted import ID_FIELDS, posted_id
from ..registering import Refused, summary_of
from .book import agreement_or_404, may_change_here
from .broker import page_config, sector_words
from .registration import ADD_PARTY, unchecked

WHY_MAX = 300


@allow(Role.BROKER)
@require_http_methods(["GET", "POST"])
def agreement_correct(request: EventRequest, number: int) -> HttpResponseBase:
    """Correct an agreement; 409 with both texts when someone else was first."""
    agreement = _own(request, number)
    if request.method == "GET":
        return _form(request, agreement, _as_written(agreement))
    if ADD_PARTY in request.POST:
        data = request.POST.copy()
        data["parties-TOTAL_FORMS"] = str((posted_id(data.get("parties-TOTAL_FORMS", "")) or 0) + 1)
        return _form(request, agreement, unchecked(request, data))
    kept = frozenset(party.participant_id for party in agreement.parties.all())
    entry = AgreementEntry(request.event, request.POST, kept=kept)
    if not entry.is_valid():
        return _form(request, agreement, entry, status=422)
    draft = _with_what_the_form_leaves(entry.draft(), agreement)
    try:
        correct(
            agreement=agreement,
            draft=draft,
            expected_version=posted_id(request.POST.get("version", "")) or 0,
            by=request.user,
            now=timezone.now(),
            device=request.device,
            why=_why(request),
        )
    except Refused as refused:
        entry.add_problems(refused.problems)
        return _form(request, agreement, entry, status=422)
    except Stale as stale:
        # The same correction sent twice is no quarrel.
        if not says_the_same(stale.agreement, draft):
            return _form(request, agreement_or_404(request, number), entry, status=409)
    messages.success(request, _("Avtale nr. %d er rettet.") % number)
    return redirect("agreement.show", request.event.slug, number)


@allow(Role.BROKER)
@require_http_methods(["GET", "POST"])
def agreement_withdraw(request: EventRequest, number: int) -> HttpResponseBase:
    """The second tap: what withdrawing means, and the button that does it."""
    agreement = _own(request, number)
    if request.method == "GET":
        return render(request, "agreements/withdraw.html", {"agreement": agreement})
    withdraw(agreement=agreement, by=request.user, now=timezone.now(), device=request.device, why=_why(request))
    messages.success(request, _("Avtale nr. %d er trukket.") % number)
    return redirect("agreement.show", request.event.slug, number)


@allow(Role.BROKER)
@require_POST
def agreement_restore(request: EventRequest, number: int) -> HttpResponseBase:
    """Undo a withdrawal."""
    restore(agreement=_own(request, number), by=request.user, now=timezone.now(), device=request.device)
    messages.success(request, _("Avtale nr. %d er tatt tilbake.") % number)
    return redirect("agreement.show", request.event.slug, number)


def _own(request: EventRequest, number: int) -> Agreement:
    agreement = agreement_or_404(request, number)
    if not may_change_here(request, agreement):
        raise PermissionDenied(_("Du kan bare endre avtaler som du har registrert selv. Spør arrangøren."))
    return agreement


def _as_written(agreement: Agreement) -> AgreementEntry:
    initial = {
        "key": agreement.key,
        "kind": agreement.kind,
        "category": str(agreement.category_id),
        "summary": agreement.summary,
        "details": agreement.details,
    }
    parties = [
        {
            "participant": str(party.participant_id),
            "gives": party.gives,
            "contact": party.contact_id or "",
            "offer": party.offer_id or "",
            "need": party.need_id or "",
        }
        for party in agreement.parties.all()
    ]
    return AgreementEntry(agreement.event, initial=initial, parties=parties)


def _with_what_the_form_leaves(draft: Draft, agreement: Agreement) -> Draft:
    """What the form has no field for stays; who takes contact stays as long as it is a party."""
    parties = {party.participant.pk for party in draft.parties}
    return replace(
        draft,
        challenge=agreement.challenge,
        first_time=FirstTime(agreement.first_time),
        first_contact=agreement.first_contact if agreement.first_contact_id in parties else None,
        first_contact_by=agreement.first_contact_by,
        not_payment=agreement.not_payment,
    )


def _form(request: EventRequest, agreement: Agreement, entry: AgreementEntry, *, status: int = 200) -> HttpResponse:
    """The form on top of the agreement as it stands now, whose version it carries."""
    present = choices(request.event)
    known = {pk for pk, _name in present}
    parties = [party.participant for party in agreement.parties.all()]
    # A party that has been cancelled since is still one of the agreement's.
    gone = [row for row in parties if str(row.pk) not in known]
    context: dict[str, Any] = {
        "agreement": agreement,
        "entry": entry,
        "choices": [*((str(row.pk), row.name) for row in gone), *present],
        "config": page_config(request) | {"kept": [entry_of(row) for row in gone]},
        "sectors": sector_words(),
        "stale": status == 409,
        "why": _why(request),
        "why_max": WHY_MAX,
    }
    return render(request, "agreements/correct.html", context, status=status)


def says_the_same(agreement: Agreement, draft: Draft) -> bool:
    """Whether the agreement already is what `draft` would make it."""
    content = draft.content()
    content["summary"] = draft.summary or summary_of(draft.parties)
    parties = [
        {name: str(getattr(party, f"{name}_id", "") or "") for name in ID_FIELDS} | {"gives": party.gives}
        for party in agreement.parties.all()
    ]
    now = {
        "kind": agreement.kind,
        "category": agreement.category_id,
        "summary": agreement.summary,
        "details": agreement.details,
        "parties": parties,
    }
    return digest(now) == digest(content)


def _why(request: EventRequest) -> str:
    return request.POST.get("why", "").replace("\x00", "").strip()[:WHY_MAX]
