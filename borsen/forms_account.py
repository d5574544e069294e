"""The forms of sign-in, account and password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm, SetPasswordMixin
from django.utils.translation import gettext_lazy as _

from .forms_people import new_username
from .members import suggested_username
from .models import Invitation, User

PASSWORD_HELP = _("Minst ti tegn. Tre–fire tilfeldige ord etter hverandre er lett å huske og vanskelig å gjette.")


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("Brukernavnet og passordet hører ikke sammen. Sjekk om Caps Lock er på, og prøv igjen."),
        "inactive": _("Denne brukeren er stengt. Spør den som driver serveren."),
    }

    def clean_username(self) -> str:
        """Phones begin with a capital letter, and no two names differ in that only: «Kari» is kari."""
        typed = str(self.cleaned_data["username"])
        found = list(User.objects.filter(username__iexact=typed).values_list("username", flat=True)[:2])
        return found[0] if len(found) == 1 else typed


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("display_name", "email")
        help_texts = {
            "display_name": _("Slik de andre på børsen ser deg."),
            "email": _("Brukes bare når du har glemt passordet."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=_("E-postadressen din"), widget=forms.EmailInput(attrs={"autocomplete": "email"}), max_length=254
    )


class NewPasswordForm(SetPasswordForm):
    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        plain_password_fields(self)


class ChangePasswordForm(PasswordChangeForm):
    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": _("Det er ikke passordet du har nå. Prøv igjen."),
    }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        plain_password_fields(self)
        self.fields["old_password"].label = _("Passordet du har nå")


class InvitedForm(SetPasswordMixin, forms.Form):
    """A user for who has been invited and has none."""

    name = forms.CharField(label=_("Navnet ditt"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    username = forms.CharField(
        label=_("Brukernavn"),
        max_length=150,
        help_text=_("Det du logger inn med. Bokstaver og tall, ingen mellomrom."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    new_password1, new_password2 = SetPasswordMixin.create_password_fields()

    def __init__(self, data: Any = None, *, invitation: Invitation) -> None:
        local_part = invitation.email.split("@")[0].replace(".", " ")
        suggested = suggested_username(invitation.name or local_part)
        super().__init__(data, initial={"name": invitation.name, "username": suggested})
        self.email = invitation.email
        plain_password_fields(self)
        self.fields["new_password1"].label = _("Passord")
        self.fields["new_password2"].label = _("Passordet en gang til")

    def clean_username(self) -> str:
        return new_username(self.cleaned_data["username"], username_taken)

    def clean(self) -> dict[str, Any]:
        self.validate_passwords("new_password1", "new_password2")
        said = self.cleaned_data
        user = User(username=said.get("username", ""), display_name=said.get("name", ""), email=self.email)
        self.validate_password_for_user(user, "new_password2")
        return super().clean() or said


def username_taken(username: str) -> str:
    """What is said to who has been invited of a login name that another user has."""
    return str(_("Noen har allerede brukernavnet «%s». Er det deg, logg inn i stedet.")) % username


class AskForm(forms.Form):
    """Where to mail a link to make børser."""

    email = forms.EmailField(
        label=_("E-postadressen din på jobben"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        max_length=254,
    )


def plain_password_fields(form: forms.Form) -> None:
    """Django's help is a bulleted list, which can't stand in a paragraph."""
    form.fields["new_password1"].label = _("Nytt passord")
    form.fields["new_password1"].help_text = PASSWORD_HELP
    form.fields["new_password2"].label = _("Nytt passord en gang til")
    form.fields["new_password2"].help_text = ""
