"""Prizes: who is suggested for one, who gets it, and when it is revealed.

Everybody who works at the børs suggests by a star; the jury chooses; a tap reveals. Only what is revealed is seen by
the screens, so only that moves the feed.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from borsen.feed_version import advance, locked
from borsen.models import Event, User
from participants.models import Participant

from .models import Agreement, AgreementQuerySet, Award, Star

# More than this is no closing of an evening.
MOST_AWARDS = 12


class NotRevealed(Exception):
    """The prize has no winner that a screen may show; the text says why."""


@dataclass(frozen=True)
class Winner:
    """Who gets a prize: an agreement or a participant, or nobody yet."""

    agreement: Agreement | None = None
    participant: Participant | None = None


def set_star(*, agreement: Agreement, by: User, is_on: bool, now: datetime) -> None:
    """Suggest the agreement for a prize, or take the suggestion back. Repeating does nothing."""
    with locked(agreement.event):
        if is_on:
            Star.objects.get_or_create(agreement=agreement, by=by, defaults={"at": now})
        else:
            Star.objects.filter(agreement=agreement, by=by).delete()


def who_gave_stars(agreement: Agreement) -> set[int]:
    """The ids of the users who have suggested it."""
    return set(agreement.stars.values_list("by", flat=True))


def add_award(*, event: Event, title: str) -> Award | None:
    """A new prize, last in the row; None when there are as many as there can be."""
    with locked(event) as event:
        if event.awards.count() >= MOST_AWARDS:
            return None
        last = event.awards.aggregate(last=Max("position"))["last"]
        return Award.objects.create(event=event, title=title, position=0 if last is None else last + 1)


def write_award(*, award: Award, title: str, reason: str) -> Award:
    """Change what the prize is called, and why it was given."""
    return _change(award, title=title, reason=reason)


def give(*, award: Award, winner: Winner) -> Award:
    """Choose who gets the prize. One that stands on the screens is another's from this moment, there too; one that
    nothing stands of any longer, or of which nothing will, is to be revealed anew."""
    with locked(award.event) as event:
        current = _current(event, award)
        stood = current.shown_at is not None
        stays = may_be_shown(current)
        current.agreement, current.participant = winner.agreement, winner.participant
        if not (stays and may_be_shown(current)):
            current.shown_at = None
        current.save(update_fields=["agreement", "participant", "shown_at"])
        if stood:
            advance(event)
    return current


def winner_mark(award: Award) -> str:
    """Who gets the prize, as the buttons of the jury's pages say it: `agreement-12`, `participant-5`, or nothing."""
    if award.agreement is not None:
        return f"agreement-{award.agreement.number}"
    return f"participant-{award.participant.pk}" if award.participant is not None else ""


def reveal(*, award: Award, now: datetime, seen: str | None = None) -> Award:
    """Show it on the storskjerm. Raises NotRevealed, also when `seen`, the winner (`winner_mark`) that stood before who
    taps, is not who gets it any longer. Repeating does nothing."""
    with locked(award.event) as event:
        current = _current(event, award)
        if seen is not None and seen != winner_mark(current):
            raise NotRevealed(_("En annen i juryen har byttet vinner. Se hvem det er nå, og vis den på nytt."))
        if current.shown_at is None:
            _insist_on_a_winner(current)
            current.shown_at = now
            current.save(update_fields=["shown_at"])
            advance(event)
    return current


def conceal(*, award: Award) -> Award:
    """Take it off the storskjerm again. Repeating does nothing."""
    with locked(award.event) as event:
        current = _current(event, award)
        if current.shown_at is not None:
            current.shown_at = None
            current.save(update_fields=["shown_at"])
            advance(event)
    return current


def remove_award(*, award: Award) -> None:
    """The prize is not given after all."""
    with locked(award.event) as event:
        current = event.awards.filter(pk=award.pk).first()
        if current is not None:
            current.delete()
            if current.shown_at is not None:
                advance(event)


def awards_of(event: Event) -> list[Award]:
    """The prizes in their order, with who gets them; three queries however many there are."""
    rows = event.awards.select_related("agreement", "participant")
    return list(rows.prefetch_related("agreement__parties__participant"))


def candidates(event: Event) -> AgreementQuerySet:
    """The agreements that a screen may show, those with the most stars (`star_count`) first, then the newest."""
    rows = event.agreements.shown().with_parties().annotate(star_count=Count("stars"))
    return rows.order_by("-star_count", "-number")


def may_be_shown(award: Award) -> bool:
    """Whether there is a winner, and one that has not been withdrawn, hidden or held back since."""
    if award.agreement is None:
        return award.participant is not None
    agreement = award.agreement
    return agreement.withdrawn_at is None and agreement.hidden_at is None and not agreement.needs_review


def _insist_on_a_winner(award: Award) -> None:
    if award.agreement is None and award.participant is None:
        raise NotRevealed(_("Velg først hvem som får prisen."))
    if not may_be_shown(award):
        raise NotRevealed(_("Avtalen er trukket eller tatt bort fra skjermen. Velg en annen."))


def _current(event: Event, award: Award) -> Award:
    return event.awards.select_related("agreement", "participant").get(pk=award.pk)


def _change(award: Award, **fields: object) -> Award:
    with locked(award.event) as event:
        current = _current(event, award)
        for name, value in fields.items():
            setattr(current, name, value)
        current.save(update_fields=[*fields])
        if current.shown_at is not None:
            advance(event)
    return current
