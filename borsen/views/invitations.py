"""Who has been invited comes in here; and who wants to make a børs asks for a link."""

from datetime import timedelta

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from borsen.access import public
from borsen.forms_account import AskForm, InvitedForm, username_taken
from borsen.holding_off import Limit, may_go_on, visitor_may_go_on
from borsen.invitations import (
    Gone,
    accept,
    accept_as_new,
    answer_who_asks,
    asking_is_possible,
    find,
    gives_nothing_new,
)
from borsen.models import Invitation, User
from borsen.signing_in import start_session
from borsen.transport import is_private
from borsen.views.account import private_only

FROM_ONE_PLACE = Limit(20, timedelta(hours=1))
TO_ONE_ADDRESS = Limit(3, timedelta(days=1))


@public
@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@private_only
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invitation. Only the buttons use it up: programs that preview links must not."""
    try:
        response = _open(request, token)
    except Gone:
        response = _gone(request, token)
    response["X-Robots-Tag"] = "noindex"
    return response


def _open(request: HttpRequest, token: str) -> HttpResponse:
    """Raises Gone."""
    now = timezone.now()
    found = find(token, now)
    if isinstance(request.user, User):
        if request.method == "POST":
            return _in(request, accept(invitation=found, user=request.user, now=now))
        return _page(request, found, None)
    form = InvitedForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("username", "name")}
        try:
            user = accept_as_new(invitation=found, password=form.cleaned_data["new_password1"], now=now, **said)
        except IntegrityError:
            form.add_error("username", username_taken(said["username"]))
        else:
            start_session(request, user)
            return _in(request, found)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Invitation, form: InvitedForm | None) -> HttpResponse:
    context = {
        "invitation": found,
        "event": found.event,
        "form": form,
        "person": request.user,
        "has_it": isinstance(request.user, User) and gives_nothing_new(found, request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "registration/invitation.html", context, status=status)


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for all that can't be used; who has used it is let through to where it led."""
    if isinstance(request.user, User):
        mine = Invitation.objects.select_related("event").filter(token=token, accepted_by=request.user).first()
        if mine is not None:
            return _on(mine)
    return render(request, "registration/invitation_gone.html", status=410)


def _in(request: HttpRequest, used: Invitation) -> HttpResponse:
    if used.event is None:
        messages.success(request, _("Velkommen! Nå kan du lage din første børs."))
    else:
        words = {"event": used.event, "role": used.get_role_display()}
        messages.success(request, _("Velkommen! Du er nå %(role)s på %(event)s.") % words)
    return _on(used)


def _on(used: Invitation) -> HttpResponse:
    return redirect("event.create") if used.event is None else redirect("event.overview", used.event.slug)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Mail a link to make børser. The answer is the same whether the address is at a listed domain, and has a user, or
    not."""
    possible = asking_is_possible() and is_private(request)
    form = AskForm(request.POST or None)
    if not (possible and request.method == "POST" and form.is_valid()):
        status = 422 if request.method == "POST" else 200
        return render(request, "registration/invitation_ask.html", {"form": form, "possible": possible}, status=status)
    if not visitor_may_go_on(request, "ask from", FROM_ONE_PLACE):
        form.add_error("email", _("Det er spurt mange ganger herfra. Vent en time, og prøv igjen."))
        return render(request, "registration/invitation_ask.html", {"form": form, "possible": True}, status=429)
    email = form.cleaned_data["email"]
    if may_go_on("ask for", email.casefold(), limit=TO_ONE_ADDRESS):
        answer_who_asks(email=email, now=timezone.now())
    return render(request, "registration/invitation_asked.html", {"email": email})
