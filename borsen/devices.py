"""Tablets and phones that sign in without a password (design.md §2, «enhet»)."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Device, Event, User

# What the tablets of manage.py simulate are called: nobody is written to about what they register.
SIMULATED = "Simulert nettbrett"
SESSION_KEY = "device"
# A sign of life is written down at most this often: a status request must not cost a write.
BETWEEN_SIGNS = timedelta(seconds=20)
# What browsers call themselves, the most telling word first. An iPad says it is a Mac; only its screen tells.
KINDS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("CrOS", "Chromebook"),
    ("Windows", "PC"),
    ("Macintosh", "Mac"),
    ("Linux", "PC"),
)


def make_device(*, event: Event, user: User, role: str, label: str) -> Device:
    """Let one tablet or phone in for `user` in `role`. Who has its session is signed in (`open_session`)."""
    # Coming in is a sign of life too.
    return Device.objects.create(event=event, user=user, role=role, label=label, last_seen_at=timezone.now())


def kind_of(user_agent: str, *, has_touch: bool) -> str:
    """What people call such a device: «iPad», «Android-nettbrett», «PC» …"""
    if "Android" in user_agent:
        return _("Android-telefon") if "Mobile" in user_agent else _("Android-nettbrett")
    if "Macintosh" in user_agent and has_touch:
        return "iPad"
    return next((kind for word, kind in KINDS if word in user_agent), _("Enhet"))


def free_label(*, event: Event, user: User, kind: str) -> str:
    """`kind`, or «iPad 2» when the same person has one such device here already."""
    taken = set(event.devices.filter(user=user, revoked_at=None).values_list("label", flat=True))
    number = 1
    label = kind
    while label in taken:
        number += 1
        label = f"{kind} {number}"
    return label


def sign_in_as(request: HttpRequest, device: Device) -> None:
    """Make this browser the device, whoever it was before: nothing of an earlier session is carried over."""
    request.session.flush()
    request.session[SESSION_KEY] = device.pk
    request.session.set_expiry(settings.DEVICE_SESSION_AGE)
    rotate_token(request)


def devices_inside(event: Event, now: datetime) -> QuerySet[Device]:
    """Those that are signed in: neither sent out, nor of a day that is over."""
    since = now - timedelta(seconds=settings.DEVICE_SESSION_AGE)
    return event.devices.filter(revoked_at=None, created_at__gt=since).select_related("user")


def waiting_on_devices(event: Event, now: datetime) -> dict[tuple[int, str], int]:
    """How many agreements wait on the devices of each user and role: who is sent out can't send them."""
    waiting = devices_inside(event, now).filter(queue_length__gt=0).values_list("user", "role")
    return {(user, role): total for user, role, total in waiting.annotate(total=Sum("queue_length"))}


def open_session(device: Device) -> str:
    """Make a session that is signed in as `device`; returns the value of its session cookie."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = device.pk
    session.set_expiry(settings.DEVICE_SESSION_AGE)
    session.create()
    return str(session.session_key)


def note_sign_of_life(*, device: Device, now: datetime, queue_length: int | None = None) -> None:
    """Write down that the device is there, and how many agreements wait on it where that is known.

    One plain update without the event's lock, and not even that when the last sign is fresh: brokers' tablets ask
    every few seconds, and no screen shows it.
    """
    said = {"last_seen_at": now} | ({} if queue_length is None else {"queue_length": queue_length})
    is_fresh = device.last_seen_at is not None and now - device.last_seen_at < BETWEEN_SIGNS
    if not is_fresh or queue_length not in {None, device.queue_length}:
        Device.objects.filter(pk=device.pk).update(**said)
        for name, value in said.items():
            setattr(device, name, value)


def send_out(*, device: Device, now: datetime) -> None:
    """Sign the device out for good; the next thing it sends is answered with 401."""
    device.revoked_at = now
    device.save(update_fields=["revoked_at"])
