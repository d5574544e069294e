"""Sending mail without holding up anybody: talking to a mail server can take 20 seconds."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException
from threading import Thread

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)


def send_soon(messages: Sequence[EmailMessage]) -> Thread:
    """Send from a thread of its own, that uses no database. A failure is logged without addresses.

    The answer to the visitor comes at once, also so that its time does not tell whether the address is known.
    """
    thread = Thread(target=_send, args=[messages], name="mail")
    thread.start()
    return thread


def _send(messages: Sequence[EmailMessage]) -> None:
    try:
        get_connection().send_messages(messages)
    except (SMTPException, OSError) as error:
        logger.error("E-post ble ikke sendt (%d stykker): %s", len(messages), type(error).__name__)
