"""From where a request comes: its address for the log, the block strangers are counted in, its browser."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
V4_BITS, V6_BITS = 24, 48
LOOPBACK: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
# The first that fits: the newer families carry the words of the older ones.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
UNKNOWN = "未知"


def block_of(request: HttpRequest) -> str:
    """``203.0.113.0/24``; empty for this machine itself, where no stranger can be told from another."""
    address = _address(request)
    if address is None:
        return "unknown"
    if address.is_loopback:
        return ""
    bits = V4_BITS if address.version == 4 else V6_BITS
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def address_of(request: HttpRequest) -> str:
    """The address itself, as every line of the log carries it; empty where there is none, as on a socket."""
    address = _address(request)
    return "" if address is None else str(address)


def agent_of(request: HttpRequest) -> str:
    """Browser and system without versions: an update of the browser ends no session, another browser does."""
    said = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS if sign in said), UNKNOWN)
    system = next((name for sign, name in SYSTEMS if sign in said), UNKNOWN)
    return f"{browser} {system}"


def _address(request: HttpRequest) -> Address | None:
    """``X-Forwarded-For`` counts only as far as our own proxies wrote it.

    Read from the right, it is the first address that is none of ours; what stands further left anybody may
    have made up. Which are ours YIYANG_TRUSTED_PROXIES says; behind TLS without it, a proxy on this machine.
    """
    trusted: Sequence[Network] = settings.YIYANG_TRUSTED_PROXIES or (LOOPBACK if settings.BEHIND_TLS else ())
    address = _read(request.META.get("REMOTE_ADDR", ""))
    hops = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while hops and trusted and (address is None or any(address in network for network in trusted)):
        address = _read(hops.pop())
        if address is None:
            break
    return address


def _read(text: str) -> Address | None:
    """An address, also with a port and in brackets; of the newer kind one that only wraps an older."""
    for candidate in (text.strip(), text.strip().rpartition(":")[0].strip("[]")):
        try:
            address = ipaddress.ip_address(candidate)
        except ValueError:
            continue
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            return address.ipv4_mapped
        return address
    return None
