"""«Slik gikk det» as a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Outcome

NOTE_MAX = 500


class OutcomeForm(forms.Form):
    """What became of the agreement, and a few words about it."""

    outcome = forms.ChoiceField(label=_("Hvordan gikk det?"), choices=Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Litt mer om det"),
        max_length=NOTE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": NOTE_MAX}),
    )
