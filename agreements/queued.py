"""What was finished on a tablet while there was no network, and arrives late.

The parties have walked away, so nothing is sent back that can be kept: what doesn't fit is cut or left out, and the
reason is noted for whoever looks at it afterwards (design.md §5). Only what is no agreement at all is refused.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from borsen.enums import Sector
from borsen.models import Challenge, Event
from participants.enums import Kind as ResourceKind
from participants.enums import Status
from participants.models import Category, Participant

from .drafts import Draft, PartyDraft
from .enums import FirstTime, Kind
from .forms import read_due_date, read_key, read_made_at
from .models import DETAILS_MAX, GIVES_MAX, SUMMARY_MAX
from .party_forms import Known, known_to, not_taking_part
from .posted import filled, first_contact_of, posted_id, posted_parties, readable
from .registering import Refused
from .rules import LEAST_PARTIES, MOST_PARTIES, Problem
from .walk_ins import NAME_MAX, new_contact, new_participant, walk_in_key


class Salvage:
    """One late agreement on its way to a draft; `remarks` says what had to be cut or left out."""

    def __init__(self, event: Event, data: Mapping[str, Any]) -> None:
        self.event, self.data = event, data
        self.remarks: list[str] = []
        self.cut_texts: list[str] = []

    def draft(self) -> Draft:
        """Raises Refused where there is no agreement to keep: no key, or not two participants of this event."""
        key = read_key(self._text("key"))
        if key is None:
            raise Refused([Problem("key", _("Avtalen mangler nøkkelen sin."), fatal=True)])
        category = self._category()
        parties = self._parties()
        first_contact = first_contact_of(self.data)
        summary = self._cut(self._text("summary"), SUMMARY_MAX, _("Kort om avtalen"))
        details = "\n".join(filter(None, [self._text("details"), *self.cut_texts]))
        return Draft(
            key=key,
            kind=self._kind(),
            category=category,
            summary=summary,
            details=self._cut(details, DETAILS_MAX, _("Mer om avtalen")),
            made_at=read_made_at(self._text("made_at")),
            not_payment=bool(self._text("not_payment")),
            challenge=self._challenge(),
            first_time=self._first_time(),
            first_contact=parties[first_contact].participant if first_contact < len(parties) else None,
            first_contact_by=self._first_contact_by(),
            parties=parties,
        )

    def _first_contact_by(self) -> date | None:
        text = self._text("first_contact_by")
        due = read_due_date(text)
        if text and due is None:
            self.remarks.append(_("Dagen for første kontakt («%s») kan ikke være riktig.") % text[:20])
        return due

    def _challenge(self) -> Challenge | None:
        text = self._text("challenge")
        pk = posted_id(text)
        found = self.event.challenges.filter(pk=pk).first() if pk else None
        if text and found is None:
            self.remarks.append(_("Problemstillingen finnes ikke lenger."))
        return found

    def _first_time(self) -> FirstTime:
        text = self._text("first_time")
        return FirstTime(text) if text in FirstTime.values else FirstTime.UNKNOWN

    def _text(self, name: str) -> str:
        return _clean(self.data.get(name, ""))

    def _cut(self, text: str, limit: int, label: str) -> str:
        if len(text) <= limit:
            return text
        self.remarks.append(_("«%s» var for lang og er kortet ned.") % label)
        self.cut_texts.append(f"{label}: {text}")
        return text[: limit - 1].rstrip() + "…"

    def _kind(self) -> Kind:
        text = self._text("kind") or Kind.AGREEMENT
        if text in Kind.values:
            return Kind(text)
        self.remarks.append(_("Typen er ukjent."))
        return Kind.AGREEMENT

    def _category(self) -> Category:
        found = self.event.categories.filter(pk=posted_id(self._text("category")) or 0).first()
        if found is None:
            self.remarks.append(_("Kategorien er ukjent og må velges på nytt."))
            found = self.event.categories.last()
        if found is None:
            raise Refused([Problem("category", _("Børsen har ingen kategorier."), fatal=True)])
        return found

    def _parties(self) -> tuple[PartyDraft, ...]:
        rows = filled(posted_parties(self.data))
        known = known_to(self.event, rows)
        parties: dict[UUID, PartyDraft] = {}
        for number, row in enumerate(rows, 1):
            self._add_party(parties, row, number, known)
        if len(parties) < LEAST_PARTIES:
            raise Refused([Problem("", _("En avtale trenger minst to parter fra denne børsen."), fatal=True)])
        present = tuple(parties.values())
        if len(present) > MOST_PARTIES:
            names = ", ".join(party.participant.name for party in present[MOST_PARTIES:])
            self.remarks.append(_("Det er plass til %d parter.") % MOST_PARTIES)
            self.cut_texts.append(_("Også med: %s") % names)
        present = present[:MOST_PARTIES]
        return tuple(self._without_strange_need(party, present) for party in present)

    def _add_party(self, parties: dict[UUID, PartyDraft], row: dict[str, str], number: int, known: Known) -> None:
        participant = known.participants.get(posted_id(row["participant"]) or 0) or self._walk_in(row, known)
        gives = _clean(row["gives"])
        if participant is None:
            self.remarks.append(_("Part %d er ikke kjent på denne børsen.") % number)
            self.cut_texts.extend([f"{_('Part %d gir') % number}: {gives}"] if gives else [])
            return
        if participant.status != Status.APPROVED:
            self.remarks.append(not_taking_part(participant))
        before = parties.get(participant.key)
        if before is not None:
            self.remarks.append(_("%s sto der to ganger.") % participant)
            gives = "; ".join(filter(None, [before.gives, gives]))
        is_new = participant.pk is None
        parties[participant.key] = PartyDraft(
            participant=participant,
            gives=self._cut(gives, GIVES_MAX, _("Part %d gir") % number),
            contact=new_contact(participant, _clean(row["walkin_contact"])[:NAME_MAX])
            if is_new
            else self._own(row["contact"], known.contacts, participant.pk),
            offer=self._own(row["offer"], known.resources, participant.pk, ResourceKind.OFFER),
            need=self._own(row["need"], known.resources, None, ResourceKind.NEED),
        )

    def _walk_in(self, row: dict[str, str], known: Known) -> Participant | None:
        key, name = walk_in_key(row), _clean(row["walkin_name"])
        if key is None or (not name and key not in known.walk_ins):
            return None
        if key in known.walk_ins:
            return known.walk_ins[key]
        sector = row["walkin_sector"]
        if sector not in Sector.values:
            self.remarks.append(_("%s mangler type.") % name[:NAME_MAX])
            sector = Sector.VOLUNTARY
        return new_participant(
            self.event, key=key, name=self._cut(name, NAME_MAX, _("Navnet på den nye deltakeren")), sector=sector
        )

    def _own(self, text: str, known: Mapping[int, Any], owner: int | None, kind: str = "") -> Any:
        row = known.get(posted_id(text) or 0)
        fits = row is not None and (owner is None or row.participant_id == owner) and (not kind or row.kind == kind)
        if text.strip() and not fits:
            self.remarks.append(_("Et tilbud, behov eller en kontaktperson finnes ikke lenger."))
        return row if fits else None

    def _without_strange_need(self, party: PartyDraft, present: tuple[PartyDraft, ...]) -> PartyDraft:
        others = {other.participant.pk for other in present if other is not party}
        if party.need is None or party.need.participant_id in others:
            return party
        self.remarks.append(_("Et behov hørte ikke til noen av partene."))
        return replace(party, need=None)


def _clean(value: Any) -> str:
    """Text that every database takes, and every screen can show."""
    return readable(str(value).replace("\r\n", "\n")).strip()
