"""Simulated tablets: signed in by device, and sending as the broker's page does (design.md §5 and §8)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

import httpx
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from borsen.devices import SIMULATED, make_device, open_session, send_out
from borsen.enums import Role
from borsen.models import Event, User

TABLETS = 4
SECONDS_BETWEEN_TRIES = 2
MOST_TRIES = 60


class SentOut(Exception):
    """The server no longer knows the tablet."""


@dataclass(frozen=True)
class Answer:
    """What the server said: the number, or why there is none."""

    number: int | None
    text: str = ""


class Tablet:
    """One signed-in tablet with its own session."""

    def __init__(self, url: str, slug: str, session: str) -> None:
        self.create, self.status = f"/{slug}/avtaler/ny/", f"/{slug}/megler/status/"
        self.client = httpx.Client(
            base_url=url,
            cookies={settings.SESSION_COOKIE_NAME: session},
            headers={"Accept": "application/json", "Referer": f"{url}/{slug}/megler/"},
            timeout=20,
        )
        self.token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.close()

    def look(self) -> dict[str, Any]:
        """Fetch the server's status and a fresh CSRF token."""
        answer = self.client.get(self.status)
        if answer.status_code in {401, 404}:
            raise SentOut
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        self.token = found["csrf"]
        return found

    def send(self, form: dict[str, str]) -> Answer:
        """Send the form until the server has answered it; the key makes repeating harmless."""
        for _attempt in range(MOST_TRIES):
            with suppress(httpx.TransportError):
                answer = self._send_once(form)
                if answer is not None:
                    return answer
            time.sleep(SECONDS_BETWEEN_TRIES)
        raise CommandError(_("Serveren svarer ikke lenger."))

    def _send_once(self, form: dict[str, str]) -> Answer | None:
        """The answer, or None when it has to be sent again."""
        response = self.client.post(self.create, data=form, headers={"X-CSRFToken": self.token})
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        said = response.json() if is_json else {}
        match response.status_code:
            case 200 | 201:
                return Answer(said["number"])
            case 401:
                raise SentOut
            case 403:
                self.look()
            case 409 if "ask" in said and "confirmed" not in form:
                return self._send_once({**form, "confirmed": "1"})
            case 409 | 422:
                return Answer(None, str(said.get("errors") or said))
        return None


@contextmanager
def tablets(event: Event, url: str) -> Iterator[list[Tablet]]:
    """A few tablets signed in at the event, which are sent out again however it ends."""
    broker = broker_of(event)
    made: list[tuple[Any, str]] = []
    try:
        for number in range(1, TABLETS + 1):
            label = f"{SIMULATED} {number}"
            device = make_device(event=event, user=broker, role=Role.BROKER, label=label)
            made.append((device, open_session(device)))
        yield [Tablet(url, event.slug, session) for _device, session in made]
    finally:
        for device, session in made:
            send_out(device=device, now=timezone.now())
            SessionStore(session).delete()


def broker_of(event: Event) -> User:
    """Somebody who may register agreements at the event."""
    for role in (Role.BROKER, Role.ORGANISER):
        membership = event.memberships.filter(role=role).select_related("user").order_by("pk").first()
        if membership is not None:
            return membership.user
    raise CommandError(_("%s har verken børsmegler eller arrangør.") % event)
