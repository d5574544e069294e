"""Private links: how a participant comes to its own page without a password (design.md §4).

A link in an e-mail belongs to the address and opens all participants that it is contact of. The link that is shown on
the page after registering opens only what was registered there, since nobody has proved yet whose the address is.

A browser that came in by a link may be a library's or a tablet in the hall: what it may open ends by itself when it is
not used, and when the browser is closed.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from borsen.devices import SESSION_KEY as DEVICE_KEY
from borsen.models import Event

from .enums import Status
from .models import Contact, Participant, PersonLink, new_token

SESSION_KEY = "own_pages_open"
IDLE = timedelta(minutes=30)
# A form that somebody writes in may take longer than that, and what they have written is not to be lost.
FORM_LASTS = timedelta(hours=4)
# The session is not written anew for each page.
_BETWEEN_NOTES = timedelta(minutes=1)
_SALT = "participants.person_links.form"


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
    """Who is on their own pages: the links that this browser came in by. Falsy for a stranger.

    `closes_in` is how many seconds are left until the pages close by themselves, and `has_been` says that somebody has
    come in by a link here, also when it opens nothing any more.
    """

    event: Event
    links: tuple[PersonLink, ...]
    closes_in: int = 0
    has_been: bool = False

    def __bool__(self) -> bool:
        return bool(self.links)

    @property
    def has_idled(self) -> bool:
        """Whether the pages have closed by themselves."""
        return self.has_been and not self.closes_in

    def participants(self) -> list[Participant]:
        """Those that any of the links opens, in the order in which they registered. One query."""
        by_address = Q(contacts__email__in=[])
        for link in self.links:
            by_address |= Q(contacts__email__iexact=link.email) if link.email else Q(registered_through=link)
        return list(self.event.participants.filter(by_address).distinct().order_by("pk")) if self.links else []

    def has_proved(self, participant: Participant) -> bool:
        """Whether one of the links was sent to an address of the participant's."""
        addresses = {link.email for link in self.links if link.email}
        return any(folded_address(row.email) in addresses for row in participant.contacts.all())

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


def person_of(request: HttpRequest, event: Event, *, is_use: bool = True) -> Person:
    """Who this browser belongs to at the event. A link that was renewed since counts no more, nor does any when the
    pages have stood unused for long. `is_use` is False for a page that looks by itself whether it is open still."""
    noted = request.session.get(SESSION_KEY, {}).get(str(event.pk))
    if noted is None:
        return Person(event, ())
    now = timezone.now().timestamp()
    idle = max(now - noted["used"], 0)
    if idle > IDLE.total_seconds():
        if noted["tokens"]:
            _note(request, event, [], noted["used"])
        return Person(event, (), has_been=True)
    if is_use and idle > _BETWEEN_NOTES.total_seconds():
        _note(request, event, noted["tokens"], now)
        idle = 0
    links = event.person_links.filter(token__in=noted["tokens"]).order_by("pk")
    closes_in = ceil(IDLE.total_seconds() - idle)
    return Person(event, tuple(_with_event(link, event) for link in links), closes_in=closes_in, has_been=True)


def remember(request: HttpRequest, link: PersonLink, *, beside: Person | None = None) -> None:
    """Let this browser open what the link opens. What it could open before is closed, unless it is `beside` this same
    person's: another one may have used the browser a moment ago."""
    tokens = [each.token for each in beside.links if each != link] if beside else []
    _note(request, link.event, [*tokens, link.token][-5:], timezone.now().timestamp())
    if not request.user.is_authenticated and DEVICE_KEY not in request.session:
        request.session.set_expiry(0)  # until the browser is closed


def forget(request: HttpRequest, event: Event) -> None:
    """Close the own pages in this browser: it may be lent, or stand in a library."""
    known = dict(request.session.get(SESSION_KEY, {}))
    known.pop(str(event.pk), None)
    request.session[SESSION_KEY] = known


def form_pass(person: Person) -> str:
    """What a form on the own pages carries, so that it can be sent after the pages have closed by themselves."""
    return signing.dumps([(link.pk, _digest(link)) for link in person.links], salt=_SALT)


def person_of_form(event: Event, carried: str) -> Person:
    """Whose form it is; a stranger's when it is too old, not ours, or its link has been renewed."""
    try:
        named = dict(signing.loads(carried, salt=_SALT, max_age=FORM_LASTS))
    except signing.BadSignature:
        return Person(event, ())
    links = [link for link in event.person_links.filter(pk__in=named) if named[link.pk] == _digest(link)]
    return Person(event, tuple(_with_event(link, event) for link in links))


def person_at_form(request: HttpRequest, event: Event) -> Person:
    """Who is at a page with a form: this browser's person, or whose form it is when it was written for so long that the
    pages have closed meanwhile."""
    person = person_of(request, event)
    if person or request.method != "POST":
        return person
    return person_of_form(event, request.POST.get("carried", ""))


def _digest(link: PersonLink) -> str:
    return sha256(link.token.encode()).hexdigest()[:16]


def _note(request: HttpRequest, event: Event, tokens: list[str], used: float) -> None:
    known = dict(request.session.get(SESSION_KEY, {}))
    known[str(event.pk)] = {"tokens": tokens, "used": used}
    request.session[SESSION_KEY] = known


def _with_event(link: PersonLink, event: Event) -> PersonLink:
    link.event = event
    return link
