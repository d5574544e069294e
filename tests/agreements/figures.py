"""Figures of a large and varied event, made by hand."""

from dataclasses import replace
from datetime import date

from agreements.statistics import (
    Bin,
    CategoryFigure,
    ChallengeFigure,
    EarlierEvent,
    Figures,
    FirstMeetings,
    GoalFigures,
    MunicipalityFigure,
    MunicipalityFigures,
    ResourceFigures,
    SectorExchange,
    SectorFigures,
)
from borsen.enums import Sector
from tests.agreements.a_report import at, figures

AWKWARD = (
    "x" * 300,
    "Kompetanse, foredrag og kurs for alle som har lyst til å lære noe nytt sammen med andre i hele Granfjord",
    "<b>Fet</b> & \"feit\" 'sitat'",
    "Sámi searvi Čáhppesjohka",
    "Stowarzyszenie Żółć Łódź",
    "Hội người Việt Nam",
    "جمعية المتطوعين",
    "志愿者协会",
    "Kake 🎂 og kaffe ☕",
    "linje\nskift\tog\x00null",
)


def many_figures(count: int = 120, categories: int = 8) -> Figures:
    """All figures have something in them; the names are awkward."""
    pairs = [frozenset({one, other}) for one in Sector for other in Sector]
    share = count // 16
    by_sectors = {**dict.fromkeys(pairs, share), frozenset(list(Sector)[:3]): share + 1}
    return replace(
        figures(count),
        categories=[
            CategoryFigure(place, AWKWARD[place % len(AWKWARD)], count // (place + 1)) for place in range(categories)
        ],
        challenges=[
            ChallengeFigure(place, text, count // 9, offers=3, needs=22, needs_met=9)
            for place, text in enumerate(AWKWARD[:5])
        ],
        sectors=SectorFigures(by_sectors, {pair: number // 2 for pair, number in by_sectors.items()}),
        exchange=[SectorExchange(sector, count // 2, count // 3) for sector in Sector],
        first_meetings=FirstMeetings(across=count, answered=count // 2, first=count // 3),
        municipalities=MunicipalityFigures(
            tuple(MunicipalityFigure(name, 3, count // 4, count // 8) for name in AWKWARD[1:9]), count // 4, 0, 2
        ),
        resources=ResourceFigures(offers=90, offers_used=41, offers_open=60, needs=75, needs_met=52),
        hour=[Bin(at(5 * place), at(5 * place + 5), count * place // 66) for place in range(12)],
        goal=GoalFigures(100, count, None),
        earlier=[
            EarlierEvent(AWKWARD[1], date(2025, 3, 6), 92, 8, 80, 120, is_public=True),
            EarlierEvent("Høstbørsen", date(2024, 10, 6), 62, 7, 55, 0, is_public=False),
        ],
    )
