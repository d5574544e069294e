"""An agreement as it is written, before the børs has taken it: what a form, a tablet or the demo hands over."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from borsen.models import Challenge
from participants.models import Category, Contact, Participant, Resource

from .enums import FirstTime, Kind
from .models import Agreement


@dataclass(frozen=True)
class PartyDraft:
    """One party: `offer` is its own resource that it gives from, `need` another party's that it meets.

    A `participant` that is not saved is a walk-in, with a `contact` that is not saved either (agreements/walk_ins.py).
    """

    participant: Participant
    gives: str = ""
    contact: Contact | None = None
    offer: Resource | None = None
    need: Resource | None = None


@dataclass(frozen=True)
class Draft:
    """`made_at` is the device's time, already corrected by the measured offset; None means «now»."""

    key: uuid.UUID
    category: Category
    parties: tuple[PartyDraft, ...]
    kind: Kind = Kind.AGREEMENT
    summary: str = ""
    details: str = ""
    challenge: Challenge | None = None
    first_time: FirstTime = FirstTime.UNKNOWN
    first_contact: Participant | None = None
    first_contact_by: date | None = None
    not_payment: bool = False
    made_at: datetime | None = None

    def content(self) -> dict[str, Any]:
        """What was agreed, as texts, in the shape that `digest` takes (agreements/posted.py is the other source)."""
        keys = [party.participant.key for party in self.parties]
        first = keys.index(self.first_contact.key) if self.first_contact and self.first_contact.key in keys else 0
        said = {
            "challenge": str(self.challenge.pk) if self.challenge else "",
            "first_time": "" if self.first_time == FirstTime.UNKNOWN else str(self.first_time),
            "first_contact_by": self.first_contact_by.isoformat() if self.first_contact_by else "",
            "not_payment": "1" if self.not_payment else "",
            "first_contact": str(first) if first else "",
        }
        return {
            "kind": str(self.kind),
            "category": str(self.category.pk),
            "summary": self.summary,
            "details": self.details,
            "parties": [
                {
                    "participant": str(party.participant.pk),
                    "gives": party.gives,
                    "contact": str(party.contact.pk) if party.contact else "",
                    "offer": str(party.offer.pk) if party.offer else "",
                    "need": str(party.need.pk) if party.need else "",
                }
                for party in self.parties
            ],
            **{name: text for name, text in said.items() if text},
        }


def draft_of(agreement: Agreement) -> Draft:
    """A registered agreement as the draft that would make it again."""
    return Draft(
        key=agreement.key,
        category=agreement.category,
        parties=tuple(
            PartyDraft(
                participant=party.participant,
                gives=party.gives,
                contact=party.contact,
                offer=party.offer,
                need=party.need,
            )
            for party in agreement.parties.all()
        ),
        kind=Kind(agreement.kind),
        summary=agreement.summary,
        details=agreement.details,
        challenge=agreement.challenge,
        first_time=FirstTime(agreement.first_time),
        first_contact=agreement.first_contact,
        first_contact_by=agreement.first_contact_by,
        not_payment=agreement.not_payment,
        made_at=agreement.made_at,
    )


def digest(content: dict[str, Any]) -> str:
    """Hash of an agreement's content, the same for a draft and for the form's raw fields (line ends and outer spaces
    don't count). It tells a repeated post from another agreement with the same key."""
    plain = json.dumps(_plain(content), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return "\n".join(str(value).strip().splitlines())
