"""A gateway for short messages and spoken calls: signed JSON over TLS, its answers and its reports.

What goes out: ``POST {url}/messages`` with ``{"id", "kind": "SMS"|"VOICE", "to", "text", "template"}``; the
id is the idempotency key, so that the same message sent twice rings once. What comes back: 200 or 202 with
``{"state": "accepted", "ref"}``, or 4xx with ``{"error"}``. What became of it: ``GET {url}/reports?since=…``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from yiyang.base import outbound
from yiyang.base.outbound import Answer, Door
from yiyang.notices.channels import Message, NoCarrier, Outcome
from yiyang.notices.choices import NoticeState, Reason

REFUSALS = {
    "bad_number": Reason.BAD_NUMBER,
    "empty_number": Reason.BAD_NUMBER,
    "unsubscribed": Reason.UNWANTED,
    "blacklisted": Reason.UNWANTED,
    "no_answer": Reason.NOT_PICKED_UP,
    "busy": Reason.NOT_PICKED_UP,
}
REPORTED = {"delivered": NoticeState.DELIVERED, "failed": NoticeState.FAILED, "refused": NoticeState.REFUSED}
LONGEST_REF = 64


@dataclass(frozen=True)
class Report:
    """What the gateway says became of a message it had accepted."""

    ref: str
    state: NoticeState
    reason: Reason


@dataclass(frozen=True)
class Gateway:
    """One gateway, by its settings."""

    url: str
    key_id: str
    secret_file: Path
    door: Door
    name: str = "http"
    real: bool = True

    @cached_property
    def secret(self) -> bytes:
        """Raises NoCarrier: the file cannot be read, or holds less than 16 bytes."""
        try:
            secret = self.secret_file.read_bytes().strip()
        except OSError as error:
            raise NoCarrier(f"YIYANG_GATEWAY_SECRET: {error.strerror}") from error
        if len(secret) < 16:
            raise NoCarrier("YIYANG_GATEWAY_SECRET: the file holds less than 16 bytes")
        return secret

    def carry(self, message: Message) -> Outcome:
        body = json.dumps(
            {
                "id": str(message.code),
                "kind": message.channel.value,
                "to": message.phone,
                "text": message.text,
                "template": message.text_key,
            },
            ensure_ascii=False,
        ).encode()
        try:
            return outcome_of(
                self._ask("POST", "/messages", body, message.at, {"Idempotency-Key": str(message.code)})
            )
        except outbound.NotAllowedOut:
            return Outcome(NoticeState.FAILED, Reason.NOT_ALLOWED)
        except outbound.NoAnswer:
            return Outcome(NoticeState.FAILED, Reason.NO_ANSWER, again=True)

    def reports(self, *, since: datetime, now: datetime) -> list[Report]:
        """What has become of messages since a time; nothing where the gateway does not answer.

        Raises:
            NoAnswer, NotAllowedOut
        """
        answer = self._ask("GET", f"/reports?since={int(since.timestamp())}", b"", now, {})
        return list(reports_of(answer.body)) if answer.status == 200 else []

    def _ask(self, method: str, path: str, body: bytes, at: datetime, more: dict[str, str]) -> Answer:
        url = self.url.rstrip("/") + path
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        sign = outbound.signed(self.secret, self.key_id, method, target, body, at=int(at.timestamp()))
        headers = {"Content-Type": "application/json; charset=utf-8", **sign, **more}
        return outbound.call(method, url, body, headers, door=self.door)


def outcome_of(answer: Answer) -> Outcome:
    """What an answer of the gateway means. Its own words are never kept: they may quote the number."""
    said = _object_of(answer.body)
    if answer.status in (200, 202):
        ref = said.get("ref")
        if said.get("state") != "accepted" or not isinstance(ref, str) or not 0 < len(ref) <= LONGEST_REF:
            # It may have been taken all the same: the id keeps a second try from ringing twice.
            return Outcome(NoticeState.FAILED, Reason.UNREADABLE, again=True)
        return Outcome(NoticeState.SENT, gateway_ref=ref)
    if answer.status in (408, 425, 429) or answer.status >= 500:
        return Outcome(NoticeState.FAILED, Reason.GATEWAY_DOWN, again=True)
    return Outcome(NoticeState.REFUSED, REFUSALS.get(str(said.get("error")), Reason.REJECTED))


def reports_of(body: bytes) -> Iterator[Report]:
    """The reports that can be understood; the others are left out, and their messages stay as sent."""
    rows = _object_of(body).get("reports")
    for row in rows if isinstance(rows, list) else []:
        if (
            not isinstance(row, dict)
            or row.get("state") not in REPORTED
            or not isinstance(row.get("ref"), str)
        ):
            continue
        state = REPORTED[row["state"]]
        reason = Reason.NONE if state is NoticeState.DELIVERED else Reason.REJECTED
        yield Report(row["ref"], state, REFUSALS.get(str(row.get("error")), reason))


def _object_of(body: bytes) -> dict[str, object]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def from_settings() -> Gateway:
    """Raises NoCarrier: the address or the key is not set."""
    if not (settings.YIYANG_GATEWAY_URL and settings.YIYANG_GATEWAY_KEY and settings.YIYANG_GATEWAY_SECRET):
        raise NoCarrier(
            "YIYANG_GATEWAY_URL, YIYANG_GATEWAY_KEY and YIYANG_GATEWAY_SECRET are needed for http"
        )
    door = Door(
        frozenset(settings.YIYANG_GATEWAY_HOSTS),
        private=settings.YIYANG_GATEWAY_PRIVATE,
        seconds=settings.YIYANG_GATEWAY_SECONDS,
    )
    secret = Path(settings.YIYANG_GATEWAY_SECRET)
    return Gateway(settings.YIYANG_GATEWAY_URL, settings.YIYANG_GATEWAY_KEY, secret, door)
