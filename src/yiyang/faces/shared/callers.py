"""From where a request comes: its address for the log, and the block in which strangers are counted."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

V4_BITS, V6_BITS = 24, 48


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


def _address(request: HttpRequest) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Behind a proxy of one's own (YIYANG_TLS) the last one in ``X-Forwarded-For``.

    That one the proxy has written, all before it anybody may claim.
    """
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_TLS else ""
    text = claimed.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
