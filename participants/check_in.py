"""Who has come: checked in at the door, one tap each, from several tablets at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from borsen.collation import folded, norwegian_key
from borsen.enums import Sector
from borsen.feed_version import locked
from borsen.models import Event, User

from .enums import Status
from .models import Contact, Participant
from .registering import set_status
from .searching import findable, matching

MOST_PEOPLE = 200
MOST_FOUND = 20
MOST_LATEST = 6
MOST_COMPANIONS = 4


@dataclass(frozen=True)
class Presence:
    """`participants` that have been checked in, of them `by_sector` in each sector, also zero; `people` counted."""

    participants: int
    by_sector: Mapping[Sector, int]
    people: int


@dataclass(frozen=True)
class Companion:
    """Another participant that the person speaks for who has just been let in."""

    person: str
    participant: Participant


def presence(event: Event) -> Presence:
    """Who is here, in one query."""
    here = event.participants.filter(checked_in_at__isnull=False)
    rows = here.order_by().values_list("sector").annotate(number=Count("pk"), people=Sum("present"))
    by_sector, people = dict.fromkeys(Sector, 0), 0
    for sector, number, present in rows:
        by_sector[Sector(sector)] = number
        people += present
    return Presence(sum(by_sector.values()), by_sector, people)


def check_in(*, participant: Participant, by: User, now: datetime, people: int | None = None) -> bool:
    """They are here, as many as they said unless `people` says otherwise. False when they were in already: the first
    tablet's word stands. Who had cancelled takes part after all.

    Who speaks for several is one person: counted with the one that was let in first, and not again."""
    with locked(participant.event) as event:
        current = event.participants.get(pk=participant.pk)
        if current.checked_in_at is not None:
            return False
        if current.status == Status.CANCELLED:
            set_status(participant=current, status=Status.APPROVED)
            current.came_although_cancelled = True
        if people is None:
            people = max(current.expected - len(counted_before(current)), 0)
        _write(current, at=now, by=by, people=people)
    return True


def take_back(*, participant: Participant) -> None:
    """They are not here after all, and who had cancelled has so again. Repeating does nothing."""
    with locked(participant.event) as event:
        current = event.participants.get(pk=participant.pk)
        if current.came_although_cancelled:
            set_status(participant=current, status=Status.CANCELLED)
            current.came_although_cancelled = False
        _write(current, at=None, by=None, people=0)


def count_people(*, participant: Participant, more: int) -> bool:
    """So many more of them came, or fewer. False, and nothing is counted, of who has not been checked in."""
    with locked(participant.event) as event:
        current = event.participants.get(pk=participant.pk)
        if current.checked_in_at is None:
            return False
        current.present = min(max(current.present + more, 0), MOST_PEOPLE)
        current.save(update_fields=["present"])
    return True


def companions(participant: Participant) -> list[Companion]:
    """Those who are not in yet and share a contact with `participant`: by e-mail, or by name where one has none.
    Two queries."""
    contacts = _contacts(participant.event)
    mine = {
        mark: name for pk, name, email in reversed(contacts) if pk == participant.pk for mark in _marks(name, email)
    }
    shared = {pk: mine[mark] for pk, name, email in reversed(contacts) for mark in _marks(name, email) if mark in mine}
    others = participant.event.participants.filter(pk__in=shared.keys() - {participant.pk}, checked_in_at=None)
    found = sorted(others.exclude(status=Status.CANCELLED), key=lambda other: norwegian_key(other.name))
    return [Companion(shared[other.pk], other) for other in found[:MOST_COMPANIONS]]


def counted_before(participant: Participant) -> dict[str, Participant]:
    """The persons of `participant` who are here with another one already, by name: the same name, and no other e-mail
    address. An address alone may be the one that a whole municipality shares. Two queries."""
    contacts = _contacts(participant.event)
    mine = [(name, email) for pk, name, email in contacts if pk == participant.pk]
    same = {
        pk: name
        for pk, other, address in contacts
        for name, email in mine
        if pk != participant.pk and folded(other) == folded(name) and _may_be_one(email, address)
    }
    inside = participant.event.participants.filter(pk__in=same, checked_in_at__isnull=False, present__gt=0)
    return {same[one.pk]: one for one in inside.exclude(pk=participant.pk).order_by("-checked_in_at", "-pk")}


def found_at_the_door(event: Event, query: str) -> list[Participant]:
    """The best hits first: by how words of the name begin, by the name, by contact, by what they offer or need; with
    contacts and who let them in. Those who have cancelled come last."""
    rows = matching(_with_people(event), query)
    words = folded(query).split()
    return sorted(rows, key=lambda participant: _rank(participant, words))[:MOST_FOUND]


def latest_in(event: Event) -> list[Participant]:
    """Those who came last, the latest first."""
    return list(_with_people(event).filter(checked_in_at__isnull=False).order_by("-checked_in_at", "-pk")[:MOST_LATEST])


def _with_people(event: Event) -> QuerySet[Participant]:
    return event.participants.select_related("checked_in_by").prefetch_related("contacts")


def _rank(participant: Participant, words: list[str]) -> tuple[object, ...]:
    # With and without accents, as the search itself: «kafe» is the beginning of «Kafé».
    name = findable(participant.name)
    people = findable(*(contact.name for contact in participant.contacts.all()))
    begins = all(f" {word}" in f" {name.replace(chr(10), ' ')}" for word in words)
    by_name = all(word in name for word in words)
    by_people = all(word in f"{name} {people}" for word in words)
    gone = participant.status == Status.CANCELLED
    return gone, not begins, not by_name, not by_people, norwegian_key(participant.name)


def _contacts(event: Event) -> list[tuple[int, str, str]]:
    rows = Contact.objects.filter(participant__event=event).order_by("pk")
    return list(rows.values_list("participant", "name", "email"))


def _may_be_one(email: str, other: str) -> bool:
    return not email or not other or email.casefold() == other.casefold()


def _marks(name: str, email: str) -> set[str]:
    return {email.casefold()} if email else {folded(name)}


def _write(participant: Participant, *, at: datetime | None, by: User | None, people: int) -> None:
    participant.checked_in_at, participant.checked_in_by, participant.present = at, by, people
    participant.save(update_fields=["checked_in_at", "checked_in_by", "present", "came_although_cancelled"])
