"""A frame of the feed as the screen's regions: what the templates print, worked out here once.

The html is the same for the page's first paint, a snapshot, a change and a catch-up (templates/display/scenes/).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from agreements.statistics import traded_for
from borsen.enums import Phase, Scene

from .cards import Card, PartyCard
from .feed import Frame, Hour

LATEST_SHOWN = 5
LATEST_AT_THE_END = 7
PRIZES_BESIDE = 3
MOST_FIELDS = 3
# The longest name of each of the first three steps of look.md «Names», in characters: a first guess, which the page
# replaces by measuring.
STEPS = (24, 40, 60)
# A day's wait is told by the clock on the wall, a shorter one by counting down.
COUNTS_DOWN = timedelta(hours=12)


@dataclass(frozen=True)
class Field:
    """One party's plane: `step` is the size of its name, which is no larger than `least`; `badge` is the arrow between
    it and the field before it."""

    party: PartyCard
    step: int
    least: int
    badge: str


@dataclass(frozen=True)
class Clock:
    """`text` is what is left at the moment of drawing; `mode` says whether the wait for the gong is counted down
    («near»), told as a time («far»), or over without a stroke («due»)."""

    text: str
    mode: str


@dataclass(frozen=True)
class Drawing:
    """What a page needs of a frame: the regions, and the new and corrected agreements each by itself, so that those
    of a burst can wait for their turn in the page."""

    html: str
    cards: tuple[tuple[int, str], ...]


def draw(frame: Frame, now: datetime) -> Drawing:
    """The frame at `now`, ready to be sent."""
    cards = tuple((card.number, card_html(card)) for card in frame.cards)
    return Drawing(regions(frame, now), cards)


def regions(frame: Frame, now: datetime) -> str:
    """The regions of the scene at `now`, ready to be put into the page or a frame."""
    return render_to_string("display/regions.html", context(frame, now))


def card_html(card: Card) -> str:
    """One agreement as it stands large, with its row of the list of the latest beside it."""
    return render_to_string("display/regions/card.html", {"card": card, "fields": fields(card)}).strip()


def context(frame: Frame, now: datetime) -> dict[str, object]:
    """What templates/display/regions.html prints."""
    latest = frame.latest[:LATEST_SHOWN]
    if frame.scene == Scene.RESULT and frame.newest:
        latest = (frame.newest, *frame.latest)[:LATEST_AT_THE_END]
    return {
        "frame": frame,
        "scene": frame.scene.value,
        "scene_template": f"display/scenes/{frame.scene.value}.html",
        "stage": stage_of(frame.hour),
        "clock": clock(frame.hour, now),
        "card": frame.newest,
        "fields": fields(frame.newest) if frame.newest else (),
        "latest": latest,
        "progress": min(frame.total, frame.goal) if frame.goal else 0,
        "left_to_goal": max(frame.goal - frame.total, 0) if frame.goal else 0,
        "traded_for": traded_for(frame.traded_minutes),
        "prize": frame.prizes[0] if frame.prizes else None,
        "other_prizes": frame.prizes[1 : 1 + PRIZES_BESIDE],
        "follow": follow_code(frame),
        "catalogue": catalogue_code(frame),
    }


def stage_of(hour: Hour) -> str:
    """ "before", "open" or "closed": which regions there are. Whether a closed hour is final is a matter of time, which
    the page itself keeps."""
    if hour.closed_at:
        return "closed"
    return "open" if hour.opened_at else "before"


def phase_of(hour: Hour, now: datetime) -> Phase:
    """As borsen.clock.phase, of what the feed told."""
    if hour.opened_at is None:
        return Phase.BEFORE
    if hour.closed_at is None:
        return Phase.OPEN
    return Phase.GRACE if hour.grace_ends_at and now < hour.grace_ends_at else Phase.OVER


def clock(hour: Hour, now: datetime) -> Clock:
    """The figures of the clock at `now`, before the page's own takes over."""
    ends = {Phase.BEFORE: hour.starts_at, Phase.OPEN: hour.closes_at, Phase.GRACE: hour.grace_ends_at}
    end = ends.get(phase_of(hour, now)) or now
    left = max(end - now, timedelta())
    mode = "due" if not left else "far" if left > COUNTS_DOWN else "near"
    return Clock(countdown(left), mode)


def countdown(left: timedelta) -> str:
    """«23:41», or «1:23:41» from a hundred minutes."""
    seconds = -(-left // timedelta(seconds=1))
    minutes, seconds = divmod(seconds, 60)
    if minutes < 100:
        return f"{minutes:02}:{seconds:02}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def fields(card: Card) -> tuple[Field, ...]:
    """The parties as planes of colour. With three or more the names start at step 2, or there would be no room."""
    least = 1 if len(card.parties) < MOST_FIELDS else 2
    badges = ["", *(badge(left, right) for left, right in pairwise(card.parties))]
    return tuple(
        Field(party, max(first_step(party.name), least), least, arrow)
        for party, arrow in zip(card.parties, badges, strict=True)
    )


def first_step(name: str) -> int:
    return next((step for step, longest in enumerate(STEPS, 1) if len(name) <= longest), len(STEPS) + 1)


def badge(left: PartyCard, right: PartyCard) -> str:
    """The arrow between two parties points from who gives to who receives."""
    if left.gives and right.gives:
        return "both"
    return "right" if left.gives else "left" if right.gives else "none"


def follow_code(frame: Frame) -> SafeString | None:
    """The QR code of this page, where a phone in the room could open it."""
    if not (settings.PUBLIC_URL and frame.published):
        return None
    return _qr(settings.PUBLIC_URL + reverse("screen", args=[frame.slug]))


def catalogue_code(frame: Frame) -> SafeString | None:
    """The QR code of the catalogue, where a phone in the room could open it."""
    if not (settings.PUBLIC_URL and frame.catalogue_published):
        return None
    return _qr(settings.PUBLIC_URL + reverse("catalogue", args=[frame.slug]))


@lru_cache(maxsize=32)
def _qr(url: str) -> SafeString:
    svg = segno.make(url, error="m").svg_inline(border=2, omitsize=True, svgclass="qr__code", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - made by segno of an address of ours; holds no text
