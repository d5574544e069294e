"""«Min side»: a participant reads and changes what it has registered, by its private link instead of a password.

Who has neither a link nor a role is told of an event here only when its front page is for everybody.
"""

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

from ..agreed import agreed_by
from ..drafts import ParticipantDraft
from ..entry import LISTS, Entry, drafted_entry, sent_entry
from ..enums import Kind, Status
from ..letters import queue_link
from ..models import Participant
from ..online import people_with
from ..online_forms import EXAMPLES, SECTOR_HELP, AskForm, OwnContactRows, online_kinds
from ..own_parts import parts_of
from ..person_links import (
    FORM_LASTS,
    IDLE,
    Person,
    folded_address,
    forget,
    form_pass,
    link_for,
    person_at_form,
    person_of,
    remember,
)
from ..proposals import Locked, as_written, differences, hand_in, read_ahead
from ..signing_off import sign_off as signed_off
from ..signing_off import sign_on
from .registration import OF_A_HALL


@public_at_event
@never_cache
@require_GET
def enter(request: EventRequest, token: str) -> HttpResponse:
    """Follow the private link: put it in the session and go on to an address that can be seen by anybody. A link that
    opens nothing leads to the page that sends a new one."""
    link = request.event.person_links.filter(token=token).first()
    if link is None:
        _told_of_the_event(request)
        return render(request, "participants/own_page_closed.html", _closed(request, AskForm()), status=404)
    remember(request, link)
    return redirect("own_page", request.event.slug)


@public_at_event
@never_cache
@require_GET
def own_page(request: EventRequest) -> HttpResponse:
    """All that the person has registered; for who has not come in by a link, a form that asks for one. A page that has
    stood for long asks whether it is open still (`?hvile=1`), which is no use of it."""
    person = person_of(request, request.event, is_use="hvile" not in request.GET)
    if not person:
        if not person.has_been:
            _told_of_the_event(request)
        context = _closed(request, AskForm()) | {"has_closed": person.has_idled}
        return render(request, "participants/own_page_closed.html", context)
    participants = person.participants()
    for participant in participants:
        participant.event = request.event
    read_ahead(participants)
    return render(
        request,
        "participants/own_page.html",
        {
            "event": request.event,
            "mine": [(each, _shown(each)) for each in participants],
            "parts": parts_of(request, person, participants),
            "may_change": not request.event.changes_locked,
            "closes_in": person.closes_in,
            "idle_minutes": IDLE.seconds // 60,
        },
    )


@public_at_event
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: EventRequest, pk: int) -> HttpResponse:
    """Change one of them, until the organiser has locked it. Somebody else's does not exist."""
    event = request.event
    person = person_at_form(request, event)
    if person.has_idled:
        return redirect("own_page", event.slug)
    participant = _own(person, pk)
    if event.changes_locked:
        return _locked(request)
    if request.method == "POST":
        return _take(request, participant, person)
    kinds = online_kinds(event, OwnContactRows)
    entry = drafted_entry(event, as_written(participant), private=is_private(request), kinds=kinds)
    return _form(request, entry, participant, person)


def _take(request: EventRequest, participant: Participant, person: Person) -> HttpResponse:
    event = request.event
    private = is_private(request)
    kinds = online_kinds(event, OwnContactRows)
    entry = sent_entry(event, request.POST, private=private, kinds=kinds)
    if (add := request.POST.get("add", "")) in LISTS:
        return _form(request, entry.with_one_more(add), participant, person)
    if not entry.is_valid():
        return _form(request, entry, participant, person, status=422)
    draft = entry.draft(participant)
    if trouble := _trouble_with_addresses(participant, person, draft):
        return _form(request, entry, participant, person, status=422, trouble=trouble)
    draft = ParticipantDraft(**(vars(draft) | {"place": participant.place, "name": draft.name or participant.name}))
    try:
        waits = hand_in(participant=participant, draft=draft)
    except Participant.DoesNotExist:  # the organiser has removed it a moment ago
        return _removed(request, participant)
    except Locked:
        return _locked(request)
    saved = _("Endringene er lagret.")
    later = _("Lagret. Det nye dere har skrevet, vises for andre når arrangøren har sett over det.")
    messages.success(request, later if waits else saved)
    return redirect("own_page", event.slug)


