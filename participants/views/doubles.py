"""Participants that are probably the same one twice: joined, or said not to be."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role
from borsen.transport import is_private

from ..duplicates import likely_doubles, not_the_same
from ..going_on import row_after, with_place
from ..joining import CannotJoin, join, plan
from ..models import Participant


@allow(Role.ORGANISER)
@require_GET
def doubles(request: EventRequest) -> HttpResponse:
    """The pairs, side by side."""
    pairs = likely_doubles(request.event)
    context = {
        "event": request.event,
        "pairs": pairs,
        "private": is_private(request),
        "next": row_after(pairs, request.GET.get("videre", "")),
    }
    return _unstored(render(request, "participants/doubles.html", context))


@allow(Role.ORGANISER)
@require_POST
def not_double(request: EventRequest, keep: int, take: int) -> HttpResponse:
    """«Ikke samme»: the pair does not come up again."""
    one, other = _participant(request, keep), _participant(request, take)
    if one.pk != other.pk:
        not_the_same(event=request.event, one=one, other=other)
        told = _("«%(one)s» og «%(other)s» blir stående som to.") % {"one": one.name, "other": other.name}
        messages.success(request, told)
    back = reverse("participant.doubles", args=[request.event.slug])
    return HttpResponseRedirect(with_place(back, request.POST.get("place", "")))


@allow(Role.ORGANISER)
@require_http_methods(["GET", "POST"])
def join_two(request: EventRequest, keep: int, take: int) -> HttpResponse:
    """Everything that will happen, and the tap that makes it so; 409 when it can't be done."""
    kept, taken = _participant(request, keep), _participant(request, take)
    if request.method == "POST":
        try:
            join(keep=kept, take=taken, now=timezone.now())
        except CannotJoin:
            # Read anew: one that somebody else has joined meanwhile is not found.
            return _join_page(request, _participant(request, keep), _participant(request, take), status=409)
        told = _('«{}» er slått sammen med <a href="{}">{}</a>.')
        messages.success(request, format_html(told, taken.name, kept.get_absolute_url(), kept.name))
        return redirect("participant.doubles", request.event.slug)
    return _join_page(request, kept, taken)


def _join_page(request: EventRequest, keep: Participant, take: Participant, *, status: int = 200) -> HttpResponse:
    filled_in = {"org_number": _("organisasjonsnummer"), "description": _("beskrivelse"), "website": _("nettsted"),
                 "municipality": _("kommune"), "place": _("plass i salen")}  # fmt: skip
    made = plan(keep=keep, take=take, now=timezone.now())
    context = {
        "event": request.event,
        "keep": keep,
        "take": take,
        "plan": made,
        "filled_in": [filled_in[name] for name in made.filled_in],
    }
    return _unstored(render(request, "participants/join.html", context, status=status))


def _participant(request: EventRequest, pk: int) -> Participant:
    rows = request.event.participants.prefetch_related("contacts", "resources__given_in", "resources__met_in")
    participant = get_object_or_404(rows, pk=pk)
    participant.event = request.event
    return participant


def _unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
