"""Børstimen: the strokes of the gong, and what time it is in the hour.

Open is `opened_at ≤ t` and (`closed_at` empty or `t < closed_at`). Only a stroke closes (design.md §4).
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from .enums import Phase, Scene
from .feed_version import advance, locked
from .models import Event


class WrongStroke(Exception):
    """The gong can't be struck that way now; the text says why, to the person who tried."""


def phase(event: Event, now: datetime) -> Phase:
    """Where the hour stands at `now`."""
    if event.opened_at is None or now < event.opened_at:
        return Phase.BEFORE
    if event.closed_at is None or now < event.closed_at:
        return Phase.OPEN
    return Phase.GRACE if event.grace_ends_at and now < event.grace_ends_at else Phase.OVER


def takes_agreements(event: Event, now: datetime) -> bool:
    """In børstimen and in the minutes after it, in which what was agreed in time is registered."""
    return phase(event, now) in {Phase.OPEN, Phase.GRACE}


def within_hour(event: Event, made_at: datetime, now: datetime) -> datetime:
    """`made_at` moved into børstimen and not later than `now`: a tablet's clock may be wrong."""
    moment = min(made_at, now)
    if event.closed_at:
        moment = min(moment, event.closed_at)
    return max(moment, event.opened_at) if event.opened_at else moment


def open_hour(*, event: Event, now: datetime) -> Event:
    """The opening stroke. Plans the closing one `minutes` later; raises WrongStroke when it has been struck."""
    with locked(event) as event:
        if event.opened_at is not None:
            raise WrongStroke(_("Åpningsgongen er allerede slått."))
        event.opened_at = now
        event.closes_at = now + timedelta(minutes=event.minutes)
        event.closed_at = None
        return _save(event)


def close_hour(*, event: Event, now: datetime) -> Event:
    """The closing stroke, early or late. Raises WrongStroke outside the hour."""
    with locked(event) as event:
        if phase(event, now) is not Phase.OPEN:
            raise WrongStroke(_("Børstimen er ikke i gang."))
        event.closed_at = now
        return _save(event)


def reopen_hour(*, event: Event, now: datetime) -> Event:
    """Take back the closing stroke; the planned end stays as it was, or comes five minutes from now. A scene that the
    stroke took over from does not come back."""
    with locked(event) as event:
        if event.closed_at is None:
            raise WrongStroke(_("Sluttgongen er ikke slått."))
        if event.scene_chosen_at is None or event.scene_chosen_at <= event.closed_at:
            event.scene = Scene.AUTO
            event.save(update_fields=["scene"])
        event.closed_at = None
        event.closes_at = max(event.planned_end, now + timedelta(minutes=5))
        return _save(event)


def extend_hour(*, event: Event, minutes: int, now: datetime) -> Event:
    """Move the planned end by `minutes`, from now where it has passed already; less than nothing brings it back, never
    before `now`."""
    with locked(event) as event:
        if phase(event, now) is not Phase.OPEN:
            raise WrongStroke(_("Børstimen er ikke i gang."))
        end = max(event.planned_end, now) if minutes > 0 else event.planned_end
        event.closes_at = max(end + timedelta(minutes=minutes), now)
        return _save(event)


def take_back_opening(*, event: Event, has_agreements: bool) -> Event:
    """Undo an opening stroke that came by mistake; only while nothing has been registered."""
    with locked(event) as event:
        if event.opened_at is None:
            raise WrongStroke(_("Åpningsgongen er ikke slått."))
        if has_agreements:
            raise WrongStroke(_("Det er registrert avtaler. Åpningen kan ikke angres."))
        event.opened_at = event.closes_at = event.closed_at = None
        return _save(event)


def _save(event: Event) -> Event:
    event.save(update_fields=["opened_at", "closes_at", "closed_at"])
    advance(event)
    return event