def _trouble_with_addresses(participant: Participant, person: Person, draft: ParticipantDraft) -> str:
    if not any(row.email for row in draft.contacts):
        return _("Minst én kontaktperson må ha e-post, så vi kan nå dere.")
    if _is_for_a_stranger(participant, person, draft):
        return _(
            "Nye e-postadresser kan du skrive når du har åpnet min side med lenken i en e-post. Be om lenken på "
            "e-post, eller spør arrangøren."
        )
    return ""


def _is_for_a_stranger(participant: Participant, person: Person, draft: ParticipantDraft) -> bool:
    """Whether somebody who has proved no address of the participant's writes a new one, when it has been looked over or
    has agreed on something: whoever has the address gets the copies, and the link that opens the other parties'
    contacts. The link that is shown after registering may have been read over a shoulder, or be an impostor's."""
    if person.has_proved(participant):
        return False
    is_looked_over = participant.status != Status.REGISTERED and participant.event.approves_first
    known = {folded_address(row.email) for row in participant.contacts.all()} | {""}
    is_new = not known.issuperset(folded_address(row.email) for row in draft.contacts)
    return is_new and (is_looked_over or participant.parties.exists())


@public_at_event
@never_cache
@require_POST
def sign_off(request: EventRequest, pk: int) -> HttpResponse:
    """They can't come after all, or can after all; until it is locked."""
    person = person_of(request, request.event)
    if person.has_idled:
        return redirect("own_page", request.event.slug)
    participant = _own(person, pk)
    leaves = request.POST.get("status") == Status.CANCELLED
    try:
        changed = signed_off(participant=participant) if leaves else sign_on(participant=participant)
    except Participant.DoesNotExist:
        return _removed(request, participant)
    except Locked:
        return _locked(request)
    off, on = _("«%s» er meldt av. Dere kan melde dere på igjen her."), _("«%s» er meldt på igjen.")
    if changed:
        messages.success(request, (off if leaves else on) % participant.name)
    return redirect("own_page", request.event.slug)


@public_at_event
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: EventRequest) -> HttpResponse:
    """Send the link to an e-mail address. The answer is the same whether anybody here has it."""
    if request.method == "GET":
        # A phone that wakes up opens the address of the answer anew.
        return redirect("own_page", request.event.slug)
    if not person_of(request, request.event).has_been:
        _told_of_the_event(request)
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
    return redirect("own_page", request.event.slug) if _may_be_told(request) else redirect("home")


def _may_be_told(request: EventRequest) -> bool:
    """Whether who asks may know that there is such an event: as at its other pages for everybody."""
    return request.event.has_front_page or bool(request.roles)


def _told_of_the_event(request: EventRequest) -> None:
    """Raises Http404 for who may not be."""
    if not _may_be_told(request):
        raise Http404


def _locked(request: EventRequest) -> HttpResponse:
    messages.info(request, _("Arrangøren har låst det som er meldt inn. Snakk med arrangøren om det som må rettes."))
    return redirect("own_page", request.event.slug)


def _removed(request: EventRequest, participant: Participant) -> HttpResponse:
    messages.info(request, _("«%s» er fjernet av arrangøren.") % participant.name)
    return redirect("own_page", request.event.slug)


def _own(person: Person, pk: int) -> Participant:
    for participant in person.participants():
        if participant.pk == pk:
            participant.event = person.event
            return participant
    raise Http404


def _shown(participant: Participant) -> dict[str, Any]:
    draft = as_written(participant)
    return {
        "draft": draft,
        "offers": [row for row in draft.resources if row.kind == Kind.OFFER],
        "needs": [row for row in draft.resources if row.kind == Kind.NEED],
        "waiting": differences(participant),
    }


def _form(
    request: EventRequest,
    entry: Entry,
    participant: Participant,
    person: Person,
    *,
    status: int = 200,
    trouble: str = "",
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
        "carried": form_pass(person),
        "closes_in": person.closes_in if request.method == "GET" else FORM_LASTS.seconds,
        "form_lasts": FORM_LASTS.seconds,
    }
    return render(request, "participants/own_page_change.html", context, status=status)


def _closed(request: EventRequest, form: AskForm) -> dict[str, Any]:
    return {
        "event": request.event,
        "form": form,
        "asked": False,
        "has_closed": False,
        "has_mail": settings.HAS_MAIL,
        "idle_minutes": IDLE.seconds // 60,
    }
