"""An agreement's history in words: who did what when, and what was there before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.models import Contact, Resource

from .enums import FirstTime, Kind, What
from .models import Agreement, Change


@dataclass(frozen=True)
class Difference:
    """One thing that a correction changed; empty texts are shown as «ingenting»."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    at: datetime
    by: str
    what: str
    why: str
    differences: list[Difference]


class Names:
    """The names behind the ids of a history, fetched in one query for each kind of thing that is named."""

    def __init__(self, agreement: Agreement, snapshots: Iterable[dict[str, Any]]) -> None:
        event = agreement.event
        snapshots = [snapshot for snapshot in snapshots if snapshot]
        parties = [party for snapshot in snapshots for party in snapshot.get("parties", [])]
        participants: set[int] = {party["participant"] for party in parties}
        participants |= {row["first_contact"] for row in snapshots if row["first_contact"]}
        contacts = {party["contact"] for party in parties} - {None}
        resources = {party[name] for party in parties for name in ("offer", "need")} - {None}
        owned = {"participant__event": event}
        self.participants = dict(event.participants.filter(pk__in=participants).values_list("pk", "name"))
        self.categories = dict(event.categories.values_list("pk", "name")) if snapshots else {}
        self.contacts = _names(Contact.objects.filter(**owned), contacts, "name")
        self.resources = _names(Resource.objects.filter(**owned), resources, "title")


def _names(rows: Any, ids: set[int], name: str) -> dict[int, str]:
    return dict(rows.filter(pk__in=ids).values_list("pk", name)) if ids else {}


def history(agreement: Agreement) -> list[Line]:
    """Everything that has happened to the agreement, newest first."""
    changes: list[Change] = list(agreement.changes.select_related("by").order_by("-version", "-pk"))
    corrected = [change for change in changes if change.what == What.CORRECTED]
    names = Names(agreement, [side for change in corrected for side in (change.before, change.after)])
    return [
        Line(
            at=change.at,
            by=str(change.by) if change.by else "",
            what=str(What(change.what).label),
            why=change.why,
            differences=list(_differences(change, names)) if change in corrected else [],
        )
        for change in changes
    ]


def _differences(change: Change, names: Names) -> Iterator[Difference]:
    before, after = (list(_told(side, names)) for side in (change.before, change.after))
    labels = dict.fromkeys(label for label, _text in [*before, *after])
    was, became = dict(before), dict(after)
    for label in labels:
        if was.get(label, "") != became.get(label, ""):
            yield Difference(label, was.get(label, ""), became.get(label, ""))


def _told(content: dict[str, Any], names: Names) -> Iterator[tuple[str, str]]:
    gone = _("(slettet)")
    yield _("Type"), str(Kind(content["kind"]).label)
    yield _("Kategori"), names.categories.get(content["category"], gone)
    yield _("Kort om avtalen"), content["summary"]
    yield _("Mer om avtalen"), content["details"]
    yield _("Første gang sammen"), str(FirstTime(content["first_time"]).label)
    yield _("Tar første kontakt"), names.participants.get(content["first_contact"], "")
    due = content["first_contact_by"]
    yield _("Innen"), date_format(date.fromisoformat(due), "j. F Y") if due else ""
    for number, party in enumerate(content["parties"], 1):
        yield _("Part %d") % number, names.participants.get(party["participant"], gone)
        yield _("Part %d gir") % number, party["gives"]
        for field, label, known in (
            ("contact", _("Kontaktperson for part %d"), names.contacts),
            ("offer", _("Tilbud fra part %d"), names.resources),
            ("need", _("Behov som part %d dekker"), names.resources),
        ):
            yield label % number, known.get(party[field], gone) if party[field] else ""
