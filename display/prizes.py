"""The prizes that have been revealed, as «Resultat» shows them."""

from dataclasses import dataclass

from agreements.awards import may_be_shown
from agreements.models import Award
from borsen.models import Event
from participants.masking import without_contact_details


@dataclass(frozen=True)
class Prize:
    """`winner` is the agreement in short, or the participant; `of` names the agreement's parties; `sector` is the
    participant's."""

    title: str
    winner: str
    of: tuple[str, ...]
    sector: str
    reason: str


def revealed(event: Event) -> tuple[Prize, ...]:
    """The one that was revealed last comes first. What has since been withdrawn or hidden is nobody's prize here."""
    awards = event.awards.filter(shown_at__isnull=False).select_related("participant", "agreement")
    rows = awards.prefetch_related("agreement__parties__participant").order_by("-shown_at", "-position")
    return tuple(_prize(award) for award in rows if may_be_shown(award))


def _prize(award: Award) -> Prize:
    title, reason = without_contact_details(award.title), without_contact_details(award.reason)
    if award.agreement is not None:
        names = tuple(without_contact_details(party.participant.name) for party in award.agreement.parties.all())
        return Prize(title, without_contact_details(award.agreement.summary), names, "", reason)
    assert award.participant is not None
    return Prize(title, without_contact_details(award.participant.name), (), award.participant.sector, reason)
