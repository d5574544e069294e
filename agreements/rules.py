"""The rules of the børs: what an agreement must be before it is one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from borsen.clock import phase
from borsen.enums import Phase
from borsen.models import Event

from .drafts import Draft
from .money import find_money

LEAST_PARTIES = 2
MOST_PARTIES = 6


@dataclass(frozen=True)
class Problem:
    """What is wrong and where: `field` is the form's field name, empty when it is about the whole.

    A `fatal` problem means that this is no agreement at all, so not even a tablet's queue can bring it in. One
    `of_hour` is about when it comes and not about what was agreed. `money` are the words that speak of payment, where
    that is what is wrong: the form then offers to say that it is none. `afterwards` is how it reads to somebody who
    looks at it later, where that is not as `text`.
    """

    field: str
    text: str
    fatal: bool = False
    of_hour: bool = False
    money: tuple[str, ...] = ()
    afterwards: str = ""

    @property
    def remark(self) -> str:
        return self.afterwards or self.text


def problems(draft: Draft, *, event: Event, now: datetime) -> list[Problem]:
    """Everything that is wrong with `draft` at `event` at `now`, in the order of the form."""
    return [
        *_of_the_parties(draft, event),
        *_of_what_is_given(draft),
        *_of_money(draft),
        *_of_the_hour(event, now),
    ]


def money_in(problems: Iterable[Problem]) -> list[str]:
    """All the words that speak of payment, each once."""
    return list(dict.fromkeys(word for problem in problems for word in problem.money))


def _of_the_parties(draft: Draft, event: Event) -> Iterator[Problem]:
    if len(draft.parties) < LEAST_PARTIES:
        yield Problem("", _("En avtale trenger minst to parter."), fatal=True)
    if len(draft.parties) > MOST_PARTIES:
        yield Problem("", _("En avtale kan ha høyst %d parter.") % MOST_PARTIES, fatal=True)
    seen: set[UUID] = set()
    for index, party in enumerate(draft.parties):
        field = f"parties-{index}-participant"
        if party.participant.event_id != event.pk:
            yield Problem(field, _("Denne deltakeren er ikke med på denne børsen."), fatal=True)
        if party.participant.key in seen:
            text = _("%s står allerede i avtalen. Velg en annen deltaker.") % party.participant
            yield Problem(field, text, fatal=True)
        seen.add(party.participant.key)
    if draft.category.event_id != event.pk:
        yield Problem("category", _("Velg en av kategoriene."), fatal=True)


def _of_what_is_given(draft: Draft) -> Iterator[Problem]:
    if not any(party.gives for party in draft.parties):
        yield Problem("parties-0-gives", _("Skriv hva minst én av partene gir."))


def _of_money(draft: Draft) -> Iterator[Problem]:
    """Money never changes hands, unless the broker has said that it is no payment between the parties.

    The short text is often what the parties give, once more; what it only repeats is not said again.
    """
    if draft.not_payment:
        return
    told: set[str] = set()
    given = ((f"parties-{index}-gives", party.gives) for index, party in enumerate(draft.parties))
    for field, text in (*given, ("summary", draft.summary), ("details", draft.details)):
        words = find_money(text)
        if words and not (field == "summary" and told.issuperset(words)):
            yield _of_these_words(field, words)
        told.update(words)


def _of_these_words(field: str, words: list[str]) -> Problem:
    quoted = ", ".join(f"«{word}»" for word in words)
    text = _(
        "Penger er aldri med på børsen, men her står %s. Skriv hva partene gir hverandre i stedet. "
        "Er det ikke betaling mellom partene, så kryss av for det."
    )
    afterwards = _("Det står %s. Er det betaling mellom partene?")
    return Problem(field, text % quoted, money=tuple(words), afterwards=afterwards % quoted)


def _of_the_hour(event: Event, now: datetime) -> Iterator[Problem]:
    match phase(event, now):
        case Phase.BEFORE:
            text = _("Gongen er ikke slått ennå. Avtalen kan registreres når børstimen begynner.")
            yield Problem("", text, of_hour=True)
        case Phase.OVER:
            text = _("Børstimen er slutt. Spør arrangøren om å åpne igjen.")
            yield Problem("", text, of_hour=True, afterwards=_("Ble ferdig etter at registreringen var stengt."))
