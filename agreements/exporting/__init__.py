"""The event's figures and lists as a workbook and as CSV files, for the organiser and the coordinator.

`fetch` reads everything in one short visit to the database; the rest asks the database nothing, so that a child
process can write the workbook. What a sheet's rows count is what the figures count: a figure can be found again by
counting rows.
"""

from .fetching import Export, fetch
from .sheets import NAMES, Sheet, sheets

__all__ = ["NAMES", "Export", "Sheet", "fetch", "sheets"]
