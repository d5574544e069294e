"""The event goes elsewhere: it is locked here, says where it went, and comes back."""

from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext as _

from borsen.feed_version import locked
from borsen.models import Event, Travel, User

from .comparing import differences
from .reading import parse
from .refusals import BadFile, NotNow
from .tables import obstacles
from .writing import as_file, digest_of, snapshot, travel_of

TO_MAX = 120


def hand_out(*, event: Event, to: str, by: User | None, now: datetime) -> Event:
    """Lock the event here: from now on it is `to` that changes it. What it holds at this moment is remembered, so that
    it is known when it comes back whether anything was changed here meanwhile. Raises NotNow.

    A file that could not be read in again is found out here, and not in the hall.
    """
    to = " ".join(to.split())[:TO_MAX]
    if not to:
        raise NotNow(_("Skriv hvor børsen flyttes, så de som åpner den her, ser hvor den er."))
    with locked(event) as event:
        for text in obstacles(event):
            raise NotNow(text)
        travel = Travel.objects.get_or_create(event=event)[0]
        event.moved_to, event.moved_at = to, now
        event.save(update_fields=["moved_to", "moved_at"])
        taken = snapshot(event)
        travel.refs = taken.refs.stored()
        travel.lineage = [*travel.lineage, str(uuid4())]
        travel.digest = digest_of(taken.content)
        travel.handed_out_by = str(by or "")[:TO_MAX]
        travel.save()
        try:
            parse(as_file(snapshot(event), key_figures=[], now=now, handed_out=True))
        except BadFile as problem:
            raise NotNow(_("Børsen kan ikke flyttes før dette er rettet: %s") % problem) from problem
    return event


def take_back(*, event: Event) -> Event:
    """Open the event here again without a file: it never left, or the machine that held it is gone. A file that comes
    all the same is taken if nothing has been changed here since."""
    with locked(event, although_moved=True) as event:
        _open(event)
    return event


def _open(event: Event) -> None:
    event.moved_to, event.moved_at = "", None
    event.save(update_fields=["moved_to", "moved_at"])


def is_as_handed_out(event: Event) -> bool:
    """Whether nothing has changed here since the event was last handed out or read in."""
    travel = travel_of(event)
    return travel is not None and travel.digest == digest_of(snapshot(event).content)


__all__ = ["TO_MAX", "differences", "hand_out", "is_as_handed_out", "take_back"]
