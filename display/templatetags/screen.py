"""Small parts of the screen's templates."""

from datetime import datetime

from django import template

from borsen.enums import Sector
from borsen.templatetags.components import SECTOR_SHAPES, SHAPES

register = template.Library()


@register.simple_tag
def shape(sector: str) -> str:
    """The path of a sector's symbol, for drawings that place it themselves."""
    return SHAPES[SECTOR_SHAPES[Sector(sector)]]


@register.filter
def sector_word(sector: str, length: str = "long") -> str:
    """The sector's word, long or short."""
    kind = Sector(sector)
    return kind.short if length == "short" else str(kind.label)


@register.filter
def milliseconds(moment: datetime | None) -> str:
    """A moment as JavaScript counts time; empty when there is none."""
    return str(int(moment.timestamp() * 1000)) if moment else ""
