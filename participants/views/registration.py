"""Online registration: who comes registers by themselves, on a phone, in a minute."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from borsen import holding_off
from borsen.access import EventRequest, allow
from borsen.collation import folded
from borsen.enums import Role, Sector
from borsen.transport import is_private

from ..drafts import ContactDraft, ParticipantDraft
from ..entry import LISTS, Entry, blank_entry, sent_entry
from ..enums import Kind
from ..models import Contact, Participant
from ..online import Closed, kept_key, may_be_named, register_online, twin_of, with_display_name
from ..online_forms import EXAMPLES, SECTOR_HELP, NewContactRows, NoContactRows, online_kinds
from ..person_links import IDLE, Person, address_of, person_of, remember

# From one address: the whole hall may register in a quarter of an hour, and a machine does it in a minute.
OF_A_HALL = holding_off.Limit(150, timedelta(minutes=15))


@allow(Role.COORDINATOR, open_when="has_public_page")
@never_cache
@require_http_methods(["GET", "POST"])
def registration(request: EventRequest) -> HttpResponse:
    """The form, or that the registration is closed. `?en-til=1` keeps the person that registered before."""
    event = request.event
    person = person_of(request, event)
    contact = person.contact() if "en-til" in request.GET else None
    # The form asks for the e-mail address also where others could read along: who types it decides.
    kinds = online_kinds(event, NoContactRows if contact else NewContactRows)
    if request.method == "GET":
        if not event.registration_open:
            return render(request, "participants/registration_closed.html", {"event": event, "person": person})
        wanted = request.GET.get("type", "")
        sector = wanted if wanted in Sector.values else ""
        return _page(request, blank_entry(event, private=True, sector=sector, kinds=kinds), contact)
    entry = sent_entry(event, request.POST, private=True, kinds=kinds)
    if (add := request.POST.get("add", "")) in LISTS:
        return _page(request, entry.with_one_more(add), contact)
    trouble = _trouble(request)
    # Both are asked: all that is wrong is said at once.
    if not entry.is_valid() or trouble:
        return _page(request, entry, contact, status=422, trouble=trouble)
    return _take(request, entry, contact, person)


def _take(request: EventRequest, entry: Entry, contact: Contact | None, person: Person) -> HttpResponse:
    """Keep a form that is in order, or ask about the participant that it seems to be once more."""
    event = request.event
    draft = entry.draft()
    if contact is not None:
        draft = _with_contact(draft, contact)
    draft = with_display_name(draft)
    key = _key(request, entry, draft)
    twin = twin_of(event, name=draft.name, org_number=draft.org_number, sector=draft.sector)
    answer = request.POST.get("twin", "")
    # The same form once more, after an answer that never came, is no twin of itself.
    if twin is not None and twin.key != key and answer not in {"same", "other"}:
        return _page(request, entry, contact, status=422, twin=twin)
    same_as = twin if answer == "same" else None
    # Only «Meld på en til» goes on with the link: another one may have used this browser before, or have sent a link of
    # its own for this browser to follow, and would read what is registered now.
    link = next((link for link in reversed(person.links) if not link.email), None) if contact is not None else None
    try:
        done = register_online(event=event, draft=draft, key=key, link=link, same_as=same_as)
    except Closed:
        sorry = _("Påmeldingen ble stengt mens du skrev. Ingenting er sendt. Snakk med arrangøren.")
        return _page(request, entry, contact, status=409, trouble=sorry)
    remember(request, done.link, beside=person if contact is not None else None)
    return redirect("registration.receipt", event.slug)


@allow(Role.COORDINATOR, open_when="has_public_page")
@never_cache
@require_GET
def receipt(request: EventRequest) -> HttpResponse:
    """What this browser has registered, with the private link. A stranger is sent to the form."""
    person = person_of(request, request.event, is_use="hvile" not in request.GET)
    participants = person.participants()
    prefetch_related_objects(participants, "resources")
    if not participants:
        return redirect("registration", request.event.slug)
    link = next((link for link in reversed(person.links) if not link.email), person.links[0])
    context = {
        "event": request.event,
        "participants": participants,
        "waits": any(participant.status == "registered" for participant in participants),
        # Without PUBLIC_URL a link would only work in the room; and who reads along would keep it.
        "address": address_of(link) if settings.PUBLIC_URL and is_private(request) else "",
        "has_mail": settings.HAS_MAIL,
        "silent": any(not participant.resources.all() for participant in participants),
        "closes_in": person.closes_in,
        "idle_minutes": IDLE.seconds // 60,
    }
    return render(request, "participants/registration_receipt.html", context)


def _page(
    request: EventRequest,
    entry: Entry,
    contact: Contact | None,
    *,
    status: int = 200,
    trouble: str = "",
    twin: Participant | None = None,
) -> HttpResponse:
    event = request.event
    errors = entry.located_errors()
    context: dict[str, Any] = {
        "event": event,
        "entry": entry,
        "contact": contact,
        "errors": errors,
        "trouble": trouble,
        "twin": twin,
        "twin_is_named": twin is not None and may_be_named(event, twin, name=entry.form.cleaned_data["name"]),
        # After a question or an error all of it is shown, so that what is asked about can be seen.
        "whole": bool(errors or trouble or twin or request.method == "POST"),
        "trap": request.POST.get(holding_off.TRAP, ""),
        "stamp": holding_off.stamp() if request.method == "GET" else request.POST.get(holding_off.STAMP, ""),
        "sectors": [(option, SECTOR_HELP[Sector(option.data["value"])]) for option in entry.form["sector"]],
        "offer_examples": EXAMPLES[Kind.OFFER],
        "need_examples": EXAMPLES[Kind.NEED],
        "hosts": list(event.hosts.all()),
    }
    if trouble:
        context["stamp"] = holding_off.stamp()
    return render(request, "participants/registration.html", context, status=status)


def _trouble(request: EventRequest) -> str:
    """What a machine would be told; said so that a person it happens to knows what to do."""
    if request.POST.get(holding_off.TRAP, ""):
        return _("Feltet «La dette stå tomt» må være tomt. Tøm det, og meld på en gang til.")
    if holding_off.is_too_quick(request.POST.get(holding_off.STAMP, "")):
        return _("Det gikk så fort at det lignet en robot. Se over, og trykk «Meld på» en gang til.")
    if not holding_off.visitor_may_go_on(request, f"registration:{request.event.pk}", OF_A_HALL):
        return _("Svært mange melder seg på akkurat nå. Vent et par minutter, og trykk «Meld på» en gang til.")
    return ""


def _with_contact(draft: ParticipantDraft, contact: Contact) -> ParticipantDraft:
    """«Meld på en til»: the same person, with the address that is kept and not shown."""
    same = ContactDraft(name=contact.name, email=contact.email, phone=contact.phone)
    return ParticipantDraft(**(vars(draft) | {"contacts": [same]}))


def _key(request: EventRequest, entry: Entry, draft: ParticipantDraft) -> UUID:
    """The form's key. Who went back in the browser and wrote the next club there gets a new one."""
    key = kept_key(entry.key)
    known = request.event.participants.filter(key=key).first()
    is_another = known is not None and folded(known.name) != folded(draft.name)
    return uuid4() if is_another else key
