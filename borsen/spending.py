"""What the hosts have spent on the event: noted for the politicians' case, and shown nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass

from .feed_version import locked
from .models import Event


@dataclass(frozen=True)
class Spent:
    """What one host has spent; None where nobody has noted it, which is not the same as nothing."""

    hours: int | None = None
    kroner: int | None = None


def note_spending(*, event: Event, spent: Mapping[int, Spent]) -> None:
    """Replace what is noted of the hosts with these ids; a host that is gone meanwhile is passed over. No screen shows
    it, so the feed does not move."""
    with locked(event) as event:
        for host in event.hosts.filter(pk__in=spent):
            host.hours_spent, host.kroner_spent = spent[host.pk].hours, spent[host.pk].kroner
            host.save(update_fields=["hours_spent", "kroner_spent"])
