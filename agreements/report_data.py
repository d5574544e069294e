"""The report as plain data: what the page and the PDF are made of.

Nothing here holds a model or a connection, so that a child process can draw the PDF (borsen/pdf/worker.py).
"""

from dataclasses import dataclass
from enum import StrEnum

from borsen.enums import Phase, Sector

from .statistics import CategoryFigure, ChallengeFigure, Figures, ParticipantFigures


class Edition(StrEnum):
    """Who it is for. WHOLE is what the coordinator's page shows; INTERNAL has the contacts too, and stays in the
    house."""

    PUBLIC = "public"
    WHOLE = "whole"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Person:
    """A contact, in the internal edition alone."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Side:
    """One party of an agreement; `gives` is empty when it only receives. `contacts`: who speaks for it here."""

    name: str
    sector: Sector
    gives: str
    contacts: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One agreement in the list; `is_withheld` when a screen may not show it. `first_contact` takes the next step, by
    the date `first_contact_by`, in the internal edition."""

    number: int
    summary: str
    is_intent: bool
    sides: tuple[Side, ...]
    is_withheld: bool = False
    first_contact: str = ""
    first_contact_by: str = ""


@dataclass(frozen=True)
class Chapter:
    """The agreements of one category, by number."""

    figure: CategoryFigure
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Attendee:
    """One of those who took part; `gave` and `received` are the numbers of its agreements, a mutual one in both."""

    name: str
    sector: Sector
    description: str
    offers: tuple[str, ...]
    needs: tuple[str, ...]
    figures: ParticipantFigures
    municipality: str = ""
    gave: tuple[int, ...] = ()
    received: tuple[int, ...] = ()
    contacts: tuple[Person, ...] = ()


@dataclass(frozen=True)
class OpenResource:
    """An offer that is still there, or a need that nobody has met, and whose it is."""

    title: str
    who: str
    sector: Sector


@dataclass(frozen=True)
class OpenChapter:
    """What is left in a category. All chapters together are the figures `offers_open` and `needs_unmet`."""

    name: str
    needs: tuple[OpenResource, ...]
    offers: tuple[OpenResource, ...]


@dataclass(frozen=True)
class ChallengeLine:
    """What the event wanted to solve, and the numbers of the agreements that answer it."""

    figure: ChallengeFigure
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Prize:
    """A prize that has been revealed: for the agreement with this `number`, or for `who`."""

    title: str
    reason: str
    number: int | None
    who: str
    sector: Sector | None


@dataclass(frozen=True)
class Logo:
    """A host's logo as a PNG that is ours (borsen/logos.py); its `digest` says in short what it is."""

    png: bytes
    width: int
    height: int
    digest: str

    def __repr__(self) -> str:
        # The report's text is what tells one edition from another, and is no place for a picture.
        return f"Logo({self.digest})"


@dataclass(frozen=True)
class HostLine:
    """One of the hosts, who are equals."""

    name: str
    contributes: str
    logo: Logo | None = None


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
    edition: Edition = Edition.WHOLE
    left: tuple[OpenChapter, ...] = ()
    challenge_lines: tuple[ChallengeLine, ...] = ()
    prizes: tuple[Prize, ...] = ()
