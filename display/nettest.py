"""The network test: what devices found of the way to this server, and what to do about it, in words.

Devices that nobody has signed in leave their findings here, so they are few, small, and never taken at more than their
word: results are shown to the organiser and decide nothing.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.feed_version import locked
from borsen.models import Event

from .models import NetTest

HOLDS = 20  # seconds that the line is watched
SLOW = 800  # milliseconds, the median of ten round trips
CLOCK_OFF = 120_000  # milliseconds
MOST_KEPT = 200
# The whole room may stand behind one address, so it is the event that takes no more, not the visitor.
MOST_NEW = 60
NEW_WITHIN = timedelta(minutes=1)


class TooMany(Exception):
    """More devices than any room has have come within a minute."""


@dataclass(frozen=True)
class Findings:
    """What one device measured; times are milliseconds. See NetTest."""

    socket_opened: bool
    storage_kept: bool
    held_seconds: int
    round_trip: int
    clock_difference: int


@dataclass(frozen=True)
class Result:
    """A device in the organiser's list. `problems` must be mended before the day, `notes` are worth knowing."""

    number: int
    label: str
    tested_at: datetime
    round_trip: int
    problems: list[str]
    notes: list[str]

    @property
    def is_ready(self) -> bool:
        return not self.problems


def record(*, event: Event, key: str, label: str, findings: Findings, now: datetime) -> NetTest:
    """Keep what the device found, in place of what it found before. Only the latest 200 devices are kept.

    No screen shows it, so the feed stands still. Raises TooMany.
    """
    with locked(event) as event:
        values = {"label": label, "tested_at": now, **asdict(findings)}
        found = event.net_tests.filter(key=key).first()
        if found is None:
            found = NetTest(event=event, key=key, number=_next_number(event, now))
        for name, value in values.items():
            setattr(found, name, value)
        found.save()
        kept = event.net_tests.values("pk")[:MOST_KEPT]
        event.net_tests.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return found


def clear(*, event: Event) -> int:
    """Forget every device that has been tried, before the day itself or in another room; returns how many."""
    with locked(event) as event:
        return event.net_tests.all().delete()[0]


def results(event: Event) -> list[Result]:
    """All devices that have been tried: those that are not ready first, and the latest before the others."""
    found = [_result(test) for test in event.net_tests.all()]
    return sorted(found, key=lambda result: result.is_ready)


def in_short(found: list[Result]) -> str:
    """«7 enheter er prøvd. 1 er ikke klar.»"""
    if not found:
        return _("Ingen enheter er prøvd ennå.")
    text = ngettext("%d enhet er prøvd.", "%d enheter er prøvd.", len(found)) % len(found)
    bad = sum(not result.is_ready for result in found)
    if not bad:
        return f"{text} " + ngettext("Den er klar.", "Alle er klare.", len(found))
    return f"{text} " + ngettext("%d er ikke klar.", "%d er ikke klare.", bad) % bad


def _next_number(event: Event, now: datetime) -> int:
    if event.net_tests.filter(tested_at__gt=now - NEW_WITHIN).count() >= MOST_NEW:
        raise TooMany
    return (event.net_tests.aggregate(last=Max("number"))["last"] or 0) + 1


def _result(test: NetTest) -> Result:
    return Result(test.number, test.label, test.tested_at, test.round_trip, _problems(test), _notes(test))


def _problems(test: NetTest) -> list[str]:
    found = []
    if not test.storage_kept:
        found.append(_("Lagrer ikke avtaler uten nett. Bruk et vanlig vindu, ikke et privat."))
    if not test.socket_opened:
        found.append(_("Får ikke åpnet linjen for direkte beskjeder. Slå av VPN og nettfilter, eller bytt nett."))
    elif test.held_seconds < HOLDS:
        text = ngettext(
            "Linjen falt ut etter %d sekund. Flytt ruteren nærmere, eller bytt nett.",
            "Linjen falt ut etter %d sekunder. Flytt ruteren nærmere, eller bytt nett.",
            test.held_seconds,
        )
        found.append(text % test.held_seconds)
    return found


def _notes(test: NetTest) -> list[str]:
    found = []
    if test.round_trip > SLOW:
        found.append(_("Nettet er tregt: %d millisekunder på et svar.") % test.round_trip)
    if abs(test.clock_difference) > CLOCK_OFF:
        minutes = round(abs(test.clock_difference) / 60_000)
        text = ngettext(
            "Klokka går %d minutt feil. Avtalene får riktig tid likevel.",
            "Klokka går %d minutter feil. Avtalene får riktig tid likevel.",
            minutes,
        )
        found.append(text % minutes)
    return found
