"""The event's programme, which is free text: the lines that begin with a time, and which of them comes next."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from borsen.models import Event

# «18.30 Gongen slår», «kl. 18:30–19:30: Børstimen». The end of a span says nothing of what comes next.
LINE = re.compile(
    r"^\s*[-–*•]?\s*(?:kl\.?\s*)?(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)\b(?!\.\d)"
    r"(?:\s*[-–]\s*(?:kl\.?\s*)?\d{1,2}[.:]\d{2}\b)?\s*[:–-]?\s*(?P<what>\S.*?)\s*$",
    re.IGNORECASE,
)

CLOCK = re.compile(r"\d.*\d")  # of the part of a line before what happens: without its bullet, «kl.» and colon


@dataclass(frozen=True)
class Item:
    """A line of the programme, at the moment when it begins; `what` is as it was typed."""

    at: datetime
    what: str


@dataclass(frozen=True)
class Line:
    """A line of the programme as it is read: `clock` is «18.00–18.30» as typed, or nothing; `what` is the rest."""

    clock: str
    what: str


def lines(event: Event) -> list[Line]:
    """Every line of the programme that says something, those without a time too."""
    found = []
    for text in filter(None, map(str.strip, event.programme.splitlines())):
        match = LINE.match(text)
        clock = CLOCK.search(text[: match.start("what")]) if match else None
        found.append(Line(clock[0], match["what"]) if match and clock else Line("", text))
    return found


def items(event: Event) -> list[Item]:
    """The lines with a time, on the day of the event; a time earlier than the one before it is after midnight."""
    found: list[Item] = []
    day = timezone.localtime(event.starts_at).date()
    for line in event.programme.splitlines():
        match = LINE.match(line)
        if match is None:
            continue
        clock = time(int(match["hour"]), int(match["minute"]))
        if found and clock < timezone.localtime(found[-1].at).time():
            day += timedelta(days=1)
        found.append(Item(timezone.make_aware(datetime.combine(day, clock)), match["what"]))
    return found


def next_item(event: Event, now: datetime) -> Item | None:
    """What the programme says comes next by the clock; None when nothing does, or nothing has a time."""
    return next((item for item in items(event) if item.at > now), None)
