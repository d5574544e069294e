"""The form in which a pile of paper forms is typed in: the agreement form, with names written instead of chosen.

A name needs no more letters than it takes until only one participant fits, so that the keyboard is enough and no script
is needed.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borsen.collation import folded
from borsen.models import Event, User
from participants.models import Contact
from participants.searching import of_the_same_name

from .blanks import read_serial
from .directory import choices
from .drafts import Draft, PartyDraft, digest
from .forms import AgreementEntry
from .paper import SERIAL_MAX, FromPaper, OutsideTheHour, made_at_clock
from .party_forms import PartyForm, not_taking_part
from .posted import MOST_ROWS, PREFIX, posted_id
from .rules import LEAST_PARTIES
from .walk_ins import NAME_MAX, new_contact

PHONE_MAX = 30
MOST_NAMED = 5
A_YEAR = timedelta(days=366)
NOT_CONTENT = frozenset({"csrfmiddlewaretoken", "confirmed"})


@dataclass
class Row:
    """What was typed of one party; `problem` is why the name is nobody's, `is_new` that it is a new
    participant, and `asks_kind` that it may be one."""

    name: str = ""
    contact: str = ""
    phone: str = ""
    sector: str = ""
    participant: str = ""
    problem: str = ""
    is_new: bool = False
    asks_kind: bool = False


@dataclass(frozen=True)
class Names:
    """The participants as they are written: a label for each, as the list beside the field shows it."""

    labels: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Event) -> "Names":
        found = choices(event)
        several = Counter(label for _pk, label in found)
        return cls({pk: f"{label} ({pk})" if several[label] > 1 else label for pk, label in found})

    def find(self, text: str) -> list[str]:
        """The ids of those whom `text` may mean: the name itself, else the beginning of words, else any part."""
        wanted = folded(text)
        names = {pk: folded(label) for pk, label in self.labels.items()}
        for fits in (
            lambda name: name == wanted or name.partition(" · ")[0] == wanted,
            lambda name: name.startswith(wanted) or f" {wanted}" in name,
            lambda name: all(word in name for word in wanted.split()),
        ):
            found = [pk for pk, name in names.items() if fits(name)]
            if found:
                return found
        return []


class PaperForm(forms.Form):
    """What stands on the paper beside the agreement itself."""

    serial = forms.CharField(label=gettext_lazy("Skjema nr."), required=False, max_length=SERIAL_MAX)
    clock = forms.CharField(label=gettext_lazy("Klokka"), required=False)
    broker = forms.CharField(label=gettext_lazy("Børsmegler"), required=False)

    def __init__(
        self, data: QueryDict | None, *, event: Event, now: datetime, brokers: Sequence[User], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.event, self.now = event, now
        self.brokers = {str(user.pk): user for user in brokers}

    def clean_serial(self) -> str:
        return read_serial(self.cleaned_data["serial"])

    def clean_clock(self) -> datetime:
        try:
            return made_at_clock(self.event, self.cleaned_data["clock"], self.now)
        except OutsideTheHour as outside:
            raise ValidationError(str(outside)) from outside

    def clean_broker(self) -> User | None:
        text = self.cleaned_data["broker"]
        if text and text not in self.brokers:
            raise ValidationError(_("Velg en av meglerne, eller la feltet stå tomt."))
        return self.brokers.get(text)


class PaperEntry:
    """One paper form as it was typed. Without `data` an empty one, with what stands already in `initial`."""

    def __init__(
        self,
        event: Event,
        data: QueryDict | None = None,
        *,
        now: datetime,
        brokers: Sequence[User],
        initial: dict[str, str] | None = None,
    ) -> None:
        self.event, self.now, self.names = event, now, Names.of(event)
        self.paper = PaperForm(data, event=event, now=now, brokers=brokers, initial=initial)
        self.due_as_typed = data.get("first_contact_by", "") if data is not None else ""
        self.rows = _rows(data) if data is not None else [Row() for _party in range(LEAST_PARTIES)]
        if data is None:
            self.entry = AgreementEntry(event, parties=[{} for _row in self.rows])
            return
        for row in self.rows:
            self._resolve(row)
        translated = self._translated(data)
        due = _due(data.get("first_contact_by", ""), localdate(event.opened_at or now))
        if due:
            translated["first_contact_by"] = due.isoformat()
        self.entry = AgreementEntry(event, translated, due=due)

    @property
    def cards(self) -> list[tuple[PartyForm, Row]]:
        """Each party's form with what was typed of it."""
        return list(zip(self.entry.parties.forms, self.rows, strict=False))

    def is_valid(self) -> bool:
        # All of it, so that everything that is wrong is said at once.
        entry_is_valid, paper_is_valid = self.entry.is_valid(), self.paper.is_valid()
        return entry_is_valid and paper_is_valid and not any(row.problem for row in self.rows)

    def draft(self) -> Draft:
        """Only of a valid entry."""
        draft = self.entry.draft()
        named = [row for row in self.rows if row.participant or row.is_new]
        contacts = _contacts(draft.parties)
        parties = tuple(_spoken_for(party, row, contacts) for party, row in zip(draft.parties, named, strict=True))
        return replace(draft, parties=parties, made_at=self.paper.cleaned_data["clock"])

    def from_paper(self) -> FromPaper:
        """Only of a valid entry."""
        return FromPaper(serial=self.paper.cleaned_data["serial"], broker=self.paper.cleaned_data["broker"])

    def _resolve(self, row: Row) -> None:
        if not row.name:
            return
        found = self.names.find(row.name)
        if len(found) == 1 and not (row.sector and folded(row.name) != folded(self.names.labels[found[0]])):
            row.participant = found[0]
        elif not found and (known := of_the_same_name(self.event, row.name)):
            row.problem = not_taking_part(known)
        elif row.sector:
            row.is_new = row.asks_kind = True
        elif found:
            named = ", ".join(f"«{self.names.labels[pk]}»" for pk in found[:MOST_NAMED])
            words = {"text": row.name, "names": named, "more": len(found) - MOST_NAMED}
            text = _("Flere passer til «%(text)s»: %(names)s. Skriv mer av navnet.")
            if len(found) > MOST_NAMED:
                text = _("Flere passer til «%(text)s»: %(names)s og %(more)d til. Skriv mer av navnet.")
            row.problem = text % words
        else:
            text = _("Ingen deltaker passer til «%s». Rett navnet, eller velg hva slags ny deltaker det er.")
            row.problem, row.asks_kind = text % row.name, True

    def _translated(self, data: QueryDict) -> QueryDict:
        """The same under the names of the agreement form, with ids for names."""
        found = data.copy()
        found[f"{PREFIX}-TOTAL_FORMS"] = str(len(self.rows))
        for index, row in enumerate(self.rows):
            place = f"{PREFIX}-{index}"
            found[f"{place}-participant"] = row.participant
            if row.is_new:
                # The same form sent twice is the same participant.
                found[f"{place}-walkin_key"] = str(uuid5(NAMESPACE_OID, f"{data.get('key', '')}-{index}"))
                found[f"{place}-walkin_name"] = row.name
                found[f"{place}-walkin_sector"] = row.sector
        return found


