"""The dry run: what would become of every row if the list were brought in now."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..drafts import ParticipantDraft
from ..enums import Kind, Status
from ..models import Participant
from .choices import LEAVE_OUT, Choices, Question, question
from .identity import Snapshot, are_the_same, name_key
from .mapping import Mapping
from .merging import Difference, joined, merged, new_draft
from .readings import Problem, Reading
from .rows import read_rows
from .sheet import Sheet, letters


class State(models.TextChoices):
    """What becomes of a row."""

    WRONG = "wrong", gettext_lazy("Importeres ikke")
    DOUBLE = "double", gettext_lazy("Slås sammen")
    NEW = "new", gettext_lazy("Nye")
    CHANGED = "changed", gettext_lazy("Endres")
    SAME = "same", gettext_lazy("Uendret")


@dataclass
class Outcome:
    """One row of the dry run. `draft` is what would be kept, for new and changed rows."""

    number: int
    name: str
    sector: str
    state: State
    problems: list[tuple[str, str]] = field(default_factory=list)  # («C», what is wrong with it)
    notes: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    offers: int = 0
    needs: int = 0
    contact: str = ""
    draft: ParticipantDraft | None = None
    participant: Participant | None = None

    @property
    def remarks(self) -> list[str]:
        """Everything that is said of the row, one line each, cells first."""
        told = [_("Kolonne %(column)s: %(text)s") % {"column": cell, "text": text} if cell else text
                for cell, text in self.problems]  # fmt: skip
        return [*told, *self.notes]


@dataclass
class Plan:
    """The whole dry run. `digest` changes when anything that would be done does."""

    outcomes: list[Outcome]
    questions: list[Question]
    digest: str

    @property
    def counts(self) -> Counter[State]:
        return Counter(outcome.state for outcome in self.outcomes)

    @property
    def to_do(self) -> int:
        """How many participants would be made or changed."""
        return self.counts[State.NEW] + self.counts[State.CHANGED]


def make_plan(snapshot: Snapshot, sheet: Sheet, mapping: Mapping, choices: Choices) -> Plan:
    """Try the list against what the børs has, with the answers so far. Changes nothing."""
    readings = read_rows(sheet, mapping, choices, snapshot.categories, snapshot.known)
    doubles = _join_doubles(readings, choices, is_long=mapping.is_long)
    _tell_shared_numbers(readings, doubles, choices)
    matches = _match(readings, doubles, snapshot, choices)
    outcomes = [_outcome(each, doubles, matches, snapshot, choices) for each in readings]
    return Plan(outcomes, _questions(readings, choices, snapshot), _digest(outcomes))


def _join_doubles(readings: list[Reading], choices: Choices, *, is_long: bool) -> dict[int, int]:
    """Which rows are about a participant that an earlier row is about, and the number of that row. In a long list that
    is how it should be, and nobody is asked."""
    firsts: dict[str, list[Reading]] = {}
    doubles: dict[int, int] = {}
    by_number = {reading.number: reading for reading in readings}
    for reading in readings:
        if reading.left_out:
            continue
        if reading.continues:
            _continue(by_number[doubles.get(reading.continues, reading.continues)], reading, doubles)
            continue
        named = firsts.setdefault(name_key(reading.name), [])
        first = next((each for each in named if are_the_same(each, reading)), None)
        if first is None:
            named.append(reading)
            continue
        doubles[reading.number] = first.number
        if is_long:
            joined(first, reading)
            continue
        text = _("«%(name)s» står også i rad %(row)d.") % {"name": reading.name, "row": first.number}
        reading.problems.append(Problem("double", text))
        if choices.of("double") == "join":
            joined(first, reading)
    return doubles


def _continue(first: Reading, reading: Reading, doubles: dict[int, int]) -> None:
    if first.left_out:
        reading.problems.append(Problem("continued", _("Raden over importeres ikke."), stops=True))
    else:
        doubles[reading.number] = first.number
        joined(first, reading)


def _tell_shared_numbers(readings: list[Reading], doubles: dict[int, int], choices: Choices) -> None:
    firsts: dict[str, Reading] = {}
    for reading in readings:
        if reading.left_out or reading.number in doubles or not reading.org_number:
            continue
        first = firsts.setdefault(reading.org_number, reading)
        if first is not reading:
            text = _("«%(name)s» i rad %(row)d har samme organisasjonsnummer.") % {
                "name": first.name,
                "row": first.number,
            }
            reading.problems.append(Problem("same_number", text))
            if choices.of("same_number") == "join":
                joined(first, reading)
                doubles[reading.number] = first.number


def _match(
    readings: list[Reading], doubles: dict[int, int], snapshot: Snapshot, choices: Choices
) -> dict[int, Participant]:
    """The participant of each row that has one, by row number; keys and names first, so that no row takes another's."""
    asked = [each for each in readings if not each.left_out and each.number not in doubles]
    matches: dict[int, Participant] = {}
    taken: set[int] = set()

    def match(reading: Reading, found: Participant | None) -> None:
        if found is not None and found.pk not in taken:
            matches[reading.number] = found
            taken.add(found.pk)

    for reading in asked:
        match(reading, snapshot.by_key.get(reading.key))
    for reading in asked:
        if reading.number not in matches:
            match(reading, snapshot.same_name(reading, taken))
    for reading in asked:
        found = None if reading.number in matches else snapshot.same_number(reading, taken)
        if found is None:
            continue
        text = _("Organisasjonsnummeret hører til «%s» på børsen.") % found.name
        reading.problems.append(Problem("renamed", text))
        if choices.of("renamed") == "same":
            match(reading, found)
    return matches


