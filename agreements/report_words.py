"""What the report says about its figures: the same words on the page and in the PDF."""

import re
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.enums import Phase, Sector

from .report import Report
from .statistics import SectorFigures, traded_for

# «Frivilligbørs i Granfjord»: the front page sets the last part in its headline instead of the whole name.
_WHERE = re.compile(r"^frivilligbørs(?:en)? ((?:i|på) .+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """One key figure and what it counts."""

    figure: int
    label: str


@dataclass(frozen=True)
class SectorTile:
    """One of the four tiles that add up to the total; `sector` is None for the rest."""

    sector: Sector | None
    figure: int
    label: str


def headline(report: Report) -> tuple[str, str]:
    """The two lines under the number: «avtaler på én time» (before the closing stroke «avtaler») and «i Granfjord» (or
    nothing)."""
    what = ngettext("avtale", "avtaler", report.figures.totals.count)
    where = _WHERE.match(report.name)
    return f"{what} {traded_for(report.traded_minutes)}".strip(), where[1] if where else ""


def subtitle(report: Report) -> str:
    """«Rapport fra frivilligbørsen torsdag 5. mars 2026, Granfjord kulturhus»."""
    if _WHERE.match(report.name):
        text = _("Rapport fra frivilligbørsen %s") % report.date
    else:
        text = _("Rapport fra %(name)s, %(date)s") % {"name": report.name, "date": report.date}
    return f"{text}, {report.place}" if report.place else text


def hosts(report: Report) -> str:
    """«Vertskap: Granfjord kommune og Frivilligsentralen Granfjord», or nothing."""
    names = [host.name for host in report.hosts]
    return _("Vertskap: %s") % get_text_list(names, _("og")) if names else ""


def provisional(report: Report) -> str:
    """Why the figures may still change, or nothing."""
    if report.phase is Phase.BEFORE:
        return _("Børstimen har ikke begynt")
    if report.phase in {Phase.OPEN, Phase.GRACE}:
        return _("Foreløpige tall, %s") % report.made_at
    return ""


def sector_tiles(sectors: SectorFigures) -> list[SectorTile]:
    """Four tiles that add up to the total."""
    rest = _("andre: samme sektor eller enkeltpersoner")
    if sectors.several > sectors.with_individuals or sectors.all_three:
        rest = _("andre: samme sektor, flere sektorer eller enkeltpersoner")
    return [
        SectorTile(Sector.VOLUNTARY, sectors.voluntary_public, _("mellom frivillige og offentlige")),
        SectorTile(Sector.BUSINESS, sectors.business_voluntary, _("mellom bedrifter og frivillige")),
        SectorTile(Sector.PUBLIC, sectors.business_public, _("mellom offentlige og bedrifter")),
        SectorTile(None, sectors.others, rest),
    ]


def facts(report: Report) -> list[Fact]:
    """The key figures; those that nobody has recorded anything for are left out."""
    totals, who, resources = report.figures.totals, report.figures.participation, report.figures.resources
    found = [
        Fact(totals.count, ngettext("avtale", "avtaler", totals.count)),
        Fact(totals.intents, ngettext("av dem intensjonsavtale", "av dem intensjonsavtaler", totals.intents)),
        Fact(totals.mutual, ngettext("gjensidig: flere parter gir", "gjensidige: flere parter gir", totals.mutual)),
        Fact(totals.one_way, _("enveis: én part gir")),
        Fact(who.with_agreement, _of(who.participants, _("deltaker"), _("deltakere"), _("inngikk minst én avtale"))),
        Fact(resources.offers, _("tilbud på børsen")),
        Fact(resources.needs, _("behov på børsen")),
        Fact(resources.needs_met, _("av behovene er dekket")),
    ]
    if totals.first_time:
        found.append(Fact(totals.first_time, _("avtaler mellom parter som ikke har samarbeidet før")))
    if who.present:
        found.append(Fact(who.present, ngettext("person var til stede", "personer var til stede", who.present)))
    return found


def _of(number: int, one: str, many: str, did: str) -> str:
    return _("av %(number)d %(who)s %(did)s") % {"number": number, "who": one if number == 1 else many, "did": did}


def coverage(report: Report) -> str:
    """«120 avtaler, av dem 10 intensjonsavtaler. 89 av 90 deltakere inngikk minst én.»"""
    who = report.figures.participation
    part = ngettext(
        "%(some)d av %(all)d deltaker inngikk minst én.",
        "%(some)d av %(all)d deltakere inngikk minst én.",
        who.participants,
    )
    return f"{report.figures.totals.in_full}. {part % {'some': who.with_agreement, 'all': who.participants}}"


def how_sectors_count() -> str:
    """What the matrix counts."""
    return _(
        "Hver avtale teller én gang, etter hvilke sektorer partene kommer fra. En avtale med tre parter fra to "
        "sektorer står hos de to sektorene. Alle tallene til sammen er antall avtaler."
    )


def several_line(sectors: SectorFigures) -> str:
    """The agreements that the matrix has no cell for."""
    return _("Avtaler med parter fra tre eller flere sektorer: %d") % sectors.several


def agreements_of(number: int) -> str:
    """«3 avtaler», for a participant."""
    return ngettext("%d avtale", "%d avtaler", number) % number if number else _("Ingen avtaler")
