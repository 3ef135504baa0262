"""Run by ``test_r15_interface`` in a process of its own: every operation of the description that is served.

schemathesis wants the description while tests are collected; here the site is up by then. ``R15_URL`` is the
site, ``R15_KEYS`` are keys and secrets, in turn, so that no key has to wait.
"""

from __future__ import annotations

import itertools
import os
import time
from typing import Any

import requests
import schemathesis

from yiyang.base import outbound

URL = os.environ["R15_URL"]
WORDS = os.environ["R15_KEYS"].split()
TURN = itertools.cycle(zip(WORDS[::2], WORDS[1::2], strict=True))
SENT = ("method", "url", "headers", "params", "json", "data", "cookies")

schema = schemathesis.openapi.from_url(f"{URL}/api/v1/openapi.json")


@schema.auth()
class Signing:
    """Each generated request is signed as it will be sent."""

    def get(self, _case: Any, _context: Any) -> tuple[str, str]:
        return next(TURN)

    def set(self, case: Any, key: tuple[str, str], _context: Any) -> None:
        said = case.as_transport_kwargs(base_url=URL)
        sent = requests.Request(**{name: said[name] for name in SENT if name in said}).prepare()
        body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
        assert isinstance(body, bytes)
        at, target = int(time.time()), sent.path_url
        case.headers.update(outbound.signed(key[1].encode(), key[0], str(sent.method), target, body, at=at))


@schema.parametrize()
def test_what_is_served_is_what_is_described(case: Any) -> None:
    case.call_and_validate(base_url=URL)