def _outcome(
    reading: Reading, doubles: dict[int, int], matches: dict[int, Participant], snapshot: Snapshot, choices: Choices
) -> Outcome:
    outcome = Outcome(
        number=reading.number,
        name=reading.name,
        sector=reading.sector,
        state=State.NEW,
        notes=list(reading.notes),
        offers=sum(wish.kind == Kind.OFFER for wish in reading.wishes),
        needs=sum(wish.kind == Kind.NEED for wish in reading.wishes),
        contact=reading.people[0].name if reading.people else "",
    )
    if reading.left_out:
        outcome.state = State.WRONG
    elif reading.number in doubles:
        outcome.state = State.DOUBLE
    elif reading.number in matches:
        _lay_on_top(outcome, matches[reading.number], reading, snapshot, choices)
    else:
        outcome.draft = new_draft(reading)
    outcome.problems = [_located(problem) for problem in reading.problems]
    return outcome


def _lay_on_top(
    outcome: Outcome, participant: Participant, reading: Reading, snapshot: Snapshot, choices: Choices
) -> None:
    outcome.participant = participant
    outcome.draft, outcome.differences = merged(participant, reading, snapshot)
    outcome.state = State.CHANGED if outcome.differences else State.SAME
    if outcome.differences:
        # Asked about once for all of them, with what would change as the reason.
        told = "; ".join(f"{each.what}: {each.before or '–'} → {each.after}" for each in outcome.differences)
        problem = Problem("changed", told)
        reading.problems.append(problem)
        if choices.of("changed") == "keep":
            outcome.state, outcome.draft = State.SAME, None
            outcome.notes.append(_("Listen sier noe annet, men det på børsen blir stående."))
    if participant.status == Status.CANCELLED:
        outcome.notes.append(_("Deltakeren er meldt av på børsen, og blir ikke meldt på igjen."))


def _located(problem: Problem) -> tuple[str, str]:
    return ("" if problem.column is None else letters(problem.column), problem.text)


def _questions(readings: list[Reading], choices: Choices, snapshot: Snapshot) -> list[Question]:
    """What the organiser is asked: first what leaves rows out, then what is settled but can be settled otherwise."""
    categories = {str(each.pk): each.name for each in snapshot.categories.all if each != snapshot.categories.other}
    found: dict[str, Question] = {}
    for reading in readings:
        for problem in reading.problems:
            asked = found.setdefault(problem.question, question(problem.question, choices, categories))
            cell, text = _located(problem)
            asked.rows.append((reading.number, cell, reading.name, text))
    return sorted(found.values(), key=lambda each: (each.chosen != LEAVE_OUT, each.key == "changed"))


def _digest(outcomes: Iterable[Outcome]) -> str:
    done = [(each.number, each.state.value, each.participant and each.participant.pk, each.draft) for each in outcomes]
    return hashlib.sha256(repr(done).encode()).hexdigest()
