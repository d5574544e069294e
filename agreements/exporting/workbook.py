"""The workbook, written in a process of its own (borsen/pdf/worker.py): seconds of pure Python for a large event."""

from collections.abc import Sequence

from participants.spreadsheets import Table, xlsx


def render(tables: Sequence[Table]) -> bytes:
    """A sheet for each table."""
    return xlsx(tables)
