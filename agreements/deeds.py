"""Each agreement as a sheet of its own («avtaleskjema»), as plain data: read in short visits to the database, drawn by
agreements/sheets/filled.py.

With contact details it is for organisers and coordinators on a private connection. Everybody else who may open it gets
the same with e-mail addresses and phone numbers taken out, also where they stand in what people wrote.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language

from borsen.enums import Sector
from borsen.models import Event
from participants.masking import without_contact_details
from participants.models import Contact

from .enums import FirstTime, Kind
from .models import Agreement, Party
from .receipts import receipt_address

# How many are read in one visit, so that nobody waits behind it.
AT_A_TIME = 200
MOST_PEOPLE = 3
DAY = "j. F Y"


@dataclass(frozen=True)
class Person:
    """Who speaks for a party; without phone and e-mail for who may not see them."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Side:
    """One party; `gives` is empty when it only receives."""

    name: str
    sector: Sector
    gives: str
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Deed:
    """What stands on one sheet. Days and times are in words; `withdrawn` is the day, `receipt` a whole address."""

    number: int
    is_intent: bool
    category: str
    summary: str
    sides: tuple[Side, ...]
    made_at: str
    challenge: str = ""
    details: str = ""
    first_time: str = ""
    first_contact: str = ""
    first_contact_by: str = ""
    broker: str = ""
    not_payment: bool = False
    withdrawn: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class Deeds:
    """The sheets of one event, in the order in which they are printed."""

    slug: str
    name: str
    when: str
    place: str
    hosts: tuple[str, ...]
    made_at: str
    language: str
    deeds: tuple[Deed, ...]


def numbers(event: Event) -> list[int]:
    """The agreements of the collected file: those that count, in order."""
    return list(event.agreements.counted().order_by("number").values_list("number", flat=True))


def read_deeds(event: Event, wanted: Iterable[int], *, with_details: bool) -> list[Deed]:
    """The agreements with these numbers. The number of queries does not grow with them."""
    parties = Party.objects.select_related("participant", "contact").order_by("position")
    rows = event.agreements.filter(number__in=list(wanted)).order_by("number")
    rows = rows.select_related("category", "challenge", "first_contact", "broker")
    found = list(rows.prefetch_related(Prefetch("parties", queryset=parties)))
    contacts = _contacts(found)
    return [_deed(event, row, contacts, with_details=with_details) for row in found]


def gather(event: Event, deeds: Iterable[Deed], now: datetime) -> Deeds:
    """The sheets with what stands on all of them. One query."""
    return Deeds(
        slug=event.slug,
        name=event.name,
        when=capfirst(date_format(localtime(event.opened_at or event.starts_at), "l j. F Y")),
        place=event.place,
        hosts=tuple(event.hosts.values_list("name", flat=True)),
        made_at=date_format(localtime(now), r"j. F Y \k\l. H.i"),
        language=get_language() or "nb",
        deeds=tuple(deeds),
    )


def _contacts(agreements: Iterable[Agreement]) -> dict[int, list[Contact]]:
    """The first contacts of each participant, for parties that named nobody."""
    participants = {party.participant_id for row in agreements for party in row.parties.all() if party.contact is None}
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(participant__in=participants).order_by("pk"):
        if len(found[contact.participant_id]) < MOST_PEOPLE:
            found[contact.participant_id].append(contact)
    return found


def _deed(event: Event, row: Agreement, contacts: dict[int, list[Contact]], *, with_details: bool) -> Deed:
    row.event = event

    def said(text: str) -> str:
        return text if with_details else without_contact_details(text)

    def person(contact: Contact) -> Person:
        if with_details:
            return Person(contact.name, contact.phone, contact.email)
        return Person(without_contact_details(contact.name))

    def side(party: Party) -> Side:
        people = [party.contact] if party.contact else contacts.get(party.participant_id, [])
        return Side(
            name=said(party.participant.name),
            sector=Sector(party.participant.sector),
            gives=said(party.gives),
            people=tuple(map(person, people)),
        )

    return Deed(
        number=row.number,
        is_intent=row.kind == Kind.INTENT,
        category=said(row.category.name),
        challenge=said(row.challenge.text) if row.challenge else "",
        summary=said(row.summary),
        details=said(row.details),
        sides=tuple(map(side, row.parties.all())),
        made_at=date_format(localtime(row.made_at), r"j. F Y \k\l. H.i"),
        first_time="" if row.first_time == FirstTime.UNKNOWN else str(FirstTime(row.first_time).label),
        first_contact=said(row.first_contact.name) if row.first_contact else "",
        first_contact_by=_day(row.first_contact_by),
        broker=said(str(row.broker)) if row.broker else "",
        not_payment=row.not_payment,
        withdrawn=_day(localtime(row.withdrawn_at).date()) if row.withdrawn_at else "",
        receipt=receipt_address(row) if not row.withdrawn_at else "",
    )


def _day(day: date | None) -> str:
    return date_format(day, DAY) if day else ""
