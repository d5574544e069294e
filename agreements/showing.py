"""What the screens show of an agreement: off the screen and on again, and what is held back until somebody has looked.

None of it touches the count (design.md §2).
"""

from datetime import datetime

from borsen.models import Device, User

from .changing import changing, keep
from .copies import keep_copies
from .enums import What
from .models import Agreement


def hide(
    *, agreement: Agreement, by: User | None, now: datetime, device: Device | None = None, why: str = ""
) -> Agreement:
    """Take the agreement off the screens; it is still valid, and counts. Repeating does nothing."""
    with changing(agreement) as current:
        _set_hidden(current, now, now=now, by=by, device=device, why=why)
    return current


def show_again(*, agreement: Agreement, by: User | None, now: datetime, device: Device | None = None) -> Agreement:
    """Undo `hide`. What waits for somebody to look at it still waits. Repeating does nothing."""
    with changing(agreement) as current:
        _set_hidden(current, None, now=now, by=by, device=device)
    return current


def review(
    *,
    agreement: Agreement,
    by: User | None,
    now: datetime,
    device: Device | None = None,
    is_shown: bool = True,
    why: str = "",
) -> Agreement:
    """Somebody has looked at what was held back: it comes on the screens as a new one does, or stays off them with
    `is_shown` False (`why` says why). The history keeps the reason it was held back for. Repeating does nothing."""
    with changing(agreement) as current:
        if current.needs_review:
            reason, current.needs_review = current.needs_review, ""
            keep(current, What.REVIEWED, "needs_review", now=now, by=by, device=device, why=reason)
            _set_hidden(current, None if is_shown else now, now=now, by=by, device=device, why=why)
            keep_copies(current)
    return current


def hold_back(*, agreement: Agreement, by: User | None, now: datetime, device: Device | None = None) -> Agreement:
    """Undo `review`: held back again, for the reason that it was held back for, and no longer hidden by it. Repeating
    does nothing."""
    with changing(agreement) as current:
        reviews = current.changes.filter(what=What.REVIEWED)
        last = reviews.order_by("-version", "-pk").first()
        if last is not None and not current.needs_review:
            current.needs_review, current.hidden_at = last.why, None
            keep(current, What.HELD_BACK, "needs_review", "hidden_at", now=now, by=by, device=device, why=last.why)
            keep_copies(current)
    return current


def _set_hidden(
    agreement: Agreement,
    moment: datetime | None,
    *,
    now: datetime,
    by: User | None,
    device: Device | None,
    why: str = "",
) -> None:
    if (agreement.hidden_at is None) == (moment is None):
        return
    agreement.hidden_at = moment
    what = What.SHOWN if moment is None else What.HIDDEN
    keep(agreement, what, "hidden_at", now=now, by=by, device=device, why=why)
