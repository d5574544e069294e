"""The agreement as a form: the same for the tablet's JSON, a browser without script, and a correction."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, localdate, make_aware, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borsen.models import Challenge, Event

from .drafts import Draft, PartyDraft
from .enums import FirstTime, Kind
from .models import DETAILS_MAX, SUMMARY_MAX
from .party_forms import Known, LimitedText, PartyForm, PartyFormSet, known_to
from .posted import PARTY_FIELDS, PREFIX, first_contact_of, posted_id, posted_parties
from .rules import Problem

# The name under which errors that belong to no field are sent to the tablet.
WHOLE = "__all__"


class AgreementForm(forms.Form):
    """What belongs to the agreement as a whole; `categories` are the event's own."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Skjemaet mangler nøkkelen sin. Last siden på nytt og send igjen."),
            "invalid": gettext_lazy("Skjemaets nøkkel er ødelagt. Last siden på nytt og send igjen."),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=Kind.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Velg avtale eller intensjonsavtale.")},
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Kategori"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Velg en kategori."),
            "invalid_choice": gettext_lazy("Velg en av kategoriene."),
        },
    )
    summary = LimitedText(label=gettext_lazy("Kort om avtalen"), limit=SUMMARY_MAX)
    details = LimitedText(
        label=gettext_lazy("Mer om avtalen"), limit=DETAILS_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )
    made_at = forms.CharField(required=False, widget=forms.HiddenInput, validators=[])
    not_payment = forms.BooleanField(label=gettext_lazy("Det er ikke betaling mellom partene"), required=False)
    challenge = forms.CharField(label=gettext_lazy("Problemstilling"), required=False)
    first_time = forms.ChoiceField(
        label=gettext_lazy("Har dere samarbeidet før?"),
        choices=[(FirstTime.NO, gettext_lazy("Ja")), (FirstTime.YES, gettext_lazy("Nei")), (FirstTime.UNKNOWN, "–")],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Svar ja eller nei, eller la det stå åpent.")},
    )
    first_contact = forms.CharField(label=gettext_lazy("Tar første kontakt"), required=False)
    first_contact_by = forms.CharField(label=gettext_lazy("Innen"), required=False)

    def __init__(self, *args: Any, event: Event, due: date | None = None, **options: Any) -> None:
        """`due` is the day of first contact that stands already; it may be over."""
        super().__init__(*args, **options)
        self.event, self.due = event, due
        self.categories = {str(category.pk): category for category in event.categories.all()}
        category_field = self.fields["category"]
        assert isinstance(category_field, forms.ChoiceField)
        category_field.choices = [(pk, category.name) for pk, category in self.categories.items()]

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"] or Kind.AGREEMENT)

    def clean_made_at(self) -> datetime | None:
        return read_made_at(self.cleaned_data["made_at"])

    def clean_challenge(self) -> Challenge | None:
        text = self.cleaned_data["challenge"]
        found = self.event.challenges.filter(pk=posted_id(text) or 0).first() if text else None
        if text and found is None:
            raise ValidationError(_("Problemstillingen finnes ikke lenger. Velg en av de andre, eller ingen."))
        return found

    def clean_first_time(self) -> FirstTime:
        return FirstTime(self.cleaned_data["first_time"] or FirstTime.UNKNOWN)

    def clean_first_contact_by(self) -> date | None:
        text = self.cleaned_data["first_contact_by"]
        if self.due is not None and text == self.due.isoformat():
            return self.due
        due = read_due_date(text)
        if text and due is None:
            raise ValidationError(_("Skriv en dato fra i dag og høyst ett år fram, som 24.12.2026."))
        return due


class AgreementEntry:
    """The whole form, agreement and parties, as one thing that is valid or not, and gives a draft."""

    def __init__(
        self,
        event: Event,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
        parties: list[dict[str, Any]] | None = None,
        kept: frozenset[int] = frozenset(),
        due: date | None = None,
    ) -> None:
        self.event = event
        known = known_to(event, posted_parties(data), kept=kept) if data is not None else Known()
        self.form = AgreementForm(data, event=event, due=due, initial=initial)
        self.parties = PartyFormSet(data, initial=parties)
        self.parties.known = known

    def is_valid(self) -> bool:
        # Both, so that everything that is wrong is said at once.
        form_is_valid, parties_are_valid = self.form.is_valid(), self.parties.is_valid()
        return form_is_valid and parties_are_valid

    def draft(self) -> Draft:
        """Only of a valid entry."""
        clean = self.form.cleaned_data
        parties = tuple(
            PartyDraft(**{name: form.cleaned_data[name] for name in PARTY_FIELDS}) for form in self._filled()
        )
        first_contact = first_contact_of(self.form.data)
        return Draft(
            key=clean["key"],
            kind=clean["kind"],
            category=self.form.categories[clean["category"]],
            summary=clean["summary"],
            details=clean["details"],
            made_at=clean["made_at"],
            not_payment=clean["not_payment"],
            challenge=clean["challenge"],
            first_time=clean["first_time"],
            first_contact=parties[first_contact].participant if first_contact < len(parties) else None,
            first_contact_by=clean["first_contact_by"],
            parties=parties,
        )

    def _filled(self) -> list[PartyForm]:
        return [form for form in self.parties.forms if form.cleaned_data.get("participant")]

    def add_problems(self, problems: list[Problem]) -> None:
        """Put what a verb refused at the fields of the page; the verb counts parties without the empty cards."""
        filled = self._filled()
        for problem in problems:
            prefix, _dash, rest = problem.field.partition("-")
            if prefix == PREFIX:
                index, _dash, name = rest.partition("-")
                party = filled[int(index)] if filled else self.parties.forms[0]
                party.add_error(name, problem.text)
            else:
                self.form.add_error(problem.field or None, problem.text)

    def errors(self) -> dict[str, list[str]]:
        """Every error under the name of its field as posted; those of no field under `WHOLE`."""
        found = {name: [str(text) for text in texts] for name, texts in self.form.errors.items()}
        found.setdefault(WHOLE, []).extend(str(text) for text in self.parties.non_form_errors())
        for form in self.parties.forms:
            for name, texts in form.errors.items():
                found[form.add_prefix(name)] = [str(text) for text in texts]
        return {name: texts for name, texts in found.items() if texts}


def read_made_at(text: str) -> datetime | None:
    """The device's time, or None («now») where it is garbage or more than a week away from ours."""
    try:
        moment = parse_datetime(text.strip())
        if moment is None:
            return None
        moment = make_aware(moment) if is_naive(moment) else moment
        return moment if abs(moment - now()) < timedelta(days=7) else None
    except (ValueError, OverflowError):
        return None


def read_due_date(text: str) -> date | None:
    """The day by which first contact is to be taken (ISO, or as people write it); None where it is no such day.

    From yesterday, for a tablet that was offline past midnight, and a year ahead.
    """
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
        try:
            due = datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        return due if timedelta(days=-1) <= due - localdate() <= timedelta(days=366) else None
    return None


def read_key(text: str) -> UUID | None:
    """The form's key, or None where it is none."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None
