"""What stands on the poster."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borsen.countdown import when
from borsen.models import Event

from .. import links
from ..invitation import link_of


@dataclass(frozen=True)
class Poster:
    """Plain texts, so that it can be handed to another process. `link` is what the QR code leads to, or nothing."""

    name: str
    when: str
    place: str
    theme: str
    hosts: str
    ask_whom: str
    link: str
    shown_link: str
    opens_registration: bool
    is_one_hour: bool
    language: str


def read_poster(event: Event, now: datetime) -> Poster:
    """One query."""
    link = link_of(event)
    hosts = get_text_list([host.name for host in event.hosts.all()], _("og"))
    # Whoever types it from the wall is brought from the short address to the registration too.
    shown = links.from_outside(event.get_absolute_url()).split("://", 1)[-1].rstrip("/")
    return Poster(
        name=event.name,
        when=when(event, now),
        place=event.place,
        theme=event.theme,
        hosts=_("Vertskap: %s") % hosts if hosts else "",
        ask_whom=event.ask_whom,
        link=link,
        shown_link=shown if link else "",
        opens_registration=event.registration_open,
        is_one_hour=event.minutes == 60,
        language=get_language() or "nb",
    )
