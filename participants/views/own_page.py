"""«Min side»: a participant reads and changes what it has registered, by its private link instead of a password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borsen import holding_off
from borsen.access import EventRequest, public_at_event
from borsen.enums import Sector
from borsen.feed_version import locked
from borsen.transport import is_private

from ..agreed import AgreedList, agreed_by, agreed_by_each
from ..drafts import ParticipantDraft
from ..entry import LISTS, Entry, drafted_entry, sent_entry
from ..enums import Kind, Status
from ..letters import queue_link
from ..models import Participant
from ..online import people_with
from ..online_forms import EXAMPLES, SECTOR_HELP, AskForm, OwnContactRows, online_kinds
from ..person_links import Person, forget, link_for, person_of, remember
from ..proposals import as_written, differences, hand_in, read_ahead
from ..registering import set_status
from .registration import OF_A_HALL


@public_at_event
@never_cache
@require_GET
def enter(request: EventRequest, token: str) -> HttpResponse:
    """Follow the private link: put it in the session and go on to an address that can be seen by anybody. A link that
    opens nothing leads to the page that sends a new one."""
    link = request.event.person_links.filter(token=token).first()
    if link is None:
        return render(request, "participants/own_page_closed.html", _closed(request, AskForm()), status=404)
    remember(request, link)
    return redirect("own_page", request.event.slug)


@public_at_event
@never_cache
@require_GET
def own_page(request: EventRequest) -> HttpResponse:
    """All that the person has registered; for who has not come in by a link, a form that asks for one."""
    person = person_of(request, request.event)
    if not person:
        return render(request, "participants/own_page_closed.html", _closed(request, AskForm()))
    participants = person.participants()
    for participant in participants:
        participant.event = request.event
    read_ahead(participants)
    agreed = agreed_by_each(event=request.event, participants=participants)
    return render(
        request,
        "participants/own_page.html",
        {
            "event": request.event,
            "mine": [(each, _shown(each, agreed[each.pk])) for each in participants],
            "may_change": not request.event.changes_locked,
        },
    )


@public_at_event
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: EventRequest, pk: int) -> HttpResponse:
    """Change one of them, until the organiser has locked it. Somebody else's does not exist."""
    event = request.event
    participant = _own(request, pk)
    if event.changes_locked:
        messages.info(
            request, _("Arrangøren har låst det som er meldt inn. Snakk med arrangøren om det som må rettes.")
        )
        return redirect("own_page", event.slug)
    private = is_private(request)
    kinds = online_kinds(event, OwnContactRows)
    if request.method == "GET":
        return _form(request, drafted_entry(event, as_written(participant), private=private, kinds=kinds), participant)
    entry = sent_entry(event, request.POST, private=private, kinds=kinds)
    if (add := request.POST.get("add", "")) in LISTS:
        return _form(request, entry.with_one_more(add), participant)
    if not entry.is_valid():
        return _form(request, entry, participant, status=422)
    draft = entry.draft(participant)
    if not any(row.email for row in draft.contacts):
        trouble = _("Minst én kontaktperson må ha e-post, så vi kan nå dere.")
        return _form(request, entry, participant, status=422, trouble=trouble)
    draft = ParticipantDraft(**(vars(draft) | {"place": participant.place, "name": draft.name or participant.name}))
    try:
        waits = hand_in(participant=participant, draft=draft)
    except Participant.DoesNotExist:  # the organiser has removed it a moment ago
        raise Http404 from None
    saved = _("Endringene er lagret.")
    later = _("Lagret. Det nye dere har skrevet, vises for andre når arrangøren har sett over det.")
    messages.success(request, later if waits else saved)
    return redirect("own_page", event.slug)


@public_at_event
@never_cache
@require_POST
def sign_off(request: EventRequest, pk: int) -> HttpResponse:
    """They can't come after all, or can after all; until it is locked."""
    participant = _own(request, pk)
    if request.event.changes_locked:
        return redirect("own_page", request.event.slug)
    if request.POST.get("status") == Status.CANCELLED:
        set_status(participant=participant, status=Status.CANCELLED)
        messages.success(request, _("«%s» er meldt av. Dere kan melde dere på igjen her.") % participant.name)
    elif participant.status == Status.CANCELLED:
        # Who says to be one that is there already waits for the organiser to join the two, approval or not.
        waits = request.event.approves_first or participant.same_as_id is not None
        back = Status.REGISTERED if waits else Status.APPROVED
        set_status(participant=participant, status=back)
        messages.success(request, _("«%s» er meldt på igjen.") % participant.name)
    return redirect("own_page", request.event.slug)


@public_at_event
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: EventRequest) -> HttpResponse:
    """Send the link to an e-mail address. The answer is the same whether anybody here has it."""
    if request.method == "GET":
        # A phone that wakes up opens the address of the answer anew.
        return redirect("own_page", request.event.slug)
    form = AskForm(request.POST)
    if not form.is_valid():
        return render(request, "participants/own_page_closed.html", _closed(request, form), status=422)
    if not holding_off.visitor_may_go_on(request, f"link:{request.event.pk}", OF_A_HALL):
        form.add_error("email", _("Svært mange ber om lenke akkurat nå. Vent et par minutter, og prøv igjen."))
        return render(request, "participants/own_page_closed.html", _closed(request, form), status=422)
    email = form.cleaned_data["email"]
    with locked(request.event) as event:
        people = people_with(event, email)
        if people:
            queue_link(link=link_for(event, email), name=people[0].name)
    return render(request, "participants/own_page_closed.html", _closed(request, AskForm()) | {"asked": True})


@public_at_event
@never_cache
@require_POST
def leave(request: EventRequest) -> HttpResponse:
    """Close the own pages in this browser."""
    forget(request, request.event)
    messages.success(request, _("Min side er lukket på denne enheten."))
    return redirect("own_page", request.event.slug)


def _own(request: EventRequest, pk: int) -> Participant:
    person: Person = person_of(request, request.event)
    for participant in person.participants():
        if participant.pk == pk:
            participant.event = request.event
            return participant
    raise Http404


def _shown(participant: Participant, agreed: AgreedList) -> dict[str, Any]:
    draft = as_written(participant)
    return {
        "draft": draft,
        "offers": [row for row in draft.resources if row.kind == Kind.OFFER],
        "needs": [row for row in draft.resources if row.kind == Kind.NEED],
        "waiting": differences(participant),
        "agreements": agreed.agreements,
    }


def _form(
    request: EventRequest, entry: Entry, participant: Participant, *, status: int = 200, trouble: str = ""
) -> HttpResponse:
    entry.mark_agreed(agreed_by(participant).by_resource)
    context = {
        "event": request.event,
        "entry": entry,
        "participant": participant,
        "errors": entry.located_errors(),
        "trouble": trouble,
        "sectors": [(option, SECTOR_HELP[Sector(option.data["value"])]) for option in entry.form["sector"]],
        "offer_examples": EXAMPLES[Kind.OFFER],
        "need_examples": EXAMPLES[Kind.NEED],
    }
    return render(request, "participants/own_page_change.html", context, status=status)


def _closed(request: EventRequest, form: AskForm) -> dict[str, Any]:
    return {"event": request.event, "form": form, "asked": False, "has_mail": settings.HAS_MAIL}
