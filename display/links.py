"""Where the organiser's and the visitor's ways lead, for pages that are reached from many places."""

from django.conf import settings
from django.urls import reverse

from borsen.models import Event


def registration(event: Event) -> str:
    """Where one registers."""
    return reverse("registration", args=[event.slug])


def registration_settings(event: Event) -> str:
    """Where the organiser opens and closes the registration."""
    return reverse("registration.settings", args=[event.slug])


def mails(event: Event) -> str:
    """The list of e-mails, those that could not be sent first."""
    return reverse("mail.list", args=[event.slug])


def from_outside(path: str) -> str:
    """`path` as a whole address that works everywhere, or nothing where the server has no address of its own."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else ""
