"""Whom a request behind our own reverse proxy comes from."""

from typing import Any

from django.conf import settings

FORWARDED_FOR = b"x-forwarded-for"


def with_visitor(scope: dict[str, Any]) -> dict[str, Any]:
    """The scope with the visitor's address where the proxy's stood; only behind a proxy (`HTTPS=1`).

    The last address in X-Forwarded-For is the one that our own proxy saw. Those before it are the visitor's own words:
    who may choose them escapes the lock of the sign-in, and can lock it for somebody else.
    """
    if not settings.HTTPS:
        return scope
    said = [value.decode("latin-1") for name, value in scope.get("headers", ()) if name == FORWARDED_FOR]
    address = ",".join(said).rsplit(",", 1)[-1].strip()
    return {**scope, "client": (address, 0)} if address else scope
