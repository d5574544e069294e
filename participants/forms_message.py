"""The form in which the organisers write to many."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import PlainForm
from .messaging import Audience


class MessageForm(PlainForm):
    """To whom, what about, and the text. `key` makes sending it twice harmless."""

    audience = forms.ChoiceField(
        label=_("Til"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hvem meldingen er til."), "invalid_choice": _("Velg en av gruppene.")},
    )
    subject = forms.CharField(
        label=_("Emne"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv hva meldingen handler om.")},
    )
    text = forms.CharField(
        label=_("Melding"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Skriv meldingen.")},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_key(self) -> UUID:
        """A key that is missing or mangled is a new message."""
        return self.cleaned_data.get("key") or uuid4()
