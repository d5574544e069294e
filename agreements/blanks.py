"""Blank agreement forms, for the hour in which the power or the network goes: plain data, drawn by
agreements/sheets/blank.py. Each has a serial of its own («P-07»), by which the pile is typed in afterwards.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from borsen.countdown import when
from borsen.models import Event
from participants.masking import without_contact_details

MOST_COPIES = 100
USUAL_COPIES = 20
MOST_SERIAL = 9999
_SERIAL = re.compile(r"(?:P\s*-?\s*)?0*(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True)
class Blanks:
    """What stands on each of the forms, and their serials."""

    slug: str
    name: str
    when: str
    place: str
    categories: tuple[str, ...]
    challenges: tuple[str, ...]
    serials: tuple[str, ...]
    language: str


def read_blanks(event: Event, now: datetime, *, copies: int, first: int) -> Blanks:
    """Two queries. Everybody in the room may see the forms, so what people wrote is without contact details."""
    return Blanks(
        slug=event.slug,
        name=event.name,
        when=when(event, now),
        place=event.place,
        categories=tuple(map(without_contact_details, event.categories.values_list("name", flat=True))),
        challenges=tuple(map(without_contact_details, event.challenges.values_list("text", flat=True))),
        serials=tuple(serial(number) for number in range(first, first + copies)),
        language=get_language() or "nb",
    )


def serial(number: int) -> str:
    """«P-07»."""
    return f"P-{number:02}"


def read_serial(text: str) -> str:
    """The serial as it is printed, from what somebody typed («7», «p 07»); anything else stays as it is."""
    found = _SERIAL.fullmatch(text.strip())
    return serial(int(found[1])) if found else text.strip()


def serial_after(text: str) -> str:
    """The next form in a pile that lies in order; nothing where that can't be told."""
    found = _SERIAL.fullmatch(text.strip())
    return serial(int(found[1]) + 1) if found and int(found[1]) < MOST_SERIAL else ""
