"""One row, field after field, with everything that is wrong with it."""

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from borsen.collation import folded
from borsen.enums import Sector

from .. import org_number
from ..entry import MOST_ROWS
from ..enums import Kind
from ..forms import ContactForm, ParticipantForm
from .category_words import Categories
from .cells import Damaged, digits_of, how_many, is_error, one_line, phone, says_nothing, tidied, yes_or_no
from .choices import LEAVE_OUT, Choices
from .mapping import Mapping, kind_of
from .people import Person, people
from .readings import Known, Problem, Reading, Wish
from .sectors import sector_by_name, sector_of
from .sheet import NOT_CALCULATED, Row
from .splitting import split

LONGEST_NAME = 120
LONGEST_TITLE = 120
LONGEST_DETAILS = 1000
LONGEST_PHONE = 30
LONGEST_QUOTE = 80

_NO_CROSS = frozenset({"", "-", "–", "0", "☐"})

# The same rules as on a participant's page.
_EMAIL: forms.Field = ContactForm.base_fields["email"]
_WEBSITE: forms.Field = ParticipantForm.base_fields["website"]


def quoted(text: str) -> str:
    """As much of a cell as can be repeated in a sentence."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"


class Fields:
    """Reads a row by the columns as they are mapped and the organiser's answers to what can't be taken as it stands."""

    def __init__(self, mapping: Mapping, choices: Choices, categories: Categories, known: Known, heading: Row) -> None:
        self.mapping = mapping
        self.named_above = {
            column: name for column, text in enumerate(heading.cells) if (name := categories.in_heading(text))
        }
        self.choices = choices
        self.categories = categories
        self.known = known

    def read(self, row: Row, *, section: str, above: Reading | None) -> Reading:
        """What the row says. `section` is the sector of a heading that it stands under, `above` the row just above."""
        reading = Reading(row.number)
        if row.hidden:
            reading.notes.append(_("Raden er skjult i filen."))
        reading.key = self._text(row, reading, "key").casefold()
        if above is not None and self._goes_on(row):
            self._continue(reading, above)
        else:
            self._name(row, reading)
            self._sector(row, reading, section)
        self._org_number(row, reading)
        reading.municipality = self._short(row, reading, "municipality", 60)
        reading.place = self._short(row, reading, "place", 40)
        reading.description = self._description(row)
        self._website(row, reading)
        self._coming(row, reading)
        self._people(row, reading)
        self._wishes(row, reading)
        self._display_name(reading)
        return reading

    def _goes_on(self, row: Row) -> bool:
        """Whether the row says nothing of who it is about, as where one participant takes several rows."""
        who = [column for target in ("name", "sector", "org_number", "key") for column in self.mapping.of(target)]
        return not any(row.text(column).strip() for column in who)

    def _continue(self, reading: Reading, above: Reading) -> None:
        reading.name, reading.sector = above.name, above.sector
        reading.continues = above.continues or above.number
        what = _("Raden har ikke noe navn. Kanskje hører den til «%(name)s» i rad %(row)d.") % {
            "name": above.name,
            "row": reading.continues,
        }
        self._ask(reading, "continued", what, self._first("name"))

    # --- one field after the other

    def _first(self, target: str) -> int | None:
        return next(iter(self.mapping.of(target)), None)

    def _text(self, row: Row, reading: Reading, target: str) -> str:
        """What the target's column says, on one line; an error of Excel's is told and passed over."""
        column = self._first(target)
        if column is None:
            return ""
        return self._checked(one_line(row.text(column)), reading, column)

    def _checked(self, text: str, reading: Reading, column: int) -> str:
        if not is_error(text):
            return text
        what = (
            _("Formelen har ingen verdi. Åpne filen i Excel og lagre den der, så blir den regnet ut.")
            if text == NOT_CALCULATED
            else _("Cellen viser feilen %s.") % quoted(text)
        )
        self._ask(reading, "formula", what, column)
        return ""

    def _ask(self, reading: Reading, question: str, text: str, column: int | None, *, stops: bool | None = None) -> str:
        answer = self.choices.of(question)
        reading.problems.append(Problem(question, text, column, answer == LEAVE_OUT if stops is None else stops))
        return answer

    def _short(self, row: Row, reading: Reading, target: str, longest: int) -> str:
        text = self._text(row, reading, target)
        return "" if says_nothing(text) else text[:longest]

    def _name(self, row: Row, reading: Reading) -> None:
        reading.name = self._text(row, reading, "name")
        if says_nothing(reading.name):
            reading.name = ""
            self._ask(reading, "name", _("Raden har ikke noe navn."), self._first("name"))
        elif len(reading.name) > LONGEST_NAME:
            what = _("Navnet er på %(count)d tegn. Det er plass til %(most)d.") % {
                "count": len(reading.name),
                "most": LONGEST_NAME,
            }
            self._ask(reading, "long_name", what, self._first("name"))
            reading.name = reading.name[: LONGEST_NAME - 1].rstrip() + "…"

    def _sector(self, row: Row, reading: Reading, section: str) -> None:
        text = self._text(row, reading, "sector") or self._crossed(row)
        column = self._first("sector")
        if text and text not in {"-", "–"}:
            reading.sector = sector_of(text)
            question, what = (
                f"sector:{folded(quoted(text))}",
                _("«%s» er ikke en type som børsen kjenner.") % quoted(text),
            )
        else:
            reading.sector = section or sector_by_name(reading.name)
            question, what = "sector:", _("Det står ikke hva slags deltaker det er.")
            if reading.sector and not section:
                reading.notes.append(_("Typen er gjettet ut fra navnet: %s.") % Sector(reading.sector).label)
        if not reading.sector:
            answer = self._ask(reading, question, what, column)
            reading.sector = answer if answer in Sector.values else ""

    def _crossed(self, row: Row) -> str:
        """The sectors whose own columns have a cross, in words."""
        crossed = [
            str(sector.label)
            for sector in Sector
            for column in self.mapping.of(f"is_{sector.value}")
            if yes_or_no(cell := one_line(row.text(column))) is not False and cell not in _NO_CROSS
        ]
        return ", ".join(crossed)

    def _org_number(self, row: Row, reading: Reading) -> None:
        text = self._text(row, reading, "org_number")
        if says_nothing(text) or not any(map(str.isdigit, text)):
            return
        try:
            reading.org_number = org_number.cleaned(digits_of(text))
        except (org_number.NotAnOrgNumber, Damaged):
            what = _("«%s» er ikke et gyldig organisasjonsnummer.") % quoted(text)
            self._ask(reading, "org_number", what, self._first("org_number"))

    def _description(self, row: Row) -> str:
        texts = [one_line(row.text(column)) for column in self.mapping.of("description")]
        return " ".join(text for text in texts if not says_nothing(text) and not is_error(text))[:500]

    def _website(self, row: Row, reading: Reading) -> None:
        text = self._text(row, reading, "website")
        if says_nothing(text):
            return
        try:
            reading.website = _WEBSITE.clean(text)
        except ValidationError:
            what = _("«%s» er ikke en nettadresse.") % quoted(text)
            self._ask(reading, "website", what, self._first("website"))

    def _coming(self, row: Row, reading: Reading) -> None:
        for target in ("coming", "expected"):
            column, text = self._first(target), self._text(row, reading, target)
            if not text:
                continue
            number, answer = how_many(text), yes_or_no(text)
            if answer is False or (number == 0 and target == "expected"):
                self._ask(reading, "coming", _("Det står «%s».") % quoted(text), column)
            elif number and number <= 500:
                reading.expected = number
            elif target == "expected" and answer is None and text not in {"-", "–", "?"}:
                self._ask(reading, "expected", _("«%s» kan ikke leses som et antall.") % quoted(text), column)

    def _people(self, row: Row, reading: Reading) -> None:
        for number in range(1, self.mapping.people + 1):
            columns = {name: self._first(f"{name}.{number}") for name in ("contact", "email", "phone")}
            first, last = (self._text(row, reading, f"{name}.{number}") for name in ("first_name", "last_name"))
            cells = {
                name: "" if column is None else self._checked(tidied(row.text(column)), reading, column)
                for name, column in columns.items()
            }
            names = cells["contact"] or f"{first} {last}".strip()
            for person in people(names, cells["email"], cells["phone"], known=self.known.people):
                self._add(person, columns, reading)
        del reading.people[MOST_ROWS:]

    def _add(self, person: Person, columns: dict[str, int | None], reading: Reading) -> None:
        email, number = person.email, person.phone
        if email:
            try:
                email = _EMAIL.clean(email)
            except ValidationError:
                what = _("«%s» er ikke en gyldig e-postadresse.") % quoted(email)
                self._ask(
                    reading, "email", what, columns["email"] if columns["email"] is not None else columns["contact"]
                )
                email = ""
        try:
            number = phone(number)
        except Damaged:
            what = _("Excel har bare tatt vare på de første sifrene av «%s».") % quoted(number)
            self._ask(reading, "phone", what, columns["phone"])
            number = ""
        if len(number) > LONGEST_PHONE:
            self._ask(reading, "phone", _("«%s» er for langt for et telefonnummer.") % quoted(number), columns["phone"])
            number = ""
        # Somebody who is only an address at the list's own organisation is called what the organisation is called.
        name = (person.name or reading.name)[:LONGEST_NAME]
        if name and (person.name or email or number):
            reading.people.append(Person(name, email, number))

    def _wishes(self, row: Row, reading: Reading) -> None:
        column = self._first("category")
        said = "" if column is None else self._text(row, reading, "category")
        if self.mapping.is_long:
            self._one_wish(row, said, reading, column)
        for kind, target in ((Kind.OFFER, "offers"), (Kind.NEED, "needs")):
            wishes: dict[str, Wish] = {}
            for each in self.mapping.of(target):
                text = self._checked(tidied(row.text(each)), reading, each)
                for item in split(
                    text,
                    categories=self.categories.by_name,
                    known=self.known.titles,
                    one_per_line=each in self.mapping.one_per_line,
                    at_commas=self.mapping.at_commas,
                ):
                    named = item.category or said or self.named_above.get(each, "")
                    wish = self._wish(kind, item.title, named, reading, column)
                    if wish is not None:
                        wishes.setdefault(folded(wish.title), wish)
            reading.wishes += list(wishes.values())[:MOST_ROWS]
            if len(wishes) > MOST_ROWS:
                reading.notes.append(_("Bare de første %d i cellen er tatt med.") % MOST_ROWS)

    def _one_wish(self, row: Row, said: str, reading: Reading, column: int | None) -> None:
        """What a row is about, where each offer and need has a row of its own."""
        word, text = self._text(row, reading, "kind"), self._text(row, reading, "what")
        kind = kind_of(word)
        if says_nothing(text):
            return
        if kind is None:
            what = _("«%(what)s»: det står ikke om det er tilbud eller behov.") % {"what": quoted(text)}
            self._ask(reading, "kind", what, self._first("kind"))
            return
        wish = self._wish(kind, text, said, reading, column)
        if wish is not None:
            details = self._text(row, reading, "details")
            more = wish.details or ("" if says_nothing(details) else details[:LONGEST_DETAILS])
            reading.wishes.append(replace(wish, details=more))

    def _wish(self, kind: str, text: str, said: str, reading: Reading, column: int | None) -> Wish | None:
        category = self.categories.named(said) if said and not says_nothing(said) else None
        named = category is not None
        if category is None and said and not says_nothing(said):
            question = f"category:{folded(quoted(said))}"
            if not any(problem.question == question for problem in reading.problems):
                what = _("«%s» er ikke en av kategoriene på børsen.") % quoted(said)
                self._ask(reading, question, what, column)
            answer = self.choices.of(question)
            category = self.categories.named(answer) or self.categories.other
        category = category or self.categories.guessed(text)
        if category is None:
            return None
        title, details = " ".join(text.split()), ""
        if len(title) > LONGEST_TITLE:
            title, details = title[: LONGEST_TITLE - 1].rstrip() + "…", title[:LONGEST_DETAILS]
        return Wish(kind, title, details, category, named)

    def _display_name(self, reading: Reading) -> None:
        """A person's full name on the storskjerm is for the organiser to decide; the contact keeps it either way."""
        if reading.sector != Sector.INDIVIDUAL or len(reading.name.split()) < 2 or "(" in reading.name:
            return
        what = _("Navnet vises på storskjermen og i katalogen.")
        answer = self._ask(reading, "individual", what, self._first("name"), stops=False)
        if answer == "display":
            if not any(folded(person.name) == folded(reading.name) for person in reading.people):
                reading.people.insert(0, Person(reading.name))
            reading.name = _("Frivillig (%s)") % reading.name.split()[0]
