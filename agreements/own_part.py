"""«Mine avtaler» on «min side»: what the participants that a private link opens have agreed.

Who sees the other party's phone and e-mail there has come in by a link that was sent to the e-mail address of a contact
of the party. The link that is shown after registering opens the agreements too, but proves nobody's address: anyone can
type a name and another's address in the form, and it may have been read over a shoulder. It stays without contacts also
when the organiser has approved the participant, for approving is of what was written and not of who holds the link.
Where others on the network can read along nobody sees them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from borsen.access import EventRequest
from borsen.models import Event
from borsen.transport import is_private
from participants.models import Contact, Participant
from participants.person_links import Person, folded_address

from .enums import Kind
from .models import Agreement, OutcomeReport, Party
from .people import contacts_of, speakers
from .receipts import receipt_address


@dataclass(frozen=True)
class Reachable:
    """Another party, and who speaks for it; nobody for who may not see contacts."""

    party: Party
    people: list[Contact]


@dataclass(frozen=True)
class OwnAgreement:
    """One agreement as a person who speaks for `mine` sees it. `reports` of how it went, the last one first.

    Nobody sees contacts of what waits to be looked at: the copies wait for it too."""

    agreement: Agreement
    parties: list[Party]
    mine: list[Party]
    others: list[Reachable]
    sees_contacts: bool
    is_intent: bool
    receipt: str
    reports: list[OutcomeReport]

    @property
    def last(self) -> OutcomeReport | None:
        return self.reports[0] if self.reports else None


def own_agreements(request: EventRequest, person: Person, participants: Sequence[Participant]) -> str:
    """The part as HTML; nothing before there is an agreement."""
    rows = read_own(request.event, person, participants, private=is_private(request))
    if not rows:
        return ""
    context: dict[str, Any] = {"event": request.event, "rows": rows, "private": is_private(request)}
    return SafeString(render_to_string("agreements/own_agreements.html", context, request))


def read_own(
    event: Event, person: Person, participants: Sequence[Participant], *, private: bool, number: int | None = None
) -> list[OwnAgreement]:
    """The agreements of the participants, newest first, or the one with this number. The number of queries does not
    grow with them."""
    ids = {participant.pk for participant in participants}
    found = event.agreements.filter(parties__participant__in=ids).distinct().order_by("-number")
    if number is not None:
        found = found.filter(number=number)
    reports = OutcomeReport.objects.select_related("by_party__participant").order_by("-at", "-pk")
    found = (
        found.with_parties()
        .select_related("category", "first_contact")
        .prefetch_related(Prefetch("outcome_reports", reports))
    )
    agreements = list(found)
    if not agreements:
        return []
    contacts = contacts_of(party.participant_id for each in agreements for party in each.parties.all())
    addresses = {link.email for link in person.links if link.email}
    proved = {pk for pk in ids if any(folded_address(contact.email) in addresses for contact in contacts.get(pk, []))}

    def own(agreement: Agreement) -> OwnAgreement:
        agreement.event = event
        parties = list(agreement.parties.all())
        mine = [party for party in parties if party.participant_id in ids]
        is_valid = agreement.withdrawn_at is None and not agreement.needs_review
        sees = private and is_valid and any(party.participant_id in proved for party in mine)
        others = [Reachable(party, speakers(party, contacts) if sees else []) for party in parties if party not in mine]
        return OwnAgreement(
            agreement=agreement,
            parties=parties,
            mine=mine,
            others=others,
            sees_contacts=sees,
            is_intent=agreement.kind == Kind.INTENT,
            receipt=receipt_address(agreement),
            reports=list(agreement.outcome_reports.all()),
        )

    return [own(agreement) for agreement in agreements]
