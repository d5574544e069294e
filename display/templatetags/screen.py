"""Small parts of the screen's templates."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context

from borsen.enums import Panel, Scene, Sector
from borsen.models import Event
from borsen.templatetags.components import SECTOR_SHAPES, SHAPES
from display.scenes import by_itself, choice_of

register = template.Library()


@register.simple_tag
def shape(sector: str) -> str:
    """The path of a sector's symbol, for drawings that place it themselves."""
    return SHAPES[SECTOR_SHAPES[Sector(sector)]]


@register.inclusion_tag("display/control_scenes.html", takes_context=True)
def scene_controls(context: Context, event: Event) -> dict[str, Any]:
    """The storskjerm's switches in a control room, the scene that stands now marked."""
    return {
        "event": event,
        "scenes": Scene.choices,
        "panels": Panel.choices,
        "chosen": choice_of(event).value,
        "by_itself": by_itself(event).label,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def sector_word(sector: str, length: str = "long") -> str:
    """The sector's word, long or short."""
    kind = Sector(sector)
    return kind.short if length == "short" else str(kind.label)


@register.filter
def milliseconds(moment: datetime | None) -> str:
    """A moment as JavaScript counts time; empty when there is none."""
    return str(int(moment.timestamp() * 1000)) if moment else ""
