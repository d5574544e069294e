"""What the case is made of: sections of sentences, lists and small tables, and what all of them are written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.clock import phase
from borsen.enums import Phase, Sector
from borsen.models import Event, Host

from .. import statistics
from ..statistics import Figures
from ..unmoved import read_unmoved


@dataclass(frozen=True)
class Listing:
    """Short lines, to stand as a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A small table; the first column is what the row is about, the rest are figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = str | Listing | Table


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it. Without parts it is left for the municipality's own words."""

    title: str
    parts: tuple[Part, ...] = ()

    @property
    def marked_parts(self) -> list[tuple[str, Part]]:
        """Each part with what it is: «text», «list» or «table»."""
        kinds = {Listing: "list", Table: "table"}
        return [(kinds.get(type(part), "text"), part) for part in self.parts]


@dataclass(frozen=True)
class Facts:
    """What the sentences are written from. `is_held`: the opening gong has been struck."""

    event: Event
    hosts: list[Host]
    figures: Figures
    stands: Phase
    now: datetime

    @property
    def is_held(self) -> bool:
        return self.stands is not Phase.BEFORE

    def was(self, before: str, after: str) -> str:
        """The sentence that fits: `before` the opening gong, or `after` it."""
        return after if self.is_held else before


def read_facts(event: Event, now: datetime) -> Facts:
    """Fetch them, in the same number of queries whatever the size."""
    return Facts(
        event,
        list(event.hosts.all()),
        read_unmoved(event, lambda: statistics.figures(event, now)),
        phase(event, now),
        now,
    )


def clock(moment: datetime) -> str:
    """«18.00», local time."""
    return date_format(localtime(moment), "H.i")


def by_sector(numbers: Mapping[Sector, int]) -> str:
    """«17 bedrifter, 47 frivillige organisasjoner og 1 offentlig virksomhet»; sectors without any are left out."""
    words = {
        Sector.BUSINESS: lambda n: ngettext("%d bedrift", "%d bedrifter", n),
        Sector.VOLUNTARY: lambda n: ngettext("%d frivillig organisasjon", "%d frivillige organisasjoner", n),
        Sector.PUBLIC: lambda n: ngettext("%d offentlig virksomhet", "%d offentlige virksomheter", n),
        Sector.INDIVIDUAL: lambda n: ngettext("%d frivillig enkeltperson", "%d frivillige enkeltpersoner", n),
    }
    found = [words[sector](number) % number for sector, number in numbers.items() if number]
    return get_text_list(found, _("og"))
