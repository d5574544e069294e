"""The door: who is let in with one tap, and who comes without being on the list. No e-mail address, no telephone."""

from collections.abc import Mapping
from uuid import uuid4
from zlib import crc32

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from borsen.access import EventRequest, allow
from borsen.enums import Role, Sector
from borsen.models import Event

from ..check_in import (
    MOST_PEOPLE,
    check_in,
    companions,
    count_people,
    counted_before,
    found_at_the_door,
    latest_in,
    presence,
    take_back,
)
from ..drafts import ContactDraft, ParticipantDraft
from ..enums import Source, Status
from ..masking import without_contact_details
from ..models import Participant
from ..registering import register
from ..searching import of_the_same_name

NAME_MAX = 120
NOBODY: Mapping[str, Participant] = {}


class WalkInForm(forms.Form):
    """Who came without being on the list: a name and what they are, the rest when there is time."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Navnet på deltakeren"),
        max_length=NAME_MAX,
        error_messages={"required": gettext_lazy("Skriv hva deltakeren heter.")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Hva slags deltaker?"),
        choices=Sector.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Velg hva slags deltaker det er.")},
    )
    contact = forms.CharField(label=gettext_lazy("Kontaktperson"), max_length=NAME_MAX, required=False)
    people = forms.IntegerField(
        label=gettext_lazy("Hvor mange kommer?"), min_value=1, max_value=MOST_PEOPLE, initial=1, required=False
    )

    def __init__(self, event: Event, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.event = event

    def clean_name(self) -> str:
        """Somebody of that name is checked in, and not registered again; the form's own first try is no one else."""
        name: str = self.cleaned_data["name"]
        same = of_the_same_name(self.event, name)
        if same is not None and same.key != self.cleaned_data.get("key"):
            raise forms.ValidationError(
                _("«%s» står på listen. Søk opp navnet, og sjekk inn der.") % without_contact_details(same.name)
            )
        return name


@allow(Role.DOOR)
@require_GET
def check_in_page(request: EventRequest) -> HttpResponse:
    """The page; while someone types, and every few seconds, what has changed in it: nothing (204), or its live part."""
    form = WalkInForm(request.event, initial={"key": uuid4()})
    return _page(request, _query(request), form=form, just=_just_in(request))


@allow(Role.DOOR)
@require_POST
def check_in_enter(request: EventRequest, pk: int) -> HttpResponse:
    """«Sjekk inn», or «Sjekk inn begge»: then one of them has been counted with the one that was let in before."""
    participant = _participant(request, pk)
    with_another = request.POST.get("with_another") == "1"
    people = max(participant.expected - 1, 0) if with_another else None
    before = {} if with_another else counted_before(participant)
    try:
        is_new = check_in(participant=participant, by=request.user, now=timezone.now(), people=people)
        participant.refresh_from_db()
    except Participant.DoesNotExist:
        return _removed(request, participant)
    return _answer(request, _said(participant, is_new=is_new, before=before if is_new else {}), just=participant)


@allow(Role.DOOR)
@require_POST
def check_in_undo(request: EventRequest, pk: int) -> HttpResponse:
    """«Angre»."""
    participant = _participant(request, pk)
    try:
        take_back(participant=participant)
    except Participant.DoesNotExist:
        return _removed(request, participant)
    return _answer(request, _not_in(participant))


@allow(Role.DOOR)
@require_POST
def check_in_people(request: EventRequest, pk: int) -> HttpResponse:
    """One more of them, or one fewer: steps, so that two tablets that tap at once count both."""
    participant = _participant(request, pk)
    step = {"1": 1, "-1": -1}.get(request.POST.get("more", ""), 0)
    try:
        is_here = count_people(participant=participant, more=step)
        participant.refresh_from_db()
    except Participant.DoesNotExist:
        return _removed(request, participant)
    return _answer(
        request, _people(participant) if is_here else _not_in(participant), just=participant if is_here else None
    )


