"""Which column says what: guessed from the headings and the cells, then as the organiser has corrected it."""

import re
from collections import Counter
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from typing import Any, Self

from borsen.enums import Sector

from ..enums import Kind
from .cells import one_line, phone, says_nothing
from .headings import CONTACT_FIELDS, SEVERAL, heading_row, headings, plain_words, understood
from .sectors import sector_of
from .sheet import EXCEL_ERRORS, Row, Sheet

# What a column can say, in the order that the page offers it; contact fields come once for each person.
FIELDS = (
    "name", "sector", "org_number", "offers", "needs", "kind", "what", "details", "category", "municipality", "website",
    "description", "place", "expected", "coming", "key", *(f"is_{sector}" for sector in Sector.values),
)  # fmt: skip
MOST_PEOPLE = 40
LEAST_PEOPLE = 3
_SAMPLED = 60
_MOST_ALIKE = 0.6
_CROSS = re.compile(r"x|✓|✔|☑|\*|1|ja|j|-|–|0|nei|n|☐", re.IGNORECASE)
_OFFER = re.compile(r"(vi |kan )*(tilbud|tilbyr?|tilbys|gir?|gis|bidrar?|offer)")
_NEED = re.compile(r"(vi )?(behov|treng(er|s)?|onsk(er|e|es)?|sok(er|es)?|etterspor|need)")
_WHAT = re.compile(r"^([hk]va\b|tittel|ressurs|tjeneste|tilbud|behov|beskriv|innhold|tekst)")


@dataclass(frozen=True)
class Mapping:
    """`columns` gives each used column its target: a field, or «contact.2» for a field of the second person."""

    sheet: int = 0
    heading_row: int = 0
    columns: MappingOf[int, str] = field(default_factory=dict)
    one_per_line: frozenset[int] = frozenset()
    at_commas: bool = False
    with_hidden: bool = True

    def of(self, target: str) -> list[int]:
        """The columns that say `target`, from the left."""
        return sorted(column for column, said in self.columns.items() if said == target)

    @property
    def is_long(self) -> bool:
        """Whether the list has one row for each offer or need, so that a participant stands in several."""
        return bool(self.of("kind") and self.of("what"))

    @property
    def people(self) -> int:
        """How many contact persons the columns have room for."""
        numbers = [int(said.partition(".")[2]) for said in self.columns.values() if "." in said]
        return max(numbers, default=0)

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "heading_row": self.heading_row,
            "columns": {str(column): said for column, said in sorted(self.columns.items())},
            "one_per_line": sorted(self.one_per_line),
            "at_commas": self.at_commas,
            "with_hidden": self.with_hidden,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            sheet=data["sheet"],
            heading_row=data["heading_row"],
            columns={int(column): said for column, said in data["columns"].items()},
            one_per_line=frozenset(data["one_per_line"]),
            at_commas=data["at_commas"],
            with_hidden=data["with_hidden"],
        )


def targets(people: int) -> list[str]:
    """Every target that a column can be given on the page."""
    numbered = range(1, max(people, LEAST_PEOPLE) + 1)
    return [*FIELDS, *(f"{name}.{number}" for number in numbered for name in CONTACT_FIELDS)]


def guess(sheets: list[Sheet]) -> Mapping:
    """The sheet that looks most like a list of participants, with its columns."""
    guesses = [guess_sheet(sheets, index) for index in range(len(sheets))]
    return max(guesses, key=lambda mapping: _likeness(sheets[mapping.sheet], mapping))


def _likeness(sheet: Sheet, mapping: Mapping) -> tuple[bool, bool, bool, int, int]:
    named = "name" in mapping.columns.values() and len(sheet.rows) > 1
    return (bool(sheet.rows), not sheet.hidden, named, len(mapping.columns), len(sheet.rows))


def guess_sheet(sheets: list[Sheet], index: int, number: int | None = None) -> Mapping:
    """The columns of one sheet, with the headings in row `number` (0: none), or wherever they seem to stand."""
    rows = sheets[index].rows
    number = heading_row(rows) if number is None else number
    heading = headings(rows, number) if number else None
    columns: dict[int, str] = {}
    one_per_line = set()
    if heading is not None:
        for column, text in enumerate(heading.cells):
            found = understood(text)
            may_be_empty = found is not None and found.field not in {"name", *CONTACT_FIELDS}
            if found is None or not (may_be_empty or _has_something(rows, number, column)):
                continue
            target = f"{found.field}.{found.person}" if found.field in CONTACT_FIELDS else found.field
            columns[column] = _free(target, columns)
            if found.one_per_line:
                one_per_line.add(column)
    _settle_names(heading, columns)
    _look_at_cells(sheets[index], number, columns)
    _settle_crosses(heading, sheets[index], columns)
    _settle_long(heading, sheets[index], columns)
    _settle_who(columns)
    return Mapping(index, number, {column: said for column, said in columns.items() if said}, frozenset(one_per_line))


def _settle_who(columns: dict[int, str]) -> None:
    """«Hvem kommer?» may be the person or the organisation: without any other name it is the participant's."""
    people = sorted(column for column, said in columns.items() if said == "contact.1")
    if people and not {"name", "first_name.1"} & set(columns.values()):
        columns[people[0]] = "name"


