"""Agreements as a screen shows them: names of participants, never anything about their contacts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from agreements.enums import Kind, What
from agreements.models import Agreement, Change
from borsen.models import Event
from participants.masking import without_contact_details

MOST_CHANGED = 50


@dataclass(frozen=True)
class PartyCard:
    """One party of an agreement: `gives` is as it was typed, without addresses and telephones, and may be empty."""

    name: str
    sector: str
    gives: str
    participant: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Card:
    """One agreement as a screen shows it."""

    number: int
    summary: str
    intent: bool
    parties: tuple[PartyCard, ...]


@dataclass(frozen=True)
class Changed:
    """Numbers of the agreements that changed since a version: `new` and `corrected` ones may be shown, those that are
    `gone` (withdrawn, hidden, held back until someone has looked) may not. At most 50 together, the latest first."""

    new: tuple[int, ...] = ()
    corrected: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


def cards(agreements: Iterable[Agreement]) -> tuple[Card, ...]:
    """`agreements` with their parties, as cards."""
    return tuple(_card(agreement) for agreement in agreements)


def _card(agreement: Agreement) -> Card:
    parties = tuple(
        PartyCard(
            name=without_contact_details(party.participant.name),
            sector=party.participant.sector,
            gives=without_contact_details(party.gives),
            participant=party.participant_id,
        )
        for party in agreement.parties.all()
    )
    summary = without_contact_details(agreement.summary)
    return Card(agreement.number, summary, agreement.kind == Kind.INTENT, parties)


def latest(event: Event, number: int) -> tuple[Card, ...]:
    """The last `number` agreements that may be shown, the newest first."""
    return cards(event.agreements.shown().with_parties().order_by("-number")[:number])


def changed_since(event: Event, version: int) -> Changed:
    """What a page that stands at `version` has to bring in, mend and take away."""
    # What was held back is new to the screen once somebody has looked at it.
    first_seen = (What.REGISTERED, What.REVIEWED)
    arrived = Change.objects.filter(agreement=OuterRef("pk"), what__in=first_seen, version__gt=version)
    shown = event.agreements.shown().filter(pk=OuterRef("pk"))
    rows = event.agreements.filter(version__gt=version).annotate(is_new=Exists(arrived), is_shown=Exists(shown))
    news = list(rows.order_by("-version").values_list("number", "is_new", "is_shown")[:MOST_CHANGED])
    return Changed(
        new=tuple(number for number, is_new, is_shown in news if is_shown and is_new),
        corrected=tuple(number for number, is_new, is_shown in news if is_shown and not is_new),
        gone=tuple(number for number, _is_new, is_shown in news if not is_shown),
    )


def changed_cards(event: Event, changed: Changed) -> tuple[Card, ...]:
    """The cards of what is new or corrected, in the order in which the agreements came."""
    numbers = (*changed.new, *changed.corrected)
    if not numbers:
        return ()
    return cards(event.agreements.shown().filter(number__in=numbers).with_parties().order_by("number"))
