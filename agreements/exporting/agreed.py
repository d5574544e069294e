"""The sheets of agreements: those that count, those that were withdrawn, and the parties."""

from django.utils.translation import gettext as _

from borsen.enums import Sector
from participants.spreadsheets import Cell

from ..enums import FirstTime, Kind, Outcome
from .fetching import AgreementRow, Export
from .sheet import Column, Rows, Sheet, yes_no

LEAST_PARTIES = 2


def agreements(export: Export, name: str) -> Sheet:
    most = max([LEAST_PARTIES, *(len(row.parties) for row in export.agreements)])
    return Sheet(
        name,
        _("Avtaler"),
        _("Én rad for hver avtale som teller. Antall rader er antall avtaler; de trukne står i sitt eget ark."),
        [*_columns(), *_party_columns(most), *_last_columns()],
        [_row(row, most) for row in export.agreements],
    )


def _columns() -> list[Column]:
    return [
        Column(_("Nummer"), 10, meaning=_("En henvisning. Den kan være større enn antallet.")),
        Column(_("Type"), 18),
        Column(_("Kategori"), 26),
        Column(_("Problemstilling"), 26),
        Column(_("Kort om avtalen"), 44),
    ]


def _party_columns(most: int) -> list[Column]:
    columns = []
    for place in range(1, most + 1):
        columns += [Column(_("Part %d") % place, 30), Column(_("Part %d gir") % place, 36)]
    return columns


def _last_columns() -> list[Column]:
    return [
        Column(_("Mer om avtalen"), 50),
        Column(_("Sektorer"), 34, meaning=_("De ulike sektorene som partene kommer fra.")),
        Column(_("På tvers av sektorer"), 20),
        Column(_("Gjensidig"), 12, meaning=_("Minst to parter gir noe.")),
        Column(_("Samarbeid før"), 22),
        Column(_("Tar første kontakt"), 30),
        Column(_("Innen"), 14),
        Column(_("Avtalt"), 18, meaning=_("Når partene ble enige, i norsk tid.")),
        Column(_("Registrert"), 18),
        Column(_("Megler"), 24),
        Column(_("Slik gikk det"), 20),
        Column(_("Skjult fra storskjermen"), 22, meaning=_("Avtalen teller likevel.")),
        Column(_("Må ses på"), 40, meaning=_("Hvorfor noen må se på avtalen. Den teller likevel, men vises ikke.")),
    ]


def _row(row: AgreementRow, most: int) -> list[Cell]:
    sides = [cell for party in row.parties for cell in (party.name, party.gives)]
    sectors = [sector for sector in Sector if sector in {party.sector for party in row.parties}]
    first = next((party.name for party in row.parties if party.participant == row.first_contact), "")
    return [
        row.number,
        str(Kind(row.kind).label),
        row.category,
        row.challenge,
        row.summary,
        *sides,
        *[""] * (2 * most - len(sides)),
        row.details,
        ", ".join(str(sector.label) for sector in sectors),
        yes_no(len(sectors) > 1),
        yes_no(row.is_mutual),
        str(FirstTime(row.first_time).label),
        first,
        row.first_contact_by,
        row.made_at,
        row.registered_at,
        row.broker,
        str(Outcome(row.outcome).label),
        yes_no(row.is_hidden),
        row.needs_review,
    ]


def withdrawn(export: Export, name: str) -> Sheet:
    columns = [
        Column(_("Nummer"), 10),
        Column(_("Kategori"), 26),
        Column(_("Kort om avtalen"), 44),
        Column(_("Parter"), 50),
        Column(_("Avtalt"), 18),
        Column(_("Trukket"), 18),
        Column(_("Hvorfor"), 44),
    ]
    rows: Rows = [
        [
            row.number,
            row.category,
            row.summary,
            ", ".join(party.name for party in row.parties),
            row.made_at,
            row.withdrawn_at,
            row.withdrawn_why,
        ]
        for row in export.withdrawn
    ]
    return Sheet(name, _("Trukket"), _("Avtaler som er trukket. De teller ikke noe sted."), columns, rows)


def parties(export: Export, name: str) -> Sheet:
    columns = [
        Column(_("Avtale"), 10, meaning=_("Avtalens nummer.")),
        Column(_("Part"), 8),
        Column(_("Deltaker"), 34),
        Column(_("Type"), 26),
        Column(_("Kommune"), 20),
        Column(_("Gir"), 44, meaning=_("Tom når parten bare tar imot.")),
        Column(_("Gir noe"), 10),
        Column(_("Får noe"), 10, meaning=_("En annen part gir noe.")),
        Column(_("Av tilbudet"), 34),
        Column(_("Dekker behovet"), 34),
        Column(_("ID på børsen"), 38, is_key=True),
    ]
    rows: Rows = [
        [
            row.number,
            place,
            party.name,
            str(Sector(party.sector).label),
            party.municipality,
            party.gives,
            yes_no(bool(party.gives)),
            yes_no(row.receives(party)),
            party.offer_title,
            party.need_title,
            party.key,
        ]
        for row in export.agreements
        for place, party in enumerate(row.parties, 1)
    ]
    return Sheet(name, _("Parter"), _("Én rad for hver part i avtalene som teller."), columns, rows)
