"""What the organiser decides about the front page and the registration: open or closed, texts, wishes."""

from collections.abc import Mapping
from typing import Any

from .events import REGISTRATION_FIELDS
from .feed_version import advance, locked
from .models import Event


def change_registration(*, event: Event, said: Mapping[str, Any]) -> Event:
    """Replace the settings that are named in `said`, each one of REGISTRATION_FIELDS, and leave all others."""
    assert set(said) <= set(REGISTRATION_FIELDS), said
    with locked(event) as event:
        for name, value in said.items():
            setattr(event, name, value)
        event.save(update_fields=said)
        advance(event)
    return event


def open_registration(*, event: Event) -> Event:
    """Let everybody register. The front page, which tells what they register for, is open from now on too."""
    return change_registration(event=event, said={"registration_open": True, "page_published": True})


def close_registration(*, event: Event) -> Event:
    """Take no more registrations; the front page stays as it was."""
    return change_registration(event=event, said={"registration_open": False})


def open_page(*, event: Event) -> Event:
    """Let everybody see the front page."""
    return change_registration(event=event, said={"page_published": True})


def close_page(*, event: Event) -> Event:
    """Keep the front page to those who have a role, and so the registration too."""
    return change_registration(event=event, said={"page_published": False, "registration_open": False})
