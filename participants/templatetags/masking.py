"""Text for who may not see e-mail addresses and phone numbers.

Never where a text stands to be edited: saving it would destroy what was taken out. Who may edit it, sees it.
"""

from typing import Any

from django import template

from borsen.access import EventRequest
from borsen.enums import Role
from borsen.transport import is_private

from ..masking import without_contact_details

register = template.Library()

register.filter("masked", without_contact_details, is_safe=False)


@register.filter(is_safe=False)
def for_reader(text: Any, request: EventRequest) -> str:
    """What people have written about an agreement or call themselves: whole for who sees contacts too, where nobody can
    read along."""
    sees_contacts = request.may(Role.COORDINATOR) and is_private(request)
    return str(text) if sees_contacts else without_contact_details(str(text))
