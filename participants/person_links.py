"""Private links: how a participant comes to its own page without a password (design.md §4).

A link in an e-mail belongs to the address and opens all participants that it is contact of. The link that is shown on
the page after registering opens only what was registered there, since nobody has proved yet whose the address is.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from borsen.models import Event

from .enums import Status
from .models import Contact, Participant, PersonLink, new_token

SESSION_KEY = "own_pages"


def folded_address(email: str) -> str:
    """The address as links and counts know it: people write their own now with capitals, now without."""
    return email.strip().casefold()


def link_for(event: Event, email: str) -> PersonLink:
    """The link of this e-mail address at the event, made where it is missing. It is sent there and shown to the
    organiser, never to who only typed the address."""
    link, _is_new = PersonLink.objects.get_or_create(
        event=event, email=folded_address(email), defaults={"token": new_token()}
    )
    return link


def new_link(event: Event) -> PersonLink:
    """A link without an address, for who registers now."""
    return PersonLink.objects.create(event=event, token=new_token())


def renew(link: PersonLink) -> PersonLink:
    """Another token: the old link, and browsers that came in by it, open nothing any more."""
    link.token = new_token()
    link.save(update_fields=["token"])
    return link


def address_of(link: PersonLink) -> str:
    """The link as it is sent: with PUBLIC_URL where there is one, else the path."""
    return f"{settings.PUBLIC_URL}{reverse('own_page.enter', args=[link.event.slug, link.token])}"


def opened_by(link: PersonLink) -> QuerySet[Participant]:
    """The participants that the link opens; those that were signed off are theirs to see too."""
    event = link.event
    if link.email:
        return event.participants.filter(contacts__email__iexact=link.email).distinct()
    return event.participants.filter(registered_through=link)


@dataclass(frozen=True)
class Person:
    """Who is on their own pages: the links that this browser came in by. Falsy for a stranger."""

    event: Event
    links: tuple[PersonLink, ...]

    def __bool__(self) -> bool:
        return bool(self.links)

    def participants(self) -> list[Participant]:
        """Those that any of the links opens, in the order in which they registered. One query."""
        by_address = Q(contacts__email__in=[])
        for link in self.links:
            by_address |= Q(contacts__email__iexact=link.email) if link.email else Q(registered_through=link)
        return list(self.event.participants.filter(by_address).distinct().order_by("pk")) if self.links else []

    def contact(self) -> Contact | None:
        """The person as it stands in what it registered last; None when that tells of nobody or of several."""
        addresses = {link.email for link in self.links if link.email}
        for participant in reversed(self.participants()):
            if participant.status == Status.CANCELLED:
                continue
            contacts = list(participant.contacts.all())
            known = [row for row in contacts if folded_address(row.email) in addresses]
            return next(iter(known or contacts), None)
        return None


def person_of(request: HttpRequest, event: Event) -> Person:
    """Who this browser belongs to at the event. A link that was renewed since counts no more."""
    tokens = request.session.get(SESSION_KEY, {}).get(str(event.pk), [])
    links = event.person_links.filter(token__in=tokens).order_by("pk") if tokens else ()
    return Person(event, tuple(_with_event(link, event) for link in links))


def remember(request: HttpRequest, link: PersonLink) -> None:
    """Let this browser open what the link opens, beside what it could open before."""
    known = dict(request.session.get(SESSION_KEY, {}))
    tokens = [token for token in known.get(str(link.event_id), []) if token != link.token]
    known[str(link.event_id)] = [*tokens, link.token][-5:]
    request.session[SESSION_KEY] = known


def forget(request: HttpRequest, event: Event) -> None:
    """Close the own pages in this browser: it may be lent, or stand in a library."""
    known = dict(request.session.get(SESSION_KEY, {}))
    known.pop(str(event.pk), None)
    request.session[SESSION_KEY] = known


def _with_event(link: PersonLink, event: Event) -> PersonLink:
    link.event = event
    return link
