"""Who works at a børs, and in which roles."""

import itertools
import secrets

from django.db import IntegrityError
from django.db.models.functions import Now
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .collation import folded
from .enums import Role
from .feed_version import locked
from .models import Device, Event, Membership, User
from .slugs import LETTERS as LETTERS_OF_ADDRESSES

# Easily read aloud and typed: no 0 and O, no 1, l and I.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class LastOrganiser(Exception):
    """A børs must have somebody who can run it; the text says what to do."""


class NameTaken(Exception):
    """Another user has the login name, or took it a moment ago."""


def give_role(*, event: Event, user: User, role: str) -> bool:
    """Let `user` work at the event in `role`; False when they already do."""
    with locked(event) as event:
        _membership, is_new = Membership.objects.get_or_create(event=event, user=user, role=role)
    return is_new


def make_person(*, event: Event, username: str, name: str, role: str) -> tuple[User, str]:
    """A new user who works at the event, and a made-up password, which is shown once and never stored.

    Raises NameTaken.
    """
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))
    try:
        with locked(event) as event:
            user = User.objects.create_user(username, password=password, display_name=name)
            Membership.objects.create(event=event, user=user, role=role)
    except IntegrityError as error:
        raise NameTaken(username) from error
    return user, password


def suggested_username(name: str) -> str:
    """A login name that is free, made from a name: «Åse Bø» gives «ase.bo»."""
    base = slugify(folded(name).translate(LETTERS_OF_ADDRESSES)).replace("-", ".")[:40].strip(".") or "bruker"
    taken = {
        other.casefold() for other in User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    }
    numbered = (f"{base}{number}" for number in itertools.count(2))
    return next(each for each in itertools.chain([base], numbered) if each not in taken)


def take_role(*, membership: Membership) -> None:
    """Take a role from a user, and sign out the devices that had it. Raises LastOrganiser."""
    with locked(membership.event) as event:
        organisers = event.memberships.filter(role=Role.ORGANISER)
        if membership.role == Role.ORGANISER and not organisers.exclude(pk=membership.pk).exists():
            raise LastOrganiser(_("Børsen må ha minst én arrangør. Gi rollen til en annen først."))
        devices = Device.objects.filter(event=event, user=membership.user_id, role=membership.role)
        devices.filter(revoked_at=None).update(revoked_at=Now())
        membership.delete()
