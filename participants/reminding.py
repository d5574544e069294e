"""Reminding those who have written neither offers nor needs: one e-mail to each person, for all that they speak for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from borsen.countdown import when
from borsen.enums import MailKind, MailStatus
from borsen.feed_version import locked
from borsen.mail_queue import Letter, queue
from borsen.models import Event

from .enums import Status
from .letter_endings import address_in_preview, ending, listed, private_addresses
from .models import Participant
from .recipients import Person, Recipients, fetched, recipients

# Nobody is reminded twice within this time unless it is asked for.
AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Reminders:
    """Who would be reminded now (`due`), who has been lately, and the participants that cannot be reached. `last` says
    when each was reminded, by e-mail address."""

    due: list[Person]
    lately: list[Person]
    unreached: list[Participant]
    last: dict[str, datetime]

    @property
    def everybody(self) -> Recipients:
        """All of them, reminded lately or not."""
        return Recipients([*self.due, *self.lately], self.unreached)


def nothing_written(event: Event) -> QuerySet[Participant]:
    """Those who take part, or want to, and have written neither offers nor needs."""
    return event.participants.filter(resources=None).exclude(status=Status.CANCELLED)


def reminders(*, event: Event, now: datetime, among: Collection[int] | None = None) -> Reminders:
    """Who there is to remind, among the participants with these ids or all. Three queries."""
    missing = nothing_written(event)
    found = recipients(fetched(missing if among is None else missing.filter(pk__in=among)))
    last = reminded(event)
    due: list[Person] = []
    lately: list[Person] = []
    for person in found.persons:
        (lately if person.email in last and last[person.email] > now - AGAIN_AFTER else due).append(person)
    return Reminders(due, lately, found.unreached, last)


def reminded(event: Event) -> dict[str, datetime]:
    """When each e-mail address was last reminded; what could not be sent does not count."""
    mails = event.mails.filter(kind=MailKind.REMINDER).exclude(status=MailStatus.FAILED)
    return dict(mails.order_by().values_list("to").annotate(last=Max("made_at")))


def why_not(event: Event) -> str:
    """What stands in the way of reminding anybody, in words; nothing when it can be done. A reminder is a link to one's
    own page: it takes a mail server, an address that the link can begin with, and that the page takes changes."""
    if not settings.HAS_MAIL:
        return _("Serveren har ingen e-posttjener. Den som driver serveren, setter den med EMAIL_URL.")
    if not settings.PUBLIC_URL:
        return _(
            "Serveren vet ikke hvilken adresse den har utenfra, så lenken til deltakerens side kan ikke lages. "
            "Den som driver serveren, setter den med PUBLIC_URL."
        )
    if event.changes_locked:
        return _("Deltakerne kan ikke endre noe selv nå. Det åpner du for i innstillingene.")
    return ""


def remind(*, event: Event, now: datetime, among: Collection[int] | None = None, again: bool = False) -> Reminders:
    """Queue the reminders that are due, and with `again` also those of who was reminded lately; returns whom it found.
    Asking twice at once reminds once."""
    with locked(event) as event:
        found = reminders(event=event, now=now, among=among)
        persons = [*found.due, *found.lately] if again else found.due
        addresses = private_addresses(event, persons)
        queue(event=event, letters=[reminder(event, person, addresses.get(person.email, "")) for person in persons])
    return found


def reminder(event: Event, person: Person, address: str = "") -> Letter:
    """The letter to `person`; without `address` as it is shown to the organisers."""
    lines = [
        _("Hei %s!") % person.name,
        _so_far(event, listed(person.names)),
        _ask() + " " + _("Det tar et par minutter."),
    ]
    body = "\n\n".join(
        [*lines, ending(event, person, address or address_in_preview(event), to_do=_("Skriv det på siden deres."))]
    )
    subject = _("%s: Hva kan dere tilby, og hva trenger dere?") % event.name
    return Letter(kind=MailKind.REMINDER, to=person.email, name=person.name, subject=subject, body=body)


def to_all(event: Event) -> str:
    """The same to all of them at once, for the organiser's own mail program: no name, and nobody's private link."""
    lines = [
        _("Hei!"),
        _so_far(event, _("dere")),
        _ask() + " " + _("Svar på denne e-posten, så skriver vi det inn."),
        _("Hilsen %s") % event.name,
    ]
    return "\n\n".join(lines)


def _so_far(event: Event, who: str) -> str:
    planned = when(event, timezone.now())
    return _(
        "%(event)s er %(when)s, og %(who)s er påmeldt. Men vi vet ennå ikke hva dere kan tilby, eller hva dere trenger."
    ) % {"event": event.name, "when": planned[:1].lower() + planned[1:], "who": who}


def _ask() -> str:
    return _(
        "Skriv ett eller to tilbud og behov, så finner de andre dere: lokaler, utstyr, kunnskap, folk som kan hjelpe."
    )
