"""Two participants that are the same one become one. It can not be undone.

Agreements belong to the app above: they are reached from the participant's and the event's own rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from borsen.clock import takes_agreements
from borsen.collation import folded
from borsen.feed_version import advance, locked
from borsen.models import Event

from .enums import Status
from .models import Contact, Participant, Resource
from .searching import keep_search_text

# What is taken over where the one that is kept says nothing of it.
FILLED_IN = ("org_number", "description", "website", "municipality", "place")
# The one that has come furthest counts.
STEPS = (Status.CANCELLED, Status.REGISTERED, Status.APPROVED)


class CannotJoin(Exception):
    """Why the two can't be joined, in words; `numbers` are the agreements that both take part in."""

    def __init__(self, text: str, numbers: Sequence[int] = ()) -> None:
        super().__init__(text)
        self.numbers = list(numbers)


@dataclass(frozen=True)
class Plan:
    """What would happen: what moves, what both have and is only kept once, what is filled in, and which agreements
    (by number) change their party. `refusal` is why it can't be done, or None."""

    contacts: list[Contact]
    same_contacts: list[Contact]
    resources: list[Resource]
    same_resources: list[Resource]
    filled_in: list[str]
    agreements: list[int]
    expected: int
    status: Status
    comes_in: bool
    refusal: CannotJoin | None


def plan(*, keep: Participant, take: Participant, now: datetime) -> Plan:
    """Say what `join` would do, without doing it."""
    same_contacts = [(theirs, ours) for theirs in take.contacts.all() if (ours := _same_contact(keep, theirs))]
    doubled = [resource for resource in take.resources.all() if _is_doubled(keep, resource)]
    statuses = [Status(keep.status), Status(take.status)]
    return Plan(
        contacts=[each for each in take.contacts.all() if each not in [theirs for theirs, _ours in same_contacts]],
        same_contacts=[theirs for theirs, _ours in same_contacts],
        resources=[each for each in take.resources.all() if each not in doubled],
        same_resources=doubled,
        filled_in=[name for name in FILLED_IN if not getattr(keep, name) and getattr(take, name)],
        agreements=_numbers(take.event, take),
        expected=max(keep.expected, take.expected),
        status=max(statuses, key=STEPS.index),
        comes_in=keep.checked_in_at is None and take.checked_in_at is not None,
        refusal=_refusal(keep, take, now),
    )


def join(*, keep: Participant, take: Participant, now: datetime) -> Participant:
    """Let `keep` take over what `take` has, and delete `take`; returns `keep`. Raises CannotJoin."""
    with locked(keep.event) as event:
        found = event.participants.in_bulk([keep.pk, take.pk])
        if keep.pk not in found or take.pk not in found:
            raise CannotJoin(_("En av dem er fjernet eller slått sammen med en annen siden du åpnet siden."))
        keep, take = found[keep.pk], found[take.pk]
        keep.event = take.event = event
        refusal = _refusal(keep, take, now)
        if refusal is not None:
            raise refusal
        changed = _agreements_of(event, take)
        _move_contacts(keep, take)
        _move_resources(keep, take)
        take.parties.update(participant=keep)
        take.awards.update(participant=keep)
        event.agreements.filter(first_contact=take).update(first_contact=keep)
        _say_the_same(keep, take)
        _fill_in(keep, take)
        # Read anew: what has been moved away must not be deleted with it.
        event.participants.get(pk=take.pk).delete()
        keep_search_text(keep)
        version = advance(event)
        # The screens read what has changed, and a form that was opened before this one is out of date.
        event.agreements.filter(pk__in=changed).update(version=version)
    return keep


def _refusal(keep: Participant, take: Participant, now: datetime) -> CannotJoin | None:
    event = keep.event
    if keep.pk == take.pk:
        return CannotJoin(_("Det er den samme deltakeren to ganger."))
    both = sorted(set(_numbers(event, keep)) & set(_numbers(event, take)))
    if both:
        return CannotJoin(_("Begge er parter i samme avtale, og ingen kan gjøre avtale med seg selv."), both)
    if takes_agreements(event, now) or event.waiting_agreements.exists():
        text = _("Vent til børstimen er over: nettbrettene kan ha avtaler med begge som ikke er sendt ennå.")
        return CannotJoin(text)
    waiting = [each.name for each in (keep, take) if each.proposal is not None]
    if waiting:
        text = _("«%s» har skrevet endringer som ingen har sett på ennå. Godta eller avvis dem først.")
        return CannotJoin(text % waiting[0])
    return None


