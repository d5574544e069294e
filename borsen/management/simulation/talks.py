"""What simulated parties agree on, and how long it is between them."""

import uuid
from collections.abc import Iterator
from random import Random

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from borsen.models import Event
from participants.enums import Kind, Status
from participants.models import Resource

MUTUAL = 0.6
INTENTIONS = 0.08
WITHOUT_SUMMARY = 0.4


class Talks:
    """Invents who agrees on what, from the offers and needs of the event's participants."""

    def __init__(self, event: Event, random: Random) -> None:
        approved = Resource.objects.filter(
            participant__event=event, participant__status=Status.APPROVED, closed_at=None
        ).select_related("participant")
        self.offers = list(approved.filter(kind=Kind.OFFER))
        self.needs = list(approved.filter(kind=Kind.NEED))
        self.random = random
        if len({offer.participant_id for offer in self.offers}) < 2:
            raise CommandError(_("%s har for få deltakere med tilbud til å simulere avtaler.") % event)

    def form(self) -> dict[str, str]:
        """A filled-in form, under the names of the contract."""
        offer, need, other = self._who_meets()
        back = [one for one in self.offers if one.participant_id == other]
        returned = self.random.choice(back) if back and self.random.random() < MUTUAL else None
        return {
            "key": str(uuid.uuid4()),
            "kind": "intent" if self.random.random() < INTENTIONS else "agreement",
            "category": str(offer.category_id),
            "summary": "" if self.random.random() < WITHOUT_SUMMARY else offer.title,
            "details": "",
            "made_at": timezone.now().isoformat(),
            "parties-TOTAL_FORMS": "2",
            "parties-INITIAL_FORMS": "0",
            "parties-MIN_NUM_FORMS": "0",
            "parties-MAX_NUM_FORMS": "1000",
            **self._party(0, offer.participant_id, offer, need),
            **self._party(1, other, returned, None),
        }

    def _who_meets(self) -> tuple[Resource, Resource | None, int]:
        """An offer, the need it meets if there is one in its category, and the id of the other participant."""
        offer = self.random.choice(self.offers)
        wanted = [
            need
            for need in self.needs
            if need.category_id == offer.category_id and need.participant_id != offer.participant_id
        ]
        if wanted:
            need = self.random.choice(wanted)
            return offer, need, need.participant_id
        others = [one.participant_id for one in self.offers if one.participant_id != offer.participant_id]
        return offer, None, self.random.choice(others)

    def _party(self, index: int, participant: int, gives: Resource | None, need: Resource | None) -> dict[str, str]:
        fields = {
            "participant": str(participant),
            "gives": gives.title if gives else "",
            "contact": "",
            "offer": str(gives.pk) if gives else "",
            "need": str(need.pk) if need else "",
        }
        return {f"parties-{index}-{name}": value for name, value in fields.items()}


def pauses(per_minute: float, random: Random) -> Iterator[float]:
    """Seconds to wait before each agreement: bursts of one to four close together, `per_minute` on the whole."""
    while True:
        burst = random.choice((1, 1, 2, 2, 3, 4))
        short = [random.uniform(0.1, 0.3) * 60 / per_minute for _number in range(burst - 1)]
        yield max(0.0, random.uniform(0.6, 1.4) * burst * 60 / per_minute - sum(short))
        yield from short
