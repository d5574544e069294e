"""What stands in the parties' copies of an agreement: plain text, in plain words.

Names and phones are as the participants have typed them, also who has typed another one's e-mail address: no web
address in them is sent there. What was agreed is the broker's text.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from borsen.models import Event
from participants.letters import harmless
from participants.models import Contact, PersonLink
from participants.person_links import address_of, folded_address

from .enums import Kind
from .models import Agreement, Party
from .people import Contacts, receivers, speakers
from .receipts import receipt_address


@dataclass
class Receiver:
    """A person that a copy goes to, and the parties that they speak for."""

    email: str
    name: str
    parties: list[Party] = field(default_factory=list)


def receivers_of(parties: Iterable[Party], contacts: Contacts) -> dict[str, Receiver]:
    """Each person once, by address, also when they speak for both parties."""
    found: dict[str, Receiver] = {}
    for party in parties:
        for contact in receivers(party, contacts):
            email = folded_address(contact.email)
            person = found.setdefault(email, Receiver(email, contact.name))
            if party not in person.parties:
                person.parties.append(party)
    return found


def what_is_agreed(agreement: Agreement, parties: list[Party], contacts: Contacts, mine: list[Party]) -> str:
    """The part of the copy that tells of the agreement: when it is another, the person is told of it anew."""
    kind = _("Intensjonsavtale nr. %d") if agreement.kind == Kind.INTENT else _("Avtale nr. %d")
    parts = [
        f"{kind % agreement.number}: {agreement.summary}",
        "\n".join(_gives(party) for party in parties),
        agreement.details,
        first_contact(agreement),
        *(_how_to_reach(party, contacts) for party in parties if party not in mine),
    ]
    return "\n\n".join(filter(None, parts))


def first_contact(agreement: Agreement) -> str:
    """«Bakeren tar første kontakt innen 9. mars 2027.»; nothing where nobody was named."""
    if agreement.first_contact is None:
        return ""
    words = {"name": harmless(agreement.first_contact.name)}
    if agreement.first_contact_by is None:
        return _("%(name)s tar første kontakt.") % words
    day = date_format(agreement.first_contact_by, "j. F Y")
    return _("%(name)s tar første kontakt innen %(day)s.") % (words | {"day": day})


def withdrawn(agreement: Agreement) -> str:
    """The same for one that is not valid any more."""
    return _("Avtale nr. %d er trukket tilbake og gjelder ikke lenger.") % agreement.number


def not_yours(agreement: Agreement) -> str:
    """The same for who got a copy and is no party after all."""
    return _("Avtale nr. %d er rettet, og du står ikke lenger som kontaktperson i den.") % agreement.number


def letter_text(agreement: Agreement, name: str, intro: str, told: str, link: PersonLink | None) -> str:
    """The whole mail around what is told."""
    event = agreement.event
    parts = [_("Hei %s!") % harmless(name) if name else _("Hei!"), intro, told, *_links(agreement, link)]
    if event.ask_whom:
        parts.append(_("Er noe feil? Si fra til arrangøren: %s") % event.ask_whom)
    else:
        parts.append(_("Er noe feil? Si fra til arrangøren."))
    return "\n\n".join(filter(None, [*parts, _regards(event)]))


def _gives(party: Party) -> str:
    words = {"name": harmless(party.participant.name), "gives": party.gives}
    return _("%(name)s gir: %(gives)s") % words if party.gives else _("%(name)s tar imot.") % words


def _how_to_reach(party: Party, contacts: Contacts) -> str:
    people = [_person(contact) for contact in speakers(party, contacts)]
    if not people:
        return _("Ingen kontaktperson er meldt inn for %s. Arrangøren kan hjelpe.") % harmless(party.participant.name)
    return "\n".join([_("Slik når du %s:") % harmless(party.participant.name), *(f"– {person}" for person in people)])


def _person(contact: Contact) -> str:
    return ", ".join(filter(None, [harmless(contact.name), harmless(contact.phone), contact.email]))


def _links(agreement: Agreement, link: PersonLink | None) -> list[str]:
    if not settings.PUBLIC_URL:
        return []
    found = [_("Kvitteringen: %s") % receipt_address(agreement)] if agreement.withdrawn_at is None else []
    if link is not None:
        found += [
            _("På min side ser du avtalene dine, og der kan du fortelle hvordan det gikk: %s") % address_of(link),
            _("Lenken til min side er din, så ikke send den videre."),
        ]
    return found


def _regards(event: Event) -> str:
    page = settings.PUBLIC_URL + reverse("event.overview", args=[event.slug])
    shown = page if settings.PUBLIC_URL and event.has_public_page else ""
    return "\n".join(filter(None, [_("Hilsen %s") % event.name, shown]))
