"""The one way out: a signed request to a host that the operator has named, and to no address inside.

The name is resolved first and the connection goes to the very address that was checked, so that a name
cannot point outside while it is looked at and inside when it is used. No redirect is followed.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from yiyang.engine.errors import Refused, Unavailable

MOST_BYTES = 65_536


class NotAllowedOut(Refused):
    code = "base.not_allowed_out"
    message = "这个地址不在允许访问的名单里。请系统管理员核对外部服务地址"


class NoAnswer(Unavailable):
    """Not reached, too late, or cut off: it may have arrived all the same."""

    code = "base.no_answer"
    message = "对方系统没有回应，稍后会再试"


@dataclass(frozen=True)
class Door:
    """Where this installation may call out: by name; ``private`` for a server of one's own or a test."""

    hosts: frozenset[str]
    private: bool = False
    seconds: float = 10.0


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


def signed(
    secret: bytes, key_id: str, method: str, target: str, body: bytes, *, at: int, nonce: str = ""
) -> dict[str, str]:
    """Headers by which the other side knows who calls: HMAC over method, target, time, nonce, body's hash."""
    nonce = nonce or secrets.token_hex(16)
    text = "\n".join((method, target, str(at), nonce, hashlib.sha256(body).hexdigest()))
    return {
        "X-Yiyang-Key": key_id,
        "X-Yiyang-Time": str(at),
        "X-Yiyang-Nonce": nonce,
        "X-Yiyang-Signature": hmac.new(secret, text.encode(), "sha256").hexdigest(),
    }


def call(method: str, url: str, body: bytes, headers: Mapping[str, str], *, door: Door) -> Answer:
    """One request.

    Raises:
        NotAllowedOut: the host is not on the list, the address lies inside, or the line is not encrypted.
        NoAnswer: no connection, no answer in time, or one that is too long.
    """
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    if host not in door.hosts:
        raise NotAllowedOut(f"{host or 'no host'} is not on the list of hosts that may be called")
    if not secure and not (door.private and parts.scheme == "http"):
        raise NotAllowedOut(f"{host} must be called by https")
    address = _address_of(host, parts.port or (443 if secure else 80), private=door.private)
    line = _Line(host, address, parts.port or (443 if secure else 80), door.seconds, secure=secure)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return _ask(line, method, target or "/", body, headers, door.seconds)


def _address_of(host: str, port: int, *, private: bool) -> str:
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise NoAnswer(f"{host} has no address: {error}") from error
    inside = [one for one in found if not ipaddress.ip_address(one.partition("%")[0]).is_global]
    if inside and not private:
        raise NotAllowedOut(f"{host} leads to an address inside: {sorted(inside)[0]}")
    return sorted(found)[0]


class _Line(http.client.HTTPConnection):
    """A connection to the address that was checked; the certificate is that of the name."""

    def __init__(self, host: str, address: str, port: int, seconds: float, *, secure: bool) -> None:
        super().__init__(host, port, timeout=seconds)
        self.address, self.secure = address, secure

    def connect(self) -> None:
        raw = socket.create_connection((self.address, self.port), self.timeout)
        safe = ssl.create_default_context() if self.secure else None
        self.sock = safe.wrap_socket(raw, server_hostname=self.host) if safe else raw


def _ask(
    line: _Line, method: str, target: str, body: bytes, headers: Mapping[str, str], seconds: float
) -> Answer:
    with closing(line):
        # A limit for the whole exchange: the socket's own counts anew with every byte that drips in.
        over = threading.Timer(seconds, _cut, [line])
        over.start()
        try:
            line.request(method, target, body, dict(headers))
            answer = line.getresponse()
            read = answer.read(MOST_BYTES + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NoAnswer(f"{line.host} did not answer: {type(error).__name__}") from error
        finally:
            over.cancel()
    if len(read) > MOST_BYTES:
        raise NoAnswer(f"{line.host} answered more than {MOST_BYTES} bytes")
    return Answer(answer.status, read)


def _cut(line: _Line) -> None:
    if line.sock is not None:
        try:
            line.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
