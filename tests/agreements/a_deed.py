"""Sheets as plain data, for tests of the drawing; none of it asks a database."""

from typing import Any

from agreements.deeds import Deed, Deeds, Person, Side
from borsen.enums import Sector

KARI = Person("Kari Granli", "900 00 000", "kari@granfjord.example")


def a_side(name: str = "Granfjord bibliotek", **fields: Any) -> Side:
    given = {"sector": Sector.PUBLIC, "gives": "Lokale hver torsdag", "people": (KARI,)}
    return Side(name, **{**given, **fields})


def a_deed(number: int = 12, **fields: Any) -> Deed:
    other = a_side("Radioamatørene", sector=Sector.VOLUNTARY, gives="Reparasjon av radioer", people=())
    given = {
        "is_intent": False, "category": "Lokaler", "summary": "Radioverksted mot lesestund",
        "sides": (a_side(), other), "made_at": "5. mars 2026 kl. 18.42", "first_contact": "Granfjord bibliotek",
        "first_contact_by": "19. mars 2026", "broker": "Megler Moen",
    }  # fmt: skip
    return Deed(number=number, **{**given, **fields})


def some_deeds(*deeds: Deed, **fields: Any) -> Deeds:
    given = {
        "slug": "granfjord", "name": "Frivilligbørs i Granfjord", "when": "Torsdag 5. mars kl. 18.00–19.00",
        "place": "Granfjord kulturhus", "hosts": ("Granfjord kommune",), "made_at": "6. mars 2026 kl. 09.12",
        "language": "nb",
    }  # fmt: skip
    return Deeds(deeds=deeds, **{**given, **fields})
