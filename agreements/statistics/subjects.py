"""What the agreements are about: categories, and the challenges that the event wanted to solve."""

from dataclasses import dataclass

from django.db.models import Count, Q

from borsen.models import Event

from .resources import RESOURCE_SUMS, resources_of


@dataclass(frozen=True)
class CategoryFigure:
    """How many counted agreements stand in a category; each agreement stands in exactly one."""

    pk: int
    name: str
    count: int


def by_category(event: Event) -> list[CategoryFigure]:
    """All the event's categories in its own order, those without agreements too. The figures add up to the total."""
    counted = Count("agreements", filter=Q(agreements__withdrawn_at=None))
    rows = event.categories.annotate(agreement_count=counted).order_by("position", "pk")
    return [CategoryFigure(row.pk, row.name, row.agreement_count) for row in rows]


@dataclass(frozen=True)
class ChallengeFigure(CategoryFigure):
    """What the event wanted to solve: the counted agreements that answer it, and what those who take part needed and
    offered for it. `needs_met` as in ResourceFigures."""

    offers: int
    needs: int
    needs_met: int


def by_challenge(event: Event) -> list[ChallengeFigure]:
    """The event's challenges in its own order. An agreement answers one at most, so the figures may add up to less than
    the total. Two queries."""
    counted = Count("agreements", filter=Q(agreements__withdrawn_at=None))
    rows = event.challenges.annotate(agreement_count=counted).order_by("position", "pk")
    found = resources_of(event).order_by().values_list("challenge").annotate(**RESOURCE_SUMS)
    sums = {challenge: (offers, needs, met) for challenge, offers, _used, _open, needs, met in found}
    return [ChallengeFigure(row.pk, row.text, row.agreement_count, *sums.get(row.pk, (0, 0, 0))) for row in rows]
