"""What becomes of a participant when a row of the list is laid on top of it. Nothing is ever taken away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from borsen.collation import folded
from borsen.enums import Sector

from .. import org_number
from ..drafts import ContactDraft, ParticipantDraft, ResourceDraft
from ..entry import MOST_ROWS
from ..enums import Kind
from ..models import Participant
from .cells import same_phone
from .identity import Snapshot
from .people import Person
from .readings import Reading, Wish


@dataclass(frozen=True)
class Difference:
    """One thing that the list says otherwise than the børs; `before` is empty for what is new."""

    what: str
    before: str
    after: str


def new_draft(reading: Reading) -> ParticipantDraft:
    """The row as a participant that the børs does not have."""
    return ParticipantDraft(
        name=reading.name,
        sector=reading.sector,
        org_number=reading.org_number,
        description=reading.description,
        website=reading.website,
        municipality=reading.municipality,
        place=reading.place,
        expected=reading.expected or 1,
        contacts=[ContactDraft(*_values(person)) for person in _once(reading.people)],
        resources=[_resource(wish) for wish in reading.wishes],
    )


def merged(participant: Participant, reading: Reading, snapshot: Snapshot) -> tuple[ParticipantDraft, list[Difference]]:
    """The participant with what the row says, and what is different about it."""
    differences: list[Difference] = []
    plain = _plain(participant, reading, differences)
    contacts = _contacts(participant, reading.people, differences)
    resources = _resources(participant, reading.wishes, snapshot, differences)
    return ParticipantDraft(**plain, contacts=contacts, resources=resources), differences


def joined(first: Reading, later: Reading) -> None:
    """Add to the first row what a later row about the same participant says besides."""
    for name in ("sector", "org_number", "municipality", "website", "description", "place"):
        setattr(first, name, getattr(first, name) or getattr(later, name))
    first.expected = max(filter(None, (first.expected, later.expected)), default=None)
    first.people = _once([*first.people, *later.people])
    known = {(wish.kind, folded(wish.title)) for wish in first.wishes}
    first.wishes += [wish for wish in later.wishes if (wish.kind, folded(wish.title)) not in known]


def _plain(participant: Participant, reading: Reading, differences: list[Difference]) -> dict:
    labels = {
        "name": _("Navn"),
        "sector": _("Type"),
        "org_number": _("Organisasjonsnummer"),
        "description": _("Kort om deltakeren"),
        "website": _("Nettsted"),
        "municipality": _("Kommune"),
        "place": _("Plass i salen"),
        "expected": _("Hvor mange kommer"),
    }
    plain = {}
    for name, label in labels.items():
        before, after = getattr(participant, name), getattr(reading, name)
        plain[name] = before
        if after in ("", None) or _spaced(after) == _spaced(before):
            continue
        plain[name] = after
        differences.append(Difference(label, _shown(name, before), _shown(name, after)))
    return plain


def _contacts(participant: Participant, people: Sequence[Person], differences: list[Difference]) -> list[ContactDraft]:
    drafts = [ContactDraft(each.name, each.email, each.phone, each.pk) for each in participant.contacts.all()]
    for person in _once(people):
        index = _index_of(person, drafts)
        if index is None:
            if len(drafts) < MOST_ROWS:
                drafts.append(ContactDraft(*_values(person)))
                differences.append(Difference(_("Ny kontaktperson"), "", ", ".join(filter(None, _values(person)))))
            continue
        old = drafts[index]
        new = replace(
            old,
            name=old.name if _spaced(old.name) == _spaced(person.name) else person.name,
            email=old.email if person.email.casefold() in ("", old.email.casefold()) else person.email,
            phone=old.phone if not person.phone or same_phone(old.phone, person.phone) else person.phone,
        )
        for name, label in (("name", _("Kontaktperson")), ("email", _("E-post")), ("phone", _("Telefon"))):
            if getattr(old, name) != getattr(new, name):
                differences.append(Difference(label, getattr(old, name), getattr(new, name)))
        drafts[index] = new
    return drafts


def _index_of(person: Person, drafts: Sequence[ContactDraft]) -> int | None:
    """The same name and the same address, else the same name, else the same address."""
    name, email = folded(person.name), person.email.casefold()
    same_name = [index for index, each in enumerate(drafts) if folded(each.name) == name]
    same_email = [index for index, each in enumerate(drafts) if email and each.email.casefold() == email]
    both = [index for index in same_name if index in same_email]
    return next(iter([*both, *same_name, *same_email]), None)


def _resources(
    participant: Participant, wishes: Sequence[Wish], snapshot: Snapshot, differences: list[Difference]
) -> list[ResourceDraft]:
    categories = {category.pk: category for category in snapshot.categories.all}
    drafts = [
        ResourceDraft(
            kind=each.kind,
            title=each.title,
            category=categories[each.category_id],
            details=each.details,
            challenge=snapshot.challenges.get(each.challenge_id or 0),
            id=each.pk,
            closed=each.closed_at is not None,
        )
        for each in participant.resources.all()
    ]
    index = {(draft.kind, folded(draft.title)): number for number, draft in reversed(list(enumerate(drafts)))}
    for wish in wishes:
        number = index.get((wish.kind, folded(wish.title)))
        if number is None:
            label = _("Nytt tilbud") if wish.kind == Kind.OFFER else _("Nytt behov")
            differences.append(Difference(label, "", wish.title))
            drafts.append(_resource(wish))
        elif wish.named and drafts[number].category != wish.category:
            what = _("Kategori for «%s»") % drafts[number].title
            differences.append(Difference(what, drafts[number].category.name, wish.category.name))
            drafts[number] = replace(drafts[number], category=wish.category)
    return drafts


def _resource(wish: Wish) -> ResourceDraft:
    return ResourceDraft(kind=wish.kind, title=wish.title, category=wish.category, details=wish.details)


def _once(people: Sequence[Person]) -> list[Person]:
    """Each person once, with what either mention says."""
    found: dict[str, Person] = {}
    for person in people:
        key = folded(person.name)
        old = found.get(key, person)
        if old.email and person.email and old.email.casefold() != person.email.casefold():
            key = f"{key} {person.email.casefold()}"
            old = found.get(key, person)
        found[key] = Person(old.name, old.email or person.email, old.phone or person.phone)
    return list(found.values())


def _values(person: Person) -> tuple[str, str, str]:
    return person.name, person.email, person.phone


def _spaced(value: object) -> str:
    return " ".join(str(value).split())


def _shown(name: str, value: object) -> str:
    if name == "sector":
        return str(Sector(str(value)).label)
    return org_number.shown(str(value)) if name == "org_number" else str(value)
