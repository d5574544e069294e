"""Builds the demo børs at one of three stages. The same seed gives the same data."""

from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from agreements.awards import Winner, add_award, candidates, give, reveal, set_star, write_award
from agreements.drafts import Draft, PartyDraft
from agreements.enums import Kind as AgreementKind
from agreements.registering import register as register_agreement
from borsen.clock import close_hour, open_hour
from borsen.enums import Sector
from borsen.events import EventDraft, HostDraft, create_event
from borsen.models import Event, User
from participants.drafts import ContactDraft, ParticipantDraft, ResourceDraft
from participants.enums import Kind, Source, Status
from participants.models import Participant
from participants.registering import register as register_participant

from .people import add_roles, prepare_users
from .sample import CHALLENGES, challenge_of, likeliest, sample

DEMO_SLUG = "demo"
MINUTES = 60
MINUTES_GONE = 36
AGREEMENTS_WHEN_LIVE = 47
NEW_ONES = 9
HOSTS = (
    HostDraft("Granfjord kommune", Sector.PUBLIC, "Lillesalen, lyd og lys, og vertskap i døra"),
    HostDraft("Frivilligsentralen Granfjord", Sector.VOLUNTARY, "Børsmeglere, kaffe og den store gongen"),
    HostDraft("Granfjord næringsforening", Sector.BUSINESS, "Invitasjon til alle bedrifter, og mat i pausen"),
)
PRIZES = (
    ("Det mest uventede samarbeidet", "To som aldri hadde møttes, og som trengte hverandre."),
    ("Den som betyr mest for noen", "Lite å gi bort, mye å få."),
    ("Årets avtale", "Den fikk hele salen til å le."),
)


class Stage(StrEnum):
    """How far the demo børs has come."""

    REGISTRATION = "registration"
    LIVE = "live"
    OVER = "over"


@transaction.atomic
def build_demo(*, stage: Stage, seed: int, password: str) -> Event:
    """Make the demo børs, or make it anew; its users get `password`."""
    random = Random(seed)  # noqa: S311 — invented data, nothing is to be kept secret
    now = timezone.now().replace(microsecond=0)
    organiser = prepare_users(password)
    version = remove_demo()
    event = create_event(
        slug=DEMO_SLUG, draft=_event_draft(_start(stage, now), is_over=stage is Stage.OVER), by=organiser
    )
    # A screen that stands at a version of the one before must not take it for a version of this one.
    Event.objects.filter(pk=event.pk).update(feed_version=version + 1)
    add_roles(event)
    participants = _register_participants(event, random, with_new_ones=stage is Stage.REGISTRATION)
    if stage is not Stage.REGISTRATION:
        event = open_hour(event=event, now=event.starts_at)
        count = AGREEMENTS_WHEN_LIVE if stage is Stage.LIVE else len(sample()["agreements"])
        _register_agreements(event, participants, random, count=count, until=now)
    _suggest_for_prizes(event, random)
    if stage is Stage.OVER:
        event = close_hour(event=event, now=event.starts_at + timedelta(minutes=MINUTES))
        _give_prizes(event, revealed_at=event.starts_at + timedelta(minutes=MINUTES + 20))
    return event


def _suggest_for_prizes(event: Event, random: Random) -> None:
    """Stars from those who work there, on a handful of the agreements."""
    agreements = list(event.agreements.shown().order_by("number"))
    for member in event.memberships.select_related("user"):
        for agreement in random.sample(agreements, min(3, len(agreements))):
            set_star(agreement=agreement, by=member.user, is_on=True, now=agreement.registered_at)


def _give_prizes(event: Event, *, revealed_at: datetime) -> None:
    """Two prizes that have been revealed, and one that the jury has kept for last."""
    winners = candidates(event)[: len(PRIZES)]
    for (title, reason), agreement in zip(PRIZES, winners, strict=False):
        award = add_award(event=event, title=title)
        assert award is not None
        give(award=write_award(award=award, title=title, reason=reason), winner=Winner(agreement=agreement))
        if title != PRIZES[-1][0]:
            reveal(award=award, now=revealed_at)
            revealed_at += timedelta(minutes=2)


def remove_demo() -> int:
    """Take the demo børs away with all that belongs to it; upper floors first, because they protect what they use.

    Returns the feed version that it had come to.
    """
    event = Event.objects.filter(slug=DEMO_SLUG).first()
    if event is None:
        return 0
    event.agreements.all().delete()
    event.participants.all().delete()
    event.delete()
    return event.feed_version


def _start(stage: Stage, now: datetime) -> datetime:
    match stage:
        case Stage.LIVE:
            return now - timedelta(minutes=MINUTES_GONE)
        case Stage.OVER:
            return now - timedelta(minutes=2 * MINUTES)
    noon = timezone.localtime(now + timedelta(days=3)).replace(hour=12, minute=0, second=0)
    return noon.astimezone(now.tzinfo)


def programme(starts_at: datetime) -> str:
    """The evening around børstimen, as an organiser would write it."""
    items = ((-30, "Dørene åpner. Kaffe og suppe"), (-15, "Velkommen ved ordføreren. Slik gjør vi det"),
             (0, "Gongen slår"), (MINUTES, "Sluttgong"), (MINUTES + 15, "Priser og takk for i dag"))  # fmt: skip
    start = timezone.localtime(starts_at)
    return "\n".join(f"{start + timedelta(minutes=minutes):%H.%M} {what}" for minutes, what in items)


