"""HTTP and websockets in one process: static files first, then Django on lanes, and the storskjerm's sockets."""

# ruff: noqa: E402 — Django must be set up before anything that imports models
import asyncio
import contextvars
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borsen.settings")

import django

django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from servestatic import ServeStaticASGI

from borsen import mail_worker
from borsen.lanes import LaneHandler
from borsen.proxy import with_visitor
from display.hub import hub
from display.routing import websocket_urls

if not settings.SECRET_KEY_IS_LASTING:
    raise ImproperlyConfigured("SECRET_KEY mangler. Sett den i miljøet, eller start med «manage.py start».")

http = ServeStaticASGI(
    LaneHandler(),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    immutable_file_test=r"\.[0-9a-f]{12}\.",
    mimetypes={".webmanifest": "application/manifest+json"},
)
protocols = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(CookieMiddleware(URLRouter(websocket_urls))),
    }
)


background: set[asyncio.Task[None]] = set()  # an event loop alone does not keep its tasks alive


async def application(scope, receive, send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """What the server calls. The first call tells the hub which event loop hints are handed over to, and sets the
    sending of mail to work."""
    if hub.loop is None:
        loop = asyncio.get_running_loop()
        hub.serve_on(loop)
        if settings.HAS_MAIL:
            # A context of its own: a task born in a request inherits its lane and dies with it.
            background.add(loop.create_task(mail_worker.work(), context=contextvars.Context()))
    await protocols(with_visitor(scope), receive, send)
