"""A participant as it is written in a form, a list or the demo data, before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from borsen.models import Challenge

from .models import Category

# What is copied as it stands from a draft to the participant.
PLAIN_FIELDS = (
    "name", "sector", "org_number", "description", "website", "municipality", "place", "expected",
)  # fmt: skip


@dataclass(frozen=True)
class ContactDraft:
    """A contact person; `id` is the row that it changes, None for a new one."""

    name: str
    email: str = ""
    phone: str = ""
    id: int | None = None


@dataclass(frozen=True)
class ResourceDraft:
    """An offer or a need; `id` is the row that it changes, None for a new one. `closed` is «Brukt opp» or «Dekket»."""

    kind: str
    title: str
    category: Category
    details: str = ""
    challenge: Challenge | None = None
    id: int | None = None
    closed: bool = False


@dataclass(frozen=True)
class ParticipantDraft:
    """All that is said of a participant; `org_number` is nine digits or empty (participants/org_number.py)."""

    name: str
    sector: str
    org_number: str = ""
    description: str = ""
    website: str = ""
    municipality: str = ""
    place: str = ""
    expected: int = 1
    contacts: Sequence[ContactDraft] = ()
    resources: Sequence[ResourceDraft] = ()
