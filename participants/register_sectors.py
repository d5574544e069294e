"""What kind of participant a unit of Enhetsregisteret most likely is: a suggestion that a person confirms.

The rules are asked in this order, and the first that applies answers:

1. The state's and the municipalities' own sector codes and forms are public.
2. What is in Frivillighetsregisteret, or has the code of ideal organisations or the form of an association, is
   voluntary. A company can be ideal too, so this comes before 3. So is a foundation that does no business.
3. A company that the public owns is for the organiser to say: no suggestion.
4. The other companies are business.
"""

from borsen.enums import Sector

STATE, MUNICIPALITY, IDEAL = "6100", "6500", "7000"
PUBLIC_FORMS = frozenset({"KOMM", "FYLK", "STAT", "ORGL", "ADOS", "KF", "FKF", "IKS", "SF"})
COMPANY_FORMS = frozenset({"AS", "ASA", "ENK", "ANS", "DA", "SA", "NUF", "BA"})
PUBLICLY_OWNED = frozenset({"1110", "1120", "1510", "1520"})
PRIVATE_BUSINESS = frozenset({"2100", "2300", "2500", "8200"})


def suggested_sector(*, form: str, code: str, is_in_voluntary_register: bool, does_business: bool) -> Sector | None:
    """The sector of a unit with this organisation form and institutional sector code; None when unsure.

    `does_business`: it is in Foretaksregisteret, as every foundation that does business must be.
    """
    if code in {STATE, MUNICIPALITY} or form in PUBLIC_FORMS:
        return Sector.PUBLIC
    if is_in_voluntary_register or code == IDEAL or form in {"FLI", "KIRK"}:
        return Sector.VOLUNTARY
    if code in PUBLICLY_OWNED:
        return None
    if form == "STI":
        return None if does_business or code in PRIVATE_BUSINESS else Sector.VOLUNTARY
    if form in COMPANY_FORMS or code in PRIVATE_BUSINESS:
        return Sector.BUSINESS
    return None
