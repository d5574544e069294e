"""Who comes: register, change, approve, cancel, remove. Page, import, online registration and demo call these verbs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db.models import ProtectedError
from django.utils import timezone

from borsen.enums import MailKind
from borsen.feed_version import advance, locked
from borsen.mail_queue import discard
from borsen.models import Event

from .drafts import PLAIN_FIELDS, ContactDraft, ParticipantDraft, ResourceDraft
from .enums import Source, Status
from .models import Contact, Participant, Resource
from .person_links import folded_address
from .searching import keep_search_text, search_text


class InAgreements(Exception):
    """The participant is part of agreements and stays; `numbers` are theirs, lowest first."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, numbers)))
        self.numbers = list(numbers)


def register(
    *,
    event: Event,
    draft: ParticipantDraft,
    source: str = Source.STAFF,
    status: str = Status.APPROVED,
    key: UUID | None = None,
) -> Participant:
    """Keep a new participant with contacts and resources. The same key again gives the participant that it gave."""
    key = key or uuid4()
    with locked(event) as event:
        known = event.participants.filter(key=key).first()
        if known is not None:
            return known
        participant = Participant(event=event, key=key, source=source, status=status)
        _write(participant, draft)
        if _on_screens(participant) is not None:
            advance(event)
    return participant


def register_many(*, event: Event, drafts: Sequence[ParticipantDraft], source: str) -> list[Participant]:
    """Keep many new, approved participants as `register` keeps each, in a few queries however many they are."""
    with locked(event) as event:
        made = [
            Participant(event=event, source=source, **{name: getattr(draft, name) for name in PLAIN_FIELDS})
            for draft in drafts
        ]
        contacts, resources = [], []
        for participant, draft in zip(made, drafts, strict=True):
            contacts += [Contact(participant=participant, **_contact_fields(each)) for each in draft.contacts]
            resources += [_filled(Resource(participant=participant), each) for each in draft.resources]
            participant.search_text = search_text(
                participant,
                contacts=[each.name for each in draft.contacts],
                resources=[each.title for each in sorted(draft.resources, key=lambda each: each.kind)],
            )
        Participant.objects.bulk_create(made)
        Contact.objects.bulk_create(contacts)
        Resource.objects.bulk_create(resources)
        if made:
            advance(event)
    return made


def change(*, participant: Participant, draft: ParticipantDraft, by_itself: bool = False) -> Participant:
    """Make the participant what `draft` says; contacts and resources with an id keep their row, others are new.

    What is not in the draft is deleted, except a resource that an agreement names: that one is closed instead, so
    that the agreement keeps it. An address that is nobody's any more gets no copy or link that waits to be sent.

    Unless the participant itself has written it: the link that was shown to who registered opens no e-mail address and
    no telephone that came from somebody else (a list, the organiser). Anybody can register in another one's name.
    """
    with locked(participant.event) as event:
        participant = event.participants.get(pk=participant.pk)
        if not by_itself and participant.registered_through_id and _tells_more(participant, draft):
            participant.registered_through = None
        before = _on_screens(participant)
        emails = _emails_of(participant)
        _write(participant, draft)
        _send_nothing_of_their_own(_gone(event, emails - _emails_of(participant)), event)
        if _on_screens(participant) != before:
            advance(event)
    return participant


def set_status(*, participant: Participant, status: str) -> Participant:
    """Approve, cancel, or take back a cancellation. Agreements stay as they are."""
    with locked(participant.event) as event:
        participant = event.participants.get(pk=participant.pk)
        before = _on_screens(participant)
        participant.status = status
        participant.save(update_fields=["status"])
        if _on_screens(participant) != before:
            advance(event)
    return participant


def remove(*, participant: Participant) -> None:
    """Delete the participant with contacts and resources. Raises InAgreements when an agreement holds it.

    Whoever was contact of nothing else is forgotten too: the private link, and what was to be sent there.
    """
    with locked(participant.event) as event:
        participant = event.participants.get(pk=participant.pk)
        on_screens = _on_screens(participant) is not None
        emails = _emails_of(participant)
        try:
            participant.delete()
        except ProtectedError as error:
            # The app above protects its rows; what is asked of it here is only the number that people know them by.
            named = {row.number for row in error.protected_objects if hasattr(row, "number")}
            raise InAgreements(sorted(named.union(agreement_numbers(participant)))) from error
        gone = _gone(event, emails)
        event.person_links.filter(email__in=gone).delete()
        _send_nothing_of_their_own(gone, event)
        if on_screens:
            advance(event)


