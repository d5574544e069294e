"""The parties of the agreement form: one card each, resolved among what belongs to the event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.models import Event
from participants.enums import Kind as ResourceKind
from participants.enums import Status
from participants.models import Contact, Participant, Resource

from .models import GIVES_MAX
from .posted import MOST_ROWS, PREFIX, WALK_IN_FIELDS, posted_id, readable
from .rules import LEAST_PARTIES, MOST_PARTIES
from .walk_ins import NAME_MAX, new_contact, new_participant, walk_in_key, walk_in_keys, walk_in_problems


class LimitedText(forms.CharField):
    """Text with a limit that is told in characters too many, and never cut off while someone types."""

    def __init__(self, *, limit: int, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.limit = limit
        self.widget.attrs["data-limit"] = str(limit)

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        # A null character is left for Django's own validator to refuse.
        return text if "\x00" in text else readable(text.replace("\r\n", "\n"))

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.limit
        if over > 0:
            text = ngettext(
                "Teksten er %(over)d tegn for lang. Det er plass til %(limit)d.",
                "Teksten er %(over)d tegn for lang. Det er plass til %(limit)d.",
                over,
            )
            raise ValidationError(text, params={"over": over, "limit": self.limit})


@dataclass(frozen=True)
class Known:
    """The rows that a form's party fields name, of one event; `kept` are participants it may keep though cancelled,
    and `walk_ins` those whom an earlier agreement brought along, by key."""

    participants: Mapping[int, Participant] = field(default_factory=dict)
    contacts: Mapping[int, Contact] = field(default_factory=dict)
    resources: Mapping[int, Resource] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()
    walk_ins: Mapping[UUID, Participant] = field(default_factory=dict)
    event: Event | None = None


def known_to(event: Event, parties: list[dict[str, str]], *, kept: frozenset[int] = frozenset()) -> Known:
    """Fetch what `parties` (as posted) name, in one query for each kind of thing that is named at all."""

    def ids(*names: str) -> set[int]:
        found = (posted_id(party[name]) for party in parties for name in names)
        return {pk for pk in found if pk is not None}

    named, contacts, resources = ids("participant"), ids("contact"), ids("offer", "need")
    keys = walk_in_keys(parties)
    return Known(
        event=event,
        walk_ins={row.key: row for row in event.participants.filter(key__in=keys)} if keys else {},
        participants=event.participants.in_bulk(named) if named else {},
        contacts=Contact.objects.filter(participant__event=event).in_bulk(contacts) if contacts else {},
        resources=Resource.objects.filter(participant__event=event).in_bulk(resources) if resources else {},
        kept=kept,
    )


class PartyForm(forms.Form):
    """One party. The ids are texts here and become rows of the event in `clean`."""

    participant = forms.CharField(required=False)
    gives = LimitedText(limit=GIVES_MAX)
    contact = forms.CharField(required=False, widget=forms.HiddenInput)
    offer = forms.CharField(required=False, widget=forms.HiddenInput)
    need = forms.CharField(required=False, widget=forms.HiddenInput)
    walkin_key = forms.CharField(required=False, widget=forms.HiddenInput)
    walkin_name = forms.CharField(required=False, widget=forms.HiddenInput)
    walkin_sector = forms.CharField(required=False, widget=forms.HiddenInput)
    walkin_contact = forms.CharField(required=False, widget=forms.HiddenInput, max_length=NAME_MAX)

    def __init__(self, *args: Any, index: int, known: Known, **options: Any) -> None:
        super().__init__(*args, **options)
        self.index, self.number, self.known = index, index + 1, known
        self.fields["participant"].label = _("Part %d") % self.number
        self.fields["gives"].label = _("Part %d gir") % self.number

    def clean_participant(self) -> Participant | None:
        text = self.cleaned_data["participant"]
        if not text:
            return self._walk_in()
        found = self.known.participants.get(posted_id(text) or 0)
        if found is None:
            raise ValidationError(_("Denne deltakeren er ikke med på denne børsen. Velg en fra listen."))
        if found.status != Status.APPROVED and found.pk not in self.known.kept:
            raise ValidationError(not_taking_part(found))
        return found

    def _walk_in(self) -> Participant | None:
        """The participant that this card brings along, not saved yet; the one it became if it has come before."""
        row = {name: str(self.data.get(self.add_prefix(name), "")).strip() for name in WALK_IN_FIELDS}
        key = walk_in_key(row)
        if key is None or self.known.event is None:
            return None
        if key in self.known.walk_ins:
            return self.known.walk_ins[key]
        found = walk_in_problems(row["walkin_name"], row["walkin_sector"])
        if found:
            raise ValidationError(found)
        return new_participant(self.known.event, key=key, name=row["walkin_name"], sector=row["walkin_sector"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        participant = data.get("participant")
        if participant is None:
            if "participant" not in self.errors:
                self._ask_for_participant()
            return data | {"contact": None, "offer": None, "need": None}
        if participant.pk is None:
            return data | {"contact": new_contact(participant, data["walkin_contact"]), "offer": None} | self._need()
        contact = self._row("contact", self.known.contacts)
        if contact is not None and contact.participant_id != participant.pk:
            self.add_error("contact", _("Kontaktpersonen hører ikke til %s.") % participant)
        offer = self._row("offer", self.known.resources)
        if offer is not None and (offer.participant_id != participant.pk or offer.kind != ResourceKind.OFFER):
            self.add_error("offer", _("Tilbudet hører ikke til %s.") % participant)
        self._need()
        return data

    def _need(self) -> dict[str, Any]:
        need = self._row("need", self.known.resources)
        participant = self.cleaned_data["participant"]
        if need is not None and (need.participant_id == participant.pk or need.kind != ResourceKind.NEED):
            self.add_error("need", _("Behovet må høre til en av de andre partene."))
        return {"need": need}

    def _ask_for_participant(self) -> None:
        if self.index < LEAST_PARTIES:
            self.add_error("participant", _("Velg hvem part %d er.") % self.number)
        elif not self.is_blank():
            self.add_error("participant", _("Velg hvem part %d er, eller fjern det som står her.") % self.number)

    def _row(self, name: str, known: Mapping[int, Any]) -> Any:
        text = self.cleaned_data.get(name)
        row = known.get(posted_id(text) or 0) if text else None
        if text and row is None:
            self.add_error(name, _("Det som var valgt her, finnes ikke lenger. Velg på nytt."))
        self.cleaned_data[name] = row
        return row

    def is_blank(self) -> bool:
        """Whether nothing at all was sent for this party: an empty third card is no party."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields)


