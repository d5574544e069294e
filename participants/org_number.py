"""Norwegian organisation numbers: nine digits, the last a check digit."""

import re

from stdnum.no import orgnr


class NotAnOrgNumber(ValueError):
    """The text is no organisation number."""


def cleaned(text: str) -> str:
    """The nine digits of what was typed with spaces, dots, «NO» or «MVA»; empty for empty.

    Raises NotAnOrgNumber. The library alone would take 000000000 and 100000008: real ones begin with 8 or 9.
    """
    if not text.strip():
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != 9 or digits[0] not in "89" or not orgnr.is_valid(digits):
        raise NotAnOrgNumber(text)
    return digits


def shown(number: str) -> str:
    """«974 760 673»."""
    return " ".join(filter(None, (number[:3], number[3:6], number[6:])))
