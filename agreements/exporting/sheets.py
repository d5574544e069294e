"""All sheets in their order. Their names are addresses (`/<slug>/rapport/<name>.csv`), so they stay what they are."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from participants.spreadsheets import Cell

from .agreed import agreements, parties, withdrawn
from .fetching import Export
from .figures import (
    across_municipalities,
    by_minute,
    categories,
    challenges,
    earlier,
    first_meetings,
    hour,
    key_table,
    municipalities,
    pairs,
    sectors,
)
from .people import contacts, no_contacts, others_present, participants, resources
from .sheet import Column, Sheet

_MAKERS: dict[str, Callable[[Export, str], Sheet]] = {
    "nokkeltall": key_table,
    "kategorier": categories,
    "sektorpar": pairs,
    "sektorer": sectors,
    "nye-samarbeid": first_meetings,
    "kommuner": municipalities,
    "kommuner-samlet": across_municipalities,
    "problemstillinger": challenges,
    "borstimen": hour,
    "minutter": by_minute,
    "tidligere": earlier,
    "avtaler": agreements,
    "trukket": withdrawn,
    "parter": parties,
    "deltakere": participants,
    "andre-som-motte": others_present,
    "tilbud-og-behov": resources,
    "kontakter": contacts,
}
DEFINITIONS = "definisjoner"
NAMES = (*_MAKERS, DEFINITIONS)


def sheets(export: Export) -> list[Sheet]:
    """Every sheet of the workbook."""
    made = [make(export, name) for name, make in _MAKERS.items()]
    found = [*made, _definitions(export, made)]
    return found if export.is_private else [each.masked() for each in found]


def sheet_named(export: Export, name: str) -> Sheet:
    """One of NAMES."""
    return next(each for each in sheets(export) if each.name == name)


def _definitions(export: Export, made: list[Sheet]) -> Sheet:
    about = _("Om filen")
    rows: list[list[Cell]] = [
        [about, _("Børs"), export.name],
        [about, _("Laget"), export.made_at],
        [about, _("Hva som teller"), _("En avtale teller når den er registrert og ikke trukket.")],
    ]
    if not export.is_private:
        rows.append([about, _("Kontakter"), no_contacts()])
    for sheet in made:
        rows.append([sheet.title, "", sheet.about])
        rows += [[sheet.title, column.heading, column.meaning] for column in sheet.columns if column.meaning]
    columns = [Column(_("Ark"), 24), Column(_("Kolonne"), 28), Column(_("Forklaring"), 90)]
    return Sheet(DEFINITIONS, _("Definisjoner"), "", columns, rows)
