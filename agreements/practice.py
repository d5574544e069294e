"""Invented participants for «Øv»: brokers practise on the real form, and nothing of it leaves the page."""

from typing import Any

from django.utils.translation import gettext as _

from borsen.enums import Sector
from participants.models import Category

# Their ids are below zero, so that no real participant is meant should one ever get out.
FIRST_ID = -1


def invented(categories: list[Category]) -> list[dict[str, Any]]:
    """Entries in the shape of agreements/directory.py, with the event's own categories."""
    places = [category.pk for category in categories] or [0]
    ids = iter(range(FIRST_ID, -1000, -1))

    def resource(title: str, place: int) -> dict[str, Any]:
        return {"id": next(ids), "title": title, "category": places[place % len(places)]}

    def entry(name: str, sector: Sector, where: str, contacts: list[str], **resources: Any) -> dict[str, Any]:
        pk = next(ids)
        return {
            "id": pk,
            "key": f"00000000-0000-4000-8000-{-pk:012d}",
            "name": name,
            "sector": sector.value,
            "where": where,
            "contacts": [{"id": next(ids), "name": contact} for contact in contacts],
            "offers": [resource(*offer) for offer in resources.get("offers", [])],
            "needs": [resource(*need) for need in resources.get("needs", [])],
        }

    return [
        entry(
            _("Bakeriet Bolla"), Sector.BUSINESS, _("Bord 1"), ["Berit Bakke"],
            offers=[(_("Boller til trettifem"), 8), (_("Omvisning i bakeriet"), 5)],
            needs=[(_("Noen til å male gjerdet"), 3)],
        ),
        entry(
            _("Snekker Sagflis"), Sector.BUSINESS, _("Bord 2"), ["Sara Sag", "Finn Fil"],
            offers=[(_("To dager med snekring"), 3), (_("Lån av tilhenger"), 7)],
            needs=[(_("Musikk til sommerfesten"), 5)],
        ),
        entry(
            _("Måneskinn skolekorps"), Sector.VOLUNTARY, _("Bord 3"), ["Tuva Trommer"],
            offers=[(_("Musikk på tilstelninger"), 5), (_("Dugnadsgjeng på tjue"), 3)],
            needs=[(_("Lokale til øving på torsdager"), 0), (_("Boller til korpsleiren"), 8)],
        ),
        entry(
            _("Turlaget Krok og sti"), Sector.VOLUNTARY, _("Bord 4"), ["Kari Krok"],
            offers=[(_("Tur med guide"), 4)],
            needs=[(_("Tilhenger en helg i mai"), 7), (_("Kurs i førstehjelp"), 2)],
        ),
        entry(
            _("Solsiden bibliotek"), Sector.PUBLIC, _("Bord 5"), ["Lars Lesar"],
            offers=[(_("Møterom på kveldstid"), 0), (_("Kurs i nettbrett"), 2)],
            needs=[(_("Noen som leser for barn"), 4)],
        ),
        entry(
            _("Frivillig (Oddvar)"), Sector.INDIVIDUAL, "", ["Oddvar Øvre"],
            offers=[(_("Høytlesning"), 4), (_("Hjelp med gjerder og grinder"), 3)],
        ),
    ]  # fmt: skip
