"""What the report says about its figures: the same words on the page and in the PDF."""

import re
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.enums import Phase, Sector

from .report_data import Edition, Entry, Report
from .statistics import ChallengeFigure, FirstMeetings, SectorFigures, traded_for

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
    return _("Vertskap: %s") % listed(names) if names else ""


def listed(names: list[str]) -> str:
    """«Granfjord kommune og Frivilligsentralen Granfjord»."""
    return get_text_list(names, _("og"))


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
    if not who.participants:
        return f"{report.figures.totals.in_full}."
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


def how_exchange_counts() -> str:
    """What the bars of given and received count."""
    return _(
        "Avtaler der noen fra sektoren gir noe, og avtaler der noen fra sektoren får noe av en annen part. Hver avtale "
        "teller én gang hos en sektor, og hos hver sektor som er med. En gjensidig avtale er både gitt og fått."
    )


def first_meetings(found: FirstMeetings) -> str:
    """How many met for the first time, and of how many it is known."""
    across = ngettext("%d avtale er på tvers av sektorer.", "%d avtaler er på tvers av sektorer.", found.across)
    said = _("Ingen av partene har sagt om det er første gang de samarbeider.")
    if found.answered:
        said = _(
            "I %(answered)d av dem har partene svart på om det er første gang de samarbeider. Det er det i %(first)d."
        ) % {"answered": found.answered, "first": found.first}
    return f"{across % found.across} {said}"


def how_municipalities_count(report: Report) -> str:
    """What the figures by municipality add up to."""
    found = report.figures.municipalities
    return _(
        "%(inside)d avtaler er innenfor én kommune, %(across)d er på tvers av kommuner, og for %(unknown)d vet vi ikke "
        "hvor partene hører til."
    ) % {"inside": found.inside, "across": found.across, "unknown": found.unknown}


def beside_the_goal(report: Report) -> str:
    """«Målet var 100 avtaler. Det ble nådd kl. 18.51.», or nothing without a goal."""
    goal = report.figures.goal
    if goal is None:
        return ""
    was = ngettext("Målet var %d avtale.", "Målet var %d avtaler.", goal.goal) % goal.goal
    if goal.reached_at is not None:
        reached = date_format(localtime(goal.reached_at), "H.i")
        return f"{was} " + _("Det ble nådd kl. %s.") % reached
    return f"{was} " + _("Det ble %(count)d, som er %(percent)d prosent av målet.") % {
        "count": goal.count,
        "percent": goal.percent,
    }


def challenge_words(found: ChallengeFigure) -> str:
    """What was needed and offered for a challenge, and how many agreements answer it."""
    answers = ngettext("%d avtale svarer på dette.", "%d avtaler svarer på dette.", found.count) % found.count
    if not found.count:
        answers = _("Ingen avtale er knyttet til dette.")
    return f"{answers} " + _(
        "Deltakerne meldte inn %(needs)d behov og %(offers)d tilbud om det. Dekkede behov: %(met)d."
    ) % {"needs": found.needs, "offers": found.offers, "met": found.needs_met}


def left_words(report: Report) -> str:
    """The invitation above what is still open."""
    found = report.figures.resources
    needs = ngettext("%d behov er ikke dekket", "%d behov er ikke dekket", found.needs_unmet) % found.needs_unmet
    offers = ngettext("%d tilbud er fortsatt ledig", "%d tilbud er fortsatt ledige", found.offers_open)
    whom = listed([host.name for host in report.hosts]) or _("vertskapet")
    return _(
        "%(needs)s, og %(offers)s. Kan dere hjelpe, eller er det noe her dere trenger? Ta kontakt med %(whom)s."
    ) % {
        "needs": needs,
        "offers": offers % found.offers_open,
        "whom": whom,
    }


def first_contact(entry: Entry) -> str:
    """«Ås sykehjem tar første kontakt innen 12. mars 2026»."""
    if entry.first_contact_by:
        return _("%(who)s tar første kontakt innen %(by)s") % {
            "who": entry.first_contact,
            "by": entry.first_contact_by,
        }
    return _("%s tar første kontakt") % entry.first_contact


def internal(report: Report) -> str:
    """What stands on every page of what must not leave the house, or nothing."""
    return _("Intern utgave") if report.edition is Edition.INTERNAL else ""


def edition_words(report: Report) -> str:
    """What is in this edition and not in the other."""
    if report.edition is Edition.INTERNAL:
        return _(
            "Intern utgave med kontaktopplysninger, til oppfølging av avtalene. Den skal ikke legges ut eller sendes "
            "videre. Den offentlige utgaven av rapporten har ingen kontaktopplysninger."
        )
    return _(
        "Offentlig utgave. Den har ikke navn på personer, telefonnumre eller e-postadresser. Frivillige enkeltpersoner "
        "står uten navn, og avtaler som vertskapet har tatt bort fra storskjermen, står bare med nummer."
    )


def method(report: Report) -> list[str]:
    """How the figures were made, in paragraphs."""
    return [
        _(
            "Avtalene ble skrevet ned og registrert av børsmeglere mens partene sto der. Tallene er regnet ut fra det "
            "som er registrert, og er de samme i rapporten, på nettsiden og på storskjermen. Denne rapporten ble laget "
            "%s."
        )
        % report.made_at,
        _("En rute (□) i en tekst står for et tegn som skriften i rapporten ikke har."),
    ]
