"""A need is met: said of an agreement after it has been registered."""

from datetime import datetime

from django.utils.translation import gettext as _

from borsen.feed_version import advance
from borsen.models import Device, Event, User
from participants.enums import Kind as ResourceKind
from participants.models import Resource

from .changing import changing
from .enums import What
from .history import record, snapshot
from .models import Agreement


class NotTheirNeed(Exception):
    """The need belongs to none of the parties, or is no need."""


def meet_need(
    *, agreement: Agreement, need: Resource, by: User | None, now: datetime, device: Device | None = None
) -> Agreement:
    """Note that the agreement meets `need` of one of its parties. Repeating does nothing; raises NotTheirNeed.

    The need stands with the party that gives. When each of those names another need already, this one is closed
    («Dekket»), because a party names one at most.
    """
    with changing(agreement) as current:
        parties = list(current.parties.all())
        if need.kind != ResourceKind.NEED or need.participant_id not in {party.participant_id for party in parties}:
            raise NotTheirNeed
        if need.closed_at is not None or any(party.need_id == need.pk for party in parties):
            return current
        before = snapshot(current)
        others = [party for party in parties if party.participant_id != need.participant_id and party.need_id is None]
        giver = next((party for party in others if party.gives), others[0] if others else None)
        if giver is None:
            need.closed_at = now
            need.save(update_fields=["closed_at"])
        else:
            giver.need = need
            giver.save(update_fields=["need"])
        current.version = advance(current.event)
        current.save(update_fields=["version"])
        why = _("Dekker behovet «%s».") % need.public_title
        record(
            current, What.CORRECTED, at=now, by=by, device=device, why=why[:300], before=before, after=snapshot(current)
        )
    return current


def met_needs(event: Event) -> set[int]:
    """The keys of the needs that are met."""
    return set(Resource.objects.filter(participant__event=event).met().values_list("pk", flat=True))
