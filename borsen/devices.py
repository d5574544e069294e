"""Tablets and phones that sign in without a password (design.md §2, «enhet»)."""

import hashlib
import secrets
from datetime import datetime
from importlib import import_module

from django.conf import settings

from .models import Device, Event, User

SESSION_KEY = "device"


def token_hash(token: str) -> str:
    """What is stored of a token: a leaked database must not let anybody in."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_device(*, event: Event, user: User, role: str, label: str) -> tuple[Device, str]:
    """A device and its token of 128 bits, which is shown once and never stored."""
    token = secrets.token_urlsafe(16)
    device = Device.objects.create(event=event, user=user, role=role, label=label, token_hash=token_hash(token))
    return device, token


def open_session(device: Device) -> str:
    """Make a session that is signed in as `device`; returns the value of its session cookie."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = device.pk
    session.create()
    return str(session.session_key)


def send_out(*, device: Device, now: datetime) -> None:
    """Sign the device out for good; the next thing it sends is answered with 401."""
    device.revoked_at = now
    device.save(update_fields=["revoked_at"])
