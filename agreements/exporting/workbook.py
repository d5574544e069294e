"""From the export's data to the workbook's bytes. Asks no database, so that a child process can do it."""

from django.utils import translation

from participants.spreadsheets import csv_file, xlsx

from .fetching import Export
from .sheets import sheet_named, sheets


def render(export: Export) -> bytes:
    """The whole workbook (borsen/pdf/worker.py calls it in the child)."""
    with translation.override(export.language):
        return xlsx([sheet.table() for sheet in sheets(export)], title=export.name)


def render_csv(export: Export, name: str) -> bytes:
    """One sheet as a CSV file."""
    with translation.override(export.language):
        return csv_file(sheet_named(export, name).table())
