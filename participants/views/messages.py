"""Messages to many: written, looked at as they will be, sent, and kept."""

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from borsen import mail_queue
from borsen.access import EventRequest, allow
from borsen.enums import MailStatus, Role
from borsen.transport import is_private

from ..forms_message import MessageForm
from ..messaging import Audience, about, audience_in_words, audiences, letter, record, send


@allow(Role.COORDINATOR)
@require_GET
def message_list(request: EventRequest) -> HttpResponse:
    """What has been written, the newest first."""
    context = {"event": request.event, "record": record(request.event), "may_write": request.may()}
    return render(request, "participants/messages.html", context)


@allow(Role.COORDINATOR)
@require_GET
def message_show(request: EventRequest, pk: int) -> HttpResponse:
    """One of them, with what became of its e-mails; who could not be reached is for the organiser."""
    message = get_object_or_404(request.event.messages.select_related("by"), pk=pk)
    mails = request.event.mails.filter(about=about(message))
    numbers = mail_queue.numbers(mails)
    context = {
        "event": request.event,
        "message": message,
        "audience": audience_in_words(message.audience),
        "sent": numbers[MailStatus.SENT],
        "waiting": sum(numbers[each] for each in (MailStatus.WAITING, MailStatus.SENDING, MailStatus.HELD)),
        "failed": numbers[MailStatus.FAILED],
        "may_write": request.may(),
    }
    return render(request, "participants/message.html", context)


@allow(Role.ORGANISER)
@require_http_methods(["GET", "POST"])
def message_create(request: EventRequest) -> HttpResponse:
    """The form; what was written, shown as each one will get it; and with `send` it is sent."""
    if request.method == "GET":
        wanted = request.GET.get("til", "")
        initial = {"audience": wanted if wanted in Audience.values else "", "key": uuid4()}
        return _form(request, MessageForm(initial=initial))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    if "change" in request.POST:
        return _form(request, form)
    known = request.event.messages.filter(key=form.cleaned_data["key"]).first()
    if known is not None:
        return redirect("message.show", request.event.slug, known.pk)
    if "send" not in request.POST:
        return _preview(request, form)
    return _send(request, form)


def _send(request: EventRequest, form: MessageForm) -> HttpResponse:
    audience = Audience(form.cleaned_data["audience"])
    found = audiences(request.event)[audience]
    # Who looks at the preview has said yes to so many and no others.
    if not settings.HAS_MAIL or not found.persons or request.POST.get("seen") != str(len(found.persons)):
        return _preview(request, form, status=409)
    message = send(
        event=request.event,
        key=form.cleaned_data["key"],
        by=request.user,
        audience=audience,
        subject=form.cleaned_data["subject"],
        text=form.cleaned_data["text"],
        now=timezone.now(),
    )
    told = ngettext("Meldingen er på vei til %d person.", "Meldingen er på vei til %d personer.", message.recipients)
    messages.success(request, told % message.recipients)
    return redirect("message.show", request.event.slug, message.pk)


def _form(request: EventRequest, form: MessageForm, *, status: int = 200) -> HttpResponse:
    found = audiences(request.event)
    context = {
        "event": request.event,
        "form": form,
        "errors": list(form.located_errors()) if form.is_bound else [],
        "chosen": form["audience"].value(),
        "choices": [(audience, found[audience]) for audience in Audience],
        "has_mail": settings.HAS_MAIL,
    }
    return render(request, "participants/message_form.html", context, status=status)


def _preview(request: EventRequest, form: MessageForm, *, status: int = 200) -> HttpResponse:
    audience = Audience(form.cleaned_data["audience"])
    found = audiences(request.event)[audience]
    subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
    first = found.persons[0] if found.persons else None
    context = {
        "event": request.event,
        "form": form,
        "key": form.cleaned_data["key"],
        "audience": audience,
        "found": found,
        "first": first,
        "letter": letter(request.event, first, subject, text) if first else None,
        "has_mail": settings.HAS_MAIL,
        "private": is_private(request),
        "has_changed": status == 409 and settings.HAS_MAIL,
    }
    response = render(request, "participants/message_preview.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
