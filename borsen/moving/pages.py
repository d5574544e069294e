"""The file as it comes with a form, and what the page says of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from borsen.enums import Role
from borsen.models import Event, User

from .reading import LARGEST_FILE, Incoming, parse
from .receiving import AddressTaken, Received, receive
from .refusals import BadFile, BothChanged


def incoming_of(request: HttpRequest) -> Incoming:
    """The file of the form. Raises BadFile."""
    file: Any = request.FILES.get("file")
    if file is None:
        raise BadFile(_("Velg en fil først."))
    if (file.size or 0) > LARGEST_FILE:
        raise BadFile(_("Filen er for stor. En børsfil kan være på høyst %d MB.") % (LARGEST_FILE // 2**20))
    return parse(file.read())


def receive_posted(request: HttpRequest, by: User, *, slug: str = "", only: Event | None = None) -> Received:
    """`only`: the event whose page it is; no other one is read in there. Raises BadFile."""
    incoming = incoming_of(request)
    if only is not None and incoming.key != only.key:
        raise BadFile(_("Filen er en annen børs enn denne. Finn filen som ble laget der denne børsen er nå."))
    return receive(incoming=incoming, by=by, slug=slug)


def refusal(problem: BadFile | None) -> dict[str, Any]:
    """What the template `borsen/moving_refusal.html` takes; the page's own form may ask for another address."""
    both = problem if isinstance(problem, BothChanged) else None
    return {
        "error": str(problem or ""),
        "differences": both.differences if both else [],
        "more": both.count - len(both.differences) if both else 0,
        "free": problem.free if isinstance(problem, AddressTaken) else "",
    }


def members_told(members: list[dict[str, str]]) -> list[Mapping[str, str]]:
    """Who had which role where the event came from, in words."""
    labels = dict(Role.choices)
    return [{"name": one["name"] or one["username"], "role": str(labels.get(one["role"], ""))} for one in members]