def _numbers(event: Event, participant: Participant) -> list[int]:
    """The agreements that the participant is part of or makes the first contact in, withdrawn ones included."""
    rows = event.agreements.filter(pk__in=_agreements_of(event, participant))
    return list(rows.order_by("number").values_list("number", flat=True))


def _agreements_of(event: Event, participant: Participant) -> list[int]:
    theirs = Q(parties__participant=participant) | Q(first_contact=participant)
    return sorted(set(event.agreements.filter(theirs).values_list("pk", flat=True)))


def _same_contact(keep: Participant, theirs: Contact) -> Contact | None:
    """The contact of `keep` that is the same person: by e-mail, or by name where one of them has none."""
    for ours in keep.contacts.all():
        if ours.email and theirs.email:
            if ours.email.casefold() == theirs.email.casefold():
                return ours
        elif folded(ours.name) == folded(theirs.name):
            return ours
    return None


def _move_contacts(keep: Participant, take: Participant) -> None:
    for theirs in take.contacts.all():
        ours = _same_contact(keep, theirs)
        if ours is None:
            theirs.participant = keep
            theirs.save(update_fields=["participant"])
            continue
        ours.email, ours.phone = ours.email or theirs.email, ours.phone or theirs.phone
        ours.save(update_fields=["email", "phone"])
        theirs.parties.update(contact=ours)


def _is_doubled(keep: Participant, theirs: Resource) -> bool:
    """Whether `keep` has just the same. What an agreement names is kept whatever else there is."""
    if theirs.given_in.exists() or theirs.met_in.exists():
        return False
    return any(_content(ours) == _content(theirs) for ours in keep.resources.all())


def _content(resource: Resource) -> tuple[object, ...]:
    closed = resource.closed_at is not None
    return resource.kind, folded(resource.title), folded(resource.details), resource.category_id, closed


def _move_resources(keep: Participant, take: Participant) -> None:
    moved = [resource.pk for resource in take.resources.all() if not _is_doubled(keep, resource)]
    take.resources.filter(pk__in=moved).update(participant=keep)


def _say_the_same(keep: Participant, take: Participant) -> None:
    """What has been said of who is the same as whom, and who is not, is now said of `keep`."""
    if keep.same_as_id == take.pk:
        keep.same_as = None
    if keep.same_as_id is None and take.same_as_id != keep.pk:
        keep.same_as = take.same_as
    take.said_to_be_same.exclude(pk=keep.pk).update(same_as=keep)
    event = keep.event
    for said in event.not_doubles.filter(Q(first=take) | Q(second=take)):
        others = {said.first_id, said.second_id} - {take.pk, keep.pk}
        for other in others:
            first, second = sorted([keep.pk, other])
            event.not_doubles.get_or_create(first_id=first, second_id=second)


def _fill_in(keep: Participant, take: Participant) -> None:
    for name in FILLED_IN:
        setattr(keep, name, getattr(keep, name) or getattr(take, name))
    keep.came_although_cancelled = keep.came_although_cancelled and take.came_although_cancelled
    keep.status = max([Status(keep.status), Status(take.status)], key=STEPS.index)
    keep.expected = max(keep.expected, take.expected)
    keep.present = max(keep.present, take.present)
    if take.checked_in_at and (keep.checked_in_at is None or take.checked_in_at < keep.checked_in_at):
        keep.checked_in_at, keep.checked_in_by = take.checked_in_at, take.checked_in_by
    keep.created_at = min(keep.created_at, take.created_at)
    # Whoever registered one of them by typing an address was shown a link to it: it must not open the other's contacts.
    # The links that are sent by e-mail open what the two have become.
    keep.registered_through = None
    keep.save()
