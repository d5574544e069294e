"""The participants as the broker's page searches them: without e-mail and telephone, approved ones only."""

from collections import Counter, defaultdict
from typing import Any

from borsen.collation import norwegian_key
from borsen.models import Event
from participants.enums import Kind, Status
from participants.masking import without_contact_details
from participants.models import Contact, Participant, Resource


def directory(event: Event) -> list[dict[str, Any]]:
    """One entry for each participant that can be a party, in Norwegian order, in three queries.

    `key` is what a tablet that brought a walk-in along knows it by, `offers` and `needs` are the open ones, and `where`
    tells participants of the same name apart.
    """
    approved = event.participants.filter(status=Status.APPROVED)
    contacts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for pk, owner, name in Contact.objects.filter(participant__in=approved).values_list("pk", "participant", "name"):
        contacts[owner].append({"id": pk, "name": without_contact_details(name)})
    resources: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    still_open = Resource.objects.filter(participant__in=approved, closed_at=None)
    for pk, owner, kind, title, category in still_open.values_list("pk", "participant", "kind", "title", "category"):
        resources[owner, kind].append({"id": pk, "title": without_contact_details(title), "category": category})
    rows = approved.values_list("pk", "key", "name", "sector", "place", "municipality")
    return [
        {
            "id": pk,
            "key": str(key),
            "name": without_contact_details(name),
            "sector": sector,
            "where": without_contact_details(" · ".join(filter(None, [place, municipality]))),
            "contacts": contacts[pk],
            "offers": resources[pk, Kind.OFFER],
            "needs": resources[pk, Kind.NEED],
        }
        for pk, key, name, sector, place, municipality in sorted(rows, key=lambda row: norwegian_key(row[2]))
    ]


def entry_of(participant: Participant) -> dict[str, Any]:
    """The same of one that is no longer in the list, with its name and sector only."""
    nothing: list[Any] = []
    return {
        "id": participant.pk,
        "key": str(participant.key),
        "name": without_contact_details(participant.name),
        "sector": participant.sector,
        "where": "",
        "contacts": nothing,
        "offers": nothing,
        "needs": nothing,
    }


def choices(event: Event) -> list[tuple[str, str]]:
    """The same participants for a plain `<select>`; where they are stands only behind a name that several have."""
    approved = event.participants.filter(status=Status.APPROVED)
    rows = sorted(
        approved.values_list("pk", "name", "place", "municipality"), key=lambda row: (norwegian_key(row[1]), row[0])
    )
    names = Counter(name for _pk, name, *_where in rows)
    return [
        (
            str(pk),
            without_contact_details(" · ".join(filter(None, [name, place, municipality])) if names[name] > 1 else name),
        )
        for pk, name, place, municipality in rows
    ]
