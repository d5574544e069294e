"""Cards that let their holders sign devices in: a QR code, and a short code to type for who has no camera.

Both are derived from the card's nonce with the secret key, so that a card can be shown and printed again and the
database alone lets nobody in. A card opens nothing by itself: see borsen/door.py.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import slugify

from .collation import folded
from .enums import Role
from .feed_version import locked
from .members import LETTERS
from .models import Card, Device, Event, Membership, User

# Who works with passwords and personal data signs in with a password.
ROLES_WITH_CARD = (Role.BROKER, Role.DOOR, Role.STAGE)
TOKEN_BYTES = 16
SELECTOR_LENGTH = 4
CODE_LENGTH = 8


class NameInUse(Exception):
    """Two people of one name can't be told apart in the list of devices."""


def token_of(card: Card) -> str:
    """The 128 bits of the QR code, as letters for an address."""
    return _token(card.nonce)


def code_of(card: Card) -> str:
    """The typed code as it is printed: «K7PM-3QXA»."""
    code = _code(card.nonce).upper()
    return f"{code[:SELECTOR_LENGTH]}-{code[SELECTOR_LENGTH:]}"


def read_code(typed: str) -> tuple[str, str] | None:
    """Selector and proof of a code as people type it; None when it can't be one.

    Nothing is read as something else: no card has 0, O, 1, I or L, so there is no telling what was meant by one.
    """
    letters = "".join(letter for letter in typed.casefold() if letter.isalnum())
    if len(letters) != CODE_LENGTH or not set(letters) <= set(LETTERS):
        return None
    return letters[:SELECTOR_LENGTH], letters[SELECTOR_LENGTH:]


def card_by_token(event: Event, token: str) -> Card | None:
    """The event's card with this QR code, whose holder may still work here."""
    return _cards(event).filter(token_hash=_hash(token)).first()


def card_by_code(event: Event, selector: str, proof: str) -> Card | None:
    """The event's card with this typed code, whose holder may still work here."""
    card = _cards(event).filter(selector=selector).first()
    # Without a card the same is computed, so that the time taken doesn't tell which selectors there are.
    expected = _code(card.nonce if card else "")[SELECTOR_LENGTH:]
    return card if constant_time_compare(proof, expected) and card else None


def make_card_holder(*, event: Event, name: str, role: str, now: datetime) -> Card:
    """A person who works at the event and signs in by card only: a name is enough. Raises NameInUse.

    Who was removed and is made again is the same person: what waits on their tablet is still theirs to send.
    """
    with locked(event) as event:
        if folded(name) in {folded(str(one.user)) for one in event.memberships.select_related("user")}:
            raise NameInUse(name)
        user = _was_here(event, name) or User(username=_login_name(name), display_name=name)
        if user.pk is None:
            user.set_unusable_password()
            user.save()
        membership = Membership.objects.create(event=event, user=user, role=role)
        return _make(membership, now)


def hand_out(*, event: Event, memberships: Iterable[Membership], now: datetime) -> list[Card]:
    """The card of each of `memberships` whose role has one, made where it is missing, in the same order.

    A card that was made under another secret key (a database that was moved) gets a new nonce: what was printed can't
    be derived again.
    """
    with locked(event) as event:
        there = {card.membership_id: card for card in event.cards.all() if card.token_hash == _hash(_token(card.nonce))}
        holders = [membership for membership in memberships if membership.role in ROLES_WITH_CARD]
        return [there.get(membership.pk) or _make(membership, now) for membership in holders]


def renew(*, membership: Membership, now: datetime, sends_out: bool) -> Card:
    """Make the printed card void and give its holder a new one; with `sends_out` also sign out their devices."""
    with locked(membership.event):
        if sends_out:
            devices = Device.objects.filter(
                event=membership.event_id, user=membership.user_id, role=membership.role, revoked_at=None
            )
            devices.update(revoked_at=now)
        return _make(membership, now)


def _was_here(event: Event, name: str) -> User | None:
    came_by_card = User.objects.filter(devices__event=event, memberships=None, is_active=True).distinct()
    same = (user for user in came_by_card if folded(str(user)) == folded(name))
    return next((user for user in same if not user.has_usable_password()), None)


def _make(membership: Membership, now: datetime) -> Card:
    nonce = secrets.token_hex(TOKEN_BYTES)
    taken = set(Card.objects.filter(event=membership.event_id).values_list("selector", flat=True))
    while _code(nonce)[:SELECTOR_LENGTH] in taken:
        nonce = secrets.token_hex(TOKEN_BYTES)
    values = {
        "event_id": membership.event_id,
        "nonce": nonce,
        "token_hash": _hash(_token(nonce)),
        "selector": _code(nonce)[:SELECTOR_LENGTH],
        "made_at": now,
    }
    return Card.objects.update_or_create(membership=membership, defaults=values)[0]


def _cards(event: Event) -> QuerySet[Card]:
    return event.cards.filter(membership__user__is_active=True).select_related("membership__user")


def _token(nonce: str) -> str:
    return base64.urlsafe_b64encode(_derived("token", nonce)[:TOKEN_BYTES]).decode().rstrip("=")


def _code(nonce: str) -> str:
    number = int.from_bytes(_derived("code", nonce), "big")
    code = ""
    while len(code) < CODE_LENGTH:
        number, rest = divmod(number, len(LETTERS))
        code += LETTERS[rest]
    return code


def _derived(purpose: str, nonce: str) -> bytes:
    return salted_hmac(f"borsen.cards.{purpose}", nonce, algorithm="sha256").digest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _login_name(name: str) -> str:
    """A name nobody has: people who sign in by card never type it."""
    base = slugify(folded(name))[:60] or "person"
    while True:
        username = f"{base}-{''.join(secrets.choice(LETTERS) for _letter in range(4))}"
        if not User.objects.filter(username=username).exists():
            return username
