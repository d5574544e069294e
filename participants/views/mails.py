"""The e-mails of an event that have not been sent: what waits, what failed and why, and letting them go."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from borsen import mail_queue
from borsen.access import EventRequest, allow
from borsen.enums import MailStatus, Role
from borsen.feed_version import locked
from borsen.models import OutgoingMail
from borsen.transport import is_private

from ..going_on import row_after, with_place

MOST_SHOWN = 100
# What can be chosen together, by the name that it has in a form.
GROUPS = {
    "failed": (MailStatus.FAILED,),
    "held": (MailStatus.HELD,),
    "waiting": (MailStatus.WAITING, MailStatus.SENDING),
}


@dataclass(frozen=True)
class Group:
    """The first ones of those that stand the same way, and how many there are. `next` is the key of the one that the
    keyboard goes on from, when the one before it has just been dealt with."""

    name: str
    mails: list[OutgoingMail]
    total: int
    next: int | None


@allow(Role.ORGANISER)
@require_GET
def mail_list(request: EventRequest) -> HttpResponse:
    """Everything that has not been sent, and how many have."""
    numbers = mail_queue.numbers(request.event.mails.all())
    group_left, _dash, place_left = request.GET.get("videre", "").partition("-")
    groups = []
    for name, statuses in GROUPS.items():
        mails = list(request.event.mails.filter(status__in=statuses)[:MOST_SHOWN])
        following = row_after(mails, place_left) if name == group_left else None
        total = sum(numbers[status] for status in statuses)
        groups.append(Group(name, mails, total, following.pk if following else None))
    context = {
        "event": request.event,
        "groups": [group for group in groups if group.mails],
        "sent": numbers[MailStatus.SENT],
        "has_mail": settings.HAS_MAIL,
        "private": is_private(request),
    }
    response = render(request, "participants/mails.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@allow(Role.ORGANISER)
@require_POST
def mail_again(request: EventRequest) -> HttpResponse:
    """Send one again, or a whole group of those that failed or were held."""
    if not settings.HAS_MAIL:
        messages.warning(request, _("Serveren har ingen e-posttjener, så ingenting kan sendes ennå."))
        return redirect("mail.list", request.event.slug)
    with locked(request.event):
        count = mail_queue.send_again(mails=_asked_for(request))
    _say(request, ngettext("%d e-post sendes nå.", "%d e-poster sendes nå.", count) % count, count=count)
    return _to_list(request)


@allow(Role.ORGANISER)
@require_POST
def mail_discard(request: EventRequest) -> HttpResponse:
    """Take one away, or a whole group."""
    with locked(request.event):
        count = mail_queue.discard(mails=_asked_for(request))
    _say(request, ngettext("%d e-post er forkastet.", "%d e-poster er forkastet.", count) % count, count=count)
    return _to_list(request)


def _say(request: EventRequest, done: str, *, count: int) -> None:
    """What was done; or, to who has had the page open for a while, why there was nothing to do."""
    if count:
        messages.success(request, done)
    else:
        messages.info(request, _("Det er ingen slik e-post lenger. Den er sendt eller forkastet i mellomtiden."))


def _to_list(request: EventRequest) -> HttpResponse:
    """Back to the list, where one goes on from the row after the one that was dealt with."""
    group, _dash, place = request.POST.get("place", "").partition("-")
    back = reverse("mail.list", args=[request.event.slug])
    return HttpResponseRedirect(with_place(back, place, group=group) if group in GROUPS else back)


def _asked_for(request: EventRequest) -> QuerySet[OutgoingMail]:
    """The event's own e-mail with this id, or its whole group; nothing for what is neither."""
    pk, group = request.POST.get("mail", ""), request.POST.get("group", "")
    if pk.isascii() and pk.isdigit() and len(pk) < 12:
        return request.event.mails.filter(pk=int(pk))
    return request.event.mails.filter(status__in=GROUPS.get(group, ()))
