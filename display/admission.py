"""Who may follow an event's screen: everybody once it is published, else its members and devices."""

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from borsen.access import EVERY_ROLE, visitor_at
from borsen.devices import SESSION_KEY
from borsen.models import Event


@dataclass(frozen=True)
class Admission:
    """`as_member`: let in for a role; the others have to leave when the event is no longer published."""

    event_id: int
    as_member: bool


def admit(slug: str, session_key: str | None) -> Admission | None:
    """Two or three small queries. A stranger can't tell an unpublished event from none: both are None."""
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        return None
    as_member = session_key is not None and _is_member(event, session_key)
    return Admission(event.pk, as_member) if as_member or event.published else None


def _is_member(event: Event, session_key: str) -> bool:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    visitor = visitor_at(
        event, user=user if user.is_authenticated else None, device_id=request.session.get(SESSION_KEY)
    )
    return visitor.may(*EVERY_ROLE)
