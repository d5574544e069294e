"""What the organiser is asked about rows that can't be taken as they stand: one question for all rows of a kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from borsen.enums import Sector

LEAVE_OUT = "leave_out"
WITHOUT = "without"

# The answer that counts until another is chosen. What could be a mistake about somebody is left out; what is merely
# missing afterwards is not.
DEFAULTS = {
    "name": LEAVE_OUT,
    "long_name": LEAVE_OUT,
    "sector": LEAVE_OUT,
    "org_number": LEAVE_OUT,
    "email": LEAVE_OUT,
    "coming": LEAVE_OUT,
    "phone": WITHOUT,
    "website": WITHOUT,
    "expected": WITHOUT,
    "formula": WITHOUT,
    "kind": WITHOUT,
    "category": "other",
    "double": "join",
    "continued": LEAVE_OUT,
    "same_number": "apart",
    "renamed": "same",
    "changed": "update",
    "individual": "as_written",
}

_QUESTIONS = {
    "name": gettext_lazy("Uten navn"),
    "long_name": gettext_lazy("For langt navn"),
    "org_number": gettext_lazy("Ugyldig organisasjonsnummer"),
    "email": gettext_lazy("Ugyldig e-postadresse"),
    "coming": gettext_lazy("Kommer ikke, ifølge listen"),
    "phone": gettext_lazy("Telefonnummer som ikke kan brukes"),
    "website": gettext_lazy("Nettadresse som ikke kan brukes"),
    "expected": gettext_lazy("Hvor mange som kommer, kan ikke leses"),
    "formula": gettext_lazy("Formel uten verdi"),
    "kind": gettext_lazy("Verken tilbud eller behov"),
    "continued": gettext_lazy("Rader uten navn rett under en deltaker"),
    "double": gettext_lazy("Står flere ganger i listen"),
    "same_number": gettext_lazy("Samme organisasjonsnummer, ulike navn"),
    "renamed": gettext_lazy("Annet navn enn den som har nummeret på børsen"),
    "changed": gettext_lazy("Er på børsen fra før, med andre opplysninger"),
    "individual": gettext_lazy("Enkeltpersoner med fullt navn"),
}

_ANSWERS = {
    "long_name": (("cut", gettext_lazy("Importer med forkortet navn")),),
    "org_number": ((WITHOUT, gettext_lazy("Importer uten organisasjonsnummer")),),
    "email": ((WITHOUT, gettext_lazy("Importer uten e-postadresse")),),
    "coming": (("import", gettext_lazy("Importer likevel")),),
    "phone": ((WITHOUT, gettext_lazy("Importer uten telefonnummer")),),
    "website": ((WITHOUT, gettext_lazy("Importer uten nettadresse")),),
    "expected": ((WITHOUT, gettext_lazy("Importer, og regn med én")),),
    "formula": ((WITHOUT, gettext_lazy("Importer uten det som står i cellen")),),
    "kind": ((WITHOUT, gettext_lazy("Importer deltakeren uten det som står i raden")),),
    "double": (("join", gettext_lazy("Slå sammen til én deltaker")),),
    "continued": (("join", gettext_lazy("Legg til deltakeren i raden over")),),
    "same_number": (
        ("apart", gettext_lazy("Behold som egne deltakere")),
        ("join", gettext_lazy("Slå sammen til én deltaker")),
    ),
    "renamed": (
        ("same", gettext_lazy("Samme deltaker, rett navnet")),
        ("new", gettext_lazy("En ny deltaker")),
    ),
    "changed": (
        ("update", gettext_lazy("Rett etter listen")),
        ("keep", gettext_lazy("La stå som på børsen")),
    ),
    "individual": (
        ("as_written", gettext_lazy("Vis navnet som det står i listen")),
        ("display", gettext_lazy("Vis bare fornavnet: «Frivillig (Åse)»")),
    ),
}
_NEVER_LEFT_OUT = frozenset({"same_number", "renamed", "changed", "individual", "category"})


class Choices:
    """The organiser's answers by question; a question about a certain word is «sector:vet ikke»."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self.answers = dict(answers or {})

    def of(self, question: str) -> str:
        return self.answers.get(question) or DEFAULTS[question.partition(":")[0]]


@dataclass
class Question:
    """A question with its possible answers, and the rows that it is about: (number, cell, name, what is wrong)."""

    key: str
    heading: str
    answers: list[tuple[str, str]]
    chosen: str
    rows: list[tuple[int, str, str, str]] = field(default_factory=list)

    @property
    def leaves_out(self) -> bool:
        return self.chosen == LEAVE_OUT


def question(key: str, choices: Choices, categories: Mapping[str, str]) -> Question:
    """The question of this key. `categories` are the event's, id to name."""
    kind, _colon, word = key.partition(":")
    answers = [] if kind in _NEVER_LEFT_OUT else [(LEAVE_OUT, _leave_out(kind))]
    if kind == "sector":
        answers += [(sector.value, str(sector.label)) for sector in Sector]
        heading = _("Ukjent type: «%s»") % word if word else _("Uten type")
    elif kind == "category":
        answers += [("other", _("Annet")), *categories.items()]
        heading = _("Ukjent kategori: «%s»") % word
    else:
        answers += [(value, str(label)) for value, label in _ANSWERS.get(kind, ())]
        heading = str(_QUESTIONS[kind])
    return Question(key, heading, answers, choices.of(key))


def _leave_out(kind: str) -> str:
    return _("Bare den første raden") if kind == "double" else _("Ikke importer")
