"""The frames that go to a page, as JSON (contract in design.md §8). A feed version is rendered once and sent to all.

`now` is the server's time in milliseconds, by which the page sets its clock; it is put on when a frame is sent.
"""

import json
import time
from dataclasses import dataclass
from typing import Any

from .drawing import Drawing
from .feed import Frame, Milestone
from .software import software


@dataclass(frozen=True)
class Rendered:
    """One feed version, ready to be sent: the tails hold everything but type and time."""

    version: int
    since: int | None
    total: int
    published: bool
    _snapshot: str
    _change: str

    def snapshot(self) -> str:
        return _headed("snapshot", self._snapshot)

    def change(self) -> str:
        return _headed("change", self._change)


def render(frame: Frame, drawing: Drawing) -> Rendered:
    """`new`, `corrected` and `gone` are agreement numbers, so that a page can show a burst of new ones one by one, and
    drop from its queue what has been withdrawn or hidden; `cards` are the new and corrected ones, each by itself."""
    common = {
        "version": frame.version,
        "total": frame.total,
        "scene": frame.scene.value,
        "milestone": _milestone(frame.milestone),
        "html": drawing.html,
    }
    changed = frame.changed
    return Rendered(
        version=frame.version,
        since=frame.since,
        total=frame.total,
        published=frame.published,
        _snapshot=_tail({**common, "from": None, "new": [], "corrected": [], "gone": [], "cards": []}),
        _change=_tail(
            {
                **common,
                "from": frame.since,
                "new": changed.new,
                "corrected": changed.corrected,
                "gone": changed.gone,
                "cards": [{"number": number, "html": html} for number, html in drawing.cards],
            }
        ),
    )


def beat(rendered: Rendered) -> str:
    """«You have it all.»"""
    return _headed("beat", _tail({"version": rendered.version, "total": rendered.total}))


def reload() -> str:
    """«You were loaded with other software than I am.»"""
    return _headed("reload", _tail({"software": software()}))


def _milestone(milestone: Milestone | None) -> dict[str, int | bool] | None:
    if milestone is None:
        return None
    return {
        "count": milestone.count,
        "goal": milestone.is_goal,
        "at": int(milestone.passed_at.timestamp() * 1000),
    }


def _tail(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))[1:]


def _headed(kind: str, tail: str) -> str:
    return f'{{"type":"{kind}","now":{time.time_ns() // 1_000_000},{tail}'
