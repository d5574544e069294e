"""Who speaks for the parties of agreements, with their e-mail addresses and phones: for the parties themselves."""

from collections import defaultdict
from collections.abc import Iterable

from participants.models import Contact

from .models import Party

MOST_PEOPLE = 3
# A list of forty addresses is a way of writing to strangers with each agreement.
MOST_RECEIVERS = 5

# By the participant's id.
Contacts = dict[int, list[Contact]]


def contacts_of(participants: Iterable[int]) -> Contacts:
    """All contacts of the participants with these ids, oldest first. One query."""
    found: Contacts = defaultdict(list)
    for contact in Contact.objects.filter(participant__in=set(participants)).order_by("pk"):
        found[contact.participant_id].append(contact)
    return found


def speakers(party: Party, contacts: Contacts) -> list[Contact]:
    """Who to get in touch with: the one that was named in the agreement, else the first ones of the participant."""
    all_of_them = contacts.get(party.participant_id, [])
    return [each for each in all_of_them if each.pk == party.contact_id] or all_of_them[:MOST_PEOPLE]


def receivers(party: Party, contacts: Contacts) -> list[Contact]:
    """Who gets the party's copy: the one that was named, else the first ones with an e-mail address."""
    with_mail = [each for each in contacts.get(party.participant_id, []) if each.email]
    return [each for each in with_mail if each.pk == party.contact_id] or with_mail[:MOST_RECEIVERS]
