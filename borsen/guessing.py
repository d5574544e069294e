"""Holding off who guesses a typed code: per card and address, with django-axes as for passwords.

The whole venue shares one address, so no number of wrong codes may lock out the room; and the QR code, which nobody
guesses, is never held off.
"""

from axes.handlers.proxy import AxesProxyHandler
from django.http import HttpRequest

from .models import Event


def may_try(request: HttpRequest, event: Event, selector: str) -> bool:
    """Whether this card's code may be tried from this address now."""
    return bool(AxesProxyHandler.is_allowed(request, _credentials(event, selector)))


def note_wrong(request: HttpRequest, event: Event, selector: str) -> None:
    """Count a wrong code, also one that no card has: the answers must not tell which cards there are."""
    AxesProxyHandler.user_login_failed(__name__, _credentials(event, selector), request)
    # The page answers for itself; the middleware would put the sign-in's page in its place.
    request.axes_locked_out = False  # type: ignore[attr-defined]


def note_right(request: HttpRequest, event: Event, selector: str) -> None:
    """Who knows the code has not been guessing."""
    AxesProxyHandler.reset_attempts(
        username=_credentials(event, selector)["username"],
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
    )


def _credentials(event: Event, selector: str) -> dict[str, str]:
    return {"username": f"kort:{event.slug}:{selector}"}
