"""Whether others on the network can read along, and so whether a password or a phone number may cross it.

The event may run on plain http on the venue's Wi-Fi (design.md §5). There, pages show no e-mail address or phone
number and ask for no password; people sign in by device, and the organiser sits at the machine itself or uses https.
"""

from ipaddress import IPv6Address, ip_address

from django.http import HttpRequest

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED")


def is_private(request: HttpRequest) -> bool:
    """Nobody between the visitor and this machine can read along: https, or the visitor sits at the machine.

    Decided by the connection, not by the Host header, which the visitor chooses. What a proxy on this machine passes
    on comes from the machine too, but not from the visitor.
    """
    if request.is_secure():
        return True
    return not any(name in request.META for name in FORWARDED) and _is_this_machine(request.META.get("REMOTE_ADDR", ""))


def _is_this_machine(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_loopback
