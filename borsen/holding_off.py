"""Small counters that hold off who asks for the same thing again and again.

They live in the memory of each process: a limit for nuisance, not a lock.
"""

from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from django.core.cache import cache


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
