"""Daphne in this process: what `manage.py start` serves with."""

import errno
import os
import socket
from collections.abc import Callable
from importlib import import_module

from django.urls import get_resolver
from django.utils.translation import gettext as _

from .starting import CannotStart


def check_port(host: str, port: int) -> None:
    """Try to take the port, and say plainly why it can't be had (Daphne itself would return without a word)."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                # On Windows the same option would take the port away from whoever has it.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except socket.gaierror as error:
        raise CannotStart(_("--host %s er ikke en adresse på denne maskinen.") % host) from error
    except PermissionError as error:
        text = _("Maskinen gir ikke lov til å bruke port %d. Velg en over 1023, for eksempel --port 8000.")
        raise CannotStart(text % port) from error
    except OSError as error:
        raise CannotStart(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRNOTAVAIL:
        return _("--host %s er ikke en adresse på denne maskinen.") % host
    text = _("Port %(port)d er opptatt. Kjører børsen allerede? Stopp den, eller velg en annen port: --port %(other)d.")
    return text % {"port": port, "other": port + 1 if port < 65535 else 8000}


def serve(host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until stopped with Ctrl-C or a signal; `ready` is called once the port is open."""
    # Both are imported here because they take effect when imported: Daphne installs its event loop, and
    # borsen.asgi reads the key, the hosts and the static files that `start` has just prepared.
    server_module = import_module("daphne.server")
    # Daphne has no setting for which kind of request it makes.
    server_module.HTTPFactory = import_module("borsen.bodies").BoundedFactory  # type: ignore[attr-defined]
    application = import_module("borsen.asgi").application
    endpoints = import_module("daphne.endpoints").build_endpoint_description_strings(host=host, port=port)
    get_resolver().url_patterns  # noqa: B018 — loads every view now, not while the first visitor waits
    server = server_module.Server(application, endpoints=endpoints, ready_callable=ready, server_name="")
    server.run()
    if not server.listening_addresses:
        check_port(host, port)
        raise CannotStart(_("Serveren kunne ikke åpne port %d.") % port)
