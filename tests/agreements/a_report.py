"""A report made by hand, without a database: whoever draws it must not need one."""

from datetime import UTC, datetime, timedelta

from agreements.report import Attendee, Chapter, Entry, HostLine, Report, Side
from agreements.statistics import (
    Bin,
    CategoryFigure,
    Figures,
    FirstMeetings,
    MunicipalityFigures,
    ParticipantFigures,
    Participation,
    ResourceFigures,
    SectorExchange,
    SectorFigures,
    Totals,
)
from borsen.enums import Phase, Sector

START = datetime(2026, 3, 5, 17, 0, tzinfo=UTC)
PAIR = frozenset({Sector.BUSINESS, Sector.VOLUNTARY})


def an_entry(number: int = 47, text: str = "Radioverksted", gives: str = "Hyller og benk", parties: int = 2) -> Entry:
    names = [f"Granfjord Radioamatører {place}" for place in range(parties)]
    return Entry(number, text, False, tuple(Side(name, Sector.VOLUNTARY, gives) for name in names))


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def figures(count: int = 1) -> Figures:
    return Figures(
        totals=Totals(count=count, intents=0, mutual=count, first_time=0),
        first_meetings=FirstMeetings(across=count, answered=0, first=0),
        categories=[CategoryFigure(1, "Lokaler", count), CategoryFigure(2, "Annet", 0)],
        challenges=[],
        sectors=SectorFigures({PAIR: count}, {PAIR: count}),
        exchange=[SectorExchange(sector, count * (sector in PAIR), count * (sector in PAIR)) for sector in Sector],
        municipalities=MunicipalityFigures((), 0, 0, count),
        by_participant={},
        participation=Participation(2, 2 if count else 0, dict.fromkeys(Sector, 1), 0, 0),
        resources=ResourceFigures(offers=1, offers_used=0, offers_open=1, needs=1, needs_met=0),
        hour=[Bin(at(5 * place), at(5 * place + 5), 0 if place else count) for place in range(12)],
        minutes=[Bin(at(place), at(place + 1), 0 if place else count) for place in range(60)],
        goal=None,
        earlier=[],
    )


def a_report(**changes) -> Report:
    """One agreement between two participants; `changes` replace the report's fields."""
    entries = changes.pop("entries", (an_entry(),))
    attendee = Attendee(
        changes.pop("attendee_name", "Sámi searvi Čáhppesjohka"), Sector.VOLUNTARY, changes.pop("description", ""),
        ("Joik",), ("Lávvu",), ParticipantFigures(1, 1, 1),
    )  # fmt: skip
    fields = {
        "slug": "granfjord", "name": "Frivilligbørs i Granfjord", "theme": "", "place": "Granfjord kulturhus",
        "date": "torsdag 5. mars 2026", "made_at": "5. mars 2026 kl. 19.20", "language": "nb", "phase": Phase.OVER,
        "traded_minutes": 60, "hosts": (HostLine("Granfjord kommune", "Lokaler"),), "challenges": (),
        "figures": figures(len(entries)), "attendees": (attendee,),
        "chapters": (Chapter(CategoryFigure(1, "Lokaler", len(entries)), tuple(entries)),) if entries else (),
    }  # fmt: skip
    return Report(**{**fields, **changes})
