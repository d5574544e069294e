"""What of the participants travels in an event's file (borsen/moving/), and what stays."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from borsen.moving.tables import LookUp, Table, register
from borsen.moving.values import Wrong, read

from .enums import Kind
from .messaging import Audience
from .models import Category, Contact, ListImport, Message, NotDouble, Participant, PersonLink, Resource
from .proposals import SEEN

A_TOKEN = r"[-\w]{8,40}"  # noqa: S105 — what one looks like
RESOURCE = {"id", "kind", "title", "details", "category", "challenge"}


def proposal_ids(proposal: Any, look_up: LookUp) -> Any:
    """A proposal with the ids of the resources, categories and challenges that it names looked up."""
    if proposal is None:
        return None
    texts = {name: read(_field(Participant, name), proposal[name]) for name in SEEN}
    if set(proposal) != {*SEEN, "resources"} or not isinstance(proposal["resources"], list):
        raise Wrong(gettext("er ødelagt"))
    return texts | {"resources": [_resource_ids(row, look_up) for row in proposal["resources"]]}


def _resource_ids(row: Any, look_up: LookUp) -> dict[str, Any]:
    if set(row) != RESOURCE:
        raise Wrong(gettext("er ødelagt"))
    return {
        "id": look_up("resources", row["id"]),
        "kind": str(Kind(row["kind"])),
        "title": read(_field(Resource, "title"), row["title"]),
        "details": read(_field(Resource, "details"), row["details"]),
        "category": look_up("categories", row["category"]),
        "challenge": look_up("challenges", row["challenge"]),
    }


def _field(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)  # noqa: SLF001


def is_audience(audience: str) -> None:
    Audience(audience)


def name_tables() -> None:
    register(
        Table("categories", Category, "event", words=_("Kategori"), known_by=("name",)),
        Table(
            "person_links",
            PersonLink,
            "event",
            words=_("Privat lenke"),
            known_by=("email",),
            patterns={"token": A_TOKEN},
            secret=frozenset({"token"}),
            about="link",
        ),
        Table(
            "participants",
            Participant,
            "event",
            words=_("Deltaker"),
            known_by=("name",),
            ids={"proposal": proposal_ids},
        ),
        Table("contacts", Contact, "participant__event", words=_("Kontaktperson"), known_by=("participant", "name")),
        Table(
            "resources",
            Resource,
            "participant__event",
            words=_("Tilbud eller behov"),
            known_by=("participant", "title"),
        ),
        Table("not_doubles", NotDouble, "event", words=_("Ikke samme deltaker"), known_by=("first", "second")),
        Table(
            "messages",
            Message,
            "event",
            words=_("Melding"),
            known_by=("subject",),
            checks={"audience": is_audience},
            about="message",
        ),
        staying={ListImport: "a list that is half read, full of personal data, and gone within a day"},
    )
