"""Signing a person in, and the one-time link for who has forgotten the password and has no mail."""

from datetime import timedelta

from django.contrib.auth import login
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .devices import SESSION_KEY
from .models import User

LINK_LIFE = timedelta(hours=1)
SALT = "borsen.signing_in.link"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def start_session(request: HttpRequest, user: User) -> None:
    """Sign `user` in on this browser. A browser that was a device is no longer one: the person has more rights."""
    request.session.pop(SESSION_KEY, None)
    # Nor does it end with the browser, as that of who only came in by a private link.
    request.session.set_expiry(None)
    login(request, user, backend=BACKEND)


def make_link_token(user: User) -> str:
    """A token that signs `user` in once, within LINK_LIFE, unless they have signed in or changed password since."""
    return signing.dumps([user.pk, _state(user)], salt=SALT)


def user_of_link(token: str) -> User | None:
    """Whose link it is, if it still can be used; looking does not use it up."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=LINK_LIFE)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and state == _state(user) else None


def use_link(request: HttpRequest, token: str) -> User | None:
    """Sign in by the link and so use it up; None when it was used, is too old or is not ours."""
    with transaction.atomic():
        user = user_of_link(token)
        if user is None:
            return None
        # Two taps at once: only the first one finds the state that the link was made in.
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if _state(locked) != _state(user):
            return None
        start_session(request, locked)
        return locked


def _state(user: User) -> str:
    """Changes when the user signs in or gets a new password."""
    last = user.last_login.isoformat() if user.last_login else ""
    return salted_hmac(SALT, f"{user.password}|{last}", algorithm="sha256").hexdigest()[:32]
