"""Whether pages may offer to ask Enhetsregisteret."""

from django import template

from participants import enhetsregisteret

register = template.Library()


@register.simple_tag
def register_is_on() -> bool:
    """Whether there is a register to ask (settings.BRREG_URL)."""
    return enhetsregisteret.is_on()
