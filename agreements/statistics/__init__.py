"""Every figure that a screen, a page, the PDF or a spreadsheet shows, each with its definition (design.md §2).

A *counted* agreement is registered and not withdrawn; intentions and agreements hidden from the screen are included.
All figures about agreements are of the counted ones. An agreement's number is a reference and is never a figure.
A participant *takes part* when it is approved, or is a party of a counted agreement whatever its status.
The definitions as people read them: agreements/key_figures.py.
"""

from dataclasses import dataclass
from datetime import datetime

from borsen.models import Event

from .compared import EarlierEvent, GoalFigures, against_goal, earlier_events
from .hour import Bin, busiest, by_minute, through_the_hour, traded_for, traded_minutes
from .municipalities import MunicipalityFigure, MunicipalityFigures, municipalities
from .participation import ParticipantFigures, Participation, by_participant, participation, taking_part
from .resources import ResourceFigures, resources, resources_of
from .sectors import ORGANISATIONS, PairFigure, SectorExchange, SectorFigures, exchange, sector_triangle
from .subjects import CategoryFigure, ChallengeFigure, by_category, by_challenge
from .totals import FirstMeetings, Totals, count, first_meetings, totals

__all__ = [
    "ORGANISATIONS",
    "Bin",
    "CategoryFigure",
    "ChallengeFigure",
    "EarlierEvent",
    "Figures",
    "FirstMeetings",
    "GoalFigures",
    "MunicipalityFigure",
    "MunicipalityFigures",
    "PairFigure",
    "ParticipantFigures",
    "Participation",
    "ResourceFigures",
    "SectorExchange",
    "SectorFigures",
    "Totals",
    "against_goal",
    "busiest",
    "by_category",
    "by_challenge",
    "by_minute",
    "by_participant",
    "count",
    "earlier_events",
    "exchange",
    "figures",
    "first_meetings",
    "municipalities",
    "participation",
    "resources",
    "resources_of",
    "sector_triangle",
    "taking_part",
    "through_the_hour",
    "totals",
    "traded_for",
    "traded_minutes",
]


@dataclass(frozen=True)
class Figures:
    """All figures of an event, fetched together for the report: the same number of queries whatever the size."""

    totals: Totals
    first_meetings: FirstMeetings
    categories: list[CategoryFigure]
    challenges: list[ChallengeFigure]
    sectors: SectorFigures
    exchange: list[SectorExchange]
    municipalities: MunicipalityFigures
    by_participant: dict[int, ParticipantFigures]
    participation: Participation
    resources: ResourceFigures
    hour: list[Bin]
    minutes: list[Bin]
    goal: GoalFigures | None
    earlier: list[EarlierEvent]


def figures(event: Event, now: datetime) -> Figures:
    """Everything, one query after the other; `agreements.unmoved` sees to it that nothing moved meanwhile."""
    return Figures(
        totals=totals(event),
        first_meetings=first_meetings(event),
        categories=by_category(event),
        challenges=by_challenge(event),
        sectors=sector_triangle(event),
        exchange=exchange(event),
        municipalities=municipalities(event),
        by_participant=by_participant(event),
        participation=participation(event),
        resources=resources(event),
        hour=through_the_hour(event, now),
        minutes=by_minute(event, now),
        goal=against_goal(event),
        earlier=earlier_events(event),
    )
