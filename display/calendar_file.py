"""A børs as a file for calendars: RFC 5545."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from borsen.models import Event
from participants.masking import without_contact_details

LINE_OCTETS = 75
# A calendar's text has line breaks (written as \n) and no other control characters.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")


def calendar_file(event: Event, *, now: datetime, address: str = "") -> bytes:
    """The planned børstime as one entry. `address` is the front page's whole address, where there is one.

    The times are written in UTC, which every calendar reads without a time zone's definition.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Frivilligbors//Frivilligbors//NO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_uid(event)}",
        f"DTSTAMP:{_utc(now)}",
        f"SEQUENCE:{event.feed_version}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.starts_at + timedelta(minutes=event.minutes))}",
        f"SUMMARY:{_text(event.name)}",
        *_maybe("LOCATION", event.place),
        *_maybe("DESCRIPTION", _description(event, address)),
        # An address is no text: nothing in it is escaped.
        *([f"URL:{address}"] if address else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded.encode() + b"\r\n" for line in lines for folded in _folded(line))


def _uid(event: Event) -> str:
    """The same as long as the børs is, also when its name, address or machine becomes another."""
    return f"{event.created_at.astimezone(UTC):%Y%m%dT%H%M%S%f}@frivilligbors"


def _description(event: Event, address: str) -> str:
    programme = without_contact_details(event.programme.strip())
    programme = f"{_('Program')}:\n{programme}" if programme else ""
    asked = _("Spørsmål? %s") % event.ask_whom.strip() if event.ask_whom.strip() else ""
    parts = (without_contact_details(event.theme.strip()), programme, event.practical.strip(), asked, address)
    return "\n\n".join(part for part in parts if part)


def _maybe(name: str, text: str) -> list[str]:
    return [f"{name}:{_text(text)}"] if text.strip() else []


def _text(text: str) -> str:
    text = re.sub(r"\r\n?", "\n", text.strip())
    text = _CONTROL.sub(" ", text)
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _utc(moment: datetime) -> str:
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
