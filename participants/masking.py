"""What people write among their offers and needs is read by more than those who may see e-mail addresses and phone
numbers: these are taken out where they stand in the text."""

import re

# «ola@lag.no», and with the at sign in words in brackets: «ola (at) lag.no».
# It begins where the word begins: tried at every letter, a long word takes a second.
_MAIL = r"(?<![\w.+-])[\w.+-]+\s?(?:@|[(\[](?:at|alfa|krøllalfa)[)\]])\s?[\w-]+(?:\.[\w-]+)+"
# Eight digits as Norwegians group them, with or without the country's code. Other groups are years, hours, measures.
_SPACE = "[ \u00a0.-]"
_PHONE = (
    rf"(?<!\d)(?:(?:\+|00)47{_SPACE}?)?[2-9](?:\d{{7}}|\d\d{_SPACE}\d\d{_SPACE}\d{{3}}|\d(?:{_SPACE}\d\d){{3}})(?!\d)"
)
_CONTACT = re.compile(f"{_MAIL}|{_PHONE}")
# Most texts have none of these, and the list on the tablets is thousands of texts.
_WORTH_A_LOOK = re.compile(r"[@(\[\d]")
GONE = "…"


def without_contact_details(text: str) -> str:
    """The text with «…» for each e-mail address and phone number."""
    return _CONTACT.sub(GONE, text) if _WORTH_A_LOOK.search(text) else text
