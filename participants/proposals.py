"""What a participant writes itself after it was approved waits as a proposal until the organiser has seen it.

Only texts wait, since only they could be unfit to be seen by all: who comes, how many, what is used up or met, and what
is taken away takes effect at once. Everything else shows the participant as it was approved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from borsen.enums import Sector
from borsen.feed_version import locked
from borsen.models import Event

from .drafts import ContactDraft, ParticipantDraft, ResourceDraft
from .enums import Kind, Status
from .models import Participant, Resource
from .registering import change, set_status


class WrittenSince(Exception):
    """The participant has written something else than what was looked over."""


class Locked(Exception):
    """The organiser has locked what the participants have written, maybe a moment ago."""


# The texts of the participant itself that others get to see.
SEEN = ("name", "sector", "description", "website")
RESOURCE_TEXTS = ("title", "details", "category", "challenge")


@dataclass(frozen=True)
class Difference:
    """One thing that a proposal would change, for the organiser to look over. Empty `before` is something new."""

    what: str
    before: str
    after: str


def hand_in(*, participant: Participant, draft: ParticipantDraft) -> bool:
    """Keep what the participant has written about itself; returns whether some of it waits for the organiser. Raises
    Locked."""
    with locked(participant.event) as event:
        current = unlocked(event).participants.get(pk=participant.pk)
        current.event = event
        if current.status == Status.REGISTERED or not event.approves_first:
            change(participant=current, draft=draft, by_itself=True)
            _keep(current, None)
            return False
        stored = {row.pk: row for row in current.resources.all()}
        as_it_stands = _without_new_texts(current, draft, stored)
        change(participant=current, draft=as_it_stands, by_itself=True)
        waits = _texts(draft) != _texts(as_it_stands)
        _keep(current, _as_json(draft, stored) if waits else None)
    return waits


def unlocked(event: Event) -> Event:
    """The event, of a verb that the participant itself asks for. Raises Locked."""
    if event.changes_locked:
        raise Locked
    return event


def approve(*, participant: Participant, seen: str | None = None) -> Participant:
    """The organiser has seen it: the participant takes part, and what it has proposed is what it says.

    `seen` is the fingerprint of what was looked over; None where nobody looks (a command, the demo). Raises
    WrittenSince when that is no longer so.
    """
    with locked(participant.event) as event:
        current = event.participants.get(pk=participant.pk)
        current.event = event
        _is_as_seen(current, seen)
        if current.proposal:
            change(participant=current, draft=as_written(current), by_itself=True)
            _keep(current, None)
        return set_status(participant=current, status=Status.APPROVED)


def discard(*, participant: Participant, seen: str | None = None) -> None:
    """Let the participant be as it was approved. `seen` as for `approve`."""
    with locked(participant.event) as event:
        current = event.participants.get(pk=participant.pk)
        current.event = event
        _is_as_seen(current, seen)
        _keep(current, None)


def _is_as_seen(participant: Participant, seen: str | None) -> None:
    if seen is not None and seen != fingerprint(participant):
        raise WrittenSince


def fingerprint(participant: Participant) -> str:
    """A short name for what the organiser looks over: the texts that approving the participant would show to others,
    and whom they are put in touch with."""
    draft = as_written(participant)
    contacts = [(row.name, row.email, row.phone) for row in draft.contacts]
    said = (*_texts(draft), draft.municipality, contacts)
    return sha256(repr(said).encode()).hexdigest()[:16]


def as_written(participant: Participant) -> ParticipantDraft:
    """The participant as it has written itself: as its proposal would have it, or as it stands. Contacts and numbers,
    which don't wait, are as they stand; a challenge that is gone since is left out, and a category is the first one."""
    read_ahead([participant])
    said: dict[str, Any] = participant.proposal or {}
    categories = {row.pk: row for row in participant.event.categories.all()}
    challenges = {row.pk: row for row in participant.event.challenges.all()}
    stored = {row.pk: row for row in participant.resources.all()}
    resources = [
        ResourceDraft(
            kind=row["kind"],
            title=row["title"],
            details=row["details"],
            category=categories.get(row["category"]) or next(iter(categories.values())),
            challenge=challenges.get(row["challenge"]),
            id=row["id"] if row["id"] in stored else None,
            closed=stored[row["id"]].closed_at is not None if row["id"] in stored else False,
        )
        for row in said.get("resources", [_as_row(resource) for resource in stored.values()])
        # One that the participant or the organiser has taken away since stays away.
        if row["id"] is None or row["id"] in stored
    ]
    return ParticipantDraft(
        **{name: said.get(name, getattr(participant, name)) for name in SEEN},
        org_number=participant.org_number,
        municipality=participant.municipality,
        place=participant.place,
        expected=participant.expected,
        contacts=[ContactDraft(row.name, row.email, row.phone, row.pk) for row in participant.contacts.all()],
        resources=resources,
    )


