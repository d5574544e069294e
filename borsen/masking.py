"""E-mail addresses and phone numbers in what people write: found, and taken out where more people read it than those
who may see them."""

import re

# «ola@lag.no», and with the at sign in words: «ola (at) lag.no», «ola krøllalfa lag.no».
# It begins where the word begins: tried at every letter, a long word takes a second.
_AT = r"(?:@|[(\[{](?:at|a|alfa|krøllalfa|alfakrøll)[)\]}]|krøllalfa|alfakrøll)"
_MAIL = rf"(?<![\w.+-])[\w.+-]+\s?{_AT}\s?[\w-]+(?:\.[\w-]+)+"
# Eight digits as Norwegians group them, with or without the country's code. Other groups are years, hours, measures;
# four and four is a mobile's number, when it begins like one.
_SPACE = "[ \u00a0.-]"
_PHONE = (
    rf"(?<!\d)(?:(?:\+|00)47{_SPACE}?)?[2-9](?:\d{{7}}|\d\d{_SPACE}\d\d{_SPACE}\d{{3}}|\d(?:{_SPACE}\d\d){{3}})(?!\d)"
    rf"|(?<!\d)[49]\d{{3}}{_SPACE}\d{{4}}(?!\d)"
)
# Another country's, which has its code before it.
_ABROAD = rf"\+[1-9](?:{_SPACE}?\d){{8,14}}(?!\d)"
_CONTACT = re.compile(f"{_MAIL}|{_PHONE}|{_ABROAD}", re.IGNORECASE)
# Most texts have none of these, and the list on the tablets is thousands of texts.
_WORTH_A_LOOK = re.compile(r"[@(\[{\d]|alfa", re.IGNORECASE)
GONE = "…"


def without_contact_details(text: str) -> str:
    """The text with «…» for each e-mail address and phone number."""
    return _CONTACT.sub(GONE, text) if _WORTH_A_LOOK.search(text) else text


def has_contact_details(text: str) -> bool:
    """Whether an e-mail address or a phone number stands in the text."""
    return without_contact_details(text) != text
