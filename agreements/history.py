"""The history that people see: one `Change` for each thing that a verb does to an agreement."""

from datetime import datetime
from typing import Any

from borsen.models import Device, User

from .enums import What
from .models import Agreement, Change


def snapshot(agreement: Agreement) -> dict[str, Any]:
    """An agreement's content as plain values, for `Change.before` and `Change.after`.

    Participants stand by id and not by name, so that deleting a person's data need not rewrite history.
    """
    return {
        "kind": agreement.kind,
        "category": agreement.category_id,
        "summary": agreement.summary,
        "details": agreement.details,
        "challenge": agreement.challenge_id,
        "first_time": agreement.first_time,
        "first_contact": agreement.first_contact_id,
        "first_contact_by": agreement.first_contact_by.isoformat() if agreement.first_contact_by else None,
        "not_payment": agreement.not_payment,
        "parties": [
            {
                "participant": party.participant_id,
                "gives": party.gives,
                "contact": party.contact_id,
                "offer": party.offer_id,
                "need": party.need_id,
            }
            for party in agreement.parties.all()
        ],
    }


def record(
    agreement: Agreement,
    what: What,
    *,
    at: datetime,
    by: User | None,
    device: Device | None = None,
    why: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Change:
    """Write one line of history at the agreement's present version, inside the verb's transaction."""
    return Change.objects.create(
        agreement=agreement,
        version=agreement.version,
        at=at,
        by=by,
        device=device,
        what=what,
        why=why,
        before=before or {},
        after=after or {},
    )
