"""The verb that everything turns on: two parties have agreed, and the børs takes it down."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from borsen.clock import within_hour
from borsen.feed_version import advance, locked
from borsen.models import Device, Event, User

from .copies import keep_copies
from .doubles import ProbableDouble, probable_double
from .drafts import Draft, PartyDraft, digest
from .enums import What
from .history import record, snapshot
from .models import SUMMARY_MAX, Agreement, Party
from .paper import MARK, FromPaper
from .questions import Question, SamePerson, same_person
from .rules import Problem, problems
from .walk_ins import with_walk_ins

DAYS_TO_FIRST_CONTACT = 14


@dataclass(frozen=True)
class Registration:
    """`created` is False when the same agreement was sent again: same row, same answer."""

    agreement: Agreement
    created: bool


class Refused(Exception):
    """The draft breaks a rule; `problems` says which, and where in the form."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("; ".join(problem.text for problem in found))
        self.problems = found


class KeyConflict(Exception):
    """The key is taken by `agreement`, which has other content."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(str(agreement))
        self.agreement = agreement


def repeated(*, event: Event, key: UUID, content_digest: str) -> Agreement | None:
    """The agreement that this key already gave, or None. Raises KeyConflict when its content was another."""
    agreement = event.agreements.filter(key=key).first()
    if agreement is not None and agreement.key_digest != content_digest:
        raise KeyConflict(agreement)
    return agreement


def register(  # noqa: PLR0913 — keyword-only, and each word says itself where the verb is called
    *,
    event: Event,
    draft: Draft,
    by: User | None,
    now: datetime,
    device: Device | None = None,
    queued: bool = False,
    may_ask: frozenset[Question] = frozenset(),
    remarks: tuple[str, ...] = (),
    content_digest: str = "",
    paper: FromPaper | None = None,
) -> Registration:
    """Number and keep an agreement, write its history, and move the feed, in one transaction.

    The number is consecutive within the event: it is taken while the event's row is locked. Raises Refused when a rule
    is broken, except for what comes from a tablet's queue (`queued`): the parties have walked away, so it is numbered
    and marked with the reason. Raises KeyConflict as `repeated` does. `may_ask` says which questions there is somebody
    to answer, who has not answered them yet: raises ProbableDouble or SamePerson for those.

    Walk-ins among the parties are registered with it.

    `remarks` are reasons of the caller to have it looked at; `content_digest` is the digest of what was sent, where
    the draft is not exactly that (agreements/queued.py). What was written on `paper` in the hour may be typed in after
    it: the draft's `made_at` decides, and its broker is who stands on the paper and not who types (`by`).
    """
    content_digest = content_digest or digest(draft.content())
    with locked(event) as event:
        known = repeated(event=event, key=draft.key, content_digest=content_digest)
        if known is not None:
            return Registration(known, created=False)
        draft = with_walk_ins(draft, event=event)
        found = problems(draft, event=event, now=_finished_at(event, draft, now) if queued or paper else now)
        if any(problem.fatal for problem in found) or (found and not queued):
            raise Refused(found)
        if not queued:
            _ask(may_ask, event=event, draft=draft, by=by, device=device, paper=paper)
        made_at = within_hour(event, draft.made_at or now, now)
        agreement = Agreement(
            event=event,
            number=(event.agreements.aggregate(last=Max("number"))["last"] or 0) + 1,
            key=draft.key,
            key_digest=content_digest,
            version=advance(event),
            broker=paper.broker if paper else by,
            device=device,
            made_at=made_at,
            registered_at=now,
            needs_review=" ".join([*remarks, *(problem.remark for problem in found)])[:300],
        )
        fill(agreement, draft)
        agreement.save(force_insert=True)
        parties = write_parties(agreement, draft.parties)
        why, mark = (paper.why, {MARK: paper.serial}) if paper else ("", {})
        record(agreement, What.REGISTERED, at=now, by=by, device=device, why=why, after=snapshot(agreement) | mark)
        keep_copies(agreement, parties, is_new=True)
    return Registration(agreement, created=True)


def _finished_at(event: Event, draft: Draft, now: datetime) -> datetime:
    """When a tablet's agreement was finished: made in time and delivered late is in time, and so is what waited for
    the gong."""
    moment = min(draft.made_at or now, now)
    return max(moment, event.opened_at) if event.opened_at else moment


def _ask(
    may_ask: frozenset[Question],
    *,
    event: Event,
    draft: Draft,
    by: User | None,
    device: Device | None,
    paper: FromPaper | None,
) -> None:
    person = same_person(draft) if Question.SAME_PERSON in may_ask else None
    if person is not None:
        raise SamePerson(person)
    double = None
    if Question.DOUBLE in may_ask:
        double = probable_double(event=event, draft=draft, by=by, device=device, is_typed_later=paper is not None)
    if double is not None:
        raise ProbableDouble(double)


def fill(agreement: Agreement, draft: Draft) -> None:
    """Put the draft's content on the agreement, with what follows of itself where it was left empty."""
    agreement.kind = draft.kind
    agreement.category = draft.category
    agreement.summary = draft.summary or summary_of(draft.parties)
    agreement.details = draft.details
    agreement.challenge = draft.challenge
    agreement.first_time = draft.first_time
    agreement.not_payment = draft.not_payment
    agreement.first_contact = draft.first_contact or draft.parties[0].participant
    agreement.first_contact_by = draft.first_contact_by or (
        localdate(agreement.made_at) + timedelta(days=DAYS_TO_FIRST_CONTACT)
    )


def write_parties(agreement: Agreement, parties: tuple[PartyDraft, ...]) -> list[Party]:
    """Insert the parties in the order of the form."""
    return Party.objects.bulk_create(
        Party(
            agreement=agreement,
            participant=party.participant,
            position=position,
            contact=party.contact,
            gives=party.gives,
            offer=party.offer,
            need=party.need,
        )
        for position, party in enumerate(parties)
    )


def summary_of(parties: tuple[PartyDraft, ...]) -> str:
    """«Kort om avtalen» made from what is given, as typed: «Julespill mot Busstur», cut at a word with «…»."""
    text = _(" mot ").join(party.gives for party in parties if party.gives) or _("Uten beskrivelse")
    if len(text) <= SUMMARY_MAX:
        return text
    cut = text[: SUMMARY_MAX - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;–-") + "…"
