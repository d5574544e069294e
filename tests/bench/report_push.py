"""What a screen waits for an agreement while a report of 2,000 is being made, and while none is.

`.venv/bin/python -m tests.bench.report_push [AGREEMENTS] [POSTS]` starts a server of its own, posts agreements as a
tablet does, and prints how long each was on its way from the tablet's tap to the screen's frame: first with nothing
else to do, then with the report being made again and again. The figures stand in docs/rapport-pdf.md.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.server import Server
from tests.test_load import PREPARE, filled_in

PAUSE = 0.3
FILL = """
import json, uuid
from agreements.models import Agreement, Party
from borsen.models import Event
event = Event.objects.get(slug="last")
people = list(event.participants.values_list("pk", flat=True))
made = Agreement.objects.bulk_create(
    Agreement(event=event, number=n, key=uuid.uuid4(), key_digest="x", version=0, category=event.categories.first(),
              summary=f"Noe nyttig nr. {{n}}", made_at=event.opened_at, registered_at=event.opened_at)
    for n in range(1, {number} + 1)
)
Party.objects.bulk_create(
    Party(agreement=one, participant_id=people[(one.number + side) % len(people)], position=side,
          gives="Reparasjonskveld for gamle radioer hver måned")
    for one in made for side in range(2)
)
print(json.dumps(len(made)))
"""


def main(agreements: int = 2_000, posts: int = 40) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            ready = server.ask(PREPARE % 1)
            server.ask(FILL.format(number=agreements))
            organiser = server.session_of("arrangor")
            asyncio.run(_both(server, ready, organiser, posts))
        finally:
            server.close()


async def _both(server: Server, ready: dict[str, Any], organiser: str, posts: int) -> None:
    _say("nothing else", await _posted(server, ready, organiser, posts, 0))
    making = asyncio.create_task(_make_reports(server, organiser))
    await asyncio.sleep(1)
    waits = await _posted(server, ready, organiser, posts, 1)
    making.cancel()
    _say("a report being made", waits)


def _say(what: str, waits: list[float]) -> None:
    worst = sorted(waits)[-max(len(waits) // 20, 1)]
    print(f"{what}: median {statistics.median(waits) * 1000:.0f} ms, 95 % within {worst * 1000:.0f} ms")  # noqa: T201


async def _make_reports(server: Server, session: str) -> None:
    async with httpx.AsyncClient(base_url=server.base_url, cookies={"sessionid": session}, timeout=300) as client:
        while True:
            made = await client.get("/last/rapport-intern.pdf")
            assert made.status_code == 200, made.text


async def _posted(server: Server, ready: dict[str, Any], organiser: str, posts: int, turn: int) -> list[float]:
    """Seconds from tap to frame, for each agreement."""
    address = server.base_url.replace("http:", "ws:") + "/ws/last/storskjerm/"
    cookie = {"Cookie": f"sessionid={organiser}"}
    tablet = httpx.AsyncClient(base_url=server.base_url, cookies={"sessionid": ready["sessions"][0]}, timeout=60)
    async with connect(address, origin=server.base_url, additional_headers=cookie) as screen, tablet as client:
        await screen.send(json.dumps({"version": None}))
        total = await _total(screen, 0)
        token = (await client.get("/last/megler/status/")).json()["csrf"]
        headers = {"X-CSRFToken": token, "Accept": "application/json"}
        waits = []
        for number in range(posts):
            form = filled_in(ready, turn, number % 10) | {"summary": f"Avtale {turn}-{number}"}
            began = time.perf_counter()
            posting = asyncio.create_task(client.post("/last/avtaler/ny/", data=form, headers=headers))
            total = await _total(screen, total + 1)
            waits.append(time.perf_counter() - began)
            assert (await posting).status_code == 201
            await asyncio.sleep(PAUSE)
        return waits


async def _total(screen: ClientConnection, least: int) -> int:
    """The number on the screen, once it is so large."""
    while True:
        frame = json.loads(await screen.recv())
        if frame["type"] in {"snapshot", "change"} and frame["total"] >= least:
            return int(frame["total"])


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))
