"""An agreement form as the broker's page sends it."""

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from borsen.enums import Role
from borsen.models import Event, User
from participants.models import Participant
from tests.factories import first_category, make_member

JSON = {"Accept": "application/json"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def broker_client(event: Event) -> Client:
    return client_of(make_member(event, Role.BROKER))


def form(event: Event, *parties: Participant | tuple[Participant, str], **changed: Any) -> dict[str, Any]:
    """The fields of the contract; `changed` by field name, with `parties-0-gives` written `parties_0_gives`."""
    rows = [party if isinstance(party, tuple) else (party, f"Hjelp fra {party.name}") for party in parties]
    data: dict[str, Any] = {
        "key": str(uuid.uuid4()),
        "kind": "agreement",
        "category": str(first_category(event).pk),
        "summary": "Julespill mot busstur",
        "details": "",
        "parties-TOTAL_FORMS": str(len(rows)),
        "parties-INITIAL_FORMS": "0",
    }
    for index, (participant, gives) in enumerate(rows):
        data |= {f"parties-{index}-participant": str(participant.pk), f"parties-{index}-gives": gives}
    return data | {
        name.replace("_", "-") if name.startswith("parties_") else name: text for name, text in changed.items()
    }


def post(client: Client, event: Event, data: dict[str, Any], **options: Any) -> Any:
    """As a browser without script."""
    return client.post(reverse("agreement.create", args=[event.slug]), data, **options)


def post_json(client: Client, event: Event, data: dict[str, Any]) -> Any:
    """As the page's script."""
    return post(client, event, data, headers=JSON)
