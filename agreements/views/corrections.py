"""Mending an agreement afterwards. Brokers mend their own, organisers all."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role
from participants.masking import without_contact_details
from participants.models import Resource

from ..changing import Stale
from ..correcting import correct
from ..directory import choices, entry_of
from ..drafts import Draft, digest, draft_of
from ..enums import FirstTime
from ..forms import AgreementEntry
from ..meeting import NotTheirNeed, meet_need
from ..models import Agreement
from ..posted import posted_id
from ..registering import Refused, summary_of
from ..rules import money_in
from .book import agreement_or_404, own_agreement
from .broker import page_config, sector_words
from .registration import ADD_PARTY, unchecked
from .withdrawing import WHY_MAX, reason_given


@allow(Role.BROKER)
@require_http_methods(["GET", "POST"])
def agreement_correct(request: EventRequest, number: int) -> HttpResponseBase:
    """Correct an agreement; 409 with both texts when someone else was first."""
    agreement = own_agreement(request, number)
    if request.method == "GET":
        return _form(request, agreement, _as_written(agreement))
    if ADD_PARTY in request.POST:
        data = request.POST.copy()
        data["parties-TOTAL_FORMS"] = str((posted_id(data.get("parties-TOTAL_FORMS", "")) or 0) + 1)
        return _form(request, agreement, unchecked(request, data))
    kept = frozenset(party.participant_id for party in agreement.parties.all())
    entry = AgreementEntry(request.event, request.POST, kept=kept, due=agreement.first_contact_by)
    if not entry.is_valid():
        return _form(request, agreement, entry, status=422)
    draft = _with_what_was_not_asked(entry.draft(), agreement, request.POST)
    try:
        correct(
            agreement=agreement,
            draft=draft,
            expected_version=posted_id(request.POST.get("version", "")) or 0,
            by=request.user,
            now=timezone.now(),
            device=request.device,
            why=reason_given(request),
        )
    except Refused as refused:
        entry.add_problems(refused.problems)
        return _form(request, agreement, entry, status=422, money=money_in(refused.problems))
    except Stale as stale:
        # The same correction sent twice is no quarrel.
        if not says_the_same(stale.agreement, draft):
            return _form(request, agreement_or_404(request, number), entry, status=409)
    messages.success(request, _("Avtale nr. %d er rettet.") % number)
    return redirect("agreement.show", request.event.slug, number)


@allow(Role.BROKER)
@require_POST
def agreement_meets(request: EventRequest, number: int) -> JsonResponse:
    """«Dekker avtalen dette behovet?» Yes: noted in the history, and the need is no longer on the storskjerm."""
    agreement = own_agreement(request, number)
    pk = posted_id(request.POST.get("need", "")) or 0
    need = Resource.objects.filter(participant__event=request.event, pk=pk).first()
    try:
        if need is None:
            raise NotTheirNeed
        meet_need(agreement=agreement, need=need, by=request.user, now=timezone.now(), device=request.device)
    except NotTheirNeed:
        return JsonResponse({"error": _("Behovet hører ikke til noen av partene.")}, status=422)
    return JsonResponse({"met": True})


def _as_written(agreement: Agreement) -> AgreementEntry:
    initial = {
        "key": agreement.key,
        "kind": agreement.kind,
        "category": str(agreement.category_id),
        "summary": agreement.summary,
        "details": agreement.details,
        "challenge": str(agreement.challenge_id or ""),
        "first_time": agreement.first_time,
        "first_contact": str(_first_contact_place(agreement)),
        "first_contact_by": agreement.first_contact_by.isoformat() if agreement.first_contact_by else "",
        "not_payment": agreement.not_payment,
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


def _first_contact_place(agreement: Agreement) -> int:
    """Which party takes first contact, counted from 0; the first where it is none of them any more."""
    ids = [party.participant_id for party in agreement.parties.all()]
    return ids.index(agreement.first_contact_id) if agreement.first_contact_id in ids else 0


def _with_what_was_not_asked(draft: Draft, agreement: Agreement, posted: QueryDict) -> Draft:
    """What the page had no field for stays; who takes contact stays as long as it is a party."""
    parties = {party.participant.pk for party in draft.parties}
    present: dict[str, Any] = {
        "challenge": agreement.challenge,
        "first_time": FirstTime(agreement.first_time),
        "first_contact": agreement.first_contact if agreement.first_contact_id in parties else None,
        "first_contact_by": agreement.first_contact_by,
    }
    left = {name: value for name, value in present.items() if name not in posted}
    # Once said, it stands: who mends a slip is not asked again.
    return replace(draft, not_payment=draft.not_payment or agreement.not_payment, **left)


def _form(
    request: EventRequest,
    agreement: Agreement,
    entry: AgreementEntry,
    *,
    status: int = 200,
    money: list[str] | None = None,
) -> HttpResponse:
    """The form on top of the agreement as it stands now, whose version it carries."""
    present = choices(request.event)
    known = {pk for pk, _name in present}
    parties = [party.participant for party in agreement.parties.all()]
    # A party that has been cancelled since is still one of the agreement's.
    gone = [row for row in parties if str(row.pk) not in known]
    context: dict[str, Any] = {
        "agreement": agreement,
        "entry": entry,
        "choices": [*((str(row.pk), without_contact_details(row.name)) for row in gone), *present],
        "config": page_config(request) | {"kept": [entry_of(row) for row in gone]},
        "sectors": sector_words(),
        "stale": status == 409,
        "money": money,
        "why": reason_given(request),
        "why_max": WHY_MAX,
    }
    return render(request, "agreements/correct.html", context, status=status)


def says_the_same(agreement: Agreement, draft: Draft) -> bool:
    """Whether the agreement already is what `draft` would make it."""
    wanted = replace(
        draft,
        summary=draft.summary or summary_of(draft.parties),
        first_contact=draft.first_contact or draft.parties[0].participant,
        first_contact_by=draft.first_contact_by or agreement.first_contact_by,
    )
    return digest(draft_of(agreement).content()) == digest(wanted.content())
