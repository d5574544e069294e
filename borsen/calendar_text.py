"""The grammar of a file for calendars: RFC 5545. What stands in it is said where it belongs."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

LINE_OCTETS = 75
# A calendar's text has line breaks (written as \n) and no other control characters.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")


def file_of_entry(properties: Iterable[str]) -> bytes:
    """A file with one entry that has these properties."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Frivilligbors//Frivilligbors//NO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        *properties,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded.encode() + b"\r\n" for line in lines for folded in _folded(line))


def written(text: str) -> str:
    """What people have typed, as the value of a property."""
    text = re.sub(r"\r\n?", "\n", text.strip())
    text = _CONTROL.sub(" ", text)
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def maybe(name: str, text: str) -> list[str]:
    """The property, where there is something to say."""
    return [f"{name}:{written(text)}"] if text.strip() else []


def utc(moment: datetime) -> str:
    """A time in UTC, which every calendar reads without a time zone's definition."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never through a letter; all but the first begin with a space."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LINE_OCTETS:
            yield piece
            piece = " "
        piece += character
    yield piece
