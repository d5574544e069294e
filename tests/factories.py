"""Thin makers of real objects; what a test depends on stands in the test."""

import itertools
import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from agreements.awards import Winner, add_award, give
from agreements.drafts import Draft, PartyDraft
from agreements.models import Agreement, Award
from agreements.registering import register
from borsen.clock import open_hour
from borsen.enums import MailKind, Role, Sector
from borsen.events import EventDraft, create_event
from borsen.help_calls import ask_for_help
from borsen.mail_queue import Letter, queue
from borsen.models import Device, Event, HelpCall, Host, HostLogo, Membership, OutgoingMail, User
from participants.importing.keeping import keep
from participants.importing.reading import read
from participants.messaging import Audience, send
from participants.models import Category, Contact, ListImport, Message, Participant, Resource

PASSWORD = "riktig-hest-batteri"
_counter = itertools.count(1)


def make_user(username: str = "", **fields) -> User:
    username = username or f"bruker{next(_counter)}"
    return User.objects.create_user(username, password=PASSWORD, **fields)


def make_event(slug: str = "", *, by: User | None = None, **fields) -> Event:
    """A børs with the default categories, planned to begin in an hour, organised by `by` or a new user."""
    number = next(_counter)
    fields.setdefault("name", f"Frivilligbørs {number}")
    fields.setdefault("starts_at", timezone.now() + timedelta(hours=1))
    return create_event(slug=slug or f"bors-{number}", draft=EventDraft(**fields), by=by or make_user())


def make_logo(host: Host, *, digest: str = "0123456789abcdef") -> HostLogo:
    return HostLogo.objects.create(host=host, png=b"png", width=1, height=1, digest=digest)


def make_open_event(slug: str = "", *, minutes_ago: int = 10, **fields) -> Event:
    """A børs whose gong was struck `minutes_ago`."""
    event = make_event(slug, **fields)
    return open_hour(event=event, now=timezone.now() - timedelta(minutes=minutes_ago))


def make_member(event: Event, role: Role, username: str = "") -> User:
    user = make_user(username)
    Membership.objects.create(event=event, user=user, role=role)
    return user


def make_participant(event: Event, name: str = "", *, sector: str = Sector.VOLUNTARY, **fields) -> Participant:
    name = name or f"Granfjord forening {next(_counter)}"
    return Participant.objects.create(event=event, name=name, sector=sector, **fields)


def make_contact(participant: Participant, name: str = "Kari Granli", **fields) -> Contact:
    return Contact.objects.create(participant=participant, name=name, **fields)


def make_resource(participant: Participant, title: str, *, kind: str = "offer", **fields) -> Resource:
    category = fields.pop("category", None) or participant.event.categories.first()
    return Resource.objects.create(participant=participant, title=title, kind=kind, category=category, **fields)


def make_list_import(event: Event, text: str = "Navn;Type\nVåren Vel;frivillig\n") -> ListImport:
    """A list that has been read and waits to be looked over, as keeping it leaves it."""
    sheets = read(text.encode())
    return keep(event=event, user=make_user(), file_name="liste.csv", sheets=sheets, now=timezone.now())


def make_message(event: Event, subject: str = "Velkommen", **fields) -> Message:
    """A message that has been sent to everybody, as the organisers' page sends it."""
    fields.setdefault("audience", Audience.ALL)
    fields.setdefault("text", "Vi gleder oss.")
    return send(event=event, key=uuid.uuid4(), by=make_user(), subject=subject, now=timezone.now(), **fields)


def make_mail(event: Event, to: str = "kari@granfjord.example", **fields) -> OutgoingMail:
    """An e-mail in the queue; `fields` say how it stands."""
    subject, name = fields.pop("subject", "Velkommen"), fields.pop("name", "Kari Granli")
    letter = Letter(kind=fields.pop("kind", MailKind.MESSAGE), to=to, name=name, subject=subject, body="Hei!")
    mail = queue(event=event, letters=[letter])[0]
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
    mail.refresh_from_db()
    return mail


def make_draft(event: Event, *parties: Participant | tuple[Participant, str], **fields) -> Draft:
    """A draft between `parties`, each a participant or (participant, gives); two new ones when none are named."""
    named = parties or (make_participant(event), make_participant(event, sector=Sector.BUSINESS))
    drafts = tuple(
        PartyDraft(*party) if isinstance(party, tuple) else PartyDraft(party, gives=f"Hjelp fra {party.name}")
        for party in named
    )
    fields.setdefault("key", uuid.uuid4())
    fields.setdefault("category", first_category(event))
    return Draft(parties=drafts, **fields)


def make_agreement(event: Event, *parties, by: User | None = None, now: datetime | None = None, **fields) -> Agreement:
    """A registered agreement, through the same verb as the tablet."""
    draft = make_draft(event, *parties, **fields)
    return register(event=event, draft=draft, by=by, now=now or timezone.now()).agreement


def make_award(event: Event, title: str = "Årets avtale", **winner) -> Award:
    """A prize that is not revealed, with its winner where one is named (`agreement` or `participant`)."""
    award = add_award(event=event, title=title)
    assert award is not None
    return give(award=award, winner=Winner(**winner))


def make_help_call(event: Event, user: User, *, minutes_ago: int = 0, device: Device | None = None) -> HelpCall:
    """«Trenger hjelp» from `user`, not answered yet."""
    return ask_for_help(event=event, user=user, device=device, now=timezone.now() - timedelta(minutes=minutes_ago))


def first_category(event: Event) -> Category:
    category = event.categories.first()
    assert category is not None
    return category
