"""«Hent fra Enhetsregisteret»: what the register knows of a number or a name, for static/js/unit.js."""

import re
import unicodedata
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from borsen.access import EventRequest, allow
from borsen.enums import Role

from .. import enhetsregisteret, org_number
from ..enhetsregisteret import Answer, Outcome
from ..register_pace import A_MINUTE, pace
from ..register_units import Unit

FEWEST_LETTERS = 3
LONGEST = 180
# As people write a number: «974 760 673», «974.760.673», «NO 974760673 MVA».
LIKE_A_NUMBER = re.compile(r"(no)?[\d\s.\-]+(mva)?", re.IGNORECASE)


@allow(Role.COORDINATOR, Role.DOOR, open_when="has_public_page")
@require_GET
async def registration_unit(request: EventRequest) -> HttpResponse:
    """The units for `q`, a number or a name, and a sentence about them. Holds no lane while the register thinks."""
    typed = request.GET.get("q", "")
    question = " ".join(unicodedata.normalize("NFC", typed[: LONGEST + 1]).split())
    if "\0" in typed or len(typed) > LONGEST:
        return _answer(_too_little())
    if LIKE_A_NUMBER.fullmatch(question):
        try:
            question = org_number.cleaned(question)
        except org_number.NotAnOrgNumber as mistake:
            return _answer(str(mistake))
    elif sum(map(str.isalpha, question)) < FEWEST_LETTERS:
        return _answer(_too_little())
    answer = await enhetsregisteret.known(question)
    if answer is None:
        if not pace.may_ask(request.META.get("REMOTE_ADDR", "")):
            return _held_off()
        answer = await enhetsregisteret.look_up(question)
    return _answer(_said(answer, question), [_hit(unit) for unit in answer.units])


def _answer(message: str, hits: list[dict[str, Any]] | None = None, status: int = 200) -> HttpResponse:
    response = JsonResponse({"hits": hits or [], "message": message}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _held_off() -> HttpResponse:
    message = _("Det er gjort mange oppslag herfra det siste minuttet. Vent litt, eller skriv inn selv.")
    response = _answer(message, status=429)
    response["Retry-After"] = str(int(A_MINUTE))
    return response


def _hit(unit: Unit) -> dict[str, Any]:
    return {
        "number": unit.number,
        "shown": org_number.shown(unit.number),
        "name": unit.name,
        "municipality": unit.municipality,
        "address": unit.address,
        "sector": unit.sector.value if unit.sector else "",
        "sector_label": str(unit.sector.label) if unit.sector else "",
        "note": _note(unit),
        "branch": bool(unit.parent),
        "deleted": unit.deleted,
    }


def _note(unit: Unit) -> str:
    notes = (
        (unit.deleted, _("Slettet")),
        (unit.bankrupt, _("Konkurs")),
        (unit.closing, _("Under avvikling")),
        (bool(unit.parent), _("Avdeling (underenhet)")),
    )
    return ". ".join(text for applies, text in notes if applies)


def _said(answer: Answer, question: str) -> str:
    """The answer as a sentence, with what can be done."""
    is_number = enhetsregisteret.NUMBER.fullmatch(question) is not None
    match answer.outcome:
        case Outcome.FOUND:
            return _("Fant %s.") % answer.units[0].name if is_number else _count(len(answer.units))
        case Outcome.REMOVED:
            return _removed(answer, question)
        case Outcome.TOO_BROAD:
            return _("Det er for mange som heter noe slikt. Skriv mer av navnet, eller organisasjonsnummeret.")
        case Outcome.NONE if is_number:
            text = _("Ingen i Enhetsregisteret har nummeret %s. Se på det en gang til, eller la feltet stå tomt.")
            return text % org_number.shown(question)
        case Outcome.NONE:
            return _("Fant ingen som heter «%s». Ikke alle står i registeret: skriv inn selv.") % question
        case _:
            return _("Får ikke kontakt med Enhetsregisteret nå. Skriv inn selv, det går like bra.")


def _count(count: int) -> str:
    return ngettext("%d treff. Er det den rette, så velg den.", "%d treff. Velg den rette.", count) % count


def _removed(answer: Answer, question: str) -> str:
    who = answer.units[0].name if answer.units else org_number.shown(question)
    if answer.removed_on is None:
        return _("%s er slettet i Enhetsregisteret.") % who
    day = date_format(answer.removed_on, "j. F Y")
    return _("%(who)s ble slettet i Enhetsregisteret %(day)s.") % {"who": who, "day": day}


def _too_little() -> str:
    return _("Skriv organisasjonsnummeret, eller minst tre bokstaver av navnet.")
