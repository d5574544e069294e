"""The sheets of figures. Nothing is counted here: agreements/statistics/ does."""

from collections.abc import Sequence
from itertools import combinations_with_replacement

from django.utils.translation import gettext as _

from borsen.enums import Sector
from participants.spreadsheets import COUNT, Cell

from ..key_figures import key_figures
from ..statistics import Bin
from .fetching import Export
from .sheet import Column, Rows, Sheet


def _count(heading: str, meaning: str = "", width: int = 16) -> Column:
    return Column(heading, width, COUNT, meaning)


def key_table(export: Export, name: str) -> Sheet:
    rows: Rows = [[row.key, row.label, row.value, row.definition] for row in key_figures(export.figures)]
    columns = [
        Column(_("Nøkkel"), 26, meaning=_("Den samme i alle filer, til å slå opp på."), is_key=True),
        Column(_("Nøkkeltall"), 44),
        _count(_("Verdi"), _("Tom når ingen kan vite det ennå."), 18),
        Column(_("Definisjon"), 90),
    ]
    return Sheet(name, _("Nøkkeltall"), _("Tallene i rapporten, og hva som er med i hvert av dem."), columns, rows)


def categories(export: Export, name: str) -> Sheet:
    rows: Rows = [[row.name, row.count] for row in export.figures.categories]
    about = _("Hver avtale står i én kategori. Til sammen er det antall avtaler.")
    return Sheet(name, _("Kategorier"), about, [Column(_("Kategori"), 36), _count(_("Antall avtaler"))], rows)


def pairs(export: Export, name: str) -> Sheet:
    found = export.figures.sectors
    rows: list[Sequence[Cell]] = []
    for one, other in combinations_with_replacement(Sector, 2):
        mutual, one_way = found.mutual_between(one, other), found.one_way_between(one, other)
        rows.append([str(one.label), str(other.label), mutual, one_way, found.between(one, other)])
    several, mutual = found.several, found.mutual_across_several
    rows.append([_("Tre eller fire sektorer"), "", mutual, several - mutual, several])
    columns = [
        Column(_("Sektor"), 26),
        Column(_("Og sektor"), 26, meaning=_("Den samme to ganger: alle partene kommer fra én sektor.")),
        _count(_("Gjensidige"), _("Minst to parter gir noe.")),
        _count(_("Enveis"), _("Én part gir, de andre tar imot.")),
        _count(_("Avtaler"), _("Gjensidige og enveis til sammen.")),
    ]
    about = _(
        "Hver avtale teller én gang, etter hvilke sektorer partene kommer fra, uansett hvor mange parter den har. "
        "Til sammen er det antall avtaler."
    )
    return Sheet(name, _("Sektorpar"), about, columns, rows)


def sectors(export: Export, name: str) -> Sheet:
    living = export.figures.participation.by_sector
    rows: Rows = [
        [str(row.sector.label), living[row.sector], row.given, row.received] for row in export.figures.exchange
    ]
    columns = [
        Column(_("Sektor"), 26),
        _count(_("Deltakere")),
        _count(_("Avtaler der sektoren gir"), _("Minst én part fra sektoren gir noe."), 24),
        _count(_("Avtaler der sektoren får"), _("En annen part enn minst én fra sektoren gir noe."), 24),
    ]
    about = _("En avtale teller hos hver sektor som har parter i den, så summen er større enn antall avtaler.")
    return Sheet(name, _("Sektorer"), about, columns, rows)


def first_meetings(export: Export, name: str) -> Sheet:
    found = export.figures.first_meetings
    rows: Rows = [
        [_("Første gang"), found.first],
        [_("Har samarbeidet før"), found.answered - found.first],
        [_("Har ikke svart"), found.across - found.answered],
    ]
    about = _("Avtaler på tvers av sektorer, etter hva partene sier om de har samarbeidet før.")
    return Sheet(name, _("Nye samarbeid"), about, [Column(_("Svar"), 30), _count(_("Antall avtaler"))], rows)


def municipalities(export: Export, name: str) -> Sheet:
    rows: Rows = [[row.name, row.participants, row.inside, row.across] for row in export.figures.municipalities.rows]
    columns = [
        Column(_("Kommune"), 30),
        _count(_("Deltakere")),
        _count(_("Avtaler innen kommunen"), _("Alle partene som har oppgitt kommune, er herfra."), 24),
        _count(_("Avtaler med andre kommuner"), _("Står hos hver av kommunene."), 28),
    ]
    about = _("Kommunene som børsen eller deltakerne nevner.")
    return Sheet(name, _("Kommuner"), about, columns, rows)


def across_municipalities(export: Export, name: str) -> Sheet:
    found = export.figures.municipalities
    rows: Rows = [
        [_("Innen én kommune"), found.inside],
        [_("På tvers av kommuner"), found.across],
        [_("Ingen av partene har oppgitt kommune"), found.unknown],
    ]
    about = _("Hver avtale teller én gang. Til sammen er det antall avtaler.")
    columns = [Column(_("Hvor partene kommer fra"), 40), _count(_("Antall avtaler"))]
    return Sheet(name, _("Kommuner samlet"), about, columns, rows)


def challenges(export: Export, name: str) -> Sheet:
    rows: Rows = [[row.name, row.count, row.offers, row.needs, row.needs_met] for row in export.figures.challenges]
    columns = [
        Column(_("Problemstilling"), 50),
        _count(_("Antall avtaler")),
        _count(_("Tilbud")),
        _count(_("Behov")),
        _count(_("Behov som er dekket"), width=22),
    ]
    about = _("Det børsen ville løse. En avtale svarer på høyst én problemstilling.")
    return Sheet(name, _("Problemstillinger"), about, columns, rows)


def hour(export: Export, name: str) -> Sheet:
    about = _("Avtalene gjennom børstimen, etter når partene ble enige. Til sammen er det antall avtaler.")
    return _bins(name, _("Børstimen"), about, export.figures.hour)


def by_minute(export: Export, name: str) -> Sheet:
    about = _("Det samme, minutt for minutt; time for time når børsen varte i mer enn et døgn.")
    return _bins(name, _("Minutt for minutt"), about, export.figures.minutes)


def _bins(name: str, title: str, about: str, bins: Sequence[Bin]) -> Sheet:
    columns = [Column(_("Fra"), 18), Column(_("Til"), 18), _count(_("Antall avtaler"))]
    return Sheet(name, title, about, columns, [[part.start, part.end, part.count] for part in bins])


def earlier(export: Export, name: str) -> Sheet:
    rows: Rows = [
        [row.name, row.held_on, row.count, row.intents, row.participants, row.present] for row in export.figures.earlier
    ]
    columns = [
        Column(_("Børs"), 44),
        Column(_("Dato"), 14),
        _count(_("Antall avtaler")),
        _count(_("Av dem intensjonsavtaler"), width=24),
        _count(_("Deltakere")),
        _count(_("Personer til stede"), width=18),
    ]
    about = _("De siste børsene med noen av de samme vertene. Tallene betyr det samme som i denne børsen.")
    return Sheet(name, _("Tidligere børser"), about, columns, rows)
