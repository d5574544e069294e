"""Every address of the product, with arguments that lead to real things: for tests that walk all pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agreements.models import Agreement
from borsen.cards import make_card_holder
from borsen.devices import make_device, open_session
from borsen.enums import Role
from borsen.invitations import invite
from borsen.models import Card, Device, Event, Host, Invitation, User
from participants.models import ListImport, Participant
from participants.person_links import link_for
from tests.factories import (
    make_agreement,
    make_award,
    make_contact,
    make_event,
    make_help_call,
    make_list_import,
    make_logo,
    make_message,
    make_open_event,
    make_participant,
    make_resource,
)


@dataclass
class World:
    """A børs in the middle of its hour, and another one that the same kinds of things belong to."""

    event: Event
    organiser: User
    participant: Participant
    agreement: Agreement
    list_import: ListImport
    elsewhere: Event
    organiser_elsewhere: User


# What an address argument stands for. A `pk` means different things: the first part of the address' name tells.
ARGUMENTS: dict[str, Callable[[World], Any]] = {
    "slug": lambda world: world.event.slug,
    "table": lambda _world: "deltakere",
    "number": lambda world: world.agreement.number,
    "key": lambda world: world.agreement.key,
    "uidb64": lambda world: urlsafe_base64_encode(force_bytes(world.organiser.pk)),
    "token": lambda _world: "set-password",
    "card.pk": lambda world: _card(world.event).membership_id,
    "device.pk": lambda world: make_device(event=world.event, user=world.organiser, role=Role.BROKER, label="iPad").pk,
    "control.pk": lambda world: make_help_call(world.event, world.organiser).pk,
    "host.pk": lambda world: _host(world.event).pk,
    "digest": lambda world: _host(world.event).logo.digest,
    "invitation.pk": lambda world: _invitation(world).pk,
    "invitation.token": lambda world: _invitation(world).token,
    "event.pk": lambda world: world.event.memberships.get(user=world.organiser).pk,
    "own_page.pk": lambda world: world.participant.pk,
    "own_page.token": lambda world: link_for(world.event, "kari@granfjord.example").token,
    "receipt.token": lambda world: world.agreement.receipt_token,
    "check_in.pk": lambda world: world.participant.pk,
    "participant.pk": lambda world: world.participant.pk,
    "participant.token": lambda world: world.list_import.token,
    "participant.keep": lambda world: world.participant.pk,
    "participant.take": lambda world: make_participant(world.event, "Granfjord Frivillighetssentral").pk,
    "message.pk": lambda world: make_message(world.event).pk,
    "picture.name": lambda _world: "gjennom-timen",
    "agreement.pk": lambda world: world.agreement.pk,
    "prize.pk": lambda world: make_award(world.event, agreement=world.agreement).pk,
}


def _card(event: Event) -> Card:
    name = f"Megler {event.cards.count() + 1}"
    return make_card_holder(event=event, name=name, role=Role.BROKER, now=timezone.now())


def _host(event: Event) -> Host:
    return event.hosts.first() or make_logo(event.hosts.create(name="Granfjord kommune", sector="public")).host


def _invitation(world: World) -> Invitation:
    now = timezone.now()
    return invite(event=world.event, role=Role.COORDINATOR, name="Per", by=world.organiser, now=now)


def make_world() -> World:
    """The agreement of `event` has number 2 and the other event has none of that number."""
    event = make_open_event("granfjord", place="Lillesalen", goal=100)
    participant = make_participant(event, "Granfjord Frivilligsentral")
    make_contact(participant, "Kari Granli", email="kari@granfjord.example", phone="900 00 000")
    make_resource(participant, "Lokale til femti", kind="offer")
    make_resource(participant, "Kjøring til kamp", kind="need")
    make_agreement(event)
    agreement = make_agreement(event, (participant, "Lokale"), (make_participant(event, "Bakeren"), "Boller"))
    elsewhere = make_event("nabobygda")
    make_participant(elsewhere, "Nabobygda Frivilligsentral")
    organisers = [User.objects.get(memberships__event=each) for each in (event, elsewhere)]
    return World(event, organisers[0], participant, agreement, make_list_import(event), elsewhere, organisers[1])


def patterns(resolver: URLResolver | None = None) -> Iterator[tuple[URLPattern, dict[str, Any]]]:
    """Every pattern of the resolver with the converters on the way to it."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            for pattern, converters in patterns(entry):
                yield pattern, entry.pattern.converters | converters
        else:
            yield entry, entry.pattern.converters


def arguments_of(name: str) -> list[str]:
    return next(list(converters) for pattern, converters in patterns() if pattern.name == name)


def address(name: str, world: World, **given: Any) -> str:
    """The address of `name` for the things in `world`; `given` replaces single arguments."""
    room = name.split(".", maxsplit=1)[0]
    kwargs = {
        argument: given.get(argument) or ARGUMENTS.get(f"{room}.{argument}", ARGUMENTS.get(argument))(world)
        for argument in arguments_of(name)
    }
    return reverse(name, kwargs=kwargs)


def client_for(user: User | None = None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def client_with_device(device: Device) -> Client:
    client = Client()
    client.cookies["sessionid"] = open_session(device)
    return client
