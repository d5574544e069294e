"""The record of agreements: the list, and one agreement with its history."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.clock import takes_agreements
from borsen.enums import Role, Sector

from .. import statistics
from ..awards import who_gave_stars
from ..changes import history
from ..copies import copies_told, has_real_parties
from ..enums import Kind, What
from ..listing import PER_PAGE, STATES, Wanted, find, may_change, may_undo
from ..models import Agreement
from ..receipts import receipt_qr


@allow(Role.COORDINATOR, Role.BROKER)
@require_GET
def agreement_list(request: EventRequest) -> HttpResponse:
    """All agreements of the event, newest first, withdrawn ones marked."""
    wanted = Wanted(
        search=request.GET.get("q", "").replace("\x00", "").strip()[:200],
        category=request.GET.get("kategori", ""),
        sector=request.GET.get("type", ""),
        state=request.GET.get("vis", ""),
    )
    page = Paginator(find(request.event, wanted), PER_PAGE).get_page(request.GET.get("side"))
    query = request.GET.copy()
    query.pop("side", None)
    context = {
        "page": page,
        "wanted": wanted,
        "totals": statistics.totals(request.event),
        "categories": [(str(row.pk), row.name) for row in request.event.categories.all()],
        "sectors": Sector.choices,
        "states": list(zip(STATES, state_labels(), strict=True)),
        "query": query.urlencode(),
        "intent": Kind.INTENT.value,
        "may_register": request.may(Role.BROKER),
        "may_print_all": request.may(Role.COORDINATOR),
    }
    template = "agreements/list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def state_labels() -> list[str]:
    """In the order of `STATES`."""
    return [_("Intensjonsavtaler"), _("Må ses på"), _("Trukket"), _("Skjult fra skjermen")]


@allow(Role.COORDINATOR, Role.BROKER)
@require_GET
def agreement_show(request: EventRequest, number: int) -> HttpResponse:
    """One agreement: what each gives, who takes contact, and everything that has happened to it."""
    agreement = agreement_or_404(request, number)
    stars = who_gave_stars(agreement)
    sees_mails = request.may(Role.COORDINATOR)
    context = {
        "agreement": agreement,
        "parties": list(agreement.parties.all()),
        "history": history(agreement),
        "intent": Kind.INTENT.value,
        "may_change": may_change_here(request, agreement),
        "may_restore": bool(agreement.withdrawn_at) and may_undo_here(request, agreement, What.WITHDRAWN),
        "may_show_again": bool(agreement.hidden_at) and may_undo_here(request, agreement, What.HIDDEN),
        "may_review": request.may(),
        "reports": list(
            agreement.outcome_reports.select_related("by_party__participant", "by_user").order_by("-at", "-pk")
        ),
        "sees_mails": sees_mails,
        "copies": copies_told(agreement) if sees_mails and has_real_parties(agreement) else None,
        "receipt_qr": receipt_qr(agreement) if not agreement.withdrawn_at else "",
        "has_address": bool(settings.PUBLIC_URL),
        "has_star": request.user.pk in stars,
        "stars": len(stars),
        "may_register": request.may(Role.BROKER),
        "takes_agreements": takes_agreements(request.event, timezone.now()),
    }
    return render(request, "agreements/show.html", context)


def agreement_or_404(request: EventRequest, number: int) -> Agreement:
    """The agreement of this event, with what a page about it shows."""
    rows = request.event.agreements.with_parties().select_related("category", "first_contact", "broker")
    rows = rows.prefetch_related("parties__contact", "parties__offer", "parties__need")
    agreement = rows.filter(number=number).first() if number < 2**31 else None
    if agreement is None:
        raise Http404
    agreement.event = request.event
    return agreement


def may_change_here(request: EventRequest, agreement: Agreement) -> bool:
    """Whether the visitor may correct, hide or withdraw this one; a coordinator only reads."""
    if not request.may(Role.BROKER):
        return False
    return may_change(agreement, user_id=request.user.pk, is_organiser=request.may(), now=timezone.now())


def may_undo_here(request: EventRequest, agreement: Agreement, what: What) -> bool:
    """Whether the visitor may undo that it was hidden or withdrawn."""
    return may_undo(agreement, what, user_id=request.user.pk, is_organiser=request.may())


def own_agreement(request: EventRequest, number: int) -> Agreement:
    """The agreement, for who may change it; for others 403 with the reason."""
    agreement = agreement_or_404(request, number)
    if may_change_here(request, agreement):
        return agreement
    if agreement.broker_id == request.user.pk:
        raise PermissionDenied(_("Børstimen er slutt. Nå er det arrangøren som retter og trekker avtaler."))
    raise PermissionDenied(_("Du kan bare endre avtaler som du har registrert selv. Spør arrangøren."))
