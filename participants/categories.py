"""The kinds of resource of an event."""

from typing import Any

from borsen.models import Event

from .enums import DEFAULT_CATEGORIES
from .models import Category


def add_default_categories(sender: type, *, event: Event, **_signal: Any) -> None:  # noqa: ARG001
    """Give a new børs the default categories, in the language of whoever makes it."""
    Category.objects.bulk_create(
        Category(event=event, name=str(name), position=position) for position, name in enumerate(DEFAULT_CATEGORIES)
    )
