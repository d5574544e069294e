"""The figures as tables."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from participants.spreadsheets import Cell, Table

from ..key_figures import key_figures
from ..statistics import Figures


def figure_tables(figures: Figures) -> dict[str, Table]:
    """Key figures and their definitions first, then what they are made up of; a table of nothing is left out."""
    found = {
        "nokkeltall": _key_figures(figures),
        "definisjoner": _definitions(figures),
        "kategorier": _categories(figures),
        "sektorpar": _pairs(figures),
        "sektorer": _exchange(figures),
        "kommuner": _municipalities(figures),
        "problemstillinger": _challenges(figures),
        "minutter": _minutes(figures),
        "tidligere": _earlier(figures),
    }
    return {name: table for name, table in found.items() if table.rows}


def moment(at: datetime | None) -> datetime | None:
    """As a spreadsheet keeps it: local time, whole seconds, no zone."""
    return localtime(at).replace(tzinfo=None, microsecond=0) if at else None


def _key_figures(figures: Figures) -> Table:
    rows: list[list[Cell]] = [
        [row.label, moment(row.value) if isinstance(row.value, datetime) else row.value, row.key]
        for row in key_figures(figures)
    ]
    return Table(_("Nøkkeltall"), [_("Nøkkeltall"), _("Verdi"), _("Nøkkel")], rows, [52, 18, 28])


def _definitions(figures: Figures) -> Table:
    rows: list[list[Cell]] = [[row.key, row.label, row.definition] for row in key_figures(figures)]
    return Table(_("Definisjoner"), [_("Nøkkel"), _("Nøkkeltall"), _("Hva som teller")], rows, [28, 52, 110])


def _categories(figures: Figures) -> Table:
    rows: list[list[Cell]] = [[each.name, each.count] for each in figures.categories]
    return Table(_("Kategorier"), [_("Kategori"), _("Avtaler")], rows, [48, 12])


def _pairs(figures: Figures) -> Table:
    rows: list[list[Cell]] = [[pair.label, pair.count, pair.mutual, pair.one_way] for pair in figures.sectors.pairs()]
    headings = [_("Sektorer"), _("Avtaler"), _("Gjensidige"), _("Enveis")]
    return Table(_("Sektorpar"), headings, rows, [36, 12, 12, 12])


def _exchange(figures: Figures) -> Table:
    taking_part = figures.participation.by_sector
    rows: list[list[Cell]] = [
        [str(each.sector.label), taking_part[each.sector], each.given, each.received] for each in figures.exchange
    ]
    headings = [_("Sektor"), _("Deltakere"), _("Avtaler der sektoren gir"), _("Avtaler der sektoren får")]
    return Table(_("Sektorer"), headings, rows, [36, 12, 26, 26])


def _municipalities(figures: Figures) -> Table:
    found = figures.municipalities
    rows: list[list[Cell]] = [[each.name, each.participants, each.inside, each.across] for each in found.rows]
    if rows:
        # The two rows that make the column of agreements add up: those across count once here, not at each of theirs.
        rows.append([_("På tvers av kommuner, hver avtale én gang"), None, None, found.across])
        rows.append([_("Ukjent kommune"), None, found.unknown, None])
    headings = [_("Kommune"), _("Deltakere"), _("Avtaler i kommunen"), _("Avtaler med andre kommuner")]
    return Table(_("Kommuner"), headings, rows, [44, 12, 22, 28])


def _challenges(figures: Figures) -> Table:
    rows: list[list[Cell]] = [
        [each.name, each.count, each.offers, each.needs, each.needs_met] for each in figures.challenges
    ]
    headings = [_("Problemstilling"), _("Avtaler"), _("Tilbud"), _("Behov"), _("Behov som er dekket")]
    return Table(_("Problemstillinger"), headings, rows, [60, 12, 12, 12, 22])


def _minutes(figures: Figures) -> Table:
    rows: list[list[Cell]] = [[moment(part.start), moment(part.end), part.count] for part in figures.minutes]
    return Table(_("Minutt for minutt"), [_("Fra"), _("Til"), _("Avtaler")], rows, [20, 20, 12])


def _earlier(figures: Figures) -> Table:
    rows: list[list[Cell]] = [
        [each.name, each.held_on, each.count, each.intents, each.participants, each.present] for each in figures.earlier
    ]
    headings = [
        _("Børs"), _("Holdt"), _("Avtaler"), _("Av dem intensjonsavtaler"), _("Deltakere"), _("Personer til stede"),
    ]  # fmt: skip
    return Table(_("Tidligere børser"), headings, rows, [48, 14, 12, 26, 12, 20])
