"""Everything that the files say, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from borsen.collation import norwegian_key
from borsen.models import Event
from participants.models import Contact

from .. import statistics
from ..enums import What
from ..models import Change, Party
from ..statistics import Figures, ParticipantFigures
from ..unmoved import read_unmoved


@dataclass(frozen=True)
class PartyRow:
    """One party of a counted or withdrawn agreement."""

    participant: int
    key: str
    name: str
    sector: str
    municipality: str
    contact: int | None
    gives: str
    offer: int | None
    offer_title: str | None
    need: int | None
    need_title: str | None


@dataclass(frozen=True)
class AgreementRow:
    """One agreement; `withdrawn_why` is what was written when it was withdrawn."""

    number: int
    kind: str
    category: str
    challenge: str
    summary: str
    details: str
    made_at: datetime
    registered_at: datetime
    broker: str
    first_time: str
    first_contact: int | None
    first_contact_by: date | None
    outcome: str
    needs_review: str
    is_hidden: bool
    withdrawn_at: datetime | None
    withdrawn_why: str
    parties: tuple[PartyRow, ...]

    @property
    def is_mutual(self) -> bool:
        return sum(bool(party.gives) for party in self.parties) >= 2

    def receives(self, party: PartyRow) -> bool:
        """Whether somebody else than `party` gives."""
        return any(other.gives for other in self.parties if other is not party)


@dataclass(frozen=True)
class ParticipantRow:
    """One who takes part, or (`takes_part` false) has only been checked in."""

    pk: int
    key: str
    name: str
    sector: str
    status: str
    org_number: str
    municipality: str
    description: str
    website: str
    checked_in_at: datetime | None
    present: int
    takes_part: bool
    figures: ParticipantFigures


@dataclass(frozen=True)
class ContactRow:
    """One person of those who take part."""

    pk: int
    participant: int
    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class ResourceRow:
    """One offer or need of those who take part, with the marks of statistics.resources_of."""

    pk: int
    participant: int
    kind: str
    title: str
    details: str
    category: str
    challenge: str
    is_closed: bool
    is_met: bool
    is_used: bool


@dataclass(frozen=True)
class Export:
    """`contacts` is None where they may not leave: others can read along on the connection."""

    slug: str
    name: str
    made_at: datetime
    language: str
    figures: Figures
    agreements: tuple[AgreementRow, ...]
    withdrawn: tuple[AgreementRow, ...]
    participants: tuple[ParticipantRow, ...]
    resources: tuple[ResourceRow, ...]
    contacts: tuple[ContactRow, ...] | None

    @property
    def is_private(self) -> bool:
        return self.contacts is not None


def fetch(event: Event, now: datetime, *, private: bool) -> Export:
    """Read everything, again when something moved meanwhile, so that the figures agree with the lists."""
    return read_unmoved(event, lambda: _read(event, now, private=private))


def _read(event: Event, now: datetime, *, private: bool) -> Export:
    figures = statistics.figures(event, now)
    agreements = _agreements(event)
    participants = _participants(event, figures)
    return Export(
        slug=event.slug,
        name=event.name,
        made_at=now,
        language=get_language() or "nb",
        figures=figures,
        agreements=tuple(row for row in agreements if row.withdrawn_at is None),
        withdrawn=tuple(row for row in agreements if row.withdrawn_at is not None),
        participants=participants,
        resources=_resources(event),
        contacts=_contacts(event, participants) if private else None,
    )


def _agreements(event: Event) -> list[AgreementRow]:
    parties: dict[int, list[PartyRow]] = {}
    rows: QuerySet[Any] = Party.objects.filter(agreement__event=event).order_by("agreement", "position")
    for agreement, participant, key, name, sector, municipality, *given in rows.values_list(
        "agreement", "participant", "participant__key", "participant__name", "participant__sector",
        "participant__municipality", "contact", "gives", "offer", "offer__title", "need", "need__title",
    ):  # fmt: skip
        row = PartyRow(participant, str(key), name, sector, municipality, *given)
        parties.setdefault(agreement, []).append(row)
    withdrawals = Change.objects.filter(agreement__event=event, what=What.WITHDRAWN).order_by("version", "pk")
    why = dict(withdrawals.values_list("agreement", "why"))
    found = event.agreements.order_by("number").select_related("category", "challenge", "broker")
    return [
        AgreementRow(
            number=row.number,
            kind=row.kind,
            category=row.category.name,
            challenge=row.challenge.text if row.challenge else "",
            summary=row.summary,
            details=row.details,
            made_at=row.made_at,
            registered_at=row.registered_at,
            broker=str(row.broker) if row.broker else "",
            first_time=row.first_time,
            first_contact=row.first_contact_id,
            first_contact_by=row.first_contact_by,
            outcome=row.outcome,
            needs_review=row.needs_review,
            is_hidden=row.hidden_at is not None,
            withdrawn_at=row.withdrawn_at,
            withdrawn_why=why.get(row.pk, ""),
            parties=tuple(parties.get(row.pk, ())),
        )
        for row in found
    ]


def _participants(event: Event, figures: Figures) -> tuple[ParticipantRow, ...]:
    taking_part = set(statistics.taking_part(event).values_list("pk", flat=True))
    found = event.participants.filter(Q(pk__in=taking_part) | Q(checked_in_at__isnull=False))
    rows = [
        ParticipantRow(
            pk=row.pk,
            key=str(row.key),
            name=row.name,
            sector=row.sector,
            status=row.status,
            org_number=row.org_number,
            municipality=row.municipality,
            description=row.description,
            website=row.website,
            checked_in_at=row.checked_in_at,
            present=row.present if row.checked_in_at else 0,
            takes_part=row.pk in taking_part,
            figures=figures.by_participant.get(row.pk, ParticipantFigures()),
        )
        for row in found.only(
            "event", "key", "name", "sector", "status", "org_number", "municipality", "description", "website",
            "checked_in_at", "present",
        )
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (norwegian_key(row.name), row.pk)))


def _resources(event: Event) -> tuple[ResourceRow, ...]:
    rows: QuerySet[Any] = statistics.resources_of(event).order_by("participant", "kind", "pk")
    return tuple(
        ResourceRow(pk, participant, kind, title, details, category, challenge or "", closed_at is not None, met, used)
        for pk, participant, kind, title, details, category, challenge, closed_at, met, used in rows.values_list(
            "pk", "participant", "kind", "title", "details", "category__name", "challenge__text", "closed_at",
            "met", "used",
        )
    )  # fmt: skip


def _contacts(event: Event, participants: Sequence[ParticipantRow]) -> tuple[ContactRow, ...]:
    here = {row.pk for row in participants}
    rows = Contact.objects.filter(participant__event=event).order_by("pk")
    found = (ContactRow(*row) for row in rows.values_list("pk", "participant", "name", "email", "phone"))
    return tuple(row for row in found if row.participant in here)
