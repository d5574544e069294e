"""Text for who may not see e-mail addresses and phone numbers."""

from django import template

from ..masking import without_contact_details

register = template.Library()

register.filter("masked", without_contact_details, is_safe=False)
