"""Settings that must be read with care: a wrong value is one sentence, not a surprise at night."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence

from yiyang.engine.errors import Refused

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class BadSetting(Refused):
    code = "site.bad_setting"
    message = "设置有误，请联系系统管理员"


def days_of(environment: Mapping[str, str], name: str, allowed: Sequence[int]) -> int:
    """A number of days out of a few; the first where nothing is said. Raises BadSetting."""
    said = environment.get(name, "").strip() or f"{allowed[0]}"
    if said not in {f"{one}" for one in allowed}:
        raise BadSetting(f"{name}={said!r}: one of {', '.join(map(str, allowed))}")
    return int(said)


def networks_of(environment: Mapping[str, str], name: str) -> list[Network]:
    """Addresses or networks, separated by commas. Raises BadSetting."""
    parts = [part.strip() for part in environment.get(name, "").split(",")]
    try:
        return [ipaddress.ip_network(part) for part in parts if part]
    except ValueError as error:
        raise BadSetting(f"{name}: {error}; write 10.0.0.5 or 10.0.0.0/24, separated by commas") from error
