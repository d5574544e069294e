"""Small parts that every page is made of; loaded in every template (settings.TEMPLATES, `builtins`)."""

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from borsen.countdown import day, hours
from borsen.enums import Sector
from borsen.models import Event

register = template.Library()

# 24×24, filled; the hat is the logo's mark, 64×64 (shared/look/look.md).
SHAPES = {
    "shop": "M4 3H20L22.5 9.5H1.5ZM3.5 11.5H20.5V21H14.5V15H9.5V21H3.5Z",
    "heart": "M12 21.2C5.2 16.4 1.8 12.6 1.8 8.4C1.8 5.2 4.2 2.9 7.1 2.9C9.1 2.9 10.9 4 12 5.8C13.1 4 14.9 2.9 16.9 2.9"
    "C19.8 2.9 22.2 5.2 22.2 8.4C22.2 12.6 18.8 16.4 12 21.2Z",
    "temple": "M12 2L22.5 8.5V10H1.5V8.5ZM4 11.5H7.2V18H4ZM10.4 11.5H13.6V18H10.4ZM16.8 11.5H20V18H16.8ZM2 19H22V22H2Z",
    "person": "M12 11.5A4.8 4.8 0 1 0 12 1.9A4.8 4.8 0 0 0 12 11.5ZM3 22C3 16.8 7 13.6 12 13.6S21 16.8 21 22Z",
    "check": "M9.6 18.4L3.6 12.4L5.9 10.1L9.6 13.8L18.1 5.3L20.4 7.6Z",
    "hand": "M6.4 11.4V5.6A1.3 1.3 0 0 1 9 5.6V10.6H9.8V3.4A1.3 1.3 0 0 1 12.4 3.4V10.6H13.2V4.4A1.3 1.3 0 0 1 15.8 4.4"
    "V11.4H16.6V7.4A1.3 1.3 0 0 1 19.2 7.4V15.2C19.2 19.4 16.6 22.4 12.6 22.4C9.6 22.4 7.6 21 6.2 18.6L3 13.6"
    "A1.35 1.35 0 0 1 5.2 12.1L6.4 13.6Z",
    "star": "M12 1.8L15.1 8.5L22.4 9.4L17 14.4L18.4 21.6L12 18L5.6 21.6L7 14.4L1.6 9.4L8.9 8.5Z",
    "both-ways": "M3 9h27V2l15 11-15 11v-7H3z M45 31H18v-7L3 35l15 11v-7h27z",
    "one-way": "M4 19h22V8l20 16-20 16V29H4z",
    "hat": "M13.8 36.4C13 19.5 18.5 8 32 8S51 19.5 50.2 36.4C45 38.9 38.6 40 32 40S19 38.9 13.8 36.4Z"
    "M5.5 35.5C3.8 33.6 1.5 36 2.6 38.6C6.5 48 18 52.5 32 52.5C46 52.5 57.5 48 61.4 38.6C62.5 36 60.2 33.6 58.5 35.5"
    "C56.5 37.8 54 39.6 50.5 41C45 43.2 38.6 44.2 32 44.2S19 43.2 13.5 41C10 39.6 7.5 37.8 5.5 35.5Z",
}
BOXES = {"both-ways": 48, "one-way": 48, "hat": 64}
SECTOR_SHAPES = {
    Sector.BUSINESS: "shop",
    Sector.VOLUNTARY: "heart",
    Sector.PUBLIC: "temple",
    Sector.INDIVIDUAL: "person",
}


@register.simple_tag
def symbol(name: str, css: str = "symbol") -> SafeString:
    """An SVG symbol by name, or by sector; decoration only, so a word must stand beside it."""
    shape = SECTOR_SHAPES.get(name, name)  # type: ignore[call-overload]
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" fill="currentColor" fill-rule="evenodd" aria-hidden="true"'
        ' focusable="false"><path d="{}"/></svg>',
        css,
        BOXES.get(shape, 24),
        BOXES.get(shape, 24),
        SHAPES[shape],
    )


@register.simple_tag
def plate(sector: str, length: str = "long") -> SafeString:
    """A sector's plate: colour, symbol and word. `length` is "long" or "short"."""
    kind = Sector(sector)
    word = kind.short if length == "short" else kind.label
    return format_html('<span class="plate plate--{}">{} {}</span>', kind.value, symbol(kind), word)


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """A form field's own control in Designsystemet's dress, with its error and help tied to it by Django.

    The first one of a form that has an error has the focus when the page opens, also without script. A long text that
    is pasted is not cut unseen: it is kept whole, and the form says that it is too long."""
    if isinstance(field.field.widget, Textarea):
        field.field.widget.attrs.pop("maxlength", None)
    if not isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        if field.name == next((name for name in field.form.fields if name in field.form.errors), ""):
            attrs.setdefault("autofocus", True)
        attrs.setdefault("class", " ".join(filter(None, ["ds-input", field.field.widget.attrs.get("class", "")])))
    return field.as_widget(attrs=attrs)


@register.filter
def control_kind(field: BoundField) -> str:
    """Which way the field is laid out: "checkbox", "choices" (radios), "select" or "text"."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "select" if isinstance(widget, Select) else "text"


@register.simple_tag
def event_when(event: Event) -> SafeString:
    """«Torsdag 5. mars kl. 18.00–19.00»; the hours stay on one line by css, so that what is copied is plain text."""
    return format_html('{} <span class="together">{}</span>', day(event, timezone.now()), hours(event))
