"""The key figures as a table: the same rows, words and definitions on the page, in the PDF and in the spreadsheet.

`key` is a contract with those who read the files; it is never translated and never changes its meaning.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .statistics import Figures, busiest


@dataclass(frozen=True)
class KeyFigure:
    """One figure: what it is called, its value (None where nobody can know it yet), and what counts in it."""

    key: str
    label: str
    value: int | datetime | None
    definition: str


def key_figures(figures: Figures) -> list[KeyFigure]:
    """All key figures in the order in which they are read."""
    return [*_agreements(figures), *_participants(figures), *_resources(figures), *_measured(figures)]


def _agreements(figures: Figures) -> list[KeyFigure]:
    totals, sectors, first = figures.totals, figures.sectors, figures.first_meetings
    return [
        KeyFigure(
            "agreements",
            _("Antall avtaler"),
            totals.count,
            _(
                "Avtaler som er registrert og ikke trukket. Hver avtale teller én gang, også når den har flere enn "
                "to parter. Intensjonsavtaler og avtaler som ikke vises på storskjermen, er med. Avtalens nummer er en "
                "henvisning og kan være større enn antallet."
            ),
        ),
        KeyFigure(
            "intents",
            _("Av dem intensjonsavtaler"),
            totals.intents,
            _("Partene vil, men må avklare noe først. De er med i antall avtaler, og telles her for seg."),
        ),
        KeyFigure(
            "mutual",
            _("Gjensidige avtaler"),
            totals.mutual,
            _("Avtaler der minst to parter gir noe."),
        ),
        KeyFigure(
            "one_way",
            _("Enveis avtaler"),
            totals.one_way,
            _("Resten: én part gir, de andre tar imot. Gjensidige og enveis er til sammen alle avtalene."),
        ),
        KeyFigure(
            "across_sectors",
            _("Avtaler på tvers av sektorer"),
            sectors.across,
            _(
                "Partene kommer fra to eller flere sektorer. I tabellen over sektorpar står en avtale hos de sektorene "
                "partene kommer fra: tre parter fra to sektorer står hos de to. Parter fra tre eller fire sektorer gir "
                "ikke noe par, og står for seg selv."
            ),
        ),
        KeyFigure(
            "first_meetings",
            _("Nye samarbeid på tvers av sektorer"),
            first.first,
            _("Avtaler på tvers av sektorer der partene sier at de ikke har samarbeidet før."),
        ),
        KeyFigure(
            "first_meetings_answered",
            _("Avtaler på tvers der partene har svart på om det er første gang"),
            first.answered,
            _("Bare de som har svart, kan regnes med når nye samarbeid skal bli til en andel."),
        ),
    ]


def _participants(figures: Figures) -> list[KeyFigure]:
    who = figures.participation
    is_counted = who.checked_in > 0
    return [
        KeyFigure(
            "participants",
            _("Deltakere"),
            who.participants,
            _(
                "Organisasjoner, virksomheter og frivillige enkeltpersoner som er godkjent av vertskapet, eller som er "
                "part i en avtale som teller."
            ),
        ),
        KeyFigure(
            "participants_with_agreement",
            _("Deltakere med minst én avtale"),
            who.with_agreement,
            _("Deltakere som er part i minst én avtale som teller."),
        ),
        KeyFigure(
            "checked_in",
            _("Deltakere som møtte"),
            who.checked_in if is_counted else None,
            _("Deltakere som er sjekket inn ved døren. Tomt når ingen er sjekket inn."),
        ),
        KeyFigure(
            "people_present",
            _("Personer til stede"),
            who.present if is_counted else None,
            _(
                "Så mange som dørvertene har telt. Den som kommer for flere deltakere, telles én gang. Tomt når ingen "
                "er sjekket inn."
            ),
        ),
    ]


def _resources(figures: Figures) -> list[KeyFigure]:
    found = figures.resources
    return [
        KeyFigure("offers", _("Tilbud"), found.offers, _("Det deltakerne har meldt inn at de kan gi.")),
        KeyFigure(
            "offers_used",
            _("Tilbud som er brukt i en avtale"),
            found.offers_used,
            _("Tilbud som minst én avtale som teller, gir av."),
        ),
        KeyFigure(
            "offers_open",
            _("Tilbud som fortsatt er ledige"),
            found.offers_open,
            _("Tilbud som ikke er merket «Brukt opp». Et tilbud kan være brukt i en avtale og likevel være ledig."),
        ),
        KeyFigure("needs", _("Behov"), found.needs, _("Det deltakerne har meldt inn at de trenger.")),
        KeyFigure(
            "needs_met",
            _("Behov som er dekket"),
            found.needs_met,
            _("Behov som en avtale som teller, er knyttet til, eller som noen har merket «Dekket»."),
        ),
        KeyFigure(
            "needs_unmet",
            _("Behov som ikke er dekket"),
            found.needs_unmet,
            _("Resten av behovene."),
        ),
    ]


def _measured(figures: Figures) -> list[KeyFigure]:
    rows = []
    top = busiest(figures.minutes)
    if top is not None:
        rows += [
            KeyFigure(
                "busiest_minute",
                _("Flest avtaler på ett minutt"),
                top.count,
                _("Avtaler etter når partene ble enige, minutt for minutt fra åpningsgongen."),
            ),
            KeyFigure(
                "busiest_minute_at",
                _("Det travleste minuttet"),
                localtime(top.start),
                _("Når det minuttet begynte. Er flere like travle, er det det første."),
            ),
        ]
    goal = figures.goal
    if goal is not None:
        rows += [
            KeyFigure("goal", _("Mål for antall avtaler"), goal.goal, _("Målet vertskapet satte før børsen.")),
            KeyFigure(
                "goal_percent",
                _("Prosent av målet"),
                goal.percent,
                _("Antall avtaler delt på målet, rundet ned til hele prosent."),
            ),
            KeyFigure(
                "goal_reached_at",
                _("Målet ble nådd"),
                localtime(goal.reached_at) if goal.reached_at else None,
                _("Når partene ble enige om den avtalen som nådde målet. Tomt når målet ikke er nådd."),
            ),
        ]
    return rows
