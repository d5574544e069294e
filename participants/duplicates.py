"""Participants of an event that are probably the same one twice. A person decides (participants/joining.py)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import combinations

from django.utils.translation import gettext_lazy as _

from borsen.collation import folded, norwegian_key
from borsen.feed_version import locked
from borsen.models import Event

from .enums import Status
from .models import Participant

# What organisations are, not what they are called.
LEGAL_FORMS = frozenset(
    {"as", "asa", "ans", "da", "enk", "sa", "ba", "ks", "nuf", "sti", "stiftelsen", "avd", "avdeling"}
)
# So long a name may be written with one or two letters wrong; in a short one they are another name.
LONG_ENOUGH = {1: 7, 2: 14}
# … and two letters only up to here: the ways to leave two out grow with the square.
LONGEST = 50
ALIKE = 0.86
ALIKE_WITH_SAME_EMAIL = 0.7
# A larger group is people who share a number or an address on purpose, and would give thousands of pairs.
MOST_IN_A_GROUP = 12


class Sign(Enum):
    """Why two are taken for one, the surest first."""

    SAID = _("Den som meldte på, sier at det er den samme")
    ORG_NUMBER = _("Samme organisasjonsnummer")
    NAME = _("Samme navn")
    SIMILAR = _("Nesten samme navn")
    EMAIL = _("Samme e-post og lignende navn")


@dataclass(frozen=True)
class Pair:
    """Two that may be the same: the one that is best kept first, and why."""

    keep: Participant
    take: Participant
    signs: list[Sign]


def likely_doubles(event: Event) -> list[Pair]:
    """All pairs, the surest first, without those of which somebody has said that they are not the same. Whoever has
    cancelled is no double. Two contacts and two agreements cost no more queries than one: five in all."""
    rows = event.participants.exclude(status=Status.CANCELLED).prefetch_related("contacts", "resources", "parties")
    participants = {row.pk: row for row in rows}
    refused = {(row.first_id, row.second_id) for row in event.not_doubles.all()}
    signs: dict[tuple[int, int], set[Sign]] = defaultdict(set)
    for sign, one, other in _signs(list(participants.values())):
        pair = (min(one, other), max(one, other))
        if pair not in refused and other in participants:
            signs[pair].add(sign)
    order = list(Sign)
    pairs = [
        Pair(*_best_first(participants[one], participants[other]), signs=sorted(found, key=order.index))
        for (one, other), found in signs.items()
    ]
    return sorted(pairs, key=lambda pair: (order.index(pair.signs[0]), norwegian_key(pair.keep.name), pair.take.pk))


def not_the_same(*, event: Event, one: Participant, other: Participant) -> None:
    """Remember that these two are not the same one, whatever they say of themselves."""
    first, second = sorted([one.pk, other.pk])
    with locked(event) as event:
        event.not_doubles.get_or_create(first_id=first, second_id=second)
        event.participants.filter(pk=one.pk, same_as=other.pk).update(same_as=None)
        event.participants.filter(pk=other.pk, same_as=one.pk).update(same_as=None)


def bare_name(name: str) -> str:
    """The name without legal forms, spaces and punctuation."""
    words = re.findall(r"\w+", folded(name).replace(".", ""))
    return "".join([word for word in words if word not in LEGAL_FORMS] or words)


def _signs(participants: list[Participant]) -> Iterator[tuple[Sign, int, int]]:
    names = {row.pk: bare_name(row.name) for row in participants}
    for row in participants:
        if row.same_as_id is not None:
            yield Sign.SAID, row.pk, row.same_as_id
    for pairs, sign in (
        (_grouped((row.org_number, row.pk) for row in participants), Sign.ORG_NUMBER),
        (_grouped((names[row.pk], row.pk) for row in participants), Sign.NAME),
    ):
        yield from ((sign, *pair) for pair in pairs)
    for one, other in _nearly_the_same(names):
        if names[one] != names[other] and _alike(names[one], names[other]) >= ALIKE:
            yield Sign.SIMILAR, one, other
    people = ((contact.email.casefold(), row.pk) for row in participants for contact in row.contacts.all())
    for one, other in _grouped(people):
        a, b = names[one], names[other]
        if _figures(a) == _figures(b) and (a in b or b in a or _alike(a, b) >= ALIKE_WITH_SAME_EMAIL):
            yield Sign.EMAIL, one, other


def _grouped(keyed: Iterable[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """The pairs of those that have the same key; who has none is left out."""
    groups: dict[str, set[int]] = defaultdict(set)
    for key, pk in keyed:
        if key:
            groups[key].add(pk)
    for group in groups.values():
        if len(group) <= MOST_IN_A_GROUP:
            yield from combinations(sorted(group), 2)


def _nearly_the_same(names: dict[int, str]) -> set[tuple[int, int]]:
    """Candidates: names that become the same when one or two letters are left out of each. Comparing all with all would
    take seconds at 500; this takes as long for each name, however many there are."""
    # «4H nr. 1» and «4H nr. 2» differ by one letter, and are two: only names with the same figures are looked at.
    first_with: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    found = set()
    for pk, name in names.items():
        seen = first_with[_figures(name)]
        for variant in _variants(name):
            other = seen.setdefault(variant, pk)
            if other != pk:
                found.add((other, pk))
    return found


def _variants(name: str) -> Iterator[str]:
    length = len(name)
    if length:
        yield name
    if length >= LONG_ENOUGH[1]:
        yield from (name[:place] + name[place + 1 :] for place in range(length))
    if LONG_ENOUGH[2] <= length <= LONGEST:
        for first in range(length):
            start, rest = name[:first], name[first + 1 :]
            yield from (start + rest[:place] + rest[place + 1 :] for place in range(len(rest)))


def _figures(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", name))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _best_first(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    """The one with agreements, approved, with most written, that came first: kept unless somebody says otherwise."""

    def worth(row: Participant) -> tuple[int, bool, int, int]:
        approved = row.status == Status.APPROVED
        return len(row.parties.all()), approved, len(row.resources.all()) + len(row.contacts.all()), -row.pk

    return (one, other) if worth(one) >= worth(other) else (other, one)
