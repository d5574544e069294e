"""The forms that speak to the participant itself: «dere». Registration and «min side» are made of them."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from borsen.enums import Sector
from borsen.models import Event

from .entry import MOST_ROWS, Kinds, Rows
from .enums import Kind
from .forms import ContactForm, ParticipantForm, ResourceForm

# What helps who does not know which of the four they are.
SECTOR_HELP = {
    Sector.BUSINESS: _("Firma, butikk, gård, bank, håndverker"),
    Sector.VOLUNTARY: _("Lag, forening, menighet, stiftelse, frivilligsentral"),
    Sector.PUBLIC: _("Kommunen, skole, sykehjem, bibliotek, NAV, politi"),
    Sector.INDIVIDUAL: _("Du kommer som deg selv, uten en organisasjon bak deg"),
}
# Of the kind that the events themselves tell of.
EXAMPLES = {
    Kind.OFFER: (
        _("Låne bort møterom på kveldstid"),
        _("To timer hjelp med regnskap"),
        _("Spille på sykehjemmet"),
        _("Varebil med sjåfør en lørdag"),
    ),
    Kind.NEED: (
        _("Noen som kan bake til 60"),
        _("Et sted å øve hver tirsdag"),
        _("Hjelp til ny nettside"),
        _("Følge til lege og butikk"),
    ),
}


class OnlineForm(ParticipantForm):
    """What the participant says of itself. A private volunteer may leave out the name: the contact's first name is
    made into one (participants/online.py)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields
        fields["name"].label = _("Hva heter dere?")
        fields["name"].widget.attrs["autocomplete"] = "organization"
        fields["name"].error_messages["required"] = _("Skriv hva dere heter.")
        fields["name"].required = self.data.get(self.add_prefix("sector")) != Sector.INDIVIDUAL
        fields["sector"].label = _("Hvem er dere?")
        fields["sector"].error_messages["required"] = _("Velg hvem dere er.")
        fields["description"].label = _("Kort om dere")
        fields["expected"].label = _("Hvor mange kommer?")
        fields["municipality"].label = _("Hvilken kommune hører dere til?")
        del fields["place"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # The organiser places people in the room; the verbs write what is said here.
        cleaned["place"] = self.initial.get("place", "")
        return cleaned


class MunicipalityForm(OnlineForm):
    """The same where several municipalities hold the børs together: `names` are chosen among."""

    names: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["municipality"].label
        known = [(name, name) for name in self.names]
        stored = self.initial.get("municipality", "")
        if stored and stored not in self.names:
            known.append((stored, stored))
        self.fields["municipality"] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[("", _("Velg kommune")), *known, (_OTHER, _("En annen"))],
            error_messages={"invalid_choice": _("Velg en av kommunene.")},
        )

    def clean_municipality(self) -> str:
        chosen = str(self.cleaned_data["municipality"])
        return "" if chosen == _OTHER else chosen


_OTHER = "-"


class AskForm(forms.Form):
    """Who has lost the private link asks for it by e-mail."""

    email = forms.EmailField(
        label=_("E-postadressen du meldte på med"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Skriv e-postadressen."),
            "invalid": _("Skriv e-postadressen slik: navn@eksempel.no"),
        },
    )


class OwnContactForm(ContactForm):
    """Who registers is most often the contact, so the browser may offer its own name, e-mail and phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known_as in (("name", "name"), ("email", "email"), ("phone", "tel")):
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = known_as
        if "email" in self.fields:
            self.fields["email"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
            self.fields["email"].error_messages["required"] = _("Skriv e-postadressen. Kvitteringen sendes dit.")


class FirstContactRows(Rows):
    """The contacts of who registers: the first one is there, and can be reached by e-mail."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index == 0 and "email" in form.fields:
            form.fields["email"].required = True
            form.fields["DELETE"].widget = forms.HiddenInput()


class OwnResourceForm(ResourceForm):
    """An offer or a need, asked of the participant itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer = self.kind == Kind.OFFER
        title = self.fields["title"]
        title.label = _("Dette tilbyr vi") if offer else _("Dette trenger vi")
        title.error_messages["required"] = (
            _("Skriv hva dere kan tilby, eller fjern raden.")
            if offer
            else _("Skriv hva dere trenger, eller fjern raden.")
        )


_most: dict[str, Any] = {"max_num": MOST_ROWS, "absolute_max": MOST_ROWS * 2, "validate_max": True, "can_delete": True}
OwnResourceRows = formset_factory(OwnResourceForm, formset=Rows, **_most)
NewContactRows = formset_factory(OwnContactForm, formset=FirstContactRows, min_num=1, **_most)
# Who has registered once is known: «Meld på en til» asks for nobody.
NoContactRows = formset_factory(OwnContactForm, formset=Rows, **_most)
OwnContactRows = formset_factory(OwnContactForm, formset=Rows, **_most)


def online_kinds(event: Event, contacts: Any = NewContactRows) -> Kinds:
    """The forms of a registration at this event."""
    form: type[OnlineForm] = OnlineForm
    if len(event.municipality_names) > 1:
        form = type("EventForm", (MunicipalityForm,), {"names": tuple(event.municipality_names)})
    return Kinds(form, contacts, OwnResourceRows)
