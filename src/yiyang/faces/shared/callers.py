"""From where a request comes: a block of addresses, the unit in which strangers are counted."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

V4_BITS, V6_BITS = 24, 48


def block_of(request: HttpRequest) -> str:
    """``203.0.113.0/24``; empty for this machine itself, where no stranger can be told from another.

    Behind a proxy of one's own (YIYANG_TLS) the address is the last one in ``X-Forwarded-For``: that one the
    proxy has written, all before it anybody may claim.
    """
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_TLS else ""
    text = claimed.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback:
        return ""
    bits = V4_BITS if address.version == 4 else V6_BITS
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
