"""The event's figures and lists as tables: one workbook, or a CSV file of each table.

Nothing is counted here: the figures are those of agreements/statistics/. What is summed in a list gives the figure.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from borsen.models import Event
from participants.exporting import masked
from participants.spreadsheets import Table

from .. import statistics
from .figures import figure_tables
from .lists import list_tables, read_lists

MOST_READINGS = 3
FIRST = "nokkeltall"


@dataclass(frozen=True)
class Export:
    """The tables by the names that their CSV files have, in the order of the sheets."""

    tables: dict[str, Table]


def fetch(event: Event, now: datetime, *, private: bool) -> Export:
    """Read everything in one visit; again when the event moved meanwhile, so that the lists agree with the figures.

    Where the connection isn't `private` there are no contacts, and no address or telephone in any text; a note says so.
    """
    for _reading in range(MOST_READINGS):
        before = _feed_version(event)
        figures, lists = statistics.figures(event, now), read_lists(event)
        if _feed_version(event) == before:
            break
    tables = {**figure_tables(figures), **list_tables(lists, figures, with_contacts=private)}
    if private:
        return Export(tables)
    tables = {name: masked(table) for name, table in tables.items()}
    note = _("Kontaktene er ikke med, fordi forbindelsen ikke er sikker. Hent filen på maskinen selv eller over https.")
    tables[FIRST] = replace(tables[FIRST], before=[[note], []])
    return Export(tables)


def _feed_version(event: Event) -> int:
    return Event.objects.values_list("feed_version", flat=True).get(pk=event.pk)
