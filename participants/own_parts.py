"""Parts of «min side» that the apps above fill in: this one does not know what an agreement is."""

from collections.abc import Callable, Sequence

from borsen.access import EventRequest

from .models import Participant
from .person_links import Person

# Draws its part for the person and the participants that their links open; empty where there is nothing to show.
Part = Callable[[EventRequest, Person, Sequence[Participant]], str]
_parts: list[Part] = []


def add_part(part: Part) -> None:
    """Show `part` below what the person has registered, from now on; once, however often it is added."""
    if part not in _parts:
        _parts.append(part)


def parts_of(request: EventRequest, person: Person, participants: Sequence[Participant]) -> list[str]:
    """Every part that has something to show, in the order in which they were added."""
    return list(filter(None, (part(request, person, participants) for part in _parts)))
