"""Which municipalities found each other, where the event has several."""

from collections import Counter
from dataclasses import dataclass

from borsen.collation import norwegian_key
from borsen.models import Event

from .participation import taking_part


@dataclass(frozen=True)
class MunicipalityFigure:
    """Of one municipality: `participants` that take part; `inside`, counted agreements whose parties are all of it;
    `across`, counted agreements that it has together with another one. Those across count at each of theirs."""

    name: str
    participants: int
    inside: int
    across: int


@dataclass(frozen=True)
class MunicipalityFigures:
    """`rows`: each municipality that the event names or somebody is of. `inside`: the counted agreements within one of
    them; `across`: between two or more; `unknown`: those with no party that has said where it belongs. The three add up
    to the total. Of an agreement's parties only those count here that have said their municipality."""

    rows: tuple[MunicipalityFigure, ...]
    inside: int
    across: int
    unknown: int

    @property
    def is_worth_showing(self) -> bool:
        """There is something to compare: at least two municipalities."""
        return len(self.rows) > 1


def municipalities(event: Event) -> MunicipalityFigures:
    """By municipality and across them: the event's own ones in its order, then what else was written. Two queries."""
    found: dict[int, set[str]] = {}
    rows = event.agreements.counted().order_by().values_list("pk", "parties__participant__municipality")
    for agreement, written in rows:
        found.setdefault(agreement, set()).update({written.casefold()} if written else ())
    inside, across = Counter[str](), Counter[str]()
    for names in found.values():
        (inside if len(names) == 1 else across).update(names)
    spelled, living = _named(event)
    return MunicipalityFigures(
        rows=tuple(MunicipalityFigure(name, living[key], inside[key], across[key]) for key, name in spelled.items()),
        inside=inside.total(),
        across=sum(len(names) > 1 for names in found.values()),
        unknown=sum(not names for names in found.values()),
    )


def _named(event: Event) -> tuple[dict[str, str], Counter[str]]:
    """Each municipality by its folded name, spelled as the event does, and how many take part from it."""
    spelled = {name.casefold(): name for name in event.municipality_names}
    rows = taking_part(event).exclude(municipality="").order_by().values_list("municipality", flat=True)
    written = sorted(rows, key=norwegian_key)
    for name in written:
        spelled.setdefault(name.casefold(), name)
    return spelled, Counter(name.casefold() for name in written)
