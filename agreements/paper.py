"""Agreements that were written on paper in the hour, and are typed in afterwards."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from borsen.clock import takes_agreements
from borsen.collation import norwegian_key
from borsen.enums import Role
from borsen.models import Device, Event, Membership, User

from .enums import What
from .models import Agreement, AgreementQuerySet, Change

# In `Change.after` of the registration: the serial of the paper form, or nothing when it had none.
MARK = "paper"
SERIAL_MAX = 20
_CLOCK = re.compile(r"(\d{1,2})[.:,\s]?(\d{2})")


@dataclass(frozen=True)
class FromPaper:
    """The paper form that an agreement comes from, and the broker whose name stands on it."""

    serial: str = ""
    broker: User | None = None

    @property
    def why(self) -> str:
        """The line of history."""
        return _("Ført inn fra papirskjema %s.") % self.serial if self.serial else _("Ført inn fra papirskjema.")


class OutsideTheHour(Exception):
    """The paper says another time than one in børstimen; the text says which times can be."""


def may_enter(event: Event, now: datetime, *, is_only_broker: bool) -> bool:
    """From the stroke of the gong on. Brokers no longer than they register at all; organisers and coordinators have the
    pile on their desk for days."""
    if is_only_broker:
        return takes_agreements(event, now)
    return event.opened_at is not None and event.opened_at <= now


def made_at_clock(event: Event, text: str, now: datetime) -> datetime:
    """When the parties agreed, from the time on the paper («18.42», «1842»). Nothing written: as late as it can be.

    A watch may be some minutes ahead of the gong, so the minutes of grace are in time. Raises OutsideTheHour.
    """
    if event.opened_at is None:
        return now
    last = event.closed_at - timedelta(seconds=1) if event.closed_at and event.closed_at <= now else now
    if not text.strip():
        return max(last, event.opened_at)
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise OutsideTheHour(_("Skriv klokkeslettet som på skjemaet, for eksempel 18.42."))
    latest = max(last, min(event.grace_ends_at, now)) if event.grace_ends_at else now
    begun = localtime(event.opened_at).replace(second=0, microsecond=0)
    moment = begun.replace(hour=int(found[1]), minute=int(found[2]))
    if moment < begun:
        moment += timedelta(days=1)  # an hour that goes past midnight
    if moment > latest:
        words = {"from": _clock(event.opened_at), "to": _clock(last)}
        raise OutsideTheHour(_("Børstimen var fra %(from)s til %(to)s. Skriv et klokkeslett i timen.") % words)
    return max(min(moment, last), event.opened_at)


def _clock(moment: datetime) -> str:
    return date_format(localtime(moment), "H.i")


def entered_by(event: Event, user: User) -> AgreementQuerySet:
    """What `user` has typed in from paper, the latest first; withdrawn ones too."""
    mine = Change.objects.filter(agreement__event=event, what=What.REGISTERED, by=user, after__has_key=MARK)
    return event.agreements.with_parties().filter(pk__in=mine.values("agreement")).order_by("-number")


def with_serial(event: Event, serial: str) -> Agreement | None:
    """The agreement that a paper form has become already, unless it was withdrawn."""
    if not serial:
        return None
    known = Change.objects.filter(
        agreement__event=event, agreement__withdrawn_at=None, what=What.REGISTERED, **{f"after__{MARK}": serial}
    )
    return event.agreements.filter(pk__in=known.values("agreement")).first()


def typed_by(agreement: Agreement) -> int | None:
    """Who typed the agreement in from paper; None when it did not come from there."""
    change = agreement.changes.filter(what=What.REGISTERED, after__has_key=MARK).first()
    return change.by_id if change else None


def brokers_of(event: Event, *also: User) -> list[User]:
    """Those whose name may stand on a paper form: who registers agreements at the event, and `also`."""
    roles = (Role.BROKER, Role.ORGANISER)
    users = User.objects.filter(
        Q(pk__in=Membership.objects.filter(event=event, role__in=roles).values("user"))
        | Q(pk__in=Device.objects.filter(event=event, role__in=roles).values("user"))
        | Q(pk__in=[user.pk for user in also])
    )
    return sorted(users, key=lambda user: norwegian_key(str(user)))
