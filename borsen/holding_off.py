"""Holding off machines that fill in forms, without an outside service: a field that nobody sees, the time it took, and
how often the same is asked for.

The limits are for machines and for nuisance; they are no lock. The whole venue shares one address, and everybody in it
may register in the same quarter of an hour. The counts live in each process' memory: a restart forgives.
"""

from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from time import time
from typing import NamedTuple

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

QUICKEST = timedelta(seconds=2)
STAMP_LASTS = timedelta(days=2)
TRAP = "nettside"  # a name that machines fill in
STAMP = "started"
IPV6_SUBSCRIBER = 64  # bits: one household has all the rest
_SALT = "borsen.holding_off"


class Limit(NamedTuple):
    """How many times, in how long."""

    times: int
    within: timedelta


def may_go_on(*what: str, limit: Limit) -> bool:
    """Count one more of `what`; False when that is more than the limit, counted from the first one."""
    # Addresses are not kept readable, not even here.
    key = f"held:{sha256(chr(0).join(what).encode()).hexdigest()}"
    cache.add(key, 0, limit.within.total_seconds())
    try:
        return cache.incr(key) <= limit.times
    except ValueError:  # it ran out between the two lines
        return True


def visitor_may_go_on(request: HttpRequest, what: str, limit: Limit) -> bool:
    """Count one more `what` from the visitor's address."""
    return may_go_on(what, subscriber(request.META.get("REMOTE_ADDR", "")), limit=limit)


def subscriber(address: str) -> str:
    """Who an address belongs to: one computer has many IPv6 addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return f"{int(found) >> (128 - IPV6_SUBSCRIBER):x}"


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
