"""An agreement as the tablet is told of it, in JSON."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from borsen.models import Event, User
from participants.masking import without_contact_details

from .models import Agreement
from .posted import content_of, posted_id
from .receipts import receipt_qr

LATEST = 6


def receipt(agreement: Agreement) -> dict[str, Any]:
    """The answer to a registration; `needs_review` is the reason, or empty. The code of the parties' receipt comes as a
    drawing, where the server has an address of its own."""
    drawing = receipt_qr(agreement)
    return {
        "number": agreement.number,
        "url": agreement.get_absolute_url(),
        "key": str(agreement.key),
        "needs_review": without_contact_details(agreement.needs_review),
    } | ({"receipt_qr": drawing} if drawing else {})


def content_in_words(agreement: Agreement) -> dict[str, Any]:
    """What was agreed, for someone who compares it with what they sent."""
    return {
        "number": agreement.number,
        "url": agreement.get_absolute_url(),
        "kind": agreement.kind,
        "category": agreement.category.name,
        "summary": without_contact_details(agreement.summary),
        "details": without_contact_details(agreement.details),
        "parties": [_side(party.participant.name, party.gives) for party in agreement.parties.all()],
    }


def _side(name: str, gives: str) -> dict[str, str]:
    return {"name": without_contact_details(name), "gives": without_contact_details(gives)}


def posted_in_words(event: Event, data: Mapping[str, Any]) -> dict[str, Any]:
    """The same shape of what was posted; an unknown participant has no name."""
    content = content_of(data)
    ids = [posted_id(party["participant"]) or 0 for party in content["parties"]]
    names = dict(event.participants.filter(pk__in=ids).values_list("pk", "name"))
    category = event.categories.filter(pk=posted_id(content["category"]) or 0).first()
    return {
        "kind": content["kind"],
        "category": category.name if category else "",
        "summary": without_contact_details(content["summary"]),
        "details": without_contact_details(content["details"]),
        "parties": [
            _side(names.get(pk, ""), party["gives"]) for pk, party in zip(ids, content["parties"], strict=True)
        ],
    }


def latest_of(event: Event, user: User | None = None) -> list[dict[str, Any]]:
    """The last agreements, newest first: one broker's own, or everybody's."""
    rows = event.agreements.filter(broker=user) if user else event.agreements.all()
    return [
        {
            "number": row.number,
            "summary": without_contact_details(row.summary),
            "url": reverse("agreement.show", args=[event.slug, row.number]),
            "state": "withdrawn" if row.withdrawn_at else "review" if row.needs_review else "",
        }
        for row in rows.order_by("-number")[:LATEST]
    ]
