"""The page where the organiser says which column is what."""

from collections import Counter
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..models import ListImport
from .cells import one_line
from .headings import CONTACT_FIELDS, LOOKED_AT, SEVERAL, headings, understood
from .keeping import mapping_of, sheets_of
from .mapping import Mapping, guess_sheet, targets
from .sheet import Row, Sheet, letters

EXAMPLES = 3
LONGEST_EXAMPLE = 80


@dataclass(frozen=True)
class Column:
    """One column with what its heading says, some of its cells, and what it is taken for."""

    index: int
    letters: str
    heading: str
    examples: list[str]
    hidden: bool
    chosen: str


class ColumnsForm:
    """The mapping as it is kept, as it would be guessed for another sheet or heading row, or as it was sent."""

    def __init__(self, stored: ListImport, *, sent: QueryDict | None, address: MappingOf[str, str]) -> None:
        self.sheets = sheets_of(stored)
        self.errors: list[str] = []
        self.mapping = self._asked_for(mapping_of(stored), sent if sent is not None else address)
        if sent is not None:
            self.mapping = self._sent(sent)

    def is_valid(self) -> bool:
        said = Counter(self.mapping.columns.values())
        if "name" not in said:
            self.errors.append(_("Velg hvilken kolonne som er navnet på deltakeren."))
        if ("kind" in said) != ("what" in said):
            self.errors.append(
                _("Velg både kolonnen som sier om raden er tilbud eller behov, og kolonnen som sier hva det er.")
            )
        labels = dict(self.labels)
        twice = [labels[target] for target, count in said.items() if count > 1 and target not in SEVERAL]
        self.errors += [_("Bare én kolonne kan være «%s».") % label for label in twice]
        return not self.errors

    @property
    def sheet(self) -> Sheet:
        return self.sheets[self.mapping.sheet]

    @cached_property
    def labels(self) -> list[tuple[str, str]]:
        """Every target with the word for it."""
        return [(target, label_of(target)) for target in targets(self.mapping.people)]

    @cached_property
    def columns(self) -> list[Column]:
        rows = self.sheet.rows
        below = [row for row in rows if row.number > self.mapping.heading_row]
        heading = headings(rows, self.mapping.heading_row) if self.mapping.heading_row else Row(0, [])
        found = []
        for index in range(self.sheet.width):
            examples = [one_line(row.text(index))[:LONGEST_EXAMPLE] for row in below if row.text(index).strip()]
            title = one_line(heading.text(index))
            if title or examples:
                hidden = index in self.sheet.hidden_columns
                chosen = self.mapping.columns.get(index, "")
                found.append(Column(index, letters(index), title, examples[:EXAMPLES], hidden, chosen))
        return found

    @property
    def heading_rows(self) -> list[tuple[int, str]]:
        """The rows that the headings could stand in, with how they begin."""
        candidates = [row for row in self.sheet.rows[:LOOKED_AT] if sum(bool(cell.strip()) for cell in row.cells) > 1]
        return [
            (row.number, " · ".join(filter(None, map(one_line, row.cells)))[:LONGEST_EXAMPLE]) for row in candidates
        ]

    @property
    def hidden_rows(self) -> int:
        return sum(row.hidden for row in self.sheet.rows if row.number > self.mapping.heading_row)

    @property
    def rows_below(self) -> int:
        return sum(row.number > self.mapping.heading_row for row in self.sheet.rows)

    @property
    def missing(self) -> list[str]:
        """What most lists have and this one doesn't seem to."""
        said = set(self.mapping.columns.values())
        wanted = ("sector", "contact.1", "email.1", "offers", "needs")
        return [label_of(target) for target in wanted if target not in said and not self._by_parts(target, said)]

    def _by_parts(self, target: str, said: set[str]) -> bool:
        if target in {"offers", "needs"}:
            return self.mapping.is_long
        if target == "sector":
            return any(each.startswith("is_") for each in said)
        return target == "contact.1" and "first_name.1" in said

    def _asked_for(self, mapping: Mapping, address: MappingOf[str, str]) -> Mapping:
        sheet, row = _number(address.get("ark")), _number(address.get("rad"))
        index = sheet if sheet is not None and sheet < len(self.sheets) and self.sheets[sheet].rows else mapping.sheet
        if index != mapping.sheet and (row is None or sheet != mapping.sheet) and "rad" not in address:
            return guess_sheet(self.sheets, index)
        numbers = {0, *(each.number for each in self.sheets[index].rows)}
        if row is not None and row in numbers and (index, row) != (mapping.sheet, mapping.heading_row):
            return guess_sheet(self.sheets, index, row)
        return mapping

    def _sent(self, sent: QueryDict) -> Mapping:
        allowed = {target for target, _label in self.labels}
        columns = {}
        for index in range(self.sheet.width):
            chosen = sent.get(f"column-{index}", "")
            if chosen in allowed:
                columns[index] = chosen
        heading = headings(self.sheet.rows, self.mapping.heading_row)
        per_line = {index for index in columns if (found := understood(heading.text(index))) and found.one_per_line}
        return replace(
            self.mapping,
            columns=columns,
            one_per_line=frozenset(per_line),
            at_commas="at_commas" in sent,
            with_hidden="with_hidden" in sent or not self.hidden_rows,
        )


def label_of(target: str) -> str:
    """The word for a field, with the number of the person where there are several."""
    name, _dot, number = target.partition(".")
    words = {
        "name": _("Navn på deltakeren"),
        "sector": _("Type deltaker"),
        "org_number": _("Organisasjonsnummer"),
        "offers": _("Tilbud"),
        "needs": _("Behov"),
        "kind": _("Om raden er tilbud eller behov"),
        "what": _("Hva raden tilbyr eller trenger"),
        "details": _("Mer om tilbudet eller behovet"),
        "category": _("Kategori for tilbud og behov"),
        "municipality": _("Kommune"),
        "website": _("Nettsted"),
        "description": _("Kort om deltakeren"),
        "place": _("Plass i salen"),
        "expected": _("Hvor mange kommer"),
        "coming": _("Kommer (ja eller nei)"),
        "key": _("ID på børsen"),
        "is_business": _("Kryss for bedrift"),
        "is_voluntary": _("Kryss for frivillig"),
        "is_public": _("Kryss for offentlig"),
        "is_individual": _("Kryss for enkeltperson"),
        "contact": _("Kontaktperson"),
        "first_name": _("Kontaktpersonens fornavn"),
        "last_name": _("Kontaktpersonens etternavn"),
        "email": _("E-post"),
        "phone": _("Telefon"),
    }
    return words[name] if name not in CONTACT_FIELDS or number == "1" else f"{words[name]} {number}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else None
