"""What was offered and needed, and how much of it was found."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from borsen.models import Event
from participants.enums import Kind as ResourceKind
from participants.enums import Status
from participants.models import Resource

from ..models import Party

_offers, _needs = Q(kind=ResourceKind.OFFER), Q(kind=ResourceKind.NEED)
# The order of ResourceFigures' fields. `met` and `used` are marks that resources_of puts on each row.
RESOURCE_SUMS = {
    "offers": Count("pk", filter=_offers),
    "offers_used": Count("pk", filter=_offers & Q(used=True)),
    "offers_open": Count("pk", filter=_offers & Q(closed_at=None)),
    "needs": Count("pk", filter=_needs),
    "needs_met": Count("pk", filter=_needs & Q(met=True)),
}


@dataclass(frozen=True)
class ResourceFigures:
    """Offers and needs of those who take part. `needs_met`: the needs that a counted agreement names, or that someone
    has closed («Dekket»); `offers_used`: the offers that a counted agreement gives from; `offers_open`: the offers that
    their owner has not closed («Brukt opp»), used or not."""

    offers: int
    offers_used: int
    offers_open: int
    needs: int
    needs_met: int

    @property
    def needs_unmet(self) -> int:
        return self.needs - self.needs_met


def resources_of(event: Event) -> QuerySet[Resource, Any]:
    """The resources of those who take part, each marked with whether it is `met` (a need) or `used` (an offer)."""
    counted = Party.objects.filter(agreement__withdrawn_at=None)
    takes_part = Q(participant__status=Status.APPROVED) | Exists(counted.filter(participant=OuterRef("participant")))
    named = Exists(counted.filter(need=OuterRef("pk")))
    return (
        Resource.objects.filter(participant__event=event)
        .filter(takes_part)
        .annotate(met=Q(closed_at__isnull=False) | Q(named), used=Exists(counted.filter(offer=OuterRef("pk"))))
    )


def resources(event: Event) -> ResourceFigures:
    """What was offered and needed, and how much of it was found. One query."""
    return ResourceFigures(**resources_of(event).aggregate(**RESOURCE_SUMS))
