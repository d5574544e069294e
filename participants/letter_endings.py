"""How an e-mail from the organisers to a person ends: their private link, who it is from, and why they get it."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from borsen.models import Event

from .person_links import address_of, link_for
from .recipients import Person


def private_addresses(event: Event, persons: Iterable[Person]) -> dict[str, str]:
    """The address of each person's private link by e-mail, made where it is missing; empty without a PUBLIC_URL, since
    what is not a whole address opens nothing from an e-mail. One query, and a few for each new link."""
    if not settings.PUBLIC_URL:
        return {}
    known = {link.email: link for link in event.person_links.exclude(email="")}
    addresses = {}
    for person in persons:
        link = known.get(person.email) or link_for(event, person.email)
        link.event = event
        addresses[person.email] = address_of(link)
    return addresses


def address_in_preview(event: Event) -> str:
    """What stands for the private link where a letter is shown to others than its receiver."""
    return f"{settings.PUBLIC_URL}/{event.slug}/min-side/…/" if settings.PUBLIC_URL else ""


def ending(event: Event, person: Person, address: str, *, to_do: str = "") -> str:
    """The last lines of a letter; `address` is their private link, or nothing, and `to_do` what they do there."""
    lines = []
    if address:
        to_do = to_do or _("Se og endre det dere har skrevet, på siden deres.")
        lines += [to_do + " " + _("Lenken er bare til deg:"), address, ""]
    lines += [_("Hilsen %s") % event.name]
    if settings.PUBLIC_URL and event.has_public_page:
        lines.append(settings.PUBLIC_URL + reverse("event.overview", args=[event.slug]))
    why = _("Du får denne e-posten fordi du er kontaktperson for %s.") % listed(person.names)
    return "\n".join([*lines, "", why, ""])


def listed(names: list[str]) -> str:
    """«Koret, Turlaget og Velforeningen»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s og %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