def content_digest(data: QueryDict) -> str:
    """Of what was typed, so that the same form sent twice is known again whatever has been registered since."""
    return digest({name: data[name] for name in sorted(data) if name not in NOT_CONTENT})


def _rows(data: QueryDict) -> list[Row]:
    total = min(max(posted_id(data.get(f"{PREFIX}-TOTAL_FORMS", "")) or 0, LEAST_PARTIES), MOST_ROWS)

    def text(index: int, name: str, most: int) -> str:
        return data.get(f"{PREFIX}-{index}-{name}", "").replace("\x00", "").strip()[:most]

    return [
        Row(
            name=text(index, "name", NAME_MAX * 2),
            contact=text(index, "contact_name", NAME_MAX),
            phone=text(index, "contact_phone", PHONE_MAX),
            sector=text(index, "sector", PHONE_MAX),
        )
        for index in range(total)
    ]


def _due(text: str, first: date) -> date | None:
    """The day on the paper. It may be over when the pile is typed in, but is not before the børs (`first`)."""
    for shape in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"):
        with suppress(ValueError):
            due = datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007 - a day, not a moment
            return due if first <= due <= localdate() + A_YEAR else None
    return None


def _contacts(parties: Sequence[PartyDraft]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = {}
    known = [party.participant for party in parties if party.participant.pk]
    for contact in Contact.objects.filter(participant__in=known):
        found.setdefault(contact.participant_id, []).append(contact)
    return found


def _spoken_for(party: PartyDraft, row: Row, contacts: dict[int, list[Contact]]) -> PartyDraft:
    """The party with who spoke for it: one who is known, else a new contact person."""
    wanted = folded(row.contact)
    if not wanted:
        return party
    known = contacts.get(party.participant.pk, []) if party.participant.pk else []
    same = [each for each in known if folded(each.name) == wanted]
    alike = [each for each in known if f" {folded(each.name)}".find(f" {wanted}") >= 0]
    if same or len(alike) == 1:
        return replace(party, contact=(same or alike)[0])
    return replace(party, contact=new_contact(party.participant, row.contact, phone=row.phone))
