"""Sends what is in the queue (borsen/mail_queue.py), one mail at a time, beside the server's other work.

The database is asked in short calls on a lane; talking to the mail server, which can take 20 seconds, happens in a
thread that has no connection.
"""

import asyncio
import logging
from email.utils import formataddr, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from .lanes import lanes
from .mail_queue import claim_next, note_failed, note_sent
from .models import OutgoingMail

logger = logging.getLogger(__name__)

LOOK_EVERY = 5.0  # seconds
AFTER_TROUBLE = 30.0


async def work() -> None:
    """Send for ever. What goes wrong is logged without addresses and never ends the work."""
    while True:
        try:
            sent_one = await _send_next()
        except Exception:
            logger.exception("Køen av e-post stoppet opp. Prøver igjen.")
            await asyncio.sleep(AFTER_TROUBLE)
            continue
        if not sent_one:
            await asyncio.sleep(LOOK_EVERY)


async def _send_next() -> bool:
    mail = await lanes.run(claim_next, timezone.now())
    if mail is None:
        return False
    error, for_good = await asyncio.to_thread(try_to_send, mail)
    if error:
        await lanes.run(note_failed, mail, error=error, for_good=for_good, now=timezone.now())
    else:
        await lanes.run(note_sent, mail, timezone.now())
    return True


def send_all_now() -> tuple[int, int]:
    """Send what is due, for a command without a server; returns how many were sent and how many not."""
    sent = failed = 0
    while (mail := claim_next(timezone.now())) is not None:
        error, for_good = try_to_send(mail)
        if error:
            failed += 1
            note_failed(mail, error=error, for_good=for_good, now=timezone.now())
        else:
            sent += 1
            note_sent(mail, timezone.now())
    return sent, failed


def try_to_send(mail: OutgoingMail) -> tuple[str, bool]:
    """Hand the mail to the mail server. Returns what went wrong, empty when it was taken, and whether it is for good:
    an address that is refused does not get better by asking again."""
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=_sender(mail),
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        return f"Adressen ble avvist ({', '.join(map(str, codes))}).", all(code >= 500 for code in codes)
    except SMTPResponseException as refusal:
        return f"E-posttjeneren svarte {refusal.smtp_code}.", 550 <= refusal.smtp_code < 560
    except (SMTPException, OSError) as trouble:
        return f"Fikk ikke kontakt med e-posttjeneren ({type(trouble).__name__}).", False
    except Exception as trouble:  # noqa: BLE001 — odd addresses make Python's parser raise nearly anything
        # One that can't be written as a mail must not stop those behind it, nor be tried for ever.
        return f"Adressen eller emnet kan ikke brukes i en e-post ({type(trouble).__name__}).", True
    return "", False


def _sender(mail: OutgoingMail) -> str:
    """In the reader's list of mail stands the børs, unless who runs the server has given the sender a name."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if name or mail.event is None:
        return settings.DEFAULT_FROM_EMAIL
    return formataddr((mail.event.name, address))
