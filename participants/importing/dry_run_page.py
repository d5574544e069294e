"""The page of the dry run: what is asked first, then the rows by what becomes of them, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from .choices import Question
from .plan import Outcome, Plan, State

PER_PAGE = 50
MOST_QUESTIONS = 40
QUESTIONS = "valg"


@dataclass(frozen=True)
class Tab:
    """One group of rows, or the questions (with an empty `label`)."""

    value: str
    label: str
    count: int
    chosen: bool


class DryRun:
    """What is shown of a plan for an address: `vis` is the tab, `side` the page of its rows."""

    def __init__(self, plan: Plan, address: Mapping[str, str]) -> None:
        self.questions: list[Question] = plan.questions[:MOST_QUESTIONS]
        self.more_questions = max(len(plan.questions) - MOST_QUESTIONS, 0)
        counts = plan.counts
        tabs = [QUESTIONS] if plan.questions else []
        tabs += [state.value for state in State if counts[state]]
        wanted = address.get("vis", "")
        self.tab = wanted if wanted in tabs else next(iter(tabs), "")
        self.tabs = [
            Tab(QUESTIONS, "", len(plan.questions), chosen=True)
            if value == QUESTIONS
            else self._tab(value, counts[State(value)])
            for value in tabs
        ]
        self.tabs = [Tab(each.value, each.label, each.count, each.value == self.tab) for each in self.tabs]
        rows = [outcome for outcome in plan.outcomes if outcome.state.value == self.tab]
        self._page(rows, address.get("side", ""))

    @property
    def asks(self) -> bool:
        return self.tab == QUESTIONS

    @staticmethod
    def _tab(value: str, count: int) -> Tab:
        return Tab(value, str(State(value).label), count, chosen=False)

    def _page(self, rows: list[Outcome], number: str) -> None:
        pages = max(1, -(-len(rows) // PER_PAGE))
        page = min(max(int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1, 1), pages)
        start = (page - 1) * PER_PAGE
        self.rows = rows[start : start + PER_PAGE]
        self.total, self.first, self.last = len(rows), start + 1, start + len(self.rows)
        self.previous = page - 1 if page > 1 else None
        self.next = page + 1 if page < pages else None


def answers_in(data: QueryDict, plan: Plan) -> dict[str, str]:
    """The answers that were sent to the plan's questions, only those that the questions have."""
    found = {}
    for number, asked in enumerate(plan.questions):
        sent = data.get(f"answer-{number}")
        is_asked = data.get(f"question-{number}") == asked.key and sent in dict(asked.answers)
        if is_asked and sent != asked.chosen:
            found[asked.key] = str(sent)
    return found
