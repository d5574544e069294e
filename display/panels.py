"""The figures beside the latest agreements: one panel that stands, or several that take turns."""

from dataclasses import dataclass

from agreements.statistics import by_category, by_challenge, by_participant
from borsen.collation import norwegian_key
from borsen.enums import Panel
from borsen.models import Event

ROWS = 4
MOST = 3


@dataclass(frozen=True)
class Line:
    """One row of a list of figures; `sector` is empty where the row is no participant."""

    name: str
    count: int
    sector: str = ""


@dataclass(frozen=True)
class Panels:
    """What may stand beside the latest agreements: `names` in the order of their turns, and what their figures are."""

    names: tuple[str, ...]
    categories: tuple[Line, ...] = ()
    challenges: tuple[Line, ...] = ()
    most: tuple[Line, ...] = ()


def panels(event: Event) -> Panels:
    """The panel that was chosen, or all that have something to say; the triangle where the chosen one has not. «Flest
    avtaler» only when it was chosen."""
    asked = tuple(Panel) if event.side_panel == Panel.TURNS else (Panel(event.side_panel),)
    categories = _categories(event) if Panel.CATEGORIES in asked else ()
    challenges = _challenges(event) if Panel.CHALLENGES in asked else ()
    says = {
        Panel.TRIANGLE: True,
        Panel.CATEGORIES: bool(categories),
        Panel.GOAL: bool(event.goal),
        Panel.CHALLENGES: bool(challenges),
    }
    names = [panel.value for panel in asked if says.get(panel)] or [Panel.TRIANGLE.value]
    most = most_agreements(event) if event.most_agreements_shown else ()
    return Panels((*names, "most") if most else tuple(names), categories, challenges, most)


def _categories(event: Event) -> tuple[Line, ...]:
    figures = sorted(by_category(event), key=lambda figure: -figure.count)
    return tuple(Line(figure.name, figure.count) for figure in figures[:ROWS] if figure.count)


def _challenges(event: Event) -> tuple[Line, ...]:
    return tuple(Line(figure.name, figure.count) for figure in by_challenge(event))


def most_agreements(event: Event) -> tuple[Line, ...]:
    """The participants with the most agreements, two or more; of equals, those who come first in the alphabet."""
    figures = {pk: figure.agreements for pk, figure in by_participant(event).items() if figure.agreements > 1}
    found = event.participants.filter(pk__in=figures).values_list("pk", "name", "sector")
    rows = sorted(found, key=lambda row: (-figures[row[0]], norwegian_key(row[1])))
    return tuple(Line(name, figures[pk], sector) for pk, name, sector in rows[:MOST])
