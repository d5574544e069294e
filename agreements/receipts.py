"""The receipt that the parties open on their own phones."""

from django.conf import settings
from django.utils.translation import gettext as _

from borsen.qr import qr_drawing

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