if TYPE_CHECKING:
    PartyForms = BaseFormSet[PartyForm]
else:  # Django's own classes take no type arguments when the program runs
    PartyForms = BaseFormSet


class BasePartyFormSet(PartyForms):
    """The parties in the order of the page; gives each form what the event knows."""

    known = Known()

    @classmethod
    def get_default_prefix(cls) -> str:
        return PREFIX

    def total_form_count(self) -> int:
        """Never fewer cards than an agreement needs, whatever was posted."""
        return max(super().total_form_count(), LEAST_PARTIES)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"index": index or 0, "known": self.known, "empty_permitted": False, "use_required_attribute": False}

    def clean(self) -> None:
        """Said together with what is wrong on each card, and not first when all of that is mended."""
        self._needs_belong_to_a_party()
        self._nobody_stands_twice()
        self._something_is_given()

    def _nobody_stands_twice(self) -> None:
        seen: set[UUID] = set()
        for form in self.forms:
            participant = getattr(form, "cleaned_data", {}).get("participant")
            if participant is not None and participant.key in seen:
                text = _("%s står allerede i avtalen. Velg en annen deltaker.") % participant
                form.add_error("participant", text)
            elif participant is not None:
                seen.add(participant.key)

    def _something_is_given(self) -> None:
        # As typed: a text that is too long is also something.
        if not any(str(form["gives"].value() or "").strip() for form in self.forms):
            self.forms[0].add_error("gives", _("Skriv hva minst én av partene gir."))

    def _needs_belong_to_a_party(self) -> None:
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms]
        present = {row["participant"].pk for row in rows if row.get("participant")}
        for form, row in zip(self.forms, rows, strict=True):
            need = row.get("need")
            if need is not None and need.participant_id not in present:
                form.add_error("need", _("Behovet må høre til en av de andre partene."))


PartyFormSet = cast(
    "type[BasePartyFormSet]",
    formset_factory(
        PartyForm,
        formset=BasePartyFormSet,
        extra=0,
        min_num=LEAST_PARTIES,
        max_num=MOST_PARTIES,
        absolute_max=MOST_ROWS,
    ),
)


def not_taking_part(participant: Participant) -> str:
    """Why a participant of the event can't be a party now."""
    if participant.status == Status.CANCELLED:
        return _("%s er avmeldt. Velg en annen, eller be arrangøren om å melde på igjen.") % participant
    return _("%s er ikke godkjent av arrangøren ennå.") % participant
