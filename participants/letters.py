"""The e-mails that a participant gets of its registration: plain text, in plain words (borsen/mail_queue.py)."""

import re
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.countdown import when
from borsen.enums import MailKind, MailStatus
from borsen.mail_queue import Letter, queue
from borsen.models import Event

from .enums import Kind, Status
from .models import Participant, PersonLink
from .person_links import address_of, opened_by

# «Meld på en til» comes within this: then one receipt tells of all of them.
ROOM_FOR_MORE = timedelta(seconds=90)
# Whoever asks for a link, or registers with an address that is not theirs, fills nobody's inbox.
BETWEEN_LINKS = timedelta(minutes=10)
MOST_LINKS_A_DAY = 5
MOST_RECEIPTS_A_DAY = 5
# What a stranger writes is sent to an address that they choose: the mail must not carry their web address along.
_WEB_ADDRESS = re.compile(r"(?:[a-z]{2,9}://|www\.)\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)


def queue_receipt(*, link: PersonLink, name: str) -> bool:
    """Queue the receipt of all that the person has registered, in the caller's transaction. One that has not left yet
    is written anew instead, so that three clubs are one mail. False when nothing was queued."""
    event = link.event
    subject = _("Kvittering: påmeldt til %s") % event.name
    body = _receipt(link, name)
    about = f"link:{link.pk}"
    mine = event.mails.filter(kind=MailKind.RECEIPT, about=about)
    waiting = mine.filter(status__in=(MailStatus.WAITING, MailStatus.HELD), attempts=0)
    if waiting.update(body=body, next_try_at=timezone.now() + ROOM_FOR_MORE):
        return True
    if mine.filter(made_at__gte=timezone.now() - timedelta(days=1)).count() >= MOST_RECEIPTS_A_DAY:
        return False
    letter = Letter(
        kind=MailKind.RECEIPT, to=link.email, name=name, subject=subject, body=body, about=about, delay=ROOM_FOR_MORE
    )
    queue(event=event, letters=[letter])
    return True


def queue_link(*, link: PersonLink, name: str) -> bool:
    """Queue a mail with the link alone. False when one was queued a moment ago, or several today."""
    event = link.event
    about = f"link:{link.pk}"
    now = timezone.now()
    sent = event.mails.filter(kind=MailKind.LINK, about=about, made_at__gte=now - timedelta(days=1))
    times = list(sent.values_list("made_at", flat=True))
    if len(times) >= MOST_LINKS_A_DAY or any(made_at >= now - BETWEEN_LINKS for made_at in times):
        return False
    here = _("Her er lenken til min side på %s:") % event.name
    body = "\n\n".join([_greeting(name), here, *_about_link(link), _regards(event)])
    subject = _("Lenken til min side på %s") % event.name
    queue(event=event, letters=[_letter(MailKind.LINK, link, name, subject, body, about)])
    return True


def _letter(kind: MailKind, link: PersonLink, name: str, subject: str, body: str, about: str) -> Letter:
    return Letter(kind=kind, to=link.email, name=name, subject=subject, body=body, about=about)


def _receipt(link: PersonLink, name: str) -> str:
    event = link.event
    theirs = [row for row in opened_by(link).prefetch_related("resources") if row.status != Status.CANCELLED]
    parts = [
        _greeting(name),
        _("Takk for at du meldte på til %s. Vi har fått dette:") % event.name,
        *(_told(participant) for participant in theirs),
    ]
    if settings.PUBLIC_URL and any(not row.resources.all() for row in theirs):
        parts.append(_("Skriv gjerne på min side hva dere tilbyr og trenger. Da er det lettere å finne hverandre."))
    if any(row.status == Status.REGISTERED for row in theirs):
        parts.append(_("Arrangøren ser over det dere har skrevet før andre får se det."))
    parts.append(_practical(event))
    if event.ask_whom:
        parts.append(_("Spørsmål, tolk eller tilrettelegging: %s") % event.ask_whom)
    if about_link := _about_link(link):
        parts += [_("På min side kan du se og endre det du har meldt inn:"), *about_link]
    # Anybody can write anybody's address in the form.
    parts.append(_("Har du ikke meldt på noen? Da har noen skrevet adressen din. Si fra til arrangøren."))
    return "\n\n".join(filter(None, [*parts, _regards(event)]))


def _regards(event: Event) -> str:
    page = settings.PUBLIC_URL + event.get_absolute_url() if settings.PUBLIC_URL and event.has_public_page else ""
    return "\n".join(filter(None, [_("Hilsen %s") % event.name, page]))


def _told(participant: Participant) -> str:
    rows = list(participant.resources.all())
    return "\n".join(
        [
            harmless(participant.name),
            ngettext("%d person kommer", "%d personer kommer", participant.expected) % participant.expected,
            *_titles(_("Tilbyr"), [row.title for row in rows if row.kind == Kind.OFFER]),
            *_titles(_("Trenger"), [row.title for row in rows if row.kind == Kind.NEED]),
        ]
    )


def _titles(heading: str, titles: Sequence[str]) -> list[str]:
    return [f"{heading}:", *(f"– {harmless(title)}" for title in titles)] if titles else []


def _practical(event: Event) -> str:
    return "\n".join(filter(None, [when(event, timezone.now()), event.place, event.practical]))


def _about_link(link: PersonLink) -> list[str]:
    if not settings.PUBLIC_URL:
        return []
    return [
        address_of(link),
        _("Lenken er din. Den som har den, kan se og endre det du har meldt inn, så ikke send den videre."),
    ]


def _greeting(name: str) -> str:
    return _("Hei %s!") % harmless(name) if name else _("Hei!")


def harmless(text: str) -> str:
    """A name or the like that a stranger has typed, for a mail to an address that they have typed too."""
    return _WEB_ADDRESS.sub("…", text)
