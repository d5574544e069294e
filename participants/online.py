"""Who registers by themselves, from the registration page (`/<slug>/pamelding/`)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from borsen.collation import folded
from borsen.enums import Sector
from borsen.feed_version import locked
from borsen.models import Event

from .drafts import ContactDraft, ParticipantDraft
from .enums import Source, Status
from .letters import queue_receipt
from .masking import without_contact_details
from .models import Contact, Participant, PersonLink, Resource
from .person_links import folded_address, link_for, new_link
from .registering import register
from .searching import of_the_same_name

# The first of the contacts are told by mail: a form of forty addresses is a way of writing to strangers.
MOST_TOLD = 5


class Closed(Exception):
    """The registration was closed, maybe a moment ago."""


@dataclass(frozen=True)
class Registered:
    """What came of it. `link` opens what was registered, in the browser that did it."""

    participant: Participant
    link: PersonLink


def register_online(
    *,
    event: Event,
    draft: ParticipantDraft,
    key: UUID,
    link: PersonLink | None = None,
    same_as: Participant | None = None,
) -> Registered:
    """Keep what a stranger has registered, and queue the receipt in the same transaction.

    `link` is the one that the browser has from registering before («Meld på en til»). With `same_as` it waits for the
    organiser to join the two. The same key again gives what it gave. Raises Closed.
    """
    with locked(event) as event:
        if not event.registration_open:
            raise Closed
        known = event.participants.filter(key=key).select_related("registered_through").first()
        if known is not None and known.registered_through is not None:
            known.registered_through.event = event
            return Registered(known, known.registered_through)
        waits = event.approves_first or same_as is not None
        link = link if link is not None and not link.email else new_link(event)
        participant = register(
            event=event,
            draft=draft,
            source=Source.ONLINE,
            status=Status.REGISTERED if waits else Status.APPROVED,
            key=key,
        )
        participant.registered_through, participant.same_as = link, same_as
        participant.save(update_fields=["registered_through", "same_as"])
        for contact in _with_address(draft.contacts)[:MOST_TOLD]:
            queue_receipt(link=link_for(event, contact.email), name=contact.name)
    link.event = event
    return Registered(participant, link)


def kept_key(sent: UUID) -> UUID:
    """What the key of a form is kept as. Who sends a form's key again is let in as who registered, and every tablet
    knows the participants' kept keys (agreements/directory.py): the one must not give the other."""
    return uuid5(sent, "registration")


def twin_of(event: Event, *, name: str, org_number: str, sector: str) -> Participant | None:
    """The participant that this seems to be once more: the same number, or the same name. People of one name are not
    one person, and are never told of each other."""
    if sector == Sector.INDIVIDUAL:
        return None
    others = event.participants.exclude(sector=Sector.INDIVIDUAL).exclude(status=Status.CANCELLED)
    by_number = others.filter(org_number=org_number).order_by("pk").first() if org_number else None
    if by_number is not None:
        return by_number
    twin = of_the_same_name(event, name)
    return twin if twin is not None and others.filter(pk=twin.pk).exists() else None


def may_be_named(event: Event, twin: Participant, *, name: str) -> bool:
    """Whether who registers may be told what the twin is called: they have written it themselves, or the catalogue
    tells everybody. The organisation number is public, and that somebody with it has registered is not."""
    if folded(twin.name) == folded(name):
        return True
    return event.catalogue_published and Resource.objects.on_the_market(event).filter(participant=twin).exists()


def people_with(event: Event, email: str) -> list[Contact]:
    """The contacts at the event with this address, for sending a new link; one name of several is enough."""
    rows = Contact.objects.filter(participant__event=event, email__iexact=folded_address(email))
    return list(rows.order_by("pk")) if email else []


def with_display_name(draft: ParticipantDraft) -> ParticipantDraft:
    """A private volunteer's full name is for the contact alone; the storskjerm says «Frivillig (Åse)»."""
    if draft.sector != Sector.INDIVIDUAL or draft.name or not draft.contacts:
        return draft
    return replace(draft, name=display_name(draft.contacts[0].name))


def display_name(full_name: str) -> str:
    """«Frivillig (Åse)» of «Åse Marie Granli»."""
    # Some write their address where the name is asked for, and everybody reads what this gives.
    words = without_contact_details(full_name).split(maxsplit=1)
    first = words[0] if words else ""
    return f"Frivillig ({first[:60]})"


def _with_address(contacts: Sequence[ContactDraft]) -> list[ContactDraft]:
    """Each e-mail address once."""
    return list({folded_address(row.email): row for row in reversed(contacts) if row.email}.values())[::-1]
