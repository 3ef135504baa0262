"""Where a request comes from: the address, and the family of browser and system."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
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


def agent_of(request: HttpRequest) -> str:
    """Browser and system without versions: an update of the browser ends no session, another browser does."""
    said = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in BROWSERS if sign in said), UNKNOWN)
    system = next((name for sign, name in SYSTEMS if sign in said), UNKNOWN)
    return f"{browser} {system}"


def ip_of(request: HttpRequest) -> str:
    """The address of whoever asks; empty where there is none (a socket of this machine).

    ``X-Forwarded-For`` counts only as far as our own proxies wrote it: read from the right, the first
    address that is none of ours. What stands further left anybody may have made up.
    """
    address = _plain(request.META.get("REMOTE_ADDR", ""))
    trusted: Sequence[Network] = settings.YIYANG_TRUSTED_PROXIES
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while hops and _is_ours(address, trusted):
        address = _plain(hops.pop())
    return address


def _is_ours(address: str, trusted: Sequence[Network]) -> bool:
    return bool(address) and any(ipaddress.ip_address(address) in network for network in trusted)


def _plain(text: str) -> str:
    """An address without port and brackets, or nothing where it is none."""
    for candidate in (text, text.rpartition(":")[0].strip("[]")):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return ""
