"""What a page says of itself every ten seconds (contract in design.md §8)."""

import json
import re
from dataclasses import dataclass
from typing import Any, TypeGuard

from borsen.enums import Scene

LONGEST = 400
KEY = re.compile("[0-9a-f]{8,32}")
# No screen has more pixels than this across, and no event as many agreements.
LARGEST = 100_000


@dataclass(frozen=True)
class About:
    """The page itself: which one it is, its size in pixels, the scene and the agreement that stand on it, and whether
    «Start» has been tapped there."""

    key: str
    width: int
    height: int
    scene: str
    number: int | None
    has_started: bool


@dataclass(frozen=True)
class Heartbeat:
    """`version` is None where the page has nothing yet; what it does not say is empty or None."""

    version: int | None
    software: str = ""
    about: About | None = None


def read_heartbeat(text: str) -> Heartbeat | None:
    """`{"version": n or null}`, with `software` and `screen` beside it or not; None when it is anything else."""
    if len(text) > LONGEST:
        return None
    try:
        content: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(content, dict) or "version" not in content:
        return None
    version, software = content["version"], content.get("software", "")
    if not isinstance(software, str) or not (version is None or type(version) is int):
        return None
    return Heartbeat(version, software, _about(content.get("screen")))


def _about(told: Any) -> About | None:
    """None for what can't be a screen, and for the telephones, which say nothing of themselves."""
    if not isinstance(told, dict) or not KEY.fullmatch(str(told.get("key", ""))):
        return None
    width, height, number = told.get("width"), told.get("height"), told.get("number")
    if not (_is_count(width) and _is_count(height)):
        return None
    return About(
        key=str(told["key"]),
        width=width,
        height=height,
        scene=told["scene"] if told.get("scene") in Scene.values else "",
        number=number if _is_count(number) else None,
        has_started=told.get("started") is True,
    )


def _is_count(value: Any) -> TypeGuard[int]:
    return type(value) is int and 0 < value < LARGEST
