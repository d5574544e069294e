"""The form of what the organiser decides about the front page and the registration."""

from copy import copy
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from .collation import folded
from .models import Event

MOST_WISHED = 5000
WISHES = ("wish_business", "wish_voluntary", "wish_public")


class RegistrationForm(forms.ModelForm):
    """`said` is what the verb takes: what this form asks for and nothing else. Never saved as it is."""

    class Meta:
        model = Event
        fields = (
            "registration_text", "ask_whom", "municipalities", "approves_first", "changes_locked", *WISHES,
            "catalogue_published", "report_published", "thanks", "next_date",
        )  # fmt: skip
        labels = {
            "wish_business": _("Bedrifter"),
            "wish_voluntary": _("Frivillige organisasjoner"),
            "wish_public": _("Offentlige virksomheter"),
        }
        widgets = {
            "registration_text": forms.Textarea(attrs={"rows": 4}),
            "thanks": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data: Any = None, *, instance: Event, is_private: bool) -> None:
        # A copy: what is wrong in the form must not show in the page's frame.
        super().__init__(data, instance=copy(instance))
        for name in WISHES:
            self.fields[name].validators.append(MaxValueValidator(MOST_WISHED))
            self.fields[name].widget.attrs |= {"max": MOST_WISHED, "inputmode": "numeric"}
        if not is_private:
            # An e-mail address or a phone number: neither shown nor asked for where others can read along.
            del self.fields["ask_whom"]

    def clean_municipalities(self) -> str:
        """One comma between two, and none of them twice."""
        names = [" ".join(name.split()) for name in self.cleaned_data["municipalities"].split(",")]
        kept: dict[str, str] = {}
        for name in filter(None, names):
            kept.setdefault(folded(name), name)
        return ", ".join(kept.values())

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}
