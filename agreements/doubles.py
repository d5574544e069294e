"""The same agreement told at two tablets: asked about before it is registered, never blocked (design.md §8)."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from borsen.collation import folded
from borsen.models import Device, Event, User

from .drafts import Draft
from .models import Agreement

# How much of what is given must be the same. People tell the same thing in other words («reparasjon av radioer»,
# «reparere gamle radioer»), and two real agreements between the same two are seldom about the same.
ALIKE = 0.6


class ProbableDouble(Exception):
    """`agreement` was registered at another tablet, between the same parties and in much the same words."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(str(agreement))
        self.agreement = agreement


def probable_double(
    *, event: Event, draft: Draft, by: User | None, device: Device | None, is_typed_later: bool = False
) -> Agreement | None:
    """The latest agreement that this may be a second telling of, or None. One query where the parties have none.

    What `is_typed_later` from paper may be on a tablet already, also the same person's, and in quite other words: there
    any agreement between the same parties is asked about.
    """
    theirs = event.agreements.counted().order_by("-number")
    for party in draft.parties:
        theirs = theirs.filter(parties__participant=party.participant)
    words = _words(party.gives for party in draft.parties)
    for agreement in theirs.prefetch_related("parties"):
        parties = agreement.parties.all()
        told_elsewhere = (agreement.broker_id, agreement.device_id) != (by and by.pk, device and device.pk)
        if len(parties) != len(draft.parties):
            continue
        if is_typed_later or (told_elsewhere and _alike(words, _words(p.gives for p in parties))):
            return agreement
    return None


def _words(given: Iterable[str]) -> list[str]:
    """Sorted, so that it does not matter who was written first."""
    return sorted(word for text in given for word in folded(text).split())


def _alike(one: list[str], other: list[str]) -> bool:
    return SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio() >= ALIKE
