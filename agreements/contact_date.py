"""The day by which the parties are to have been in touch, as a file for their calendars."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from borsen.calendar_text import file_of_entry, utc, written
from participants.masking import without_contact_details

from .models import Agreement
from .receipts import receipt_address


def contact_date_file(agreement: Agreement, *, now: datetime) -> bytes | None:
    """The day as one entry, without contact details, as on the receipt; None for an agreement that has no such day."""
    day, first = agreement.first_contact_by, agreement.first_contact
    if day is None or first is None or agreement.withdrawn_at is not None:
        return None
    names = _(" og ").join(party.participant.name for party in agreement.parties.all())
    told = [
        agreement.summary,
        names,
        _("%s tar første kontakt senest denne dagen.") % first.name,
        _("Avtale nr. %(number)d, %(event)s") % {"number": agreement.number, "event": agreement.event.name},
    ]
    address = receipt_address(agreement)
    title = without_contact_details(_("Første kontakt: %s") % names)
    return file_of_entry(
        [
            f"UID:{agreement.key}@frivilligbors",
            f"DTSTAMP:{utc(now)}",
            f"SEQUENCE:{agreement.version}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            # A reminder is no reason to be shown as busy.
            "TRANSP:TRANSPARENT",
            f"SUMMARY:{written(title)}",
            f"DESCRIPTION:{written(without_contact_details(chr(10).join(told)))}",
            *([f"URL:{address}"] if address else []),
        ]
    )
