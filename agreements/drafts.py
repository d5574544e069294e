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


@dataclass(frozen=True)
class PartyDraft:
    """One party: `offer` is its own resource that it gives from, `need` another party's that it meets."""

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
        """What was agreed, as texts, in the shape that `digest` takes (see `agreements.forms` for the other source)."""
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
        }


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
