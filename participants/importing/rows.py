"""Which rows of a sheet are about a participant, and what each of them says."""

import re
from collections.abc import Iterator

from .category_words import Categories
from .cells import is_error, one_line
from .choices import Choices
from .fields import Fields
from .headings import headings, plain_words
from .mapping import Mapping
from .readings import Known, Reading
from .sectors import sector_of
from .sheet import Row, Sheet

LONGEST_SECTION = 4  # words
_PLURAL = re.compile(
    r"(er|ene)\b|^(naring(sliv(et)?)?|offentlige?|frivillige?|frivillighet|kommunen?|privat)( sektor)?$"
)
# «Sum», «Sum 42», «Totalt: 42 påmeldte», but not «Sum Design AS».
_SUM = re.compile(
    r"(sum|total(t|sum)?|i alt|antall( påmeldte| deltakere)?|til sammen)[\s:=]*[\d\s.,]*"
    r"(påmeldte|deltakere|personer|stk\.?)?",
    re.IGNORECASE,
)


def read_rows(sheet: Sheet, mapping: Mapping, choices: Choices, categories: Categories, known: Known) -> list[Reading]:
    """Every row below the headings that is about a participant."""
    heading = headings(sheet.rows, mapping.heading_row)
    return list(_Walk(mapping, Fields(mapping, choices, categories, known, heading)).through(sheet))


class _Walk:
    """Down a sheet, past titles, sections, sums and headings that are printed again on every page."""

    def __init__(self, mapping: Mapping, fields: Fields) -> None:
        self.mapping = mapping
        self.fields = fields

    def through(self, sheet: Sheet) -> Iterator[Reading]:
        previous: Reading | None = None
        section = self._section_above(sheet) or (sector_of(sheet.name) if sheet.name else "")
        heading = next((row for row in sheet.rows if row.number == self.mapping.heading_row), None)
        for row in sheet.rows:
            if row.number <= self.mapping.heading_row or (row.hidden and not self.mapping.with_hidden):
                continue
            if self._repeats(row, heading) or self._is_sum(row):
                continue
            named = self._section(row)
            if named:
                section = named
                continue
            if self._is_empty(row):
                continue
            above = previous if previous is not None and previous.number == row.number - 1 else None
            previous = self.fields.read(row, section=section, above=above)
            yield previous

    def _section_above(self, sheet: Sheet) -> str:
        """The type that stands right above the headings, where each section has its own."""
        above = [row for row in sheet.rows if row.number < self.mapping.heading_row and any(map(str.strip, row.cells))]
        return self._section(above[-1]) if above else ""

    def _is_empty(self, row: Row) -> bool:
        return not any(row.text(column).strip() for column in self.mapping.columns)

    def _repeats(self, row: Row, heading: Row | None) -> bool:
        return heading is not None and [cell.casefold() for cell in row.cells] == [
            cell.casefold() for cell in heading.cells
        ]

    def _is_sum(self, row: Row) -> bool:
        filled = [one_line(cell) for cell in row.cells if cell.strip()]
        rest = filled[1:]
        return bool(filled and _SUM.fullmatch(filled[0])) and all(
            re.fullmatch(r"[\d\s.,:]*", cell) or is_error(cell) for cell in rest
        )

    def _section(self, row: Row) -> str:
        """A line of its own between the participants, «LAG OG FORENINGER», says the type of those that follow."""
        filled = [(column, one_line(cell)) for column, cell in enumerate(row.cells) if cell.strip()]
        if len(filled) != 1 or len(self.mapping.columns) < 2 or filled[0][0] not in {0, *self.mapping.of("name")}:
            return ""
        words = plain_words(filled[0][1])
        is_heading = len(words.split()) <= LONGEST_SECTION and _PLURAL.search(words)
        return sector_of(words) if is_heading else ""
