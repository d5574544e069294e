"""How many agreements there are, and of what sorts."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import ngettext

from borsen.models import Event

from ..enums import FirstTime, Kind


@dataclass(frozen=True)
class Totals:
    """`count`: the counted agreements. `intents`: of them intentions. `mutual`: of them those in which at least two
    parties give something; `one_way`: the rest. `first_time`: of them those said to be the parties' first together."""

    count: int
    intents: int
    mutual: int
    first_time: int

    @property
    def one_way(self) -> int:
        return self.count - self.mutual

    @property
    def in_full(self) -> str:
        """«110 avtaler, av dem 10 intensjonsavtaler»."""
        text = ngettext("%d avtale", "%d avtaler", self.count) % self.count
        if not self.intents:
            return text
        of_them = ngettext("av dem %d intensjonsavtale", "av dem %d intensjonsavtaler", self.intents) % self.intents
        return f"{text}, {of_them}"


def count(event: Event) -> int:
    """«Antall avtaler»: the counted agreements."""
    return event.agreements.counted().count()


def totals(event: Event) -> Totals:
    """The number of agreements and of what sorts they are."""
    givers = event.agreements.counted().annotate(givers=Count("parties", filter=~Q(parties__gives="")))
    sums = event.agreements.counted().aggregate(
        count=Count("pk"),
        intents=Count("pk", filter=Q(kind=Kind.INTENT)),
        first_time=Count("pk", filter=Q(first_time=FirstTime.YES)),
    )
    return Totals(mutual=givers.filter(givers__gte=2).count(), **sums)


@dataclass(frozen=True)
class FirstMeetings:
    """Of the counted agreements whose parties are of two sectors or more (`across`): how many were the parties' first
    together (`first`), and how many said whether they were (`answered`). What nobody was asked is no «no»."""

    across: int
    answered: int
    first: int


def first_meetings(event: Event) -> FirstMeetings:
    """First-time meetings across sectors, and of how many it is known. One query."""
    sectors = Count("parties__participant__sector", distinct=True)
    answers = event.agreements.counted().annotate(sectors=sectors).filter(sectors__gte=2).order_by()
    found = [first_time for first_time, _pk in answers.values_list("first_time", "pk")]
    return FirstMeetings(
        across=len(found),
        answered=len(found) - found.count(FirstTime.UNKNOWN),
        first=found.count(FirstTime.YES),
    )
