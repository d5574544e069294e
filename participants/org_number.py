"""Norwegian organisation numbers: nine digits, the last a check digit."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.no import orgnr

LENGTH = 9
LENGTH_OF_PERSONAL_NUMBER = 11


class NotAnOrgNumber(ValueError):
    """The text is no organisation number; as a string it says what is wrong with it, to who typed it."""


def cleaned(text: str) -> str:
    """The nine digits of what was typed with spaces, dots, «NO» or «MVA»; empty for empty.

    Raises NotAnOrgNumber. The library alone would take 000000000 and 100000008: real ones begin with 8 or 9.
    """
    if not text.strip():
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != LENGTH:
        raise NotAnOrgNumber(_wrong_length(len(digits)))
    if digits[0] not in "89":
        raise NotAnOrgNumber(_("Et organisasjonsnummer begynner med 8 eller 9. Dette begynner med %s.") % digits[0])
    if not orgnr.is_valid(digits):
        # The last digit follows from the others: it doesn't here.
        raise NotAnOrgNumber(_("Ett av sifrene i organisasjonsnummeret er feil. Se på det en gang til."))
    return digits


def shown(number: str) -> str:
    """«974 760 673»."""
    return " ".join(filter(None, (number[:3], number[3:6], number[6:])))


def _wrong_length(length: int) -> str:
    if length == 0:
        return _("Skriv organisasjonsnummeret med ni siffer, for eksempel 974 760 673.")
    if length == LENGTH_OF_PERSONAL_NUMBER:
        return _(
            "Dette er så langt som et fødselsnummer, og det skal ikke stå her. Et organisasjonsnummer har ni siffer."
        )
    said = ngettext(
        "Et organisasjonsnummer har ni siffer. Her er det bare %d.",
        "Et organisasjonsnummer har ni siffer. Her er det %d.",
        length,
    )
    return said % length
