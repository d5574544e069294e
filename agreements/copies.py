"""The parties' copies by e-mail: queued with the agreement itself, and kept right until they leave.

A copy waits some minutes in the queue. What is corrected in the meantime is in it, and what is withdrawn is never sent.
Afterwards a person is only written to again when what they were told is no longer so: the queue's own texts are looked
up for that, and nothing more is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from borsen.devices import SIMULATED
from borsen.enums import MailKind, MailStatus
from borsen.feed_version import locked
from borsen.mail_queue import Letter, discard, numbers, queue
from borsen.models import Event, OutgoingMail
from borsen.slugs import DEMO
from participants.models import PersonLink, new_token

from .copy_letters import Receiver, letter_text, not_yours, receivers_of, what_is_agreed, withdrawn
from .models import Agreement, Party
from .people import contacts_of

ROOM_FOR_CORRECTIONS = timedelta(minutes=10)
_GONE_OUT = (MailStatus.SENT, MailStatus.SENDING)


def mails_of(agreement: Agreement) -> QuerySet[OutgoingMail]:
    """All copies and notices about the agreement, wherever they stand."""
    return agreement.event.mails.filter(kind=MailKind.COPY, about=f"agreement:{agreement.pk}")


@dataclass(frozen=True)
class CopiesTold:
    """How many copies and notices of an agreement stand where."""

    sent: int
    waiting: int
    held: int
    failed: int


def copies_told(agreement: Agreement) -> CopiesTold:
    """How far its copies have come. One query."""
    found = numbers(mails_of(agreement))
    waiting = found[MailStatus.WAITING] + found[MailStatus.SENDING]
    return CopiesTold(found[MailStatus.SENT], waiting, found[MailStatus.HELD], found[MailStatus.FAILED])


def has_real_parties(agreement: Agreement) -> bool:
    """Whether there is somebody to write to: not at the demo børs, whose people are invented, nor about what manage.py
    simulate has registered, which may be tried at a real børs, where the participants have agreed on nothing."""
    is_simulated = agreement.device is not None and agreement.device.label.startswith(SIMULATED)
    return agreement.event.slug != DEMO and not is_simulated


def keep_copies(agreement: Agreement, parties: list[Party] | None = None, *, is_new: bool = False) -> None:
    """Queue what the parties are to be told of the agreement as it now stands, in the caller's transaction. One that
    waits to be looked at has no copies yet. `parties` where they are at hand; `is_new` when nothing was ever queued."""
    if not has_real_parties(agreement):
        return
    told = {} if is_new else _told_after_clearing(agreement)
    if agreement.needs_review and agreement.withdrawn_at is None:
        return
    _queue(agreement, parties, told, delay=ROOM_FOR_CORRECTIONS)


def send_again(*, agreement: Agreement) -> int:
    """Queue the copy anew for everybody who speaks for a party, whatever they have had; returns how many. None for an
    agreement that is withdrawn or waits to be looked at."""
    with locked(agreement.event) as event:
        current = event.agreements.with_parties().get(pk=agreement.pk)
        current.event = event
        if current.withdrawn_at is not None or current.needs_review or not has_real_parties(current):
            return 0
        _told_after_clearing(current)
        return _queue(current, None, {}, delay=timedelta(0))


def _told_after_clearing(agreement: Agreement) -> dict[str, str]:
    """Take away what has not left, and return what each address was last told. In this order: the worker may take one
    in between, and then it has left."""
    discard(mails=mails_of(agreement))
    gone = mails_of(agreement).filter(status__in=_GONE_OUT).order_by("pk")
    return dict(gone.values_list("to", "body"))


def _queue(agreement: Agreement, parties: list[Party] | None, told: dict[str, str], *, delay: timedelta) -> int:
    parties = parties or list(agreement.parties.all())
    contacts = contacts_of(party.participant_id for party in parties)
    people = receivers_of(parties, contacts)
    news: list[tuple[Receiver, str, str, str]] = []
    for email in dict.fromkeys([*people, *told]):
        person = people.get(email)
        if person is not None and agreement.withdrawn_at is None:
            text = what_is_agreed(agreement, parties, contacts, person.parties)
        elif email in told and not _says(told[email], not_yours(agreement)):
            text = withdrawn(agreement) if agreement.withdrawn_at else not_yours(agreement)
        else:
            continue
        if _says(told.get(email, ""), text):
            continue
        news.append(
            (person or Receiver(email, ""), *_heading(agreement, told=email in told, is_party=bool(person)), text)
        )
    links = _links(agreement.event, [person.email for person, *_rest in news])
    letters = [
        Letter(
            kind=MailKind.COPY,
            to=person.email,
            name=person.name,
            subject=subject,
            body=letter_text(agreement, person.name, intro, text, links.get(person.email)),
            about=f"agreement:{agreement.pk}",
            delay=delay,
        )
        for person, subject, intro, text in news
    ]
    return len(queue(event=agreement.event, letters=letters)) if letters else 0


def _says(body: str, text: str) -> bool:
    """Whether the text stands in the mail as it is, with nothing more on its last line or in the list that ends it."""
    return f"\n\n{text}\n\n" in f"\n\n{body}\n\n"


def _heading(agreement: Agreement, *, told: bool, is_party: bool) -> tuple[str, str]:
    """The subject, and the first sentence."""
    words = {"number": agreement.number, "event": agreement.event.name}
    if agreement.withdrawn_at is not None:
        return _("Avtale nr. %(number)d på %(event)s er trukket tilbake") % words, ""
    if not is_party:
        return _("Avtale nr. %(number)d på %(event)s er rettet") % words, ""
    if told:
        subject = _("Rettet kopi av avtale nr. %(number)d på %(event)s") % words
        return subject, _("Avtalen er rettet etter at du fikk kopien. Dette gjelder nå:")
    return _("Kopi av avtale nr. %(number)d på %(event)s") % words, _("Her er kopien av det dere ble enige om:")


def _links(event: Event, emails: Iterable[str]) -> dict[str, PersonLink]:
    """The persons' private links, made where they are missing, in two queries at most. The caller has locked the
    event."""
    if not settings.PUBLIC_URL:
        return {}
    wanted = list(emails)
    if not wanted:
        return {}
    found = {link.email: link for link in event.person_links.filter(email__in=wanted)}
    missing = [PersonLink(event=event, email=email, token=new_token()) for email in wanted if email not in found]
    found |= {link.email: link for link in PersonLink.objects.bulk_create(missing)}
    for link in found.values():
        link.event = event
    return found
