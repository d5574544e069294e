"""How far it is to the gong, in the words of a page's banner."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .clock import phase
from .enums import Phase
from .models import Event


@dataclass(frozen=True)
class Countdown:
    """«3 dager» large, «til gongen slår» small."""

    large: str
    small: str


def when(event: Event, now: datetime) -> str:
    """«Torsdag 5. mars kl. 18.00–19.00»: as planned, and as it was once the gong has been struck; with the year when it
    is another than this one."""
    return f"{day(event, now)} {hours(event)}"


def day(event: Event, now: datetime) -> str:
    """«Torsdag 5. mars»."""
    start = timezone.localtime(event.opened_at or event.starts_at)
    pattern = "l j. F" if start.year == timezone.localtime(now).year else "l j. F Y"
    return capfirst(date_format(start, pattern))


def hours(event: Event) -> str:
    """«kl. 18.00–19.00»."""
    start = timezone.localtime(event.opened_at or event.starts_at)
    end = timezone.localtime(event.closed_at or event.planned_end)
    return _("kl. %s") % f"{date_format(start, 'H.i')}–{date_format(end, 'H.i')}"


def countdown(event: Event, now: datetime) -> Countdown:
    """Where the børs stands, before, in and after the hour."""
    stands = phase(event, now)
    if stands is Phase.BEFORE:
        return _before(event, now)
    if stands is Phase.OPEN:
        end = date_format(timezone.localtime(event.planned_end), "H.i")
        return Countdown(_("I gang"), _("børstimen varer til kl. %s") % end)
    if stands is Phase.GRACE:
        return Countdown(_("Gongen har slått"), _("det som ble avtalt i tide, kan fortsatt registreres"))
    return Countdown(_("Over"), _("børstimen er slutt"))


def _before(event: Event, now: datetime) -> Countdown:
    start, here = timezone.localtime(event.starts_at), timezone.localtime(now)
    days = (start.date() - here.date()).days
    clock = date_format(start, "H.i")
    if days > 1:
        return Countdown(ngettext("%d dag", "%d dager", days) % days, _("til gongen slår"))
    if days == 1:
        return Countdown(_("I morgen"), _("kl. %s slår gongen") % clock)
    minutes = int((start - here).total_seconds() // 60) + 1
    if start <= here:
        return Countdown(_("Nå"), _("gongen er ikke slått ennå"))
    if minutes < 100:
        return Countdown(ngettext("%d minutt", "%d minutter", minutes) % minutes, _("til gongen slår"))
    return Countdown(_("I dag"), _("kl. %s slår gongen") % clock)
