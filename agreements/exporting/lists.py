"""Agreements, parties, participants, resources and contacts as tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from borsen.collation import norwegian_key
from borsen.enums import Sector
from borsen.models import Event
from participants import org_number
from participants.enums import Kind as ResourceKind
from participants.enums import Status
from participants.models import Participant, Resource
from participants.spreadsheets import Cell, Table

from .. import statistics
from ..enums import FirstTime, Kind, Outcome
from ..models import Agreement, Party
from ..statistics import Figures, ParticipantFigures
from .figures import moment


@dataclass(frozen=True)
class Lists:
    """The rows of an event, fetched with what stands in their cells. `taking_part`: the ids of the participants that
    do; `counted`: the resources of those, by id, with the marks that the figures are summed from."""

    agreements: list[Agreement]
    participants: list[Participant]
    resources: list[Resource]
    counted: Mapping[int, Resource]
    taking_part: frozenset[int]


def read_lists(event: Event) -> Lists:
    """The same number of queries whatever the size."""
    parties = Party.objects.select_related("participant", "contact", "offer", "need")
    agreements = event.agreements.select_related("category", "challenge", "broker", "first_contact")
    resources = Resource.objects.filter(participant__event=event).select_related("participant", "category", "challenge")
    return Lists(
        agreements=list(agreements.prefetch_related(Prefetch("parties", queryset=parties)).order_by("number")),
        participants=sorted(
            event.participants.prefetch_related("contacts"), key=lambda each: (norwegian_key(each.name), each.pk)
        ),
        resources=list(resources),
        counted={resource.pk: resource for resource in statistics.resources_of(event)},
        taking_part=frozenset(statistics.taking_part(event).values_list("pk", flat=True)),
    )


def list_tables(lists: Lists, figures: Figures, *, with_contacts: bool) -> dict[str, Table]:
    """Withdrawn agreements stand on a sheet of their own: who sums the agreements gets the figure."""
    counted = [agreement for agreement in lists.agreements if agreement.withdrawn_at is None]
    withdrawn = [agreement for agreement in lists.agreements if agreement.withdrawn_at is not None]
    found = {
        "avtaler": _agreements(counted),
        "parter": _parties(counted),
        "deltakere": _participants(lists, figures),
        "tilbud-og-behov": _resources(lists),
    }
    if with_contacts:
        found["kontakter"] = _contacts(lists.participants)
    if withdrawn:
        found["trukket"] = _withdrawn(withdrawn)
    return found


def _yes(holds: object) -> str:
    return _("Ja") if holds else _("Nei")


def _agreements(agreements: Iterable[Agreement]) -> Table:
    headings = [
        _("Nummer"), _("Type"), _("Kategori"), _("Problemstilling"), _("Kort om avtalen"), _("Mer om avtalen"),
        _("Parter"), _("Antall parter"), _("Gjensidig"), _("På tvers av sektorer"), _("Første gang sammen"),
        _("Tar første kontakt"), _("Innen"), _("Børsmegler"), _("Avtalt"), _("Registrert"), _("Slik gikk det"),
        _("Holdt utenfor storskjermen"), _("Må ses på"),
    ]  # fmt: skip
    widths = [10, 18, 30, 30, 48, 48, 48, 14, 12, 20, 20, 30, 12, 22, 18, 18, 18, 26, 40]
    return Table(_("Avtaler"), headings, [_agreement(each) for each in agreements], widths)


def _agreement(agreement: Agreement) -> list[Cell]:
    parties = list(agreement.parties.all())
    givers = sum(bool(party.gives) for party in parties)
    return [
        agreement.number,
        str(Kind(agreement.kind).label),
        agreement.category.name,
        agreement.challenge.text if agreement.challenge else "",
        agreement.summary,
        agreement.details,
        "\n".join(party.participant.name for party in parties),
        len(parties),
        _yes(givers > 1),
        _yes(len({party.participant.sector for party in parties}) > 1),
        _first_time(agreement),
        agreement.first_contact.name if agreement.first_contact else "",
        agreement.first_contact_by,
        str(agreement.broker or ""),
        moment(agreement.made_at),
        moment(agreement.registered_at),
        str(Outcome(agreement.outcome).label),
        _yes(agreement.hidden_at),
        agreement.needs_review,
    ]


def _first_time(agreement: Agreement) -> str:
    answers = {FirstTime.YES: _("Ja"), FirstTime.NO: _("Nei"), FirstTime.UNKNOWN: _("Ikke svart")}
    return answers[FirstTime(agreement.first_time)]


def _parties(agreements: Iterable[Agreement]) -> Table:
    headings = [
        _("Avtale nr."), _("Deltaker"), _("Type"), _("Kommune"), _("Gir"), _("Gir noe"), _("Fra tilbudet"),
        _("Dekker behovet"), _("Kontaktperson"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            agreement.number,
            party.participant.name,
            str(Sector(party.participant.sector).label),
            party.participant.municipality,
            party.gives,
            _yes(party.gives),
            party.offer.title if party.offer else "",
            party.need.title if party.need else "",
            party.contact.name if party.contact else "",
        ]
        for agreement in agreements
        for party in agreement.parties.all()
    ]
    return Table(_("Parter"), headings, rows, [12, 38, 24, 18, 48, 10, 36, 36, 26])


def _participants(lists: Lists, figures: Figures) -> Table:
    headings = [
        _("Navn"), _("Type"), _("Organisasjonsnummer"), _("Kommune"), _("Status"), _("Tok del"), _("Ventet"),
        _("Til stede"), _("Sjekket inn"), _("Avtaler"), _("Ga i"), _("Fikk i"), _("Kort om deltakeren"), _("Nettsted"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for each in lists.participants:
        found = figures.by_participant.get(each.pk, ParticipantFigures())
        is_here = each.checked_in_at is not None
        rows.append(
            [
                each.name,
                str(Sector(each.sector).label),
                org_number.shown(each.org_number),
                each.municipality,
                str(Status(each.status).label),
                _yes(each.pk in lists.taking_part),
                each.expected,
                each.present if is_here else None,
                moment(each.checked_in_at),
                found.agreements,
                found.given,
                found.received,
                each.description,
                each.website,
            ]
        )
    return Table(_("Deltakere"), headings, rows, [38, 24, 20, 18, 14, 10, 10, 10, 18, 10, 10, 10, 48, 30])


def _resources(lists: Lists) -> Table:
    headings = [
        _("Deltaker"), _("Type"), _("Tilbud eller behov"), _("Kategori"), _("Problemstilling"), _("Hva"),
        _("Mer om det"), _("Eieren tok del"), _("Brukt i avtale"), _("Dekket"), _("Fortsatt ledig"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [_resource(each, lists.counted.get(each.pk)) for each in lists.resources]
    return Table(_("Tilbud og behov"), headings, rows, [38, 24, 18, 30, 30, 48, 48, 16, 16, 10, 16])


def _resource(resource: Resource, counted: Resource | None) -> list[Cell]:
    """What is not asked of its kind, or of one whose owner does not take part, is left empty."""
    is_offer = resource.kind == ResourceKind.OFFER
    used, met = getattr(counted, "used", False), getattr(counted, "met", False)
    is_left = resource.closed_at is None if is_offer else not met
    return [
        resource.participant.name,
        str(Sector(resource.participant.sector).label),
        str(ResourceKind(resource.kind).label),
        resource.category.name,
        resource.challenge.text if resource.challenge else "",
        resource.title,
        resource.details,
        _yes(counted),
        _yes(used) if counted and is_offer else "",
        _yes(met) if counted and not is_offer else "",
        _yes(is_left) if counted else "",
    ]


def _contacts(participants: Iterable[Participant]) -> Table:
    rows: list[list[Cell]] = [
        [each.name, one.name, one.email, one.phone] for each in participants for one in each.contacts.all()
    ]
    return Table(_("Kontakter"), [_("Deltaker"), _("Navn"), _("E-post"), _("Telefon")], rows, [38, 30, 38, 18])


def _withdrawn(agreements: Iterable[Agreement]) -> Table:
    rows: list[list[Cell]] = [
        [each.number, each.summary, moment(each.registered_at), moment(each.withdrawn_at)] for each in agreements
    ]
    headings = [_("Nummer"), _("Kort om avtalen"), _("Registrert"), _("Trukket")]
    return Table(_("Trukket"), headings, rows, [10, 60, 18, 18])
