"""Writing to many participants at once, one e-mail to each person, with a record of what was written to whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from borsen.enums import MailKind, MailStatus, Sector
from borsen.feed_version import locked
from borsen.mail_queue import Letter, queue
from borsen.models import Event, User

from .enums import Status
from .letter_endings import address_in_preview, ending, private_addresses
from .models import Message, Participant, Resource
from .recipients import Person, Recipients, fetched, recipients


class Audience(models.TextChoices):
    """Who a message is to. Those who have cancelled get none of them."""

    ALL = "all", _("Alle påmeldte")
    BUSINESS = Sector.BUSINESS.value, _("Bedrifter")
    VOLUNTARY = Sector.VOLUNTARY.value, _("Frivillige organisasjoner")
    PUBLIC = Sector.PUBLIC.value, _("Offentlige virksomheter")
    INDIVIDUAL = Sector.INDIVIDUAL.value, _("Frivillige enkeltpersoner")
    NOTHING_WRITTEN = "nothing_written", _("De som mangler tilbud og behov")
    COME = "come", _("De som har kommet")
    NOT_COME = "not_come", _("De som ikke har kommet")
    WAITING = "waiting", _("Nye som ikke er godkjent")


@dataclass(frozen=True)
class Sent:
    """A message of the record, with how many of its e-mails stand where."""

    message: Message
    sent: int
    waiting: int
    failed: int

    @property
    def audience(self) -> str:
        """Who it was to, in words."""
        return audience_in_words(self.message.audience)


def audience_in_words(value: str) -> str:
    """What an audience of the record is called."""
    return str(Audience(value).label) if value in Audience.values else value


def audiences(event: Event) -> dict[Audience, Recipients]:
    """Who each audience is, in two queries for all of them."""
    written = Resource.objects.filter(participant=OuterRef("pk"))
    rows = event.participants.exclude(status=Status.CANCELLED).annotate(has_written=Exists(written))
    groups: dict[Audience, list[Participant]] = defaultdict(list)
    for participant in fetched(rows):
        for audience in _audiences_of(participant):
            groups[audience].append(participant)
    return {audience: recipients(groups[audience]) for audience in Audience}


def send(
    *, event: Event, key: UUID, by: User | None, audience: Audience, subject: str, text: str, now: datetime
) -> Message:
    """Keep the message and queue its e-mails. The same key again gives the message that it gave."""
    with locked(event) as event:
        known = event.messages.filter(key=key).first()
        if known is not None:
            return known
        persons = audiences(event)[audience].persons
        message = event.messages.create(
            key=key, by=by, made_at=now, audience=audience, subject=subject, text=text, recipients=len(persons)
        )
        addresses = private_addresses(event, persons)
        letters = [
            letter(event, person, subject, text, about=about(message), address=addresses.get(person.email, ""))
            for person in persons
        ]
        queue(event=event, letters=letters)
    return message


def letter(event: Event, person: Person, subject: str, text: str, *, about: str = "", address: str = "") -> Letter:
    """The e-mail to `person`; without `address` as it is shown to the organisers."""
    body = f"{text.strip()}\n\n{ending(event, person, address or address_in_preview(event))}"
    return Letter(kind=MailKind.MESSAGE, to=person.email, name=person.name, subject=subject, body=body, about=about)


def about(message: Message) -> str:
    """What the e-mails of a message are marked with."""
    return f"message:{message.pk}"


def record(event: Event) -> list[Sent]:
    """What has been written, the newest first, in two queries."""
    messages = list(event.messages.select_related("by"))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    mails = event.mails.filter(kind=MailKind.MESSAGE).order_by().values_list("about", "status")
    for named, status, number in mails.annotate(number=Count("pk")):
        counts[named][status] = number
    return [_sent(message, counts[about(message)]) for message in messages]


def _sent(message: Message, counts: Counter[str]) -> Sent:
    waiting = _of(counts, (MailStatus.WAITING, MailStatus.SENDING, MailStatus.HELD))
    return Sent(message, _of(counts, (MailStatus.SENT,)), waiting, _of(counts, (MailStatus.FAILED,)))


def _of(counts: Counter[str], statuses: Iterable[MailStatus]) -> int:
    return sum(counts[status.value] for status in statuses)


def _audiences_of(participant: Participant) -> list[Audience]:
    found = [Audience.ALL, Audience(participant.sector)]
    if not participant.has_written:  # type: ignore[attr-defined]
        found.append(Audience.NOTHING_WRITTEN)
    found.append(Audience.NOT_COME if participant.checked_in_at is None else Audience.COME)
    if participant.status == Status.REGISTERED:
        found.append(Audience.WAITING)
    return found
