"""The rules of the børs: what an agreement must be before it is one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from borsen.clock import phase
from borsen.enums import Phase
from borsen.models import Event

from .drafts import Draft

LEAST_PARTIES = 2
MOST_PARTIES = 6


@dataclass(frozen=True)
class Problem:
    """What is wrong and where: `field` is the form's field name, empty when it is about the whole.

    A `fatal` problem means that this is no agreement at all, so not even a tablet's queue can bring it in.
    """

    field: str
    text: str
    fatal: bool = False


def problems(draft: Draft, *, event: Event, now: datetime) -> list[Problem]:
    """Everything that is wrong with `draft` at `event` at `now`, in the order of the form."""
    return [*_of_the_parties(draft, event), *_of_what_is_given(draft), *_of_the_hour(event, now)]


def _of_the_parties(draft: Draft, event: Event) -> Iterator[Problem]:
    if len(draft.parties) < LEAST_PARTIES:
        yield Problem("", _("En avtale trenger minst to parter."), fatal=True)
    if len(draft.parties) > MOST_PARTIES:
        yield Problem("", _("En avtale kan ha høyst %d parter.") % MOST_PARTIES, fatal=True)
    seen: set[int] = set()
    for index, party in enumerate(draft.parties):
        field = f"parties-{index}-participant"
        if party.participant.event_id != event.pk:
            yield Problem(field, _("Denne deltakeren er ikke med på denne børsen."), fatal=True)
        if party.participant.pk in seen:
            text = _("%s står allerede i avtalen. Velg en annen deltaker.") % party.participant
            yield Problem(field, text, fatal=True)
        seen.add(party.participant.pk)
    if draft.category.event_id != event.pk:
        yield Problem("category", _("Velg en av kategoriene."), fatal=True)


def _of_what_is_given(draft: Draft) -> Iterator[Problem]:
    if not any(party.gives for party in draft.parties):
        yield Problem("parties-0-gives", _("Skriv hva minst én av partene gir."))


def _of_the_hour(event: Event, now: datetime) -> Iterator[Problem]:
    match phase(event, now):
        case Phase.BEFORE:
            yield Problem("", _("Gongen er ikke slått ennå. Avtalen kan registreres når børstimen begynner."))
        case Phase.OVER:
            yield Problem("", _("Børstimen er slutt. Spør arrangøren om å åpne igjen."))
