"""A system of another department, with its key: signs and sends as one would."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from yiyang.accounts import machines
from yiyang.accounts.services import machines as keys
from yiyang.base import outbound
from yiyang.base.scoping import Role, acting


@dataclass
class Machine:
    key_id: str
    secret: str

    def signed(self, method: str, target: str, body: bytes = b"", **other: Any) -> dict[str, str]:
        at = int(other.pop("at", time.time()))
        return outbound.signed(self.secret.encode(), self.key_id, method, target, body, at=at, **other)

    def get(self, target: str, **other: Any) -> Any:
        headers = self.signed("GET", target, **other)
        return Client(raise_request_exception=False).get(target, headers=headers)

    def post(self, target: str, content: object, key: str = "first-request", **other: Any) -> Any:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        headers = self.signed("POST", target, body, **other) | {"Idempotency-Key": key}
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        return client.post(target, body, content_type="application/json", headers=headers)


def machine(
    prefix: str, *rights: str, source: str = "DISABLED_PERSONS_FEDERATION", days: int = 30
) -> Machine:
    """A key of its own; all rights where none is named. Called outside ``acting`` blocks."""
    with acting(Role.NONE, actor_id="process:tests"):
        made = keys.open_key(
            name="残联业务系统",
            rights=rights or machines.RIGHTS,
            prefix=prefix,
            source=source,
            days=days,
            now=timezone.localtime(),
        )
    return Machine(made.key_id, made.secret)
