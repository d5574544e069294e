"""The invented participants and agreements of Granfjord, and what can be read out of their texts."""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from participants.models import Resource

SAMPLE = Path(__file__).with_name("granfjord.json")

# Each challenge with the stems of words that tell that a text is about it.
CHALLENGES = {
    "Eldre og ensomhet": ("eldre", "besøk", "ensom", "sykehjem", "omsorg", "dagsenter", "samtale", "pensjonist"),
    "Barn og unge som faller utenfor": ("barn", "ungdom", "unge", "elev", "skole", "fritidsklubb"),
    "Nye naboer og norsk i hverdagen": ("norsk", "språk", "flykt", "inklud", "nye landsmenn"),
}


@cache
def sample() -> dict[str, Any]:
    """What stands in granfjord.json: «participants» and «agreements»."""
    read: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return read


def challenge_of(*texts: str) -> str | None:
    """The challenge that the texts are about, or None."""
    text = " ".join(texts).casefold()
    return next((name for name, stems in CHALLENGES.items() if any(stem in text for stem in stems)), None)


def likeliest(text: str, resources: Sequence[Resource]) -> Resource | None:
    """The resource whose title shares most words with `text`, or None when none shares any."""
    wanted = _stems(text)
    shared = [(len(wanted & _stems(resource.title)), resource) for resource in resources]
    count, resource = max(shared, key=lambda pair: pair[0], default=(0, None))
    return resource if count else None


def _stems(text: str) -> set[str]:
    words: Iterable[str] = re.findall(r"\w{4,}", text.casefold())
    return {word[:6] for word in words}