def _free(target: str, columns: MappingOf[int, str]) -> str:
    """`target`, or where it is taken the next person's; empty when only one column can say it."""
    if target not in columns.values() or target in SEVERAL:
        return target
    name, dot, number = target.partition(".")
    if not dot:
        return ""
    return _free(f"{name}.{int(number) + 1}", columns)


def _settle_names(heading: Row | None, columns: dict[int, str]) -> None:
    """«Organisasjon» beside a bare «Navn»: the first is the participant, the second the person who comes."""
    if heading is None or any(said.startswith(("contact", "first_name")) for said in columns.values()):
        return
    names = [column for column, text in enumerate(heading.cells) if _is_name(text)]
    bare = [column for column in names if one_line(heading.cells[column]).casefold().rstrip(":") in {"navn", "namn"}]
    others = [column for column in names if column not in bare and column in columns]
    if bare and others:
        columns[others[0]] = "name"
        columns.update({column: f"contact.{person}" for person, column in enumerate(bare, start=1)})
    elif len(bare) > 1:
        columns[bare[1]] = "contact.1"


def _is_name(text: str) -> bool:
    found = understood(text)
    return found is not None and found.field == "name"


def _has_something(rows: list[Row], number: int, column: int) -> bool:
    return any(not says_nothing(one_line(row.text(column))) for row in rows if row.number > number)


def _look_at_cells(sheet: Sheet, number: int, columns: dict[int, str]) -> None:
    """Columns whose heading says nothing, or the wrong thing, known by what stands in them."""
    below = [row for row in sheet.rows if row.number > number][:_SAMPLED]
    for column in range(sheet.width):
        said = columns.get(column)
        cells = [text for row in below if not says_nothing(text := one_line(row.text(column)))]
        if not cells:
            continue
        kind = _kind(cells)
        title = headings(sheet.rows, number).text(column)
        may_mean_both = said == "sector" and "kategori" in plain_words(title) and "category" not in columns.values()
        if kind_words(cells) and "kind" not in columns.values():
            columns[column] = "kind"
        elif may_mean_both and not kind and _mostly_unknown(cells):
            # «Kategori» may mean the kind of resource as well; then none of its cells names a sector.
            columns[column] = "category"
        elif not said and kind and kind not in columns.values() and not title.strip():
            columns[column] = kind
    if "name" not in columns.values() and number == 0:
        first = next((column for column in range(sheet.width) if column not in columns), None)
        if first is not None:
            columns[first] = "name"


def _settle_long(heading: Row | None, sheet: Sheet, columns: dict[int, str]) -> None:
    """Where a column says which it is, offer or need, another one says what."""
    if "kind" not in columns.values():
        columns.update({column: "" for column, said in columns.items() if said == "details"})
        return
    free = [
        column for column in range(sheet.width) if columns.get(column, "") in {"", "offers", "needs", "description"}
    ]
    titles = {column: plain_words(heading.text(column)) if heading else "" for column in free}
    named = [column for column in free if _WHAT.search(titles[column])]
    if named:
        columns[named[0]] = "what"


def _settle_crosses(heading: Row | None, sheet: Sheet, columns: dict[int, str]) -> None:
    """«Bedrift», «Frivillig», «Offentlig» with a cross in one of them: together they say the type."""
    if heading is None or "sector" in columns.values():
        return
    below = [row for row in sheet.rows if row.number > heading.number][:_SAMPLED]
    found = {}
    for column, title in enumerate(heading.cells):
        sector, cells = sector_of(title), [text for row in below if (text := one_line(row.text(column)))]
        if sector and cells and all(_CROSS.fullmatch(cell) for cell in cells):
            found[column] = f"is_{sector}"
    if len(found) > 1 and len(set(found.values())) == len(found):
        columns.update(found)


def kind_words(cells: list[str]) -> bool:
    """Whether most of the cells say which it is, offer or need, and nothing else."""
    return sum(kind_of(cell) is not None for cell in cells) > len(cells) * _MOST_ALIKE


def kind_of(cell: str) -> Kind | None:
    """«Tilbud» or «Behov», in the words that people have for them."""
    word = plain_words(cell)
    return Kind.OFFER if _OFFER.fullmatch(word) else Kind.NEED if _NEED.fullmatch(word) else None


def _mostly_unknown(cells: list[str]) -> bool:
    return Counter(bool(sector_of(cell)) for cell in cells)[False] > len(cells) * _MOST_ALIKE


def _kind(cells: list[str]) -> str:
    """What most of the cells look like; empty when they could be anything."""
    tests = {
        "email.1": lambda cell: re.fullmatch(r"\S+@\S+\.\S+", cell),
        "org_number": lambda cell: re.fullmatch(r"[89]\d{2}\s?\d{3}\s?\d{3}", cell),
        "phone.1": lambda cell: re.fullmatch(
            r"(\+47|0047)?\s?[2-9]\d(\s?\d){6}", phone(cell) if "E" not in cell else ""
        ),
        "website": lambda cell: re.match(r"(https?://|www\.)", cell),
        "sector": lambda cell: cell not in EXCEL_ERRORS and len(cell) < 40 and sector_of(cell) in Sector.values,
    }
    for kind, fits in tests.items():
        if sum(bool(fits(cell)) for cell in cells) > len(cells) * _MOST_ALIKE:
            return kind
    return ""
