"""The receipt that the parties open on their own phones."""

from django.conf import settings

from .models import Agreement


def receipt_address(agreement: Agreement) -> str:
    """The whole address of the agreement's receipt; nothing where the server has no address of its own."""
    if not settings.PUBLIC_URL:
        return ""
    return f"{settings.PUBLIC_URL}/{agreement.event.slug}/kvittering/{agreement.receipt_token}/"
