"""A file is read in: an event that is new here, or one that was handed out from here and comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from borsen.enums import Role
from borsen.feed_version import locked
from borsen.models import Event, Membership, Travel, User
from borsen.signals import feed_advanced
from borsen.slugs import is_free, suggested

from .bringing_in import Bringing
from .comparing import differences
from .reading import Incoming
from .refusals import BadFile, BothChanged
from .tables import EVENT, tables
from .writing import digest_of, snapshot, travel_of

AT_A_TIME = 500


@dataclass(frozen=True)
class Received:
    """What became of a file. `is_back`: the event was here already, and has come back."""

    event: Event
    is_back: bool
    members: list[dict[str, str]]


class AddressTaken(BadFile):
    """Another event here has the address; `free` is one that none has."""

    def __init__(self, text: str, free: str) -> None:
        super().__init__(text)
        self.free = free


def receive(*, incoming: Incoming, by: User, slug: str = "") -> Received:
    """Make the event of the file here, with `by` as its only organiser, or let it replace the copy that was handed
    out from here. All or nothing. Raises BadFile; BothChanged when the copy here is not as it was handed out;
    AddressTaken."""
    event = Event.objects.filter(key=incoming.key).first()
    try:
        return _take_back(event, incoming, by) if event else _make(incoming, by, slug)
    except IntegrityError:
        raise BadFile(
            _("Filen har rader som ikke går sammen, så ingenting er lest inn. Last den ned på nytt der den kom fra.")
        ) from None


@transaction.atomic
def _make(incoming: Incoming, by: User, slug: str) -> Received:
    said = dict(next(iter(incoming.values[EVENT].values())))
    said["slug"] = slug or said["slug"]
    if not is_free(said["slug"]):
        free = suggested(said["name"])
        raise AddressTaken(
            _("Adressen «%(slug)s» er opptatt her. Skriv en annen, for eksempel «%(free)s».")
            % {"slug": said["slug"], "free": free},
            free,
        )
    _refuse_tokens_of_others(incoming, None)
    event = Event.objects.create(key=incoming.key, **said)
    _write_event(event, said)
    _bring_in(event, incoming, Travel(event=event))
    Membership.objects.create(event=event, user=by, role=Role.ORGANISER)
    return Received(event, is_back=False, members=incoming.members)


def _take_back(event: Event, incoming: Incoming, by: User) -> Received:
    with locked(event, although_moved=True) as event:
        if not event.memberships.filter(user=by, role=Role.ORGANISER).exists():
            raise BadFile(_("Børsen i filen finnes her allerede. Be en som er arrangør for den, lese inn filen."))
        _refuse_if_both_changed(event, incoming)
        _refuse_tokens_of_others(incoming, event)
        was = event.feed_version
        said = dict(next(iter(incoming.values[EVENT].values())), slug=event.slug)
        _write_event(event, said | {"moved_to": "", "moved_at": None})
        travel = travel_of(event)
        assert travel is not None
        _bring_in(event, incoming, travel)
        if event.feed_version != was:
            tell = partial(feed_advanced.send, Event, event_id=event.pk, version=event.feed_version)
            transaction.on_commit(tell, robust=True)
    return Received(event, is_back=True, members=incoming.members)


def _refuse_if_both_changed(event: Event, incoming: Incoming) -> None:
    taken = snapshot(event)
    travel, now = taken.travel, digest_of(taken.content)
    if travel is None or not travel.lineage:
        text = _("Børsen finnes her allerede, og er aldri flyttet herfra. Filen er en kopi, og erstatter den ikke.")
    elif travel.lineage[-1] not in incoming.lineage:
        text = _(
            "Filen er eldre enn siste gang børsen ble flyttet herfra. Les inn filen som ble laget der børsen er nå."
        )
    elif travel.digest != now:
        text = _(
            "Børsen er endret både her og der filen kommer fra, så den ene kan ikke erstatte den andre. Ingenting er "
            "tapt: filen har sitt, og børsen her står som før. Skriv det som bare er i filen, inn for hånd her."
        )
    else:
        return
    found, count = differences(taken.content, incoming.content)
    raise BothChanged(text, found, count)


def _write_event(event: Event, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(event, name, value)
    event.save(update_fields=[*values])


def _bring_in(event: Event, incoming: Incoming, travel: Travel) -> None:
    Bringing(event, incoming, travel).all()
    travel.digest = digest_of(snapshot_with(event, travel))
    travel.save()


def snapshot_with(event: Event, travel: Travel) -> Any:
    """The content as it stands now, by the numbers that `travel` has noted."""
    travel.save()
    return snapshot(event).content


def _refuse_tokens_of_others(incoming: Incoming, event: Event | None) -> None:
    """What is secret and unique in the whole database: another event's stays that one's, also against a file that was
    made to take it over."""
    for table in tables():
        secret = [each for each in table.fields() if each.unique and isinstance(each, models.CharField)]
        for each in secret if table.name != EVENT else ():
            values = [row[each.attname] for row in incoming.values[table.name].values()]
            rows = table.rows()
            if event is not None:
                rows = rows.exclude(**{table.to_event: event})
            for start in range(0, len(values), AT_A_TIME):
                if rows.filter(**{f"{each.name}__in": values[start : start + AT_A_TIME]}).exists():
                    raise BadFile(
                        _(
                            "Private lenker i filen hører til en annen børs her. Det kan være en tidligere kopi av den "
                            "samme børsen. Ingenting er lest inn."
                        )
                    )
