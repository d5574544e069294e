"""What the tests of the storskjerm do to it and read from it."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from .server import Server

SIZES = [(1920, 1080), (1280, 720), (3840, 2160), (1024, 768), (390, 844)]
LONG = (
    "Foreningen til bevaring av Granfjord gamle dampskipskai, fyrhuset og det tilhørende kulturmiljøet i hele fjorden"
)

REGISTER = """
import json, uuid
from django.utils import timezone
from agreements.drafts import Draft, PartyDraft
from agreements.registering import register
from borsen.models import Event
event = Event.objects.get(slug="demo")
names, gives, summary = json.loads({given!r})
found = [event.participants.order_by("pk")[index] for index in range(len(names))]
for participant, name in zip(found, names):
    if name:
        participant.name = name
        participant.save()
parties = tuple(PartyDraft(one, gives=text) for one, text in zip(found, gives))
draft = Draft(key=uuid.uuid4(), category=event.categories.first(), parties=parties, summary=summary)
print(json.dumps(register(event=event, draft=draft, by=None, now=timezone.now()).agreement.number))
"""

REGISTER_MANY = """
import json, time, uuid
from django.utils import timezone
from agreements.drafts import Draft, PartyDraft
from agreements.registering import register
from borsen.models import Event
event = Event.objects.get(slug="demo")
found, numbers = list(event.participants.order_by("pk")[:40]), []
for turn in range({number}):
    parties = (PartyDraft(found[turn % 40], gives="Suppe til turen"), PartyDraft(found[(turn + 7) % 40]))
    draft = Draft(key=uuid.uuid4(), category=event.categories.first(), parties=parties, summary=f"Avtale {{turn}}")
    numbers.append(register(event=event, draft=draft, by=None, now=timezone.now()).agreement.number)
    time.sleep({every})
print(json.dumps(numbers))
"""

LOOSE = (Path(__file__).parent / "loose.js").read_text(encoding="utf-8").split("*/", 1)[1]


def register(server: Server, names: list[str], gives: list[str], summary: str = "") -> int:
    """An agreement by the verb, in another process than the server's."""
    return server.ask(REGISTER.format(given=json.dumps([names, gives, summary])))


def shown(page: Page) -> list[int]:
    return [
        int(number) for number in page.locator("[data-agreement]").evaluate_all("e => e.map(x => x.dataset.agreement)")
    ]


def root(page: Page) -> Locator:
    return page.locator("html")


def open_screen(page: Page, query: str = "") -> None:
    page.goto(f"/demo/storskjerm/{query}")
    expect(root(page)).to_have_attribute("data-connection", "live")


def loose_in_every_size(page: Page, sizes: list[tuple[int, int]] = SIZES) -> dict[str, list[str]]:
    """What runs out of its box, by the size of the window."""
    found = {}
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)  # the names are measured again
        page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))")
        loose = page.evaluate(LOOSE)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            loose.append("the page scrolls sideways")
        if loose:
            found[f"{width}×{height}"] = loose
    return found


def choose_scene(server: Server, scene: str, message: str = "") -> None:
    """A scene by the verb, in another process than the server's."""
    server.ask(
        "import json\nfrom django.utils import timezone\nfrom borsen.models import Event\n"
        "from display.scenes import choose_scene\nevent = Event.objects.get(slug='demo')\n"
        f"choose_scene(event=event, scene={scene!r}, message={message!r}, now=timezone.now())\n"
        "print(json.dumps(1))"
    )


def set_event(server: Server, fields: str) -> None:
    """Set fields of the demo børs and move its feed; `now` and `timedelta` may be used."""
    server.ask(
        "import json\nfrom datetime import timedelta\nfrom django.utils import timezone\n"
        "from borsen.models import Event\nnow = timezone.now()\nfound = Event.objects.filter(slug='demo')\n"
        f"found.update(feed_version=found.get().feed_version + 1, {fields})\nprint(json.dumps(1))"
    )
