"""Where a card is shown: the page that its QR code opens, and where its code is typed.

The QR code's token stands in the address's fragment, which no browser sends and no server logs; the page's script
(static/js/inn.js) takes it out of the address and posts it. While the door is closed nothing is looked up.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from borsen.access import EventRequest, public_at_event, wants_json
from borsen.cards import card_by_code, card_by_token, read_code
from borsen.context import workplace
from borsen.devices import kind_of, sign_in_as
from borsen.door import DoorClosed, is_open, let_in
from borsen.enums import Role
from borsen.guessing import may_try, note_right, note_wrong
from borsen.models import Card


@dataclass(frozen=True)
class Answer:
    """What is said to who has shown a card. `state` is what the script goes by; the words are for people."""

    state: str
    status: int
    title: str
    text: str
    switch: str = ""


class NotLetIn(Exception):
    """The card was not taken; the answer says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.state)
        self.answer = answer


@public_at_event
@never_cache
@sensitive_post_parameters("token", "code")
@require_http_methods(["GET", "POST"])
def enter(request: EventRequest) -> HttpResponse:
    """The page, and what it posts: `token` or `code`, and `replace` once it is clear who is to be signed in."""
    if request.method != "POST":
        return _page(request, None)
    try:
        return _let_in(request)
    except NotLetIn as refusal:
        return _said(request, refusal.answer)
    except DoorClosed:
        return _said(request, _closed())


def _let_in(request: EventRequest) -> HttpResponse:
    now = timezone.now()
    if not is_open(request.event, now):
        raise DoorClosed
    card = _shown_card(request)
    if not _is_already(request, card):
        if request.user.is_authenticated and not request.POST.get("replace"):
            raise NotLetIn(_ask(request, card))
        kind = kind_of(request.headers.get("User-Agent", ""), has_touch=request.POST.get("touch") == "1")
        device = let_in(event=request.event, card=card, kind=kind, replaces=request.device, now=now)
        sign_in_as(request, device)
    url = reverse(workplace(frozenset({Role(card.membership.role)})), args=[request.event.slug])
    return JsonResponse({"state": "in", "url": url}) if wants_json(request) else redirect(url)


def _shown_card(request: EventRequest) -> Card:
    if request.POST.get("token"):
        card = card_by_token(request.event, request.POST["token"])
        if card is None:
            raise NotLetIn(_void())
        return card
    parts = read_code(request.POST.get("code", ""))
    if parts is None:
        raise NotLetIn(_not_a_code())
    selector, proof = parts
    if not may_try(request, request.event, selector):
        raise NotLetIn(_wait())
    card = card_by_code(request.event, selector, proof)
    if card is None:
        note_wrong(request, request.event, selector)
        raise NotLetIn(_wrong_code())
    note_right(request, request.event, selector)
    return card


def _is_already(request: EventRequest, card: Card) -> bool:
    """The same card scanned once more on the same tablet."""
    device = request.device
    return (
        device is not None
        and device.event_id == request.event.pk
        and (device.user_id, device.role) == (card.membership.user_id, card.membership.role)
    )


def _said(request: EventRequest, answer: Answer) -> HttpResponse:
    if not wants_json(request):
        return _page(request, answer)
    words = {"state": answer.state, "title": answer.title, "text": answer.text, "switch": answer.switch}
    # 200: a tablet asks every few seconds, and browsers write every other status down as an error.
    return JsonResponse(words)


def _page(request: EventRequest, answer: Answer | None) -> HttpResponse:
    context = {
        "event": request.event,
        "answer": answer,
        "state": answer.state if answer else "",
        "typed_code": request.POST.get("code", ""),
        "stays_as": reverse(workplace(request.roles), args=[request.event.slug]) if request.roles else reverse("home"),
    }
    return render(request, "borsen/enter.html", context, status=answer.status if answer else 200)


def _closed() -> Answer:
    text = _("Be arrangøren trykke på «Slipp inn enheter». La siden stå åpen, så kommer du inn av deg selv.")
    return Answer("closed", 423, _("Døra er stengt"), text)


def _void() -> Answer:
    text = _("Det er byttet ut, eller det hører til en annen børs. Be arrangøren om et nytt kort.")
    return Answer("void", 410, _("Kortet virker ikke"), text)


def _not_a_code() -> Answer:
    text = _("Den ser slik ut: K7PM-3QXA. Tallene 0 og 1 og bokstavene I, L og O er aldri med.")
    return Answer("wrong", 422, _("Koden er på åtte tegn"), text)


def _wrong_code() -> Answer:
    text = _("Se på kortet, og skriv koden en gang til. Stemmer den fortsatt ikke, be arrangøren om et nytt kort.")
    return Answer("wrong", 422, _("Koden stemmer ikke"), text)


def _wait() -> Answer:
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    title = ngettext("Vent %d minutt", "Vent %d minutter", minutes) % minutes
    text = _("Koden på dette kortet er skrevet feil mange ganger herfra. QR-koden på kortet virker med en gang.")
    return Answer("wrong", 429, title, text)


def _ask(request: EventRequest, card: Card) -> Answer:
    holder = card.membership
    words = {"now": request.user, "then": holder.user, "role": holder.get_role_display()}
    waiting = request.device.queue_length if request.device else 0
    text = ngettext(
        "%(number)d avtale fra %(now)s venter på nettbrettet. Den sendes når %(now)s logger inn her igjen.",
        "%(number)d avtaler fra %(now)s venter på nettbrettet. De sendes når %(now)s logger inn her igjen.",
        waiting,
    ) % (words | {"number": waiting})
    title = _("Du er logget inn som %(now)s. Bytt til %(then)s, %(role)s?") % words
    return Answer("ask", 409, title, text if waiting else "", _("Bytt til %(then)s") % words)
