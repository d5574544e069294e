"""Sign-in, sign-out, the account and its password. None of it over a line that others can read along on."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from borsen.access import public, signed_in
from borsen.forms_account import AccountForm, ChangePasswordForm, ForgottenForm, NewPasswordForm, SignInForm
from borsen.holding_off import Limit, may_go_on
from borsen.invitations import asking_is_possible
from borsen.mailing import send_soon
from borsen.models import User
from borsen.signing_in import start_session, use_link, user_of_link
from borsen.transport import is_private

View = Callable[..., HttpResponseBase]
TO_ONE_ADDRESS = Limit(5, timedelta(hours=1))


def private_only(view: View) -> View:
    """Ask for no password, and hand out no session, where others can read along; say what to do instead."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_private(request):
            https = settings.PUBLIC_URL if settings.PUBLIC_URL.startswith("https:") else ""
            context = {"https": https, "card_page": card_page(request)}
            return render(request, "registration/not_private.html", context, status=403)
        return view(request, *args, **kwargs)

    return wrapped


def card_page(request: HttpRequest) -> str:
    """Where one signs in with a card at the børs that the visitor was on the way to; empty when that can't be told."""
    try:
        slug = resolve(urlsplit(request.GET.get("next", "")).path).kwargs.get("slug")
    except (Resolver404, ValueError):
        return ""
    return reverse("device.enter", args=[slug]) if slug else ""


class _SignIn(LoginView):
    template_name = "registration/login.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"card_page": card_page(self.request), "asking": asking_is_possible()}
        return super().get_context_data(**more, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        start_session(self.request, form.get_user())
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class _NewPassword(PasswordResetConfirmView):
    template_name = "registration/new_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        start_session(self.request, form.user)
        messages.success(self.request, _("Passordet er byttet, og du er logget inn."))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


sign_in = public(private_only(_SignIn.as_view()))
new_password = public(private_only(_NewPassword.as_view()))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("Du er logget ut."))
    return redirect("home")


@signed_in
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=cast("User", request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Lagret."))
        return redirect("account")
    return render(request, "registration/account.html", {"form": form}, status=_status(form))


@signed_in
@never_cache
@sensitive_post_parameters()
@private_only
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    form = ChangePasswordForm(cast("User", request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Passordet er byttet."))
        return redirect("account")
    return render(request, "registration/change_password.html", {"form": form}, status=_status(form))


@public
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Mail a link for a new password. The answer is the same whether the address is known or not."""
    can_mail = bool(settings.HAS_MAIL and settings.PUBLIC_URL)
    form = ForgottenForm(request.POST or None)
    if can_mail and request.method == "POST" and form.is_valid():
        # The answer is the same, and nobody's inbox is filled.
        may_send = may_go_on("forgotten", form.cleaned_data["email"].casefold(), limit=TO_ONE_ADDRESS)
        send_soon([_reset_mail(user) for user in _users_with(form.cleaned_data["email"])] if may_send else [])
        return render(request, "registration/forgotten_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "registration/forgotten.html", {"form": form, "can_mail": can_mail}, status=_status(form))


@public
@never_cache
@private_only
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a one-time link. Only the button uses it up: programs that preview links must not."""
    if request.method == "POST":
        user = use_link(request, token)
        if user is not None:
            return redirect("password.new", _uid(user), default_token_generator.make_token(user))
    person = user_of_link(token)
    status = 200 if person else 410
    return render(request, "registration/by_link.html", {"person": person, "token": token}, status=status)


def _status(form: Any) -> int:
    return 422 if form.is_bound and not form.is_valid() else 200


def _users_with(email: str) -> list[User]:
    return [user for user in User.objects.filter(email__iexact=email, is_active=True) if user.has_usable_password()]


def _uid(user: User) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))


def _reset_mail(user: User) -> EmailMessage:
    path = reverse("password.new", args=[_uid(user), default_token_generator.make_token(user)])
    body = render_to_string(
        "registration/forgotten_mail.txt", {"person": str(user), "link": f"{settings.PUBLIC_URL}{path}"}
    )
    return EmailMessage(subject=_("Nytt passord"), body=body, to=[user.email])
