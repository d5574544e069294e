"""What an event's front page says, to who has no role there: before, in and after the hour.

No name of a person and no contact details stand on it, but for what the organiser wrote to be found by (`practical`,
`ask_whom`). What it shows of agreements is what the storskjerm shows.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from zlib import crc32

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements import statistics
from agreements.charts import shares
from agreements.report_words import SectorTile, sector_tiles
from borsen.clock import phase
from borsen.countdown import Countdown, countdown, when
from borsen.enums import Phase, Sector
from borsen.models import Event, Host
from participants.masking import without_contact_details

from . import programme
from .bars import Bar, bars
from .cards import Card, latest

SHOWN = 6  # the newest agreement large, and those before it
CHART_WIDTH = 1000  # of the viewBox in templates/borsen/front_result.html


@dataclass(frozen=True)
class HostLine:
    """A host as it stands among its equals; `logo` is a picture's address, or nothing."""

    name: str
    sector: Sector
    contributes: str
    website: str
    logo: str


@dataclass(frozen=True)
class Result:
    """What came out of the hour, for everybody."""

    totals: statistics.Totals
    tiles: list[SectorTile]
    participation: statistics.Participation
    needs_met: int
    categories: list[tuple[statistics.CategoryFigure, int]]


@dataclass(frozen=True)
class FrontPage:
    """Everything but what changes from minute to minute (`Live`)."""

    what: str
    summary: str
    challenges: list[str]
    programme: list[programme.Line]
    hosts: list[HostLine]
    thanks_to: str
    thanks: str
    next_date: str
    bars: list[Bar]
    coming: int
    result: Result | None


@dataclass(frozen=True)
class Live:
    """The banner, and in the hour the newest agreements. `total` is None where the hour has not begun."""

    seen: str
    phase: Phase
    theme: str
    countdown: Countdown
    total: int | None
    traded_for: str
    cards: tuple[Card, ...]


def seen(event: Event, now: datetime) -> str:
    """A short name for what `Live` shows now, beginning with the phase. It costs no query: in the hour, phones ask for
    it by the hundred."""
    shown = repr((event.feed_version, event.published, _banner(event, now)))
    return f"{phase(event, now).value}-{crc32(shown.encode()):x}"


def read_live(event: Event, now: datetime) -> Live:
    """The changing part. The agreements stand on it only where the organiser lets everybody see the storskjerm."""
    stands = phase(event, now)
    in_hour = stands in {Phase.OPEN, Phase.GRACE}
    return Live(
        seen=seen(event, now),
        phase=stands,
        theme=without_contact_details(event.theme),
        countdown=_banner(event, now),
        total=None if stands is Phase.BEFORE else statistics.count(event),
        traded_for=statistics.traded_for(statistics.traded_minutes(event)) if stands is Phase.OVER else "",
        cards=tuple(map(_for_everybody, latest(event, SHOWN))) if in_hour and event.published else (),
    )


def read_front_page(event: Event, now: datetime) -> FrontPage:
    """The rest of the page, in a number of queries that does not grow with the event."""
    stands = phase(event, now)
    participation = statistics.participation(event)
    hosts = [_host_line(event, host) for host in event.hosts.select_related("logo").defer("logo__png")]
    return FrontPage(
        what=what_it_is(event),
        summary=", ".join(filter(None, (when(event, now), event.place))),
        challenges=[without_contact_details(each.text) for each in event.challenges.all()],
        programme=[programme.Line(line.clock, without_contact_details(line.what)) for line in programme.lines(event)],
        hosts=hosts,
        thanks_to=get_text_list([host.name for host in hosts], _("og")),
        thanks=without_contact_details(event.thanks),
        next_date=without_contact_details(event.next_date),
        bars=bars(participation.by_sector),
        coming=participation.participants,
        result=_result(event, participation) if stands is Phase.OVER else None,
    )


def what_it_is(event: Event) -> str:
    """A børs in some forty words."""
    lasts = _("én time") if event.minutes == 60 else ngettext("%d minutt", "%d minutter", event.minutes) % event.minutes
    return _(
        "På en frivilligbørs møtes bedrifter, frivillige organisasjoner og det offentlige for å hjelpe hverandre. "
        "Gongen slår, og i %(lasts)s går dere rundt i salen og avtaler hva dere kan gi og få: lokaler, utstyr, "
        "kunnskap, hender og tid. Penger er aldri med."
    ) % {"lasts": lasts}


def _banner(event: Event, now: datetime) -> Countdown:
    """The way to the gong; in the hour the time that is left of it."""
    stands = phase(event, now)
    if stands is Phase.OPEN:
        left = ceil((event.planned_end - now).total_seconds() / 60)
        end = date_format(timezone.localtime(event.planned_end), "H.i")
        if left <= 0:
            return Countdown(_("Straks"), _("slår sluttgongen"))
        return Countdown(ngettext("%d minutt", "%d minutter", left) % left, _("igjen, til kl. %s") % end)
    if stands is Phase.GRACE:
        return Countdown(_("Gongen har slått"), _("de siste avtalene registreres nå"))
    return countdown(event, now)


def _for_everybody(card: Card) -> Card:
    """The card without the display names of private volunteers: here it is read by who is not in the room."""
    parties = tuple(
        replace(party, name="" if party.sector == Sector.INDIVIDUAL else without_contact_details(party.name))
        for party in card.parties
    )
    return replace(card, parties=parties)


def _host_line(event: Event, host: Host) -> HostLine:
    return HostLine(
        name=host.name,
        sector=Sector(host.sector),
        contributes=without_contact_details(host.contributes),
        website=host.website,
        logo=_logo(event, host),
    )


def _logo(event: Event, host: Host) -> str:
    logo = getattr(host, "logo", None)
    return reverse("host.logo", args=[event.slug, host.pk, logo.digest]) if logo else ""


def _result(event: Event, participation: statistics.Participation) -> Result:
    found = [figure for figure in statistics.by_category(event) if figure.count]
    most = sorted(found, key=lambda figure: -figure.count)
    lengths = shares([figure.count for figure in most], width=CHART_WIDTH)
    return Result(
        totals=statistics.totals(event),
        tiles=sector_tiles(statistics.sector_triangle(event)),
        participation=participation,
        needs_met=statistics.resources(event).needs_met,
        categories=list(zip(most, lengths, strict=True)),
    )
