"""The address that a join link begins with, and whether a phone can reach it."""

import ipaddress
import socket
from urllib.parse import urlsplit

# Nothing is ever sent there: the system only says by which of its own addresses it would (RFC 5737).
SOMEWHERE_ELSE = ("192.0.2.1", 9)


def join_link(address: str, join_token: str) -> str:
    """What the QR code holds: the installation's own ``address``, never what a request's Host header says."""
    return f"{address}/j/{join_token}"


def shown_address(address: str) -> str:
    """The address as it is read off a wall and typed in: without http(s):// and a slash at the end."""
    return urlsplit(address).netloc + urlsplit(address).path.rstrip("/")


def is_out_of_reach(address: str) -> bool:
    """Whether this address means only the machine itself (localhost, 127.0.0.1, ::1) or none (0.0.0.0, ::, *)."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    if host in {"", "*", "localhost"} or host.endswith((".localhost", ".localdomain")):
        return True
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_unspecified


def address_in_this_network() -> str | None:
    """This machine's own address as others in its network see it, or None when it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE_ELSE)
        except OSError:
            return None
        found: str = probe.getsockname()[0]
    return None if ipaddress.ip_address(found).is_loopback or ipaddress.ip_address(found).is_unspecified else found
