"""An event of 2,000 participants, for measuring what a large børs takes: run in the product's shell."""

from borsen.models import Event
from participants.models import Contact, Participant, Resource

WORDS = (
    "Idrettslag",
    "Kor",
    "Verksted",
    "Sanitetsforening",
    "Skole",
    "Kafé",
    "Bibliotek",
    "Speidergruppe",
    "Velforening",
)
FIRST = ("Kari", "Ola", "Siri", "Arne", "Mona", "Lars", "Aisha", "Per", "Ingrid", "Jon")
LAST = ("Strand", "Lie", "Berg", "Nordmann", "Haugen", "Vik", "Moen", "Dahl")
SECTORS = ("voluntary", "business", "public")


def fill(slug: str = "demo", number: int = 2_000) -> int:
    """Fill the event up to so many participants, each with two contacts, two offers and a need."""
    event = Event.objects.get(slug=slug)
    category = event.categories.first()
    assert category is not None
    missing = range(event.participants.count(), number)
    made = Participant.objects.bulk_create(
        Participant(
            event=event,
            name=f"{WORDS[n % len(WORDS)]} {LAST[n % len(LAST)]} nr. {n}",
            sector=SECTORS[n % len(SECTORS)],
            place=f"Bord {n}",
            municipality="Granfjord",
        )
        for n in missing
    )
    Contact.objects.bulk_create(
        Contact(participant=who, name=f"{FIRST[(n + k) % len(FIRST)]} {LAST[(n * 3 + k) % len(LAST)]}")
        for n, who in enumerate(made)
        for k in range(2)
    )
    Resource.objects.bulk_create(
        Resource(participant=who, kind=kind, category=category, title=f"{title} {n}")
        for n, who in enumerate(made)
        for kind, title in (("offer", "Lokale til møter"), ("offer", "Kurs i noe nyttig"), ("need", "Hjelp til dugnad"))
    )
    return event.participants.count()
