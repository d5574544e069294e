"""An event's file with the key figures at its top, for those who only read it."""

from datetime import datetime
from typing import Any

from borsen.feed_version import locked
from borsen.models import Event
from borsen.moving.values import written
from borsen.moving.writing import Snapshot, snapshot

from .key_figures import key_figures
from .statistics import figures


def figures_of(event: Event, now: datetime) -> list[dict[str, Any]]:
    """The key figures as plain values."""
    return [
        {"key": figure.key, "label": figure.label, "value": written(figure.value)}
        for figure in key_figures(figures(event, now))
    ]


def taken(event: Event, now: datetime) -> tuple[Snapshot, list[dict[str, Any]]]:
    """All that the database is asked for; borsen.moving.writing.as_file does the rest without it. Nothing changes
    meanwhile: a row that came between would name one that is not in the file."""
    with locked(event, although_moved=True) as event:
        return snapshot(event), figures_of(event, now)
