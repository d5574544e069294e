"""Making and changing a børs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from .enums import Role
from .feed_version import advance, locked
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
    """What an organiser says of a børs; `starts_at` is when børstimen is planned to begin."""

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
    hosts: Sequence[HostDraft] = ()
    challenges: Sequence[str] = ()


PLAIN_FIELDS = (
    "name", "starts_at", "minutes", "place", "theme", "practical", "programme", "film_url", "goal", "grace_minutes",
    "published",
)  # fmt: skip


@transaction.atomic
def create_event(*, slug: str, draft: EventDraft, by: User) -> Event:
    """Make a børs with hosts and challenges; `by` becomes its organiser. The default categories come by signal."""
    event = Event.objects.create(slug=slug, **{name: getattr(draft, name) for name in PLAIN_FIELDS})
    _write_hosts_and_challenges(event, draft)
    Membership.objects.create(event=event, user=by, role=Role.ORGANISER)
    event_created.send(Event, event=event)
    return event


def change_event(*, event: Event, draft: EventDraft) -> Event:
    """Replace what the organiser says of the børs, hosts and challenges included, and tell the screens."""
    with locked(event) as event:
        for name in PLAIN_FIELDS:
            setattr(event, name, getattr(draft, name))
        event.save(update_fields=PLAIN_FIELDS)
        event.hosts.all().delete()
        _write_hosts_and_challenges(event, draft)
        advance(event)
    return event


def _write_hosts_and_challenges(event: Event, draft: EventDraft) -> None:
    Host.objects.bulk_create(
        Host(event=event, position=position, **vars(host)) for position, host in enumerate(draft.hosts)
    )
    # Resources and agreements point at challenges, so those that keep their text keep their row.
    kept = {challenge.text: challenge for challenge in event.challenges.all()}
    for position, text in enumerate(draft.challenges):
        if text in kept:
            Challenge.objects.filter(pk=kept.pop(text).pk).update(position=position)
        else:
            Challenge.objects.create(event=event, text=text, position=position)
    Challenge.objects.filter(pk__in=[challenge.pk for challenge in kept.values()]).delete()