def differences(participant: Participant) -> list[Difference]:
    """What approving the proposal would change, in the order of the page."""
    if not participant.proposal:
        return []
    draft = as_written(participant)
    found = [
        Difference(label, _shown(name, getattr(participant, name)), _shown(name, getattr(draft, name)))
        for name, label in _labels().items()
        if getattr(participant, name) != getattr(draft, name)
    ]
    stored = {row.pk: row for row in participant.resources.all()}
    for row in draft.resources:
        old = stored.get(row.id or 0)
        label = _("Tilbud") if row.kind == Kind.OFFER else _("Behov")
        before, after = _line(old) if old else "", _line(row)
        if before != after:
            found.append(Difference(label, before, after))
    return found


def read_ahead(participants: Sequence[Participant]) -> None:
    """Read all that is asked of these below, of one event, in a number of queries that does not grow with them."""
    if participants:
        prefetch_related_objects([participants[0].event], "categories", "challenges")
        prefetch_related_objects(participants, "contacts", "resources__category", "resources__challenge")


def _labels() -> Mapping[str, str]:
    return {
        "name": _("Navn"), "sector": _("Type"), "description": _("Kort om deltakeren"), "website": _("Nettsted"),
    }  # fmt: skip


def _shown(name: str, value: str) -> str:
    return str(Sector(value).label) if name == "sector" else value


def _line(resource: Resource | ResourceDraft) -> str:
    parts = [resource.title, resource.details, f"({resource.category})", str(resource.challenge or "")]
    return " – ".join(filter(None, parts))


def _without_new_texts(
    participant: Participant, draft: ParticipantDraft, stored: Mapping[int, Resource]
) -> ParticipantDraft:
    """The draft with the texts that are stored; new offers and needs left out."""
    kept = [
        _with_stored_texts(row, stored[row.id]) for row in draft.resources if row.id is not None and row.id in stored
    ]
    return replace(draft, **{name: getattr(participant, name) for name in SEEN}, resources=kept)


def _with_stored_texts(row: ResourceDraft, old: Resource) -> ResourceDraft:
    return replace(row, **{name: getattr(old, name) for name in RESOURCE_TEXTS})


def _texts(draft: ParticipantDraft) -> tuple[Any, ...]:
    rows = [(row.id, row.kind, *(getattr(row, name) for name in RESOURCE_TEXTS)) for row in draft.resources]
    return (*(getattr(draft, name) for name in SEEN), sorted(rows, key=lambda row: (row[0] or 0, str(row))))


def _as_json(draft: ParticipantDraft, stored: Mapping[int, Resource]) -> dict[str, Any]:
    rows = [
        {
            # Another's row, or one that is gone, is a new one.
            "id": row.id if row.id in stored else None,
            "kind": str(row.kind),
            "title": row.title,
            "details": row.details,
            "category": row.category.pk,
            "challenge": row.challenge.pk if row.challenge else None,
        }
        for row in draft.resources
    ]
    return {name: getattr(draft, name) for name in SEEN} | {"resources": rows}


def _as_row(row: Resource) -> dict[str, Any]:
    texts = {"kind": row.kind, "title": row.title, "details": row.details}
    return {"id": row.pk, "category": row.category_id, "challenge": row.challenge_id} | texts


def _keep(participant: Participant, proposal: dict[str, Any] | None) -> None:
    participant.proposal = proposal
    participant.save(update_fields=["proposal"])
