"""The forms in which people get roles at a børs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cards import ROLES_WITH_CARD
from .enums import Role
from .models import User

ROLES = [(role.value, capfirst(role.label)) for role in Role]


class _RoleForm(forms.Form):
    username = forms.CharField(
        label=gettext_lazy("Brukernavn"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Rolle"), choices=ROLES, initial=Role.BROKER)


class GiveRoleForm(_RoleForm):
    """A role for who has signed in here before; `user` is who it is."""

    user: User

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        # The very name first: «Åse» and «åse» can be two people.
        users = User.objects.filter(is_active=True)
        found = users.filter(username=username).first() or users.filter(username__iexact=username).first()
        if found is None:
            raise ValidationError(
                _("Ingen har brukernavnet «%s». Sjekk skrivemåten, eller lag en ny bruker.") % username
            )
        self.user = found
        return username


def name_taken(username: str) -> str:
    """What is said of a login name that another user has."""
    return _("Noen har allerede brukernavnet «%s». Er det samme person, bruk «Gi en rolle» i stedet.") % username


def new_username(username: str, taken: Callable[[str], str]) -> str:
    """A login name that nobody has; `taken` says what to do when somebody does."""
    plain = _("Bruk bare bokstaver, tall, punktum og bindestrek, uten mellomrom.")
    UnicodeUsernameValidator(message=plain)(username)
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError(taken(username))
    return username


class NewPersonForm(_RoleForm):
    """A role for who has never signed in here."""

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=120)
    field_order = ("name", "username", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].initial = Role.COORDINATOR
        self.fields["username"].help_text = gettext_lazy(
            "Det personen logger inn med. Bokstaver og tall, ingen mellomrom."
        )

    def clean_username(self) -> str:
        return new_username(self.cleaned_data["username"], name_taken)


def name_in_use(name: str) -> str:
    """What is said of a name that somebody at the event has already."""
    return _("Børsen har allerede en som heter «%s». Skriv etternavn eller noe annet som skiller dem.") % name


class CardHolderForm(forms.Form):
    """Who works on the day with a card instead of a password: a name is enough."""

    name = forms.CharField(
        label=gettext_lazy("Navn"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Rolle"),
        choices=[(role.value, capfirst(role.label)) for role in ROLES_WITH_CARD],
        initial=Role.BROKER,
    )


class InviteForm(forms.Form):
    """Who is asked to work at the børs: an address to mail the link to, or a name for who gets it handed over."""

    email = forms.EmailField(
        label=gettext_lazy("E-post"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Rolle"), choices=ROLES, initial=Role.ORGANISER)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("email") and not cleaned.get("name") and "email" in cleaned:
            self.add_error("email", _("Skriv en e-postadresse, eller et navn hvis du gir lenken videre selv."))
        return cleaned
