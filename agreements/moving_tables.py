"""What of the agreements travels in an event's file (borsen/moving/), and what stays."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from borsen.models import Event
from borsen.moving.tables import LookUp, Table, register, register_obstacle
from borsen.moving.values import Wrong

from .enums import FirstTime, Kind
from .models import Agreement, Award, Change, OutcomeReport, Party, Star, WaitingAgreement
from .paper import MARK

A_TOKEN = r"[-\w]{8,40}"  # noqa: S105 — what one looks like
DEVICE = {"device": "a sign-in at this server; who it was stands beside it"}
PARTY = {"participant": "participants", "contact": "contacts", "offer": "resources", "need": "resources"}
WHOLE = {"category": "categories", "challenge": "challenges", "first_contact": "participants"}
TEXTS = ("summary", "details")
CONTENT = {*WHOLE, *TEXTS, "kind", "first_time", "first_contact_by", "not_payment", "parties"}


def snapshot_ids(said: Any, look_up: LookUp) -> dict[str, Any]:
    """One side of a change (agreements/history.py) with the ids in it looked up."""
    if said == {}:
        return {}
    plain = {name: said[name] for name in said if name not in {*WHOLE, "parties"}}
    _check(said)
    whole = {name: look_up(table, said[name]) for name, table in WHOLE.items()}
    return plain | whole | {"parties": [_party_ids(party, look_up) for party in said["parties"]]}


def _party_ids(party: Any, look_up: LookUp) -> dict[str, Any]:
    if set(party) != {*PARTY, "gives"} or not isinstance(party["gives"], str) or party["participant"] is None:
        raise Wrong(gettext("er ødelagt"))
    return {"gives": party["gives"]} | {name: look_up(table, party[name]) for name, table in PARTY.items()}


def _check(said: Any) -> None:
    """What the page of the history relies on. Raises ValueError, KeyError or TypeError."""
    Kind(said["kind"])
    FirstTime(said["first_time"])
    if said["first_contact_by"] is not None:
        date.fromisoformat(said["first_contact_by"])
    texts = [said[name] for name in TEXTS] + ([said[MARK]] if MARK in said else [])
    if set(said) - {MARK} != CONTENT or not all(isinstance(text, str) for text in texts):
        raise Wrong(gettext("er ødelagt"))
    if type(said["not_payment"]) is not bool or not isinstance(said["parties"], list) or said["category"] is None:
        raise Wrong(gettext("er ødelagt"))


def none_waits(event: Event) -> str:
    """What waits for the gong stands on its tablet and here, as it was typed at this server."""
    count = event.waiting_agreements.count()
    if not count:
        return ""
    return (
        ngettext(
            "%d avtale venter på gongen. Slå gongen først, eller be megleren ta den tilbake.",
            "%d avtaler venter på gongen. Slå gongen først, eller be meglerne ta dem tilbake.",
            count,
        )
        % count
    )


def name_tables() -> None:
    register_obstacle(none_waits)
    register(
        Table(
            "agreements",
            Agreement,
            "event",
            words=_("Avtale"),
            known_by=("number", "summary"),
            left_out=DEVICE,
            patterns={"receipt_token": A_TOKEN},
            secret=frozenset({"receipt_token"}),
            about="agreement",
        ),
        Table("parties", Party, "agreement__event", words=_("Part"), known_by=("agreement", "participant")),
        Table(
            "changes",
            Change,
            "agreement__event",
            words=_("Endring"),
            known_by=("agreement", "what"),
            left_out=DEVICE,
            ids={"before": snapshot_ids, "after": snapshot_ids},
        ),
        Table("outcome_reports", OutcomeReport, "agreement__event", words=_("Slik gikk det"), known_by=("agreement",)),
        Table("stars", Star, "agreement__event", words=_("Stjerne"), known_by=("agreement", "by")),
        Table("awards", Award, "event", words=_("Pris"), known_by=("title",)),
        staying={WaitingAgreement: "none waits when an event is handed out, and a copy leaves them on their tablets"},
    )
