"""The number beside the goal and what the same hosts have done before."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..statistics import Figures
from .bars import Bar, Group, Look, Part, bars
from .picture import Picture, Table

NOT_KNOWN = "–"


def compared(figures: Figures, *, room: float) -> Picture:
    """A bar for this event, one for the goal, and one for each earlier event, newest first."""
    count = figures.totals.count
    this = _("Denne børsen")
    groups = [Group(this, (Bar((Part(count),), str(count)),))]
    rows: list[tuple[str | int, ...]] = [
        (this, count, figures.totals.intents, figures.participation.participants, _known(figures.participation.present))
    ]
    if figures.goal is not None:
        goal = figures.goal.goal
        groups.append(Group(_("Målet"), (Bar((Part(goal, Look.EMPTY),), str(goal)),)))
        rows.append((_("Målet"), goal, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN))
    for one in figures.earlier:
        label = f"{one.name}, {date_format(one.held_on, 'j. F Y')}"
        groups.append(Group(label, (Bar((Part(one.count, Look.HATCHED),), str(one.count)),)))
        rows.append((label, one.count, one.intents, one.participants, _known(one.present)))
    drawn = bars(groups, room=room)
    return Picture(
        title=_title(figures),
        description=_("Antall avtaler på denne børsen ved siden av målet og de tidligere børsene til vertskapet."),
        width=room,
        height=drawn.height,
        shapes=tuple(drawn.shapes),
        table=Table(
            (_("Børs"), _("Avtaler"), _("Av dem intensjonsavtaler"), _("Deltakere"), _("Personer til stede")),
            tuple(rows),
        ),
        breaks=drawn.breaks,
    )


def _title(figures: Figures) -> str:
    if not figures.earlier:
        return _("Sammenlignet med målet")
    return (
        _("Sammenlignet med tidligere børser")
        if figures.goal is None
        else _("Sammenlignet med målet og tidligere børser")
    )


def _known(present: int) -> str | int:
    """Nobody at the door is no figure: then nobody counted."""
    return present or NOT_KNOWN
