"""«Ting å se på»: what waits for the organiser, each line gone when it has been seen to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.clock import phase
from borsen.enums import MailStatus, Phase
from borsen.mail_queue import numbers
from borsen.models import Event
from participants.enums import Only, Status
from participants.errands import Errands, errands
from participants.importing.keeping import KEPT
from participants.importing.plan import State

from . import links


@dataclass(frozen=True)
class Matter:
    """One line: what it is, and where it is seen to."""

    text: str
    url: str
    action: str


def matters(event: Event, *, waiting: int, now: datetime) -> list[Matter]:
    """Everything that waits; `waiting` is how many have registered and are not approved, when nothing else says it.
    Five queries."""
    known = errands(event)
    found = [*_new_ones(event, waiting), *_changed(event, known), *_mails(event), *_rows_left_out(event, now)]
    if phase(event, now) is not Phase.OVER:
        found += _silent_ones(event)
    return found


def _new_ones(event: Event, waiting: int) -> Iterator[Matter]:
    if waiting:
        text = ngettext("%d ny påmelding venter på godkjenning.", "%d nye påmeldinger venter på godkjenning.", waiting)
        url = f"{reverse('participant.list', args=[event.slug])}?status={Status.REGISTERED}"
        yield Matter(text % waiting, url, _("Se dem"))


def _changed(event: Event, known: Errands) -> Iterator[Matter]:
    """What participants have written since they were approved, and those who say that they are another one's double."""
    if known.changed:
        text = ngettext(
            "%d deltaker har endret det som er meldt inn.",
            "%d deltakere har endret det som er meldt inn.",
            known.changed,
        )
        url = f"{reverse('participant.list', args=[event.slug])}?bare={Only.CHANGED}"
        yield Matter(text % known.changed, url, _("Se endringene"))
    if known.said_to_be_same:
        text = ngettext(
            "%d påmelding skal slås sammen med en annen.",
            "%d påmeldinger skal slås sammen med andre.",
            known.said_to_be_same,
        )
        yield Matter(text % known.said_to_be_same, reverse("participant.doubles", args=[event.slug]), _("Se dem"))


def _mails(event: Event) -> Iterator[Matter]:
    found = numbers(event.mails.all())
    failed, held = found[MailStatus.FAILED], found[MailStatus.HELD]
    if failed:
        text = ngettext("%d e-post kunne ikke sendes.", "%d e-poster kunne ikke sendes.", failed) % failed
        yield Matter(text, links.mails(event), _("Se hvorfor"))
    if held:
        text = ngettext(
            "%d e-post er holdt igjen, fordi serveren ikke hadde noen e-posttjener.",
            "%d e-poster er holdt igjen, fordi serveren ikke hadde noen e-posttjener.",
            held,
        )
        yield Matter(text % held, links.mails(event), _("Se e-postene"))


def _rows_left_out(event: Event, now: datetime) -> Iterator[Matter]:
    """Of the list that was brought in last, for as long as it is kept."""
    done = event.list_imports.filter(created_at__gte=now - KEPT, result__isnull=False).order_by("-pk")
    token, number = done.values_list("token", f"result__counts__{State.WRONG}").first() or ("", 0)
    if number:
        text = ngettext(
            "%d rad i den importerte listen ble ikke tatt med.",
            "%d rader i den importerte listen ble ikke tatt med.",
            number,
        )
        yield Matter(text % number, reverse("participant.import.report", args=[event.slug, token]), _("Se radene"))


def _silent_ones(event: Event) -> Iterator[Matter]:
    number = event.participants.filter(status=Status.APPROVED, resources=None).count()
    if number:
        text = ngettext(
            "%d deltaker har ikke skrevet noe tilbud eller behov.",
            "%d deltakere har ikke skrevet noe tilbud eller behov.",
            number,
        )
        url = f"{reverse('participant.list', args=[event.slug])}?bare={Only.NOTHING_WRITTEN}"
        yield Matter(text % number, url, _("Se listen"))
