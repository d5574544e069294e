"""The receipt that the parties open on their own phones.

Its address is shown as a code also where others on the hall's network can read along: the page behind it has no contact
details, and what stands on it crosses that network with the tablet's own form.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from borsen.qr import qr_drawing

from .enums import What
from .models import Agreement


def receipt_address(agreement: Agreement) -> str:
    """The whole address of the agreement's receipt; nothing where the server has no address of its own."""
    if not settings.PUBLIC_URL:
        return ""
    return f"{settings.PUBLIC_URL}/{agreement.event.slug}/kvittering/{agreement.receipt_token}/"


def receipt_qr(agreement: Agreement) -> str:
    """The address as a drawing that a phone reads; nothing where there is none."""
    address = receipt_address(agreement)
    return qr_drawing(address, _("QR-kode til kvitteringen for avtale nr. %d") % agreement.number) if address else ""


def corrected_at(agreement: Agreement) -> datetime | None:
    """When what stands on the receipt last became another; corrections of what does not stand there are none."""
    changes = agreement.changes.filter(what=What.CORRECTED).order_by("-version", "-pk")
    return next((change.at for change in changes if _shown(change.before) != _shown(change.after)), None)


def _shown(content: dict[str, Any]) -> list[Any]:
    names = ("kind", "category", "challenge", "summary", "details", "first_contact", "first_contact_by")
    parties = [(party["participant"], party["gives"]) for party in content.get("parties", [])]
    return [*(content.get(name) for name in names), parties]
