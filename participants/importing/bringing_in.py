"""The list becomes participants: everything or nothing, exactly as the dry run showed it."""

from datetime import datetime
from typing import Any

from borsen.feed_version import locked
from borsen.models import Event

from ..enums import Source
from ..models import ListImport
from ..registering import change, register_many
from .identity import Snapshot
from .keeping import choices_of, mapping_of, sheets_of
from .plan import Outcome, Plan, State, make_plan


class Moved(Exception):
    """What would be done is no longer what was shown; `plan` is what it would be now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def try_out(stored: ListImport) -> Plan:
    """The dry run of the list as it stands."""
    mapping = mapping_of(stored)
    return make_plan(Snapshot(stored.event), sheets_of(stored)[mapping.sheet], mapping, choices_of(stored))


def bring_in(*, stored: ListImport, digest: str, now: datetime) -> ListImport:
    """Make and change the participants that the dry run with this `digest` showed, and keep the report.

    Raises Moved when somebody has changed the participants meanwhile. The same list sent twice is brought in once.
    """
    with locked(stored.event) as event:
        # Whoever sent it first has finished by now, and what they wrote is what counts.
        stored = event.list_imports.get(pk=stored.pk)
        stored.event = event
        if stored.result is not None and stored.result["digest"] == digest:
            return stored
        plan = try_out(stored)
        if plan.digest != digest:
            raise Moved(plan)
        _write(event, plan)
        rows = [_told(outcome) for outcome in plan.outcomes]
        stored.result = {"digest": digest, "at": now.isoformat(), "counts": dict(plan.counts), "rows": rows}
        stored.save(update_fields=["result"])
    return stored


def _write(event: Event, plan: Plan) -> None:
    new = [(outcome, outcome.draft) for outcome in plan.outcomes if outcome.state == State.NEW and outcome.draft]
    made = register_many(event=event, drafts=[draft for _outcome, draft in new], source=Source.IMPORT)
    for (outcome, _draft), participant in zip(new, made, strict=True):
        outcome.participant = participant
    for outcome in plan.outcomes:
        if outcome.state == State.CHANGED and outcome.draft and outcome.participant:
            outcome.participant.event = event
            change(participant=outcome.participant, draft=outcome.draft)


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "number": outcome.number,
        "name": outcome.name,
        "state": outcome.state.value,
        "remarks": outcome.remarks,
        "pk": outcome.participant.pk if outcome.participant else None,
    }
