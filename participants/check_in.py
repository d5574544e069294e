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
    tablet's word stands. Who had cancelled takes part after all."""
    with locked(participant.event) as event:
        current = event.participants.get(pk=participant.pk)
        if current.checked_in_at is not None:
            return False
        if current.status == Status.CANCELLED:
            set_status(participant=current, status=Status.APPROVED)
            current.came_although_cancelled = True
        _write(current, at=now, by=by, people=current.expected if people is None else people)
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


def companions(participant: Participant) -> list[Participant]:
    """Those who are not in yet and share a contact with `participant`: by e-mail, or by name where one has none.
    Two queries."""
    rows = Contact.objects.filter(participant__event=participant.event_id).values_list("participant", "name", "email")
    contacts = [(pk, _marks(name, email)) for pk, name, email in rows]
    mine = set().union(*(marks for pk, marks in contacts if pk == participant.pk))
    found = {pk for pk, marks in contacts if marks & mine} - {participant.pk}
    others = participant.event.participants.filter(pk__in=found, checked_in_at=None).exclude(status=Status.CANCELLED)
    return sorted(others, key=lambda other: norwegian_key(other.name))[:MOST_COMPANIONS]


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


def _marks(name: str, email: str) -> set[str]:
    return {email.casefold()} if email else {folded(name)}


def _write(participant: Participant, *, at: datetime | None, by: User | None, people: int) -> None:
    participant.checked_in_at, participant.checked_in_by, participant.present = at, by, people
    participant.save(update_fields=["checked_in_at", "checked_in_by", "present", "came_although_cancelled"])
