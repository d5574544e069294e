"""The politicians' case («saksfremlegg»): headings and sentences with the figures in place, to be copied into the
municipality's own template. Before the børs with goal, hosts and plan, after it with what came out of it.

The figures are those of agreements/statistics/; only what the hosts have spent comes from elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from borsen.enums import Phase
from borsen.models import Event

from ..statistics import Figures
from .background import background, information
from .parts import Facts, Listing, Section, Table, read_facts
from .result import result
from .spending import spending

__all__ = ["Case", "Listing", "Section", "Table", "read_case"]


@dataclass(frozen=True)
class Case:
    """The whole text, and what is provisional about it (nothing, once the figures are final)."""

    title: str
    provisional: str
    sections: tuple[Section, ...]
    figures: Figures


def read_case(event: Event, now: datetime) -> Case:
    """Write the case as the børs stands at `now`."""
    facts = read_facts(event, now)
    return Case(
        title=_("Saksfremlegg: %s") % event.name,
        provisional=_provisional(facts),
        sections=(
            Section(_("Bakgrunn"), tuple(background(facts))),
            Section(_("Saksopplysninger"), tuple(information(facts))),
            Section(_("Resultat"), tuple(result(facts))),
            Section(_("Ressursbruk"), tuple(spending(facts))),
            Section(_("Vurdering")),
            Section(_("Forslag til vedtak")),
        ),
        figures=facts.figures,
    )


def _provisional(facts: Facts) -> str:
    if not facts.is_held:
        return _("Børsen er ikke holdt ennå. Hent teksten på nytt når gongen har slått, så står resultatet her.")
    if facts.stands in {Phase.OPEN, Phase.GRACE}:
        return _("Foreløpige tall, %s") % date_format(localtime(facts.now), r"j. F Y \k\l. H.i")
    return ""
