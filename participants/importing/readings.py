"""What a row says once it is understood: the words that the rooms of the import share."""

from dataclasses import dataclass, field

from ..models import Category
from .people import Person


@dataclass(frozen=True)
class Problem:
    """Something wrong with a row. `column` is None for the row as a whole; `stops` when it is left out for it."""

    question: str
    text: str
    column: int | None = None
    stops: bool = False


@dataclass(frozen=True)
class Wish:
    """An offer or a need as the list has it; `named` when the list says its category."""

    kind: str
    title: str
    details: str
    category: Category
    named: bool


@dataclass
class Reading:
    """One row, understood. What the list does not say is empty. `continues` is the number of the row that it goes on
    from, where a participant takes several rows and only the first one has its name.
    """

    number: int
    key: str = ""
    name: str = ""
    sector: str = ""
    org_number: str = ""
    municipality: str = ""
    website: str = ""
    description: str = ""
    place: str = ""
    expected: int | None = None
    people: list[Person] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    continues: int = 0

    @property
    def left_out(self) -> bool:
        return any(problem.stops for problem in self.problems)


@dataclass(frozen=True)
class Known:
    """Folded texts that the børs has as they stand, and that are therefore never taken apart."""

    titles: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
