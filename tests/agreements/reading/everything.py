"""Events in which every kind of thing happens, and chance decides how much of it."""

import random
from datetime import timedelta

from django.utils import timezone

from agreements.correcting import withdraw
from agreements.enums import FirstTime, Kind
from agreements.registering import register
from borsen.clock import close_hour
from borsen.enums import Sector
from borsen.models import Challenge
from participants.enums import Status
from tests.factories import make_contact, make_draft, make_open_event, make_participant, make_resource

PLACES = ("Granfjord", "GRANFJORD", "Ytre Vik", "")


def make_everything(seed=1):
    """Over for hours, published, with a goal. Nobody has a digit in their name, so that figures can be told from it."""
    chance = random.Random(seed)
    event = make_open_event(
        f"alt-{seed}", name="Frivilligbørs i Granfjord", minutes_ago=400, goal=7, report_published=True,
        published=True, page_published=True, municipalities="Granfjord, Ytre Vik",
    )  # fmt: skip
    challenges = [Challenge.objects.create(event=event, text=text, position=1) for text in ("Ensomhet", "Utenforskap")]
    people = [_someone(event, chance, place) for place in range(14)]
    for status in (Status.REGISTERED, Status.CANCELLED):
        ghost = make_participant(event, f"Spøkelse {status.label}", status=status)
        make_resource(ghost, "Finnes ikke", kind="need")
    make_participant(
        event, "Kom uten å bli godkjent", status=Status.REGISTERED, present=3, checked_in_at=timezone.now()
    )
    for _ in range(30):
        _agree(event, chance, people, challenges)
    return close_hour(event=event, now=event.opened_at + timedelta(minutes=60))


def _someone(event, chance, place):
    sector = list(Sector)[place % 4]
    came = chance.random() < 0.7
    one = make_participant(
        event, f"Lag {chr(65 + place)}", sector=sector, municipality=chance.choice(PLACES),
        present=chance.randint(1, 4) if came else 0, checked_in_at=timezone.now() if came else None,
        status=Status.REGISTERED if place == 13 else Status.APPROVED,
    )  # fmt: skip
    make_contact(one, "Hemmelig Person", email=f"hemmelig{place}@example.no", phone="911 22 333")
    for kind in ("offer", "need", "need"):
        closed = timezone.now() if chance.random() < 0.25 else None
        make_resource(one, f"Noe {chr(97 + place)}", kind=kind, closed_at=closed)
    return one


def _agree(event, chance, people, challenges):
    parties = [(one, chance.choice(["", "Hjelp"])) for one in chance.sample(people, chance.choice([2, 2, 2, 3, 4]))]
    if chance.random() < 0.7:
        parties[0] = (parties[0][0], "Hjelp")
    draft = make_draft(
        event, *parties, summary="Noe godt", kind=chance.choice(list(Kind)), first_time=chance.choice(list(FirstTime)),
        category=chance.choice(list(event.categories.all())[:4]), challenge=chance.choice([None, *challenges]),
        made_at=event.opened_at + timedelta(minutes=chance.randint(0, 59)),
    )  # fmt: skip
    # From the tablet's queue: what nobody gives in is taken too, and waits for somebody to look at it.
    agreement = register(event=event, draft=draft, by=None, now=timezone.now(), queued=True).agreement
    giver, receiver = agreement.parties.all()[:2]
    if chance.random() < 0.5:
        giver.offer = giver.participant.resources.filter(kind="offer").first()
        giver.need = receiver.participant.resources.filter(kind="need").first()
        giver.save()
    fate = chance.random()
    if fate < 0.2:
        withdraw(agreement=agreement, by=None, now=timezone.now(), why="Ombestemte seg")
    elif fate < 0.35:
        agreement.hidden_at = timezone.now()
        agreement.save()
