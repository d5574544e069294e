"""The forms of a participant's page: the participant itself, a contact person, an offer or need."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from borsen.enums import Sector
from borsen.models import Challenge

from . import org_number
from .drafts import ContactDraft, ResourceDraft
from .enums import Kind
from .masking import without_contact_details
from .models import Category

TOO_LONG = _("Teksten er på %(show_value)d tegn. Det er plass til %(limit_value)d.")


class PlainForm(forms.Form):
    """Says too-long texts in plain words, and lets them be pasted whole instead of cutting them unseen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length:
                field.error_messages["max_length"] = TOO_LONG
                field.widget.attrs.pop("maxlength", None)

    def as_typed(self) -> dict[str, Any]:
        """What was sent, as it was typed, to show it again without having judged it."""
        return {field.name: field.data for field in self}

    def located_errors(self) -> Iterator[tuple[str, str]]:
        """Each error with the id of the control that it is mended in."""
        for name, errors in self.errors.items():
            field = self[name]
            group = isinstance(field.field.widget, forms.RadioSelect)
            yield from ((f"{field.auto_id}_0" if group else field.auto_id, str(error)) for error in errors)


class ParticipantForm(PlainForm):
    """What belongs to the participant itself."""

    field_order = ("name", "org_number")  # the number can fetch the rest (participants/enhetsregisteret.py)

    name = forms.CharField(
        label=_("Navn"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv navnet på deltakeren.")},
    )
    sector = forms.ChoiceField(
        label=_("Type deltaker"),
        choices=Sector.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva slags deltaker det er."), "invalid_choice": _("Velg en av typene.")},
    )
    description = forms.CharField(
        label=_("Kort om deltakeren"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    org_number = forms.CharField(
        label=_("Organisasjonsnummer"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    website = forms.URLField(
        label=_("Nettsted"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": _("Skriv adressen slik: www.eksempel.no")},
    )
    municipality = forms.CharField(label=_("Kommune"), max_length=60, required=False)
    place = forms.CharField(label=_("Plass i salen"), max_length=40, required=False)
    expected = forms.IntegerField(
        label=_("Hvor mange kommer?"),
        min_value=1,
        max_value=500,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Skriv hvor mange som kommer, med tall."),
            "invalid": _("Skriv hvor mange som kommer, med tall."),
            "min_value": _("Minst én må komme."),
            "max_value": _("Skriv et tall som ikke er større enn 500."),
        },
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if without_contact_details(name) != name:
            # The storskjerm shows the name, and everybody reads that.
            raise forms.ValidationError(_("Skriv bare navnet her. E-post og telefon hører til kontaktpersonen."))
        return name

    def clean_org_number(self) -> str:
        try:
            return org_number.cleaned(self.cleaned_data["org_number"])
        except org_number.NotAnOrgNumber as mistake:
            raise forms.ValidationError(str(mistake)) from mistake


class RowForm(PlainForm):
    """One row of a list that grows. `id` is the row that it changes; the verb takes only the participant's own."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def row_id(self) -> int:
        """The row that it changes, as shown or sent; 0 for a new one."""
        value = str(self["id"].value() or "")
        return int(value) if value.isascii() and value.isdigit() else 0


class ContactForm(RowForm):
    """A contact person. Where the connection isn't private the form has no e-mail address and no phone number."""

    name = forms.CharField(
        label=_("Navn"), max_length=120, error_messages={"required": _("Skriv navnet på kontaktpersonen.")}
    )
    email = forms.EmailField(
        label=_("E-post"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Skriv e-postadressen slik: navn@eksempel.no")},
    )
    phone = forms.CharField(
        label=_("Telefon"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, *args: Any, private: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The organiser writes about others; the browser's own address would be wrong.
            field.widget.attrs["autocomplete"] = "off"
        if not private:
            del self.fields["email"], self.fields["phone"]

    def draft(self, kept: Mapping[int, ContactDraft]) -> ContactDraft:
        """The contact as typed; what the form doesn't show is taken from `kept`."""
        data = self.cleaned_data
        old = kept.get(data["id"] or 0, ContactDraft(name=""))
        return ContactDraft(
            name=data["name"],
            email=data.get("email", old.email),
            phone=data.get("phone", old.phone),
            id=data["id"],
        )


class ResourceForm(RowForm):
    """An offer or a need. Categories and challenges are given once for all rows, as choices by id."""

    title = forms.CharField(label=_("Hva"), max_length=120)
    category = forms.ChoiceField(
        label=_("Kategori"),
        error_messages={"required": _("Velg en kategori."), "invalid_choice": _("Velg en av kategoriene.")},
    )
    challenge = forms.ChoiceField(
        label=_("Problemstilling"),
        required=False,
        error_messages={"invalid_choice": _("Velg en av problemstillingene.")},
    )
    details = forms.CharField(
        label=_("Mer om det"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )
    closed = forms.BooleanField(required=False)
    agreed: Sequence[int] = ()  # the numbers of the agreements that name it

    def __init__(
        self, *args: Any, kind: Kind, categories: Sequence[Category], challenges: Sequence[Challenge], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._categories = {str(category.pk): category for category in categories}
        self._challenges = {str(challenge.pk): challenge for challenge in challenges}
        offer = kind == Kind.OFFER
        title = self.fields["title"]
        title.label = _("Hva tilbyr deltakeren?") if offer else _("Hva trenger deltakeren?")
        title.error_messages["required"] = (
            _("Skriv hva deltakeren tilbyr.") if offer else _("Skriv hva deltakeren trenger.")
        )
        self.fields["closed"].label = _("Brukt opp") if offer else _("Dekket")
        self._offer_choices("category", self._categories, _("Velg kategori"))
        self.has_challenge = bool(challenges)
        if self.has_challenge:
            self._offer_choices("challenge", self._challenges, _("Ingen bestemt"))
        else:
            del self.fields["challenge"]

    def _offer_choices(self, name: str, rows: Mapping[str, Any], nothing: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        # Who registers sees the organiser's words too, and there are neither addresses nor telephones in them.
        field.choices = [("", nothing), *((pk, without_contact_details(str(row))) for pk, row in rows.items())]

    def draft(self) -> ResourceDraft:
        """The resource as typed."""
        data = self.cleaned_data
        return ResourceDraft(
            kind=self.kind,
            title=data["title"],
            category=self._categories[data["category"]],
            details=data["details"],
            challenge=self._challenges.get(data.get("challenge", "")),
            id=data["id"],
            closed=data["closed"],
        )
