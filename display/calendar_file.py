"""A børs as a file for calendars."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from borsen.calendar_text import file_of_entry, maybe, utc, written
from borsen.models import Event
from participants.masking import without_contact_details


def calendar_file(event: Event, *, now: datetime, address: str = "") -> bytes:
    """The planned børstime as one entry. `address` is the front page's whole address, where there is one."""
    return file_of_entry(
        [
            f"UID:{_uid(event)}",
            f"DTSTAMP:{utc(now)}",
            f"SEQUENCE:{event.feed_version}",
            f"DTSTART:{utc(event.starts_at)}",
            f"DTEND:{utc(event.starts_at + timedelta(minutes=event.minutes))}",
            f"SUMMARY:{written(event.name)}",
            *maybe("LOCATION", event.place),
            *maybe("DESCRIPTION", _description(event, address)),
            # An address is no text: nothing in it is escaped.
            *([f"URL:{address}"] if address else []),
        ]
    )


def _uid(event: Event) -> str:
    """The same as long as the børs is, also when its name, address or machine becomes another."""
    return f"{event.created_at.astimezone(UTC):%Y%m%dT%H%M%S%f}@frivilligbors"


def _description(event: Event, address: str) -> str:
    programme = without_contact_details(event.programme.strip())
    programme = f"{_('Program')}:\n{programme}" if programme else ""
    asked = _("Spørsmål? %s") % event.ask_whom.strip() if event.ask_whom.strip() else ""
    parts = (without_contact_details(event.theme.strip()), programme, event.practical.strip(), asked, address)
    return "\n\n".join(part for part in parts if part)
