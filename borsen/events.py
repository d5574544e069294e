"""Making and changing a børs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from .collation import folded
from .enums import Role
from .feed_version import advance, locked
from .logos import copy_logos
from .models import Challenge, Event, Host, Membership, User
from .signals import event_created


@dataclass(frozen=True)
class HostDraft:
    """A host as it is written in the form; hosts are equals."""

    name: str
    sector: str
    contributes: str = ""
    website: str = ""


@dataclass(frozen=True)
class EventDraft:
    """What an organiser says of a børs; `starts_at` is when børstimen is planned to begin.

    An empty text among `challenges` only keeps the place: what stands behind it has not moved.
    """

    name: str
    starts_at: datetime
    minutes: int = 60
    place: str = ""
    theme: str = ""
    practical: str = ""
    programme: str = ""
    film_url: str = ""
    goal: int | None = None
    grace_minutes: int = 10
    published: bool = False
    catalogue_published: bool = False
    reads_together: bool = False
    page_published: bool = False
    registration_open: bool = False
    registration_text: str = ""
    approves_first: bool = True
    changes_locked: bool = False
    ask_whom: str = ""
    municipalities: str = ""
    wish_business: int | None = None
    wish_voluntary: int | None = None
    wish_public: int | None = None
    report_published: bool = False
    thanks: str = ""
    next_date: str = ""
    hosts: Sequence[HostDraft] = ()
    challenges: Sequence[str] = ()


# What each page of settings asks for, and so what alone it writes: a page that has stood open while somebody saved the
# other one must not put back what that one said before.
EVENT_FIELDS = (
    "name", "starts_at", "minutes", "place", "theme", "practical", "programme", "film_url", "goal", "grace_minutes",
    "published", "reads_together",
)  # fmt: skip
REGISTRATION_FIELDS = (
    "page_published", "registration_open", "registration_text", "approves_first", "changes_locked", "ask_whom",
    "municipalities", "wish_business", "wish_voluntary", "wish_public", "catalogue_published", "report_published",
    "thanks", "next_date",
)  # fmt: skip
PLAIN_FIELDS = EVENT_FIELDS + REGISTRATION_FIELDS
# What a new børs can take over from an earlier one: not when it is, nor what has been opened to the public.
COPIED_FIELDS = (
    "name", "minutes", "place", "theme", "practical", "programme", "film_url", "goal", "grace_minutes",
    "reads_together", "registration_text", "approves_first", "ask_whom", "municipalities", "wish_business",
    "wish_voluntary", "wish_public", "thanks",
)  # fmt: skip


class AddressTaken(Exception):
    """Another børs has the slug, or took it a moment ago."""


@transaction.atomic
def create_event(*, slug: str, draft: EventDraft, by: User, copied_from: Event | None = None) -> Event:
    """Make a børs with hosts and challenges; `by` becomes its organiser. The categories come by signal: the default
    ones, or those of `copied_from`, which also gives its hosts' logos. Raises AddressTaken.
    """
    try:
        with transaction.atomic():
            event = Event.objects.create(slug=slug, **{name: getattr(draft, name) for name in PLAIN_FIELDS})
    except IntegrityError as error:
        raise AddressTaken(slug) from error
    _write_hosts_and_challenges(event, draft)
    if copied_from is not None:
        copy_logos(of=copied_from, to=event)
    Membership.objects.create(event=event, user=by, role=Role.ORGANISER)
    event_created.send(Event, event=event, copied_from=copied_from)
    return event


def change_event(*, event: Event, draft: EventDraft) -> Event:
    """Replace what the page «Børsen» asks for, hosts and challenges included, and tell the screens. What else the draft
    says is left as it stands."""
    with locked(event) as event:
        for name in EVENT_FIELDS:
            setattr(event, name, getattr(draft, name))
        event.save(update_fields=EVENT_FIELDS)
        _write_hosts_and_challenges(event, draft)
        advance(event)
    return event


def _write_hosts_and_challenges(event: Event, draft: EventDraft) -> None:
    """Rows are kept where they can be: a host has a logo, and resources and agreements point at challenges."""
    hosts = list(event.hosts.all())
    drafts = [host for host in draft.hosts if host.name]
    kept = _rows_to_keep([host.name for host in hosts], [host.name for host in drafts])
    for position, host in enumerate(drafts):
        row = hosts[kept[position]] if position in kept else Host(event=event)
        for name, value in vars(host).items():
            setattr(row, name, value)
        row.position = position
        row.save()
    _delete_others(hosts, kept)

    challenges = list(event.challenges.all())
    kept = _rows_to_keep([challenge.text for challenge in challenges], draft.challenges)
    for position, text in enumerate(draft.challenges):
        if text:
            challenge = challenges[kept[position]] if position in kept else Challenge(event=event)
            challenge.text, challenge.position = text, position
            challenge.save()
    _delete_others(challenges, kept)


def _rows_to_keep(existing: Sequence[str], wanted: Sequence[str]) -> dict[int, int]:
    """Which existing row each wanted one keeps: the one of the same name, else the one in its place, if its own name
    is gone (it has been spelt better). Empty wanted ones keep none, and hold the places of those behind them."""
    kept: dict[int, int] = {}
    free = dict(enumerate(map(folded, existing)))
    for position, name in enumerate(wanted):
        same = next((row for row, other in free.items() if name and other == folded(name)), None)
        if same is not None:
            kept[position] = same
            del free[same]
    for position, name in enumerate(wanted):
        if name and position not in kept and position in free:
            kept[position] = position
            del free[position]
    return kept


def _delete_others(rows: Sequence[Host] | Sequence[Challenge], kept: dict[int, int]) -> None:
    for place, row in enumerate(rows):
        if place not in kept.values():
            row.delete()
