"""Which category an offer or a need belongs to: the one that is named, else the one that its words speak of."""

import re
from collections.abc import Sequence

from borsen.collation import folded

from ..models import Category

# Words of the default categories, by the beginning of their name; «_» is the edge of a word. The first that fits wins.
# A børs that has renamed a category is served by the words of its new name.
_WORDS = {
    "transport": """skyss transport minibuss _bil_ frakt kjøring tilhenger sjåfør _buss taxi kjølebil""",
    "foredrag": """kurs foredrag opplæring undervis veiledning innføring lære_ lær_ rådgiv _råd_ trening_i workshop
        mentor nettside historier øving kompetanse digital økonomi instruktør brannvern regnskap""",
    "lokaler": """lokale møterom _sal_ _salen_ gymsal øvingsrom grendehus huset_til lager garasje naust scene
        kjøkken_på auditorium _rom_ basseng plass_til sted_til sted_med kirkerom menighetshus ungdomshus""",
    "underholdning": """musikk konsert _kor_ allsang _sang dans teater spill_ omvisning guid _tur_ _turer filmvisning
        oppvisning aktivitets underholdning lesestund joik opplevelse fortellerkveld quiz""",
    "tid": """besøk høytles turvenn språk leksehjelp samtale likeperson følge ledsag tid_for besteforeld norsktren""",
    "praktisk": """dugnad hjelp_til_å male_ maling _måle_ rydd snekr bygg montering reparasjon hage planting rigg bære
        vask hender flytt plukking _grill""",
    "utstyr": """utlån _lån til_låns utstyr telt stoler _bord vester plakat materi maskin klær drakt aggregat møbler
        ski_ lamper planter jord_ projektor lydanlegg brød leker bøker kostyme premie skanner rollup""",
    "arrangement": """arrang samarbeid nettverk _stand_ marked fest _kaker kaffe praksis frivillige medlemmer ungdom
        _mat_""",
}
_PARTS = re.compile(r"[:()–]|\s-\s")
SHORTEST_BEGINNING = 4
_STEMS = {start: [word.replace("_", " ") for word in words.split()] for start, words in _WORDS.items()}


class Categories:
    """An event's categories, found by name or by what a title speaks of."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self.all = list(categories)
        self.by_name = {folded(category.name): category for category in categories}
        self.other = self.by_name.get("annet", self.all[-1] if self.all else None)
        self._starts = {start: self._beginning_with(start) for start in _STEMS}
        defaults = {self.other, *self._starts.values()}
        own = [(name, category) for name, category in self.by_name.items() if category not in defaults]
        self._own_stems = [(word[:6], category) for name, category in own for word in name.split() if len(word) > 5]

    def named(self, text: str) -> Category | None:
        """The category of this name, of this id as the page's choices send it, or the only one that begins so: many
        write «Underholdning» for «Underholdning og opplevelser»."""
        wanted = folded(text)
        exact = self.by_name.get(wanted) or next((each for each in self.all if str(each.pk) == text), None)
        if exact is not None or len(wanted) < SHORTEST_BEGINNING:
            return exact
        begun = [category for name, category in self.by_name.items() if name.startswith(f"{wanted} ")]
        begun += [category for name, category in self.by_name.items() if name.startswith(f"{wanted},")]
        return begun[0] if len(begun) == 1 else None

    def in_heading(self, text: str) -> str:
        """The category that a heading ends with, «Tilbud: Lokaler» or «Behov (transport)»; empty when it names none."""
        parts = [part.strip() for part in _PARTS.split(text)[1:]]
        return next((part for part in parts if part and not part.isdigit() and self.named(part)), "")

    def guessed(self, title: str) -> Category | None:
        """The category that the title speaks of, else «Annet»; None at an event without categories."""
        text = f" {folded(title)} "
        for stem, category in self._own_stems:
            if stem in text:
                return category
        for start, stems in _STEMS.items():
            found = self._starts[start]
            if found is not None and any(stem in text for stem in stems):
                return found
        return self.other

    def _beginning_with(self, start: str) -> Category | None:
        return next((category for name, category in self.by_name.items() if name.startswith(start)), None)
