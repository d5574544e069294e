"""A participant says itself, from its own page, that it can't come after all, or can."""

from borsen.feed_version import locked

from .enums import Status
from .models import Participant
from .proposals import unlocked
from .registering import set_status


def sign_off(*, participant: Participant) -> bool:
    """They can't come. False when they were signed off already. Raises Locked."""
    with locked(participant.event) as event:
        current = unlocked(event).participants.get(pk=participant.pk)
        if current.status == Status.CANCELLED:
            return False
        set_status(participant=current, status=Status.CANCELLED)
    return True


def sign_on(*, participant: Participant) -> bool:
    """They can come all the same, and wait for the organiser as they did at first. False when they were not signed off.
    Raises Locked."""
    with locked(participant.event) as event:
        current = unlocked(event).participants.get(pk=participant.pk)
        if current.status != Status.CANCELLED:
            return False
        # Who says to be one that is there already waits for the organiser to join the two, approval or not.
        waits = event.approves_first or current.same_as_id is not None
        set_status(participant=current, status=Status.REGISTERED if waits else Status.APPROVED)
    return True
