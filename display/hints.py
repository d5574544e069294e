"""The one message that travels between processes: «this event's feed has moved». It only hints; the database tells."""

from typing import Any

TYPE = "feed.moved"


def group(event_id: int) -> str:
    """The channel layer's group of an event."""
    return f"event.{event_id}"


def message(version: int) -> dict[str, Any]:
    return {"type": TYPE, "version": version}
