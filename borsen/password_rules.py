"""The rule of a password's length, said in Norwegian: Django's own text has no translation in this version."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Passordet er for kort. Det må ha minst %d tegn.") % self.min_length
