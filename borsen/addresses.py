"""Where the server can be reached: on this machine, on the local network, and from last time."""

import ipaddress
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import validate_host

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 — recognised here, chosen by whoever starts the server
# Nothing is sent to these: connecting a UDP socket only asks the system which of its own addresses it would use.
ASKED_FOR = ("192.0.2.1", "10.255.255.255", "172.31.255.255", "192.168.255.255")


def lan_addresses() -> list[str]:
    """This machine's own IPv4 addresses on the local network, the likeliest first."""
    found: list[str] = []
    for target in ASKED_FOR:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))
            found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(answer[4][0]) for answer in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [address for address in dict.fromkeys(found) if _is_reachable(address)]


def _is_reachable(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def served_hosts(host: str) -> list[str]:
    """The names and addresses that the server answers to beyond the settings, when it listens at `host`."""
    if host in EVERYWHERE:
        name = socket.gethostname().lower()
        return [*lan_addresses(), name, f"{name}.local"]
    return [f"[{host}]" if ":" in host else host]


def web_address(host: str, port: int) -> str:
    """`http://host:port`, with the brackets of IPv6 and without the port that goes without saying."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"


def local_address(host: str, port: int) -> str:
    """The address for a browser on the machine itself."""
    return web_address("127.0.0.1" if host in EVERYWHERE else host, port)


def address_of_tablets(host: str, port: int) -> str:
    """The address that others use; a tablet's queue of unsent agreements belongs to it (design.md §5)."""
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL)
    if host in EVERYWHERE:
        return next((web_address(address, port) for address in lan_addresses()), local_address(host, port))
    return web_address(host, port)


def remember_served(host: str, port: int) -> None:
    """Write down what the server listens at, for other commands and for the cards' QR codes."""
    with suppress(OSError):
        (settings.DATA_DIR / "served").write_text(f"{host} {port}\n", encoding="utf-8")


def last_served() -> tuple[str, int] | None:
    """Host and port as `start` was last told; None when it has never run here."""
    with suppress(OSError, ValueError):
        host, port = (settings.DATA_DIR / "served").read_text(encoding="utf-8").split()
        return host, int(port)
    return None


def address_of_links() -> str:
    """What links begin with that are made to be handed on: PUBLIC_URL, else where a browser on this machine reaches the
    server that was last started."""
    return str(settings.PUBLIC_URL) or local_address(*(last_served() or ("127.0.0.1", 8000)))


def addresses_for_devices(request: HttpRequest) -> list[str]:
    """Where tablets in the room reach this server, the likeliest first; empty when only the machine itself does.

    The machine may have come to another network since the server was started, so its addresses are looked up now; one
    that the server would not answer at is left out.
    """
    if settings.PUBLIC_URL:
        return [str(settings.PUBLIC_URL)]
    own = urlsplit(request.build_absolute_uri("/"))
    if request.is_secure():
        return [f"https://{own.netloc}"]
    found = [address for address in _served_addresses() if _is_answered(address)]
    if not is_loopback(own.hostname or ""):
        found.append(f"http://{own.netloc}")
    return list(dict.fromkeys(found))


def has_moved(request: HttpRequest) -> bool:
    """Whether the machine has got addresses on the network that the server, started before, does not answer at."""
    return not addresses_for_devices(request) and bool(_served_addresses())


def _served_addresses() -> list[str]:
    host, port = last_served() or ("127.0.0.1", 0)
    if host in EVERYWHERE:
        return [web_address(address, port) for address in lan_addresses()]
    return [] if is_loopback(host) else [web_address(host, port)]


def _is_answered(address: str) -> bool:
    return validate_host(urlsplit(address).hostname or "", settings.ALLOWED_HOSTS)


def is_loopback(host: str) -> bool:
    """Whether a name or address leads to the machine that one sits at."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def remember_address(address: str) -> str:
    """Write down where the server is reached this time; returns last time's address when it was another one."""
    path: Path = settings.DATA_DIR / "address"
    before = ""
    with suppress(OSError, ValueError):
        before = path.read_text(encoding="utf-8").strip()
    with suppress(OSError):
        path.write_text(f"{address}\n", encoding="utf-8")
    return before if before != address else ""
