"""«Slik gikk det»: what became of an agreement, told by its parties.

Every report is kept; the agreement's own outcome is the last one. No screen shows it, so the feed stands still.
"""

from datetime import datetime

from borsen.feed_version import locked

from .enums import Outcome
from .models import Agreement, OutcomeReport, Party


def report_outcome(*, party: Party, outcome: Outcome, note: str = "", now: datetime) -> OutcomeReport | None:
    """Keep what the party tells of its agreement. None when the agreement is withdrawn; the same again from the same
    party writes nothing new."""
    with locked(party.agreement.event) as event:
        agreement = event.agreements.get(pk=party.agreement_id)
        if agreement.withdrawn_at is not None:
            return None
        last = agreement.outcome_reports.order_by("-at", "-pk").first()
        if last is not None and (last.by_party_id, last.outcome, last.note) == (party.pk, outcome.value, note):
            return last
        report = OutcomeReport.objects.create(
            agreement=agreement, at=now, by_party=party, outcome=outcome.value, note=note
        )
        agreement.outcome = outcome.value
        agreement.save(update_fields=["outcome"])
    return report


def authors(agreement: Agreement) -> dict[int, int]:
    """Which participant made each report, by the report's id: a correction writes the parties anew."""
    made = agreement.outcome_reports.filter(by_party__isnull=False)
    return dict(made.values_list("pk", "by_party__participant"))


def give_back(agreement: Agreement, made: dict[int, int]) -> None:
    """Name the authors that `authors` found before the parties were written anew, those that still are parties."""
    if not made:
        return
    parties = dict(agreement.parties.order_by().values_list("participant", "pk"))
    for pk, participant in made.items():
        OutcomeReport.objects.filter(pk=pk).update(by_party=parties.get(participant))
