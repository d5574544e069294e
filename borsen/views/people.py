"""The people of a børs: who has which role."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from borsen.access import EventRequest, allow
from borsen.cards import ROLES_WITH_CARD, NameInUse, make_card_holder
from borsen.collation import norwegian_key
from borsen.devices import waiting_on_devices
from borsen.enums import Role
from borsen.forms_people import CardHolderForm, GiveRoleForm, InviteForm, NewPersonForm, name_in_use, name_taken
from borsen.invitations import AlreadyThere, Gone, TooMany, can_mail, invite, send_again, standing, take_back
from borsen.members import LastOrganiser, NameTaken, give_role, make_person, take_role
from borsen.models import Invitation, Membership, User
from borsen.transport import is_private


@dataclass(frozen=True)
class Person:
    """A user with the roles they have here, each with how many agreements wait on its devices."""

    user: User
    memberships: list[tuple[Membership, int]]


@allow()
@never_cache
@require_GET
def people(request: EventRequest) -> HttpResponse:
    return _page(request)


@allow()
@require_POST
def give(request: EventRequest) -> HttpResponse:
    form = GiveRoleForm(request.POST, prefix="give")
    if not form.is_valid():
        return _page(request, status=422, give=form)
    role = Role(form.cleaned_data["role"])
    words = {"person": form.user, "role": role.label}
    if give_role(event=request.event, user=form.user, role=role):
        messages.success(request, _("%(person)s er nå %(role)s.") % words)
    else:
        messages.info(request, _("%(person)s er allerede %(role)s.") % words)
    return redirect("event.people", request.event.slug)


@allow()
@never_cache
@require_POST
def create(request: EventRequest) -> HttpResponse:
    """Make a person; the answer is the only page that ever shows the password, so there is no redirect."""
    form = NewPersonForm(request.POST, prefix="new")
    if not is_private(request) or not form.is_valid():
        return _page(request, status=422, new=form)
    said = {name: form.cleaned_data[name] for name in ("username", "name", "role")}
    try:
        user, password = make_person(event=request.event, **said)
    except NameTaken:
        form.add_error("username", name_taken(said["username"]))
        return _page(request, status=422, new=form)
    return _page(request, made=user, password=password)


@allow()
@require_POST
def create_card_holder(request: EventRequest) -> HttpResponse:
    """«Lag kort»: make a person who signs in by card, and go on to the card."""
    form = CardHolderForm(request.POST, prefix="card")
    if not form.is_valid():
        return _page(request, status=422, card=form)
    try:
        card = make_card_holder(event=request.event, **form.cleaned_data, now=timezone.now())
    except NameInUse:
        form.add_error("name", name_in_use(form.cleaned_data["name"]))
        return _page(request, status=422, card=form)
    messages.success(request, _("%s er lagt til.") % card.membership.user)
    return redirect("card.show", request.event.slug, card.membership_id)


@allow()
@never_cache
@require_POST
def invite_person(request: EventRequest) -> HttpResponse:
    """«Inviter»: mail a link, or make one to hand on."""
    form = InviteForm(request.POST, prefix="invite")
    if not is_private(request) or not form.is_valid():
        return _page(request, status=422, invite=form)
    try:
        invitation = invite(event=request.event, **form.cleaned_data, by=request.user, now=timezone.now())
    except (AlreadyThere, TooMany) as refusal:
        form.add_error("email", str(refusal))
        return _page(request, status=422, invite=form)
    _say_where_it_is(request, invitation)
    return redirect("event.people", request.event.slug)


@allow()
@require_POST
def invite_again(request: EventRequest, pk: int) -> HttpResponse:
    try:
        invitation = send_again(invitation=_invitation(request, pk), by=request.user, now=timezone.now())
    except Gone:
        messages.info(request, _("Invitasjonen er allerede brukt."))
    except TooMany as refusal:
        messages.warning(request, str(refusal))
    else:
        _say_where_it_is(request, invitation)
    return redirect("event.people", request.event.slug)


@allow()
@require_POST
def uninvite(request: EventRequest, pk: int) -> HttpResponse:
    try:
        take_back(invitation=_invitation(request, pk))
    except Gone:
        messages.info(request, _("Invitasjonen er allerede brukt. Rollen kan du ta fra personen i listen."))
    else:
        messages.success(request, _("Invitasjonen er trukket tilbake. Lenken virker ikke lenger."))
    return redirect("event.people", request.event.slug)


def _invitation(request: EventRequest, pk: int) -> Invitation:
    return get_object_or_404(request.event.invitations.select_related("event"), pk=pk)


def _say_where_it_is(request: EventRequest, invitation: Invitation) -> None:
    if invitation.email and can_mail():
        # Over a line that others can read along on no address is shown.
        whom = invitation.email if is_private(request) else invitation.name or _("den du inviterte")
        messages.success(request, _("Invitasjonen sendes til %s.") % whom)
    else:
        messages.success(request, _("Lenken er klar. Kopier den under «Invitert», og gi den videre."))


@allow()
@require_POST
def remove(request: EventRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(request.event.memberships.select_related("user", "event"), pk=pk)
    words = {"person": membership.user, "role": membership.get_role_display()}
    try:
        take_role(membership=membership)
    except LastOrganiser as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s er ikke lenger %(role)s.") % words)
        if membership.role == Role.ORGANISER and any(each.is_open for each in standing(request.event, timezone.now())):
            seen = _("%(person)s kan ha sett lenkene under «Invitert». Trekk tilbake dem som ikke skal brukes.")
            messages.warning(request, seen % words)
    return redirect("event.people", request.event.slug)


def _page(request: EventRequest, *, status: int = 200, **given: Any) -> HttpResponse:
    context = {
        "people": _people(request),
        "card": CardHolderForm(prefix="card"),
        "roles_with_card": ROLES_WITH_CARD,
        "give": GiveRoleForm(prefix="give"),
        "new": NewPersonForm(prefix="new"),
        "made": None,
        "invitations": standing(request.event, timezone.now()),
        "invite": InviteForm(prefix="invite"),
        "can_mail": can_mail(),
        "password": "",
        **given,
    }
    return render(request, "borsen/people.html", context, status=status)


def _people(request: EventRequest) -> list[Person]:
    found: dict[User, list[Membership]] = {}
    for membership in request.event.memberships.select_related("user"):
        found.setdefault(membership.user, []).append(membership)
    order = list(Role)
    waiting = waiting_on_devices(request.event, timezone.now())
    people = []
    for user, held in found.items():
        in_order = sorted(held, key=lambda membership: order.index(Role(membership.role)))
        people.append(Person(user, [(each, waiting.get((user.pk, each.role), 0)) for each in in_order]))
    return sorted(people, key=lambda person: norwegian_key(str(person.user)))
