"""The private link of a person at an event, made when it is first needed."""

import secrets

from django.conf import settings

from borsen.models import Event

from .models import PersonLink


def link_for(event: Event, email: str) -> PersonLink:
    """The link of who has this e-mail address, the same each time."""
    link, _is_new = event.person_links.get_or_create(
        email=email.casefold(), defaults={"token": secrets.token_urlsafe(18)}
    )
    link.event = event
    return link


def address_of(link: PersonLink) -> str:
    """Where the link leads; whole when the server has a PUBLIC_URL."""
    return f"{settings.PUBLIC_URL}/{link.event.slug}/min-side/{link.token}/"