def _event_draft(starts_at: datetime, *, is_over: bool) -> EventDraft:
    return EventDraft(
        name="Frivilligbørs i Granfjord",
        starts_at=starts_at,
        minutes=MINUTES,
        place="Lillesalen, Granfjord kulturhus",
        theme="Sammen får vi til mer",
        practical="Inngang fra Torget. Heis til andre etasje. Kaffe og suppe fra klokka elleve.",
        goal=100,
        published=True,
        page_published=True,
        registration_open=not is_over,
        programme=programme(starts_at),
        ask_whom="Frivilligsentralen i Granfjord, bors@granfjord.example",
        wish_business=25,
        wish_voluntary=45,
        wish_public=25,
        thanks="Det ble en time å huske. Nå gjelder det å holde det vi har lovet.",
        next_date="en torsdag i mars neste år",
        hosts=HOSTS,
        challenges=tuple(CHALLENGES),
    )


def _register_participants(event: Event, random: Random, *, with_new_ones: bool) -> dict[str, Participant]:
    """All participants of the sample by their reference; the last few still wait for approval when asked for."""
    rows = sample()["participants"]
    first_new = len(rows) - NEW_ONES if with_new_ones else len(rows)
    draft_of = _ParticipantDrafts(event)
    return {
        row["ref"]: register_participant(
            event=event,
            draft=draft_of(row, place=f"Bord {index // 2 + 1}", expected=random.choice((1, 1, 2, 2, 3))),
            source=Source.DEMO if index < first_new else Source.ONLINE,
            status=Status.APPROVED if index < first_new else Status.REGISTERED,
            key=_uuid(random),
        )
        for index, row in enumerate(rows)
    }


class _ParticipantDrafts:
    """Drafts of the sample's participants with the event's own categories and challenges."""

    def __init__(self, event: Event) -> None:
        self.categories = {category.name: category for category in event.categories.all()}
        self.challenges = {challenge.text: challenge for challenge in event.challenges.all()}

    def __call__(self, row: dict[str, Any], *, place: str, expected: int) -> ParticipantDraft:
        return ParticipantDraft(
            name=row["name"],
            sector=row["sector"],
            org_number=row["org_number"],
            description=row["description"],
            website=row["website"],
            municipality="Granfjord",
            place=place,
            expected=expected,
            contacts=[ContactDraft(**contact) for contact in row["contacts"]],
            resources=[self.resource(resource) for resource in row["resources"]],
        )

    def resource(self, row: dict[str, Any]) -> ResourceDraft:
        return ResourceDraft(
            kind=row["kind"],
            title=row["title"],
            details=row["details"],
            category=self.categories[row["category"]],
            challenge=self.challenges.get(challenge_of(row["title"], row["details"]) or ""),
        )


def _register_agreements(
    event: Event, participants: dict[str, Participant], random: Random, *, count: int, until: datetime
) -> None:
    drafts = _AgreementDrafts(event, participants)
    broker = User.objects.get(username="megler")
    moments = _moments(event.starts_at, len(sample()["agreements"]), random)
    for row, moment in zip(sample()["agreements"][:count], moments, strict=False):
        at = min(moment, until)
        register_agreement(event=event, draft=drafts(row, key=_uuid(random), at=at), by=broker, now=at)


def _moments(start: datetime, count: int, random: Random) -> list[datetime]:
    """When the agreements of a whole hour are made: slowly at first, several a minute at the end, in small bursts."""
    seconds = [MINUTES * 60 * ((number + 0.5) / count) ** (1 / 1.8) for number in range(count)]
    bursts = [second - second % 40 + random.uniform(0, 25) for second in seconds]
    return sorted(start + timedelta(seconds=round(second)) for second in bursts)


class _AgreementDrafts:
    """Drafts of the sample's agreements; offers and needs are linked where the texts speak of the same."""

    def __init__(self, event: Event, participants: dict[str, Participant]) -> None:
        self.participants = participants
        self.categories = {category.name: category for category in event.categories.all()}
        self.challenges = {challenge.text: challenge for challenge in event.challenges.all()}
        self.resources = {ref: list(one.resources.all()) for ref, one in participants.items()}

    def __call__(self, row: dict[str, Any], *, key: UUID, at: datetime) -> Draft:
        texts = [row["summary"], row["details"], *(party["gives"] for party in row["parties"])]
        return Draft(
            key=key,
            kind=AgreementKind(row["kind"]),
            category=self.categories[row["category"]],
            challenge=self.challenges.get(challenge_of(*texts) or ""),
            summary=row["summary"],
            details=row["details"],
            parties=tuple(self.party(party, row["parties"]) for party in row["parties"]),
            first_contact_by=timezone.localdate(at) + timedelta(days=row["contact_within_days"]),
            made_at=at,
        )

    def party(self, party: dict[str, str], parties: list[dict[str, str]]) -> PartyDraft:
        own = self.resources[party["ref"]]
        others = [other for one in parties if one is not party for other in self.resources[one["ref"]]]
        return PartyDraft(
            participant=self.participants[party["ref"]],
            gives=party["gives"],
            offer=likeliest(party["gives"], [one for one in own if one.kind == Kind.OFFER]),
            need=likeliest(party["gives"], [one for one in others if one.kind == Kind.NEED]),
        )


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
