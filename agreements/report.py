"""The report as plain data: what the page and the PDF are made of, fetched in one short visit to the database.

Nothing here holds a model or a connection, so that a child process can draw the PDF (borsen/pdf/worker.py). No
figure is counted here: they come from agreements/statistics/, and the words for them from agreements/report_words.py.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from borsen.clock import phase
from borsen.collation import norwegian_key
from borsen.enums import Phase, Sector
from borsen.models import Event
from participants.enums import Kind as ResourceKind

from . import statistics
from .enums import Kind
from .models import Party
from .statistics import CategoryFigure, Figures, ParticipantFigures

MOST_READINGS = 3


@dataclass(frozen=True)
class Side:
    """One party of an agreement; `gives` is empty when it only receives."""

    name: str
    sector: Sector
    gives: str


@dataclass(frozen=True)
class Entry:
    """One agreement in the list; `is_withheld` when a screen may not show it."""

    number: int
    summary: str
    is_intent: bool
    sides: tuple[Side, ...]
    is_withheld: bool = False


@dataclass(frozen=True)
class Chapter:
    """The agreements of one category, by number."""

    figure: CategoryFigure
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Attendee:
    """One of those who took part."""

    name: str
    sector: Sector
    description: str
    offers: tuple[str, ...]
    needs: tuple[str, ...]
    figures: ParticipantFigures


@dataclass(frozen=True)
class HostLine:
    """One of the hosts, who are equals."""

    name: str
    contributes: str


@dataclass(frozen=True)
class Report:
    """Everything that the report says."""

    slug: str
    name: str
    theme: str
    place: str
    date: str
    made_at: str
    language: str
    phase: Phase
    traded_minutes: int
    hosts: tuple[HostLine, ...]
    challenges: tuple[str, ...]
    figures: Figures
    chapters: tuple[Chapter, ...]
    attendees: tuple[Attendee, ...]


def fetch(event: Event, now: datetime) -> Report:
    """Read the report. When the event moves meanwhile it is read again, so that the figures agree with the list."""
    for _reading in range(MOST_READINGS):
        before = _feed_version(event)
        report = _read(event, now)
        if _feed_version(event) == before:
            break
    return report


def _feed_version(event: Event) -> int:
    return Event.objects.values_list("feed_version", flat=True).get(pk=event.pk)


def _read(event: Event, now: datetime) -> Report:
    figures = statistics.figures(event, now)
    starts = localtime(event.opened_at or event.starts_at)
    return Report(
        slug=event.slug,
        name=event.name,
        theme=event.theme,
        place=event.place,
        date=date_format(starts, "l j. F Y"),
        made_at=date_format(localtime(now), r"j. F Y \k\l. H.i"),
        language=get_language() or "nb",
        phase=phase(event, now),
        traded_minutes=statistics.traded_minutes(event),
        hosts=tuple(HostLine(host.name, host.contributes) for host in event.hosts.all()),
        challenges=tuple(event.challenges.values_list("text", flat=True)),
        figures=figures,
        chapters=_chapters(event, figures),
        attendees=_attendees(event, figures),
    )


def _chapters(event: Event, figures: Figures) -> tuple[Chapter, ...]:
    """The categories with the most agreements first; those without any are in the figures only."""
    sides: dict[int, list[Side]] = {}
    parties = Party.objects.filter(agreement__event=event, agreement__withdrawn_at=None).order_by("position")
    for pk, name, sector, gives in parties.values_list(
        "agreement", "participant__name", "participant__sector", "gives"
    ):
        sides.setdefault(pk, []).append(Side(name, Sector(sector), gives))
    entries: dict[int, list[Entry]] = {}
    rows = (
        event.agreements.counted()
        .order_by("number")
        .values_list("pk", "category", "number", "summary", "kind", "hidden_at", "needs_review")
    )
    for pk, category, number, summary, kind, hidden_at, needs_review in rows:
        is_withheld = hidden_at is not None or bool(needs_review)
        entry = Entry(number, summary, kind == Kind.INTENT, tuple(sides.get(pk, ())), is_withheld)
        entries.setdefault(category, []).append(entry)
    largest_first = sorted(figures.categories, key=lambda figure: -figure.count)
    return tuple(Chapter(figure, tuple(entries[figure.pk])) for figure in largest_first if figure.pk in entries)


def _attendees(event: Event, figures: Figures) -> tuple[Attendee, ...]:
    participants = statistics.taking_part(event).prefetch_related("resources")
    attendees = []
    for participant in sorted(participants, key=lambda participant: norwegian_key(participant.name)):
        titles: dict[str, list[str]] = {kind: [] for kind in ResourceKind}
        for resource in participant.resources.all():
            titles[resource.kind].append(resource.public_title)
        attendees.append(
            Attendee(
                name=participant.name,
                sector=Sector(participant.sector),
                description=participant.description,
                offers=tuple(titles[ResourceKind.OFFER]),
                needs=tuple(titles[ResourceKind.NEED]),
                figures=figures.by_participant.get(participant.pk, ParticipantFigures()),
            )
        )
    return tuple(attendees)