@allow(Role.DOOR)
@require_POST
def check_in_walk_in(request: EventRequest) -> HttpResponse:
    """Registered and checked in at once."""
    form = WalkInForm(request.event, request.POST)
    if not form.is_valid():
        return _page(request, _query(request), form=form, status=422)
    said = form.cleaned_data
    people = said["people"] or 1
    contacts = [ContactDraft(name=said["contact"])] if said["contact"] else []
    participant = register(
        event=request.event,
        draft=ParticipantDraft(name=said["name"], sector=said["sector"], expected=people, contacts=contacts),
        source=Source.WALK_IN,
        status=Status.APPROVED,
        key=said["key"],
    )
    check_in(participant=participant, by=request.user, now=timezone.now(), people=people)
    participant.refresh_from_db()
    messages.success(request, without_contact_details(_said(participant, is_new=True)))
    return redirect("check_in", request.event.slug)


def _page(
    request: EventRequest,
    query: str,
    *,
    form: WalkInForm | None = None,
    said: str = "",
    just: Participant | None = None,
    status: int = 200,
) -> HttpResponse:
    event = request.event
    rows = found_at_the_door(event, query) if query else latest_in(event)
    figures = presence(event)
    seen = f"{crc32(repr([query, figures, [_mark(row) for row in rows]]).encode()):x}"
    part = bool(request.htmx) and not request.htmx.history_restore_request
    if part and request.method == "GET" and request.GET.get("sett") == seen:
        return HttpResponse(status=204)
    context = {
        "event": event,
        "query": query,
        "rows": rows,
        "presence": figures,
        "expected": event.participants.filter(status=Status.APPROVED).count(),
        "sectors": [(sector, figures.by_sector[sector]) for sector in Sector],
        "seen": seen,
        "said": said,
        "also": companions(just) if just is not None else [],
        "just": just,
        "form": form,
        "most_people": MOST_PEOPLE,
    }
    template = "participants/check_in.html" + ("#live" if part and status == 200 else "")
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _answer(request: EventRequest, said: str, *, just: Participant | None = None) -> HttpResponse:
    """The live part anew; without script back to the page, with the question in the address."""
    query, said = _query(request), without_contact_details(said)
    if request.htmx:
        return _page(request, query, said=said, just=just)
    messages.success(request, said)
    address = {"q": query, **({"inne": str(just.pk)} if just is not None else {})}
    return redirect(f"{reverse('check_in', args=[request.event.slug])}?{urlencode(address)}")


def _removed(request: EventRequest, participant: Participant) -> HttpResponse:
    """Somebody removed it, or joined it with another one, while the door host tapped."""
    return _answer(request, _("«%s» er fjernet fra listen.") % participant.name)


def _query(request: EventRequest) -> str:
    return (request.POST.get("q") or request.GET.get("q", "")).replace("\x00", "").strip()[:120]


def _participant(request: EventRequest, pk: int) -> Participant:
    participant = get_object_or_404(request.event.participants, pk=pk)
    participant.event = request.event
    return participant


def _just_in(request: EventRequest) -> Participant | None:
    """Who was let in by the tap before, where the page has no script (`_answer`)."""
    pk = request.GET.get("inne", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    participant = request.event.participants.filter(pk=int(pk), checked_in_at__isnull=False).first()
    if participant is not None:
        participant.event = request.event
    return participant


def _said(participant: Participant, *, is_new: bool, before: Mapping[str, Participant] = NOBODY) -> str:
    if not is_new:
        words = {"name": participant, "time": _time(participant), "who": participant.checked_in_by or _("noen")}
        return _("%(name)s er allerede sjekket inn kl. %(time)s av %(who)s.") % words
    told = [_("%(name)s er sjekket inn.") % {"name": participant}]
    told += [
        _("%(person)s er alt talt med %(other)s.") % {"person": person, "other": other}
        for person, other in before.items()
    ]
    if participant.present or not before:
        told.append(_people(participant))
    return " ".join(told)


def _not_in(participant: Participant) -> str:
    return _("%s er ikke sjekket inn lenger.") % participant


def _people(participant: Participant) -> str:
    number = participant.present
    return ngettext("%d person er talt med.", "%d personer er talt med.", number) % number


def _time(participant: Participant) -> str:
    return timezone.localtime(participant.checked_in_at).strftime("%H.%M") if participant.checked_in_at else ""


def _mark(row: Participant) -> tuple[object, ...]:
    return row.pk, row.name, row.place, row.status, row.checked_in_at, row.present
