"""Holding off machines that fill in forms, without an outside service: a field that nobody sees, the time it took, and
how many come from one address.

The limits are for machines. The whole venue shares one address, and everybody in it may register in the same quarter
of an hour. The counts live in the process' memory: a restart forgives.
"""

from datetime import timedelta
from time import time

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

QUICKEST = timedelta(seconds=2)
STAMP_LASTS = timedelta(days=2)
TRAP = "nettside"  # a name that machines fill in
STAMP = "started"
_SALT = "borsen.holding_off"


def stamp() -> str:
    """When a form was handed out, for its hidden field."""
    return signing.dumps(int(time()), salt=_SALT)


def is_too_quick(posted: str) -> bool:
    """Whether a form came back sooner than people type, or with a stamp that is not ours or very old."""
    try:
        started = int(signing.loads(posted, salt=_SALT, max_age=STAMP_LASTS))
    except (signing.BadSignature, TypeError, ValueError):
        return True
    return time() - started < QUICKEST.total_seconds()


def is_too_many(request: HttpRequest, what: str, *, most: int, within: timedelta) -> bool:
    """Count one more `what` from the visitor's address, and say whether there have been more than `most` of them in
    the present stretch of time."""
    seconds = int(within.total_seconds())
    key = f"holding_off:{what}:{request.META.get('REMOTE_ADDR', '')}:{int(time()) // seconds}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two lines.
        return False
