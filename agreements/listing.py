"""The list of an event's agreements: search, filters, order."""

from dataclasses import dataclass
from datetime import datetime

from borsen.clock import takes_agreements
from borsen.collation import folded
from borsen.enums import Sector
from borsen.models import Event

from .enums import Kind, What
from .models import Agreement, AgreementQuerySet

PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; anything unknown in the address narrows nothing."""

    search: str = ""
    category: str = ""
    sector: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return any(vars(self).values())


STATES = ("intent", "review", "withdrawn", "hidden")


def find(event: Event, wanted: Wanted) -> AgreementQuerySet:
    """The agreements that fit, newest first; withdrawn ones too, because this is the record."""
    rows = event.agreements.with_parties().select_related("broker").order_by("-number")
    if wanted.category.isascii() and wanted.category.isdigit() and len(wanted.category) < 19:
        rows = rows.filter(category=int(wanted.category))
    if wanted.sector in Sector.values:
        rows = rows.filter(pk__in=event.agreements.filter(parties__participant__sector=wanted.sector).values("pk"))
    match wanted.state:
        case "intent":
            rows = rows.filter(kind=Kind.INTENT)
        case "review":
            rows = rows.exclude(needs_review="")
        case "withdrawn":
            rows = rows.exclude(withdrawn_at=None)
        case "hidden":
            rows = rows.exclude(hidden_at=None)
    if wanted.search:
        rows = rows.filter(pk__in=_found(event, wanted.search))
    return rows


def _found(event: Event, search: str) -> set[int]:
    """Agreements in which every word of `search` stands somewhere. Folded here: SQLite folds ASCII only."""
    texts: dict[int, list[str]] = {}
    rows = event.agreements.values_list(
        "pk", "number", "summary", "details", "parties__participant__name", "parties__gives"
    )
    for pk, *parts in rows:
        texts.setdefault(pk, []).append(" ".join(str(part) for part in parts if part))
    words = folded(search).split()
    return {pk for pk, found in texts.items() if all(word in folded(" ".join(found)) for word in words)}


def may_change(agreement: Agreement, *, user_id: int, is_organiser: bool, now: datetime) -> bool:
    """Brokers change what they have registered themselves, as long as agreements are taken; organisers everything."""
    return is_organiser or (agreement.broker_id == user_id and takes_agreements(agreement.event, now))


def may_undo(agreement: Agreement, what: What, *, user_id: int, is_organiser: bool) -> bool:
    """Whether somebody who may change the agreement may also undo its last `what`: what an organiser has hidden or
    withdrawn is not for its broker to bring back."""
    if is_organiser:
        return True
    last = agreement.changes.filter(what=what).order_by("-version", "-pk").first()
    return last is None or last.by_id == user_id
