"""What of the event itself travels in its file (borsen/moving/), and what stays."""

import io
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from .enums import MailKind, MailStatus
from .logos import HEIGHT, LARGEST_FILE, WIDTH
from .models import (
    Card,
    Challenge,
    Device,
    Event,
    HelpCall,
    Host,
    HostLogo,
    Invitation,
    Membership,
    OutgoingMail,
    Travel,
)
from .moving.tables import EVENT, LookUp, Table, abouts, register
from .moving.values import Wrong

_ABOUT = re.compile(r"(?P<what>[a-z_]{1,20}):(?P<pk>\d{1,12})(?P<rest>(?::.{0,30})?)")


def about_ids(about: Any, look_up: LookUp) -> str:
    """What a mail is about, by another number: «message:12». What stays behind is not named."""
    found = _ABOUT.fullmatch(about)
    table = abouts().get(found["what"]) if found else None
    if found is None or table is None:
        return ""
    return f"{found['what']}:{look_up(table, int(found['pk']))}{found['rest']}"


def unsent_is_held(status: str) -> str:
    """What has not been sent goes out from one place only, and there when somebody lets it go."""
    return MailStatus.HELD if status in {MailStatus.WAITING, MailStatus.SENDING} else status


def sent_stays_sent(kept: Mapping[str, Any], row: OutgoingMail) -> None:
    """A mail that comes back as it left goes on here where it stood; one that was sent there is sent."""
    if row.status != MailStatus.SENT:
        for name in ("status", "attempts", "next_try_at", "claimed_at", "sent_at", "last_error"):
            setattr(row, name, kept[name])


def is_logo(png: bytes) -> None:
    """Pixels of the size that we draw, and nothing else. Raises Wrong."""
    try:
        picture = Image.open(io.BytesIO(png[: LARGEST_FILE + 1]), formats=("PNG",))
        if picture.width > WIDTH or picture.height > HEIGHT or len(png) > LARGEST_FILE:
            raise Wrong
        picture.load()
    except Exception:  # noqa: BLE001 — a broken picture makes Pillow raise nearly anything
        raise Wrong(gettext("er ikke en logo som kan brukes")) from None


def name_tables() -> None:
    register(
        Table(
            EVENT,
            Event,
            "pk",
            words=_("Børsen"),
            known_by=("name",),
            left_out={
                "key": "stands at the top of the file",
                "moved_to": "says where the event is, seen from here",
                "moved_at": "says where the event is, seen from here",
                "door_open_until": "lets devices in at this installation",
            },
        ),
        Table("hosts", Host, "event", words=_("Vertskap"), known_by=("name",)),
        Table(
            "host_logos",
            HostLogo,
            "host__event",
            words=_("Logo"),
            known_by=("host",),
            patterns={"digest": r"[0-9a-f]{1,16}"},
            checks={"png": is_logo},
        ),
        Table("challenges", Challenge, "event", words=_("Problemstilling"), known_by=("text",)),
        Table(
            "mails",
            OutgoingMail,
            "event",
            words=_("E-post"),
            known_by=("subject", "name"),
            left_out={"claimed_at": "says which server is sending it now"},
            ids={"about": about_ids},
            patterns={"message_id": r"<[^<>\s]{1,110}>"},
            outgoing={"status": unsent_is_held},
            on_return=sent_stays_sent,
            without={"kind": MailKind.INVITATION},
            is_secret=True,
            comes_last=True,
            is_of_this_place=True,
        ),
        staying={
            Membership: "roles belong to accounts here; the file lists them by name, to be invited anew",
            Device: "a sign-in at this server",
            Card: "what is printed on it is derived from this installation's secret key",
            Invitation: "an invitation to this installation; its mail stays too",
            HelpCall: "a call across the floor during the hour",
            Travel: "what this installation remembers of the file",
        },
    )