def _emails_of(participant: Participant) -> set[str]:
    return {folded_address(row.email) for row in participant.contacts.all() if row.email}


def _gone(event: Event, emails: set[str]) -> set[str]:
    """Those of `emails` that nobody at the event has any more."""
    here = Contact.objects.filter(participant__event=event).exclude(email="").values_list("email", flat=True)
    return emails - {folded_address(each) for each in here} if emails else emails


def _send_nothing_of_their_own(emails: set[str], event: Event) -> None:
    """Take away what lets these addresses in, or tells of an agreement, and has not left. A message to many stays in
    its record."""
    if emails:
        discard(mails=event.mails.filter(kind__in=(MailKind.RECEIPT, MailKind.LINK, MailKind.COPY), to__in=emails))


def agreement_numbers(participant: Participant) -> list[int]:
    """The numbers of the agreements that the participant is part of, withdrawn ones included."""
    return list(participant.parties.order_by("agreement__number").values_list("agreement__number", flat=True))


def _write(participant: Participant, draft: ParticipantDraft) -> None:
    for name in PLAIN_FIELDS:
        setattr(participant, name, getattr(draft, name))
    participant.save()
    _write_contacts(participant, draft.contacts)
    _write_resources(participant, draft.resources)
    keep_search_text(participant)


def _write_contacts(participant: Participant, drafts: Sequence[ContactDraft]) -> None:
    known = {contact.pk: contact for contact in participant.contacts.all()}
    for draft in drafts:
        contact = known.pop(draft.id or 0, None) or Contact(participant=participant)
        for name, value in _contact_fields(draft).items():
            setattr(contact, name, value)
        contact.save()
    participant.contacts.filter(pk__in=known).delete()


def _write_resources(participant: Participant, drafts: Sequence[ResourceDraft]) -> None:
    known = {resource.pk: resource for resource in participant.resources.all()}
    for draft in drafts:
        resource = known.pop(draft.id or 0, None) or Resource(participant=participant)
        _filled(resource, draft).save()
    _take_away(known)


def _tells_more(participant: Participant, draft: ParticipantDraft) -> bool:
    """Whether a contact in the draft has an address or a telephone that no contact has now."""
    known = {said.casefold() for row in participant.contacts.all() for said in (row.email, row.phone)} | {""}
    return not known.issuperset(said.casefold() for row in draft.contacts for said in (row.email, row.phone))


def _contact_fields(draft: ContactDraft) -> dict[str, str]:
    return {"name": draft.name, "email": draft.email, "phone": draft.phone}


def _filled(resource: Resource, draft: ResourceDraft) -> Resource:
    _belongs_to_the_event(resource.participant, draft)
    for name in ("kind", "title", "category", "details", "challenge"):
        setattr(resource, name, getattr(draft, name))
    _close(resource, draft.closed)
    return resource


def _belongs_to_the_event(participant: Participant, draft: ResourceDraft) -> None:
    theirs = {draft.category.event_id, draft.challenge.event_id if draft.challenge else participant.event_id}
    if theirs != {participant.event_id}:
        raise ValueError("category or challenge of another event")


def _take_away(resources: dict[int, Resource]) -> None:
    for resource in resources.values():
        if resource.given_in.exists() or resource.met_in.exists():
            _close(resource, True)
            resource.save(update_fields=["closed_at"])
        else:
            resource.delete()


def _close(resource: Resource, closed: bool) -> None:
    if closed != (resource.closed_at is not None):
        resource.closed_at = timezone.now() if closed else None


def _on_screens(participant: Participant) -> Any:
    """What screens show of the participant: that it takes part once approved, with its open offers and needs, and its
    name and sector. None when they show nothing of it.
    """
    approved = participant.status == Status.APPROVED
    if not approved and not participant.parties.exists():
        return None
    resources = participant.resources.filter(closed_at=None).values_list("kind", "title", "category")
    return participant.name, participant.sector, list(resources) if approved else None
