"""Twenty tablets at once on a real server: 200 agreements, each form posted three times."""

import asyncio
import uuid
from collections import Counter

import httpx
import pytest

from tests.browser.server import Server

CLIENTS = 20
FORMS_EACH = 10
POSTS_OF_EACH_FORM = 3

PREPARE = """
import json
from django.utils import timezone
from borsen.clock import open_hour
from borsen.devices import make_device, open_session
from borsen.events import EventDraft, create_event
from borsen.models import User
from participants.drafts import ParticipantDraft
from participants.registering import register
user = User.objects.get(username="arrangor")
event = create_event(slug="last", draft=EventDraft(name="Last", starts_at=timezone.now()), by=user)
names = [f"Forening {number}" for number in range(10)]
people = [register(event=event, draft=ParticipantDraft(name=name, sector="voluntary")) for name in names]
open_hour(event=event, now=timezone.now())
devices = [make_device(event=event, user=user, role="broker", label=f"Nettbrett {n}") for n in range(%d)]
print(json.dumps({
    "sessions": [open_session(device) for device in devices],
    "participants": [one.pk for one in people],
    "category": event.categories.first().pk,
}))
"""

COUNT = """
import json
from borsen.models import Event
event = Event.objects.get(slug="last")
print(json.dumps(list(event.agreements.order_by("number").values_list("number", flat=True))))
"""


@pytest.mark.slow
def test_200_agreements_at_once_get_the_numbers_1_to_200(server: Server):
    ready = server.ask(PREPARE % CLIENTS)
    answers = asyncio.run(everybody(server.base_url, ready))

    assert Counter(status for status, _key, _number in answers) == {201: 200, 200: 400}
    numbers_of = {key: {number for _status, same, number in answers if same == key} for _s, key, _n in answers}
    assert len(numbers_of) == 200
    assert {len(numbers) for numbers in numbers_of.values()} == {1}
    assert sorted(number for numbers in numbers_of.values() for number in numbers) == list(range(1, 201))
    assert server.ask(COUNT) == list(range(1, 201))


async def everybody(url, ready):
    tablets = [tablet(url, session, ready, index) for index, session in enumerate(ready["sessions"])]
    return [answer for answers in await asyncio.gather(*tablets) for answer in answers]


async def tablet(url, session, ready, index):
    """Post each form three times at once, and return what was answered: status, key, number."""
    headers = {"Accept": "application/json"}
    async with httpx.AsyncClient(base_url=url, cookies={"sessionid": session}, headers=headers, timeout=60) as client:
        token = (await client.get("/last/megler/status/")).json()["csrf"]
        found = []
        for number in range(FORMS_EACH):
            form = filled_in(ready, index, number)
            posts = [
                client.post("/last/avtaler/ny/", data=form, headers={"X-CSRFToken": token})
                for _time in range(POSTS_OF_EACH_FORM)
            ]
            for answer in await asyncio.gather(*posts):
                assert answer.status_code in {200, 201}, answer.text
                found.append((answer.status_code, form["key"], answer.json()["number"]))
        return found


def filled_in(ready, index, number):
    first, second = ready["participants"][number], ready["participants"][(number + 1 + index % 8) % 10]
    return {
        "key": str(uuid.uuid4()),
        "kind": "agreement",
        "category": ready["category"],
        "summary": f"Avtale {number} fra nettbrett {index}",
        "confirmed": "1",
        "parties-TOTAL_FORMS": "2",
        "parties-INITIAL_FORMS": "0",
        "parties-0-participant": first,
        "parties-0-gives": f"Lån av bord nummer {index}-{number}",
        "parties-1-participant": second,
        "parties-1-gives": "",
    }
