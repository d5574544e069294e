"""The signs of life of the storskjerm's pages: written by the rooms, in whatever process, read by the control room."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from borsen.models import Event

from .heartbeats import About
from .models import ScreenSign

# Whoever has the address of a public event can say that they are a screen.
MOST_WRITTEN = 20
MOST_SHOWN = 12
# A machine in the hall that has gone silent is missed; somebody's laptop that has gone home is not.
MISSED_FOR = timedelta(minutes=30)
FOLLOWS_WITHIN = timedelta(seconds=30)


@dataclass(frozen=True)
class Sign:
    """What a room knows of a page: what it said of itself, the version it has been given, and when it was heard."""

    about: About
    version: int
    heard_at: datetime


def note(event_id: int, signs: Sequence[Sign], now: datetime) -> None:
    """Write the signs down in two queries; those of started screens where there are too many.

    Older ones of the same pages are replaced, and what nobody misses is forgotten. Nothing is written for an event that
    is no more."""
    kept = sorted(signs, key=lambda sign: not sign.about.has_started)[:MOST_WRITTEN]
    rows = {
        sign.about.key: ScreenSign(
            event_id=event_id,
            key=sign.about.key,
            width=sign.about.width,
            height=sign.about.height,
            version=sign.version,
            scene=sign.about.scene,
            number=sign.about.number,
            has_started=sign.about.has_started,
            heard_at=sign.heard_at,
        )
        for sign in kept
    }
    with suppress(IntegrityError), transaction.atomic():
        ScreenSign.objects.filter(event=event_id, heard_at__lt=now - MISSED_FOR).delete()
        ScreenSign.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["event", "key"],
            update_fields=["width", "height", "version", "scene", "number", "has_started", "heard_at"],
        )


def screens(event: Event, now: datetime) -> list[ScreenSign]:
    """The pages to tell the organiser of: started ones also when they have gone silent, others while they follow; the
    hall's machines first."""
    rows = event.screen_signs.filter(heard_at__gte=now - MISSED_FOR).order_by("-has_started", "pk")
    return [row for row in rows if row.has_started or now - row.heard_at < FOLLOWS_WITHIN][:MOST_SHOWN]
