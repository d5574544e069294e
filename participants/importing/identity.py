"""Who is who: which participant of the børs a row of the list is about, and which rows are about the same one.

The organisation number tells, and among those who share one (the units of a municipality) the name. Without a number it
is the name, whatever its case, quotes and dashes, unless both say which municipality they are in and say differently.
Our own export brings each participant's key, which settles it before all of this.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from borsen.collation import folded
from borsen.enums import Sector
from borsen.models import Event

from ..models import Challenge, Participant
from .category_words import Categories
from .people import Person
from .readings import Known, Reading

_QUOTES = re.compile(r"[«»“”„\"'’‘`´]")
_DASHES = re.compile(r"\s*[-–—‒−]\s*")


def name_key(name: str) -> str:
    """The name as it is compared."""
    return " ".join(_DASHES.sub("-", _QUOTES.sub("", folded(name))).split()).strip(" .,-")


class Snapshot:
    """What the børs has at this moment, read in five queries whatever the number."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.categories = Categories(list(event.categories.all()))
        self.challenges: dict[int, Challenge] = {each.pk: each for each in event.challenges.all()}
        self.participants: Sequence[Participant] = list(
            event.participants.order_by("pk").prefetch_related("contacts", "resources")
        )
        self.known = Known(
            frozenset(folded(each.title) for one in self.participants for each in one.resources.all()),
            frozenset(folded(each.name) for one in self.participants for each in one.contacts.all()),
        )
        self.by_key = {str(participant.key): participant for participant in self.participants}
        self.by_number: dict[str, list[Participant]] = defaultdict(list)
        self.by_name: dict[str, list[Participant]] = defaultdict(list)
        for participant in self.participants:
            self.by_number[participant.org_number].append(participant)
            self.by_name[name_key(participant.name)].append(participant)

    def same_name(self, reading: Reading, taken: Collection[int]) -> Participant | None:
        """The participant that has the row's name, and nothing that speaks against its being the same."""
        for each in self.by_name.get(name_key(reading.name), ()):
            if each.pk in taken:
                continue
            if each.org_number and reading.org_number and each.org_number != reading.org_number:
                continue
            if _differ(each.municipality, reading.municipality):
                continue
            people = [Person(contact.name, contact.email) for contact in each.contacts.all()]
            if reading.sector == each.sector == Sector.INDIVIDUAL and not _share_somebody(people, reading.people):
                continue
            return each
        return None

    def same_number(self, reading: Reading, taken: Collection[int]) -> Participant | None:
        """The one participant with the row's organisation number that no row has by its name."""
        if not reading.org_number:
            return None
        free = [each for each in self.by_number.get(reading.org_number, ()) if each.pk not in taken]
        return free[0] if len(free) == 1 else None


def are_the_same(one: Reading, other: Reading) -> bool:
    """Whether two rows of the list are about one participant."""
    if name_key(one.name) != name_key(other.name) or _differ(one.org_number, other.org_number):
        return False
    if _differ(one.municipality, other.municipality) or _differ(one.key, other.key):
        return False
    return not (one.sector == other.sector == Sector.INDIVIDUAL) or _share_somebody(one.people, other.people)


def _share_somebody(one: Sequence[Person], other: Sequence[Person]) -> bool:
    """«Frivillig (Åse)» may be several: their e-mail addresses tell them apart, or their full names."""
    emails = [{person.email.casefold() for person in each if person.email} for each in (one, other)]
    names = [{folded(person.name) for person in each} for each in (one, other)]
    if all(emails):
        return not emails[0].isdisjoint(emails[1])
    return not all(names) or not names[0].isdisjoint(names[1])


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and folded(one) != folded(other)
