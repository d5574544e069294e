"""Prizes: the jury chooses on a phone, a tap reveals. For the organiser, and for the phone of the børsgeneral."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.awards import (
    MOST_AWARDS,
    NotRevealed,
    Winner,
    add_award,
    awards_of,
    conceal,
    give,
    may_be_shown,
    remove_award,
    reveal,
    winner_mark,
    write_award,
)
from agreements.models import AWARD_REASON_MAX, AWARD_TITLE_MAX, Award
from borsen.access import EventRequest, allow
from borsen.enums import Role, Scene
from display.scenes import scene_of
from display.suggested import find_agreement, find_participant, suggested

# What the prizes of such an evening are usually for.
USUAL = (
    gettext_lazy("Årets avtale"),
    gettext_lazy("Det mest uventede samarbeidet"),
    gettext_lazy("Den som betyr mest for noen"),
    gettext_lazy("Kveldens beste idé"),
    gettext_lazy("Flest avtaler"),
)


class AwardForm(forms.Form):
    title = forms.CharField(max_length=AWARD_TITLE_MAX)
    reason = forms.CharField(max_length=AWARD_REASON_MAX, required=False)


@allow(Role.STAGE)
@require_GET
def prizes(request: EventRequest) -> HttpResponse:
    """The prizes in their order, each with its winner and its switches."""
    awards = awards_of(request.event)
    there = {award.title for award in awards}
    context = {
        "event": request.event,
        "awards": [(award, may_be_shown(award), winner_mark(award)) for award in awards],
        "may_add": len(awards) < MOST_AWARDS,
        "usual": [title for title in map(str, USUAL) if title not in there],
        "title_max": AWARD_TITLE_MAX,
        "reason_max": AWARD_REASON_MAX,
        "on_result": scene_of(request.event) == Scene.RESULT,
        "may_run": request.may(),
    }
    return render(request, "display/prizes.html", context)


@allow(Role.STAGE)
@require_POST
def add(request: EventRequest) -> HttpResponse:
    """A prize more."""
    form = AwardForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Skriv hva prisen heter, med høyst %d tegn.") % AWARD_TITLE_MAX)
    elif add_award(event=request.event, title=form.cleaned_data["title"]) is None:
        messages.error(request, _("Det er plass til %d priser.") % MOST_AWARDS)
    return redirect("prize.list", request.event.slug)


@allow(Role.STAGE)
@require_http_methods(["GET", "POST"])
def winner(request: EventRequest, pk: int) -> HttpResponse:
    """Choose who gets it: those with stars first, and everything by search."""
    award = _award(request, pk)
    if award is None:
        return _gone(request)
    if request.method == "POST":
        chosen = _chosen(request)
        if chosen is None:
            messages.error(
                request, _("Den kan ikke få prisen lenger: trukket, eller tatt bort fra skjermen. Velg en annen.")
            )
            return redirect("prize.winner", request.event.slug, award.pk)
        give(award=award, winner=chosen)
        return redirect("prize.list", request.event.slug)
    search = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    context = {"event": request.event, "award": award, "search": search, "found": suggested(request.event, search)}
    template = "display/prize_winner.html" + ("#found" if request.htmx else "")
    return render(request, template, context)


@allow(Role.STAGE)
@require_POST
def words(request: EventRequest, pk: int) -> HttpResponse:
    """What the prize is called, and why it is given."""
    award = _award(request, pk)
    if award is None:
        return _gone(request, request.POST.get("reason", ""))
    form = AwardForm(request.POST)
    if form.is_valid():
        write_award(award=award, title=form.cleaned_data["title"], reason=form.cleaned_data["reason"])
        messages.success(request, _("Lagret."))
    else:
        limits = {"title": AWARD_TITLE_MAX, "reason": AWARD_REASON_MAX}
        said = _("Ikke lagret. Navnet kan ha %(title)d tegn og begrunnelsen %(reason)d.")
        messages.error(request, said % limits)
    return redirect("prize.list", request.event.slug)


@allow(Role.STAGE)
@require_POST
def show(request: EventRequest, pk: int) -> HttpResponse:
    """Reveal it on the storskjerm."""
    award = _award(request, pk)
    if award is None:
        return _gone(request)
    try:
        reveal(award=award, now=timezone.now(), seen=request.POST.get("winner", ""))
    except NotRevealed as problem:
        messages.error(request, str(problem))
    else:
        is_on = scene_of(request.event) == Scene.RESULT
        said = _("«%s» er avslørt.") if is_on else _("«%s» kommer fram når storskjermen viser «Resultat».")
        messages.success(request, said % award.title)
    return redirect(_way_back(request), request.event.slug)


@allow(Role.STAGE)
@require_POST
def hide(request: EventRequest, pk: int) -> HttpResponse:
    """Take it off the storskjerm again."""
    award = _award(request, pk)
    if award is None:
        return _gone(request)
    conceal(award=award)
    messages.success(request, _("«%s» er tatt bort fra skjermen.") % award.title)
    return redirect(_way_back(request), request.event.slug)


@allow(Role.STAGE)
@require_POST
def remove(request: EventRequest, pk: int) -> HttpResponse:
    """The prize is not given."""
    award = _award(request, pk)
    if award is None:
        return _gone(request)
    remove_award(award=award)
    messages.success(request, _("«%s» deles ikke ut.") % award.title)
    return redirect("prize.list", request.event.slug)


def _award(request: EventRequest, pk: int) -> Award | None:
    """The event's prize, or None when somebody else on the jury has taken it away. 404 for another event's."""
    award = request.event.awards.select_related("agreement", "participant").filter(pk=pk).first()
    if award is not None:
        award.event = request.event
    elif Award.objects.filter(pk=pk).exists():
        raise Http404
    return award


def _gone(request: EventRequest, written: str = "") -> HttpResponse:
    """Back to the prizes that there are; what was written for one that is gone is told once more, to be copied."""
    written = written.replace("\x00", "").strip()[:AWARD_REASON_MAX]
    lost = " " + _("Du skrev: «%s»") % written if written else ""
    messages.error(request, _("En annen har tatt bort prisen.") + lost)
    return redirect("prize.list", request.event.slug)


def _chosen(request: EventRequest) -> Winner | None:
    """What the button said: `agreement-12` by number, `participant-5` by id, or nobody. None for who can't win here."""
    kind, _dash, number = request.POST.get("winner", "").partition("-")
    if not kind:
        return Winner()
    found: dict[str, Any] = {"agreement": find_agreement, "participant": find_participant}
    row = found[kind](request.event, number) if kind in found else None
    return Winner(**{kind: row}) if row is not None else None


def _way_back(request: EventRequest) -> str:
    """The page that the tap was made on: the control room, whose form says so and which only the organiser runs, or the
    prizes."""
    return "control" if request.POST.get("next") and request.may() else "prize.list"
