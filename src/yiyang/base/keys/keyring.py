"""The key ring: encryption of single fields and blind indexes to find them again. No Django in here.

Format of a sealed text: ``v1|suite|key_id|nonce|ct`` (base64url; ``ct`` ends with the tag). The additional
data is ``table.column.row_id``: a ciphertext copied to another row or column does not open. Keys live
outside the database (``ringfile``). A ring is a value: an act on keys makes a new one.

One key of a purpose is ACTIVE and writes. A DECRYPT_ONLY key *after* it was handed out and waits; one
*before* it still opens what it sealed, until nothing uses it and it is DESTROYED.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NoReturn

from cryptography.exceptions import InvalidTag

from yiyang.base.keys import suites
from yiyang.base.keys.suites import INDEX_BYTES, Suite
from yiyang.engine.errors import BrokenInvariant, Refused, Unavailable

INDEXED_FIELDS = ("id_number", "phone", "phone_last4")
DATA, AUDIT, DEVICE, EXPORT = "data", "audit", "device", "export"
INDEX = "bidx:"
_SUITES = frozenset(suite.value for suite in Suite)
PLAIN_PURPOSES = (DATA, AUDIT, DEVICE, EXPORT)


class NoKeys(Unavailable):
    code = "base.no_keys"
    message = "密钥文件读不到，个人信息暂时打不开。请联系系统管理员"


class WrongSeal(BrokenInvariant):
    code = "base.wrong_seal"


class KeyRefused(Refused):
    code = "base.key_refused"
    message = "密钥没有改动：这一步现在不能做"


class State(StrEnum):
    ACTIVE = "ACTIVE"
    DECRYPT_ONLY = "DECRYPT_ONLY"
    DESTROYED = "DESTROYED"


class Blind(bytes):
    """A blind index as a row stores it; ``next`` goes into the second column while keys are being rotated."""

    next: bytes | None

    def __new__(cls, value: bytes, follower: bytes | None = None) -> Blind:
        made = super().__new__(cls, value)
        made.next = follower
        return made


@dataclass(frozen=True)
class Key:
    key_id: str
    purpose: str  # data | bidx:<field> | audit | device | export
    suite: Suite
    created: datetime
    state: State
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class KeyRing:
    """The keys of one installation, oldest first."""

    keys: tuple[Key, ...] = field(repr=False)

    def __repr__(self) -> str:
        active = self._active.get(DATA)
        return f"KeyRing(active={active.key_id if active else None!r})"

    @cached_property
    def _by_id(self) -> dict[str, Key]:
        return {key.key_id: key for key in self.keys}

    @cached_property
    def _active(self) -> dict[str, Key]:
        return {key.purpose: key for key in self.keys if key.state is State.ACTIVE}

    @cached_property
    def _followers(self) -> dict[str, Key]:
        """Whose index goes into a second column: the waiting key, or the active one beside an old one."""
        found: dict[str, Key] = {}
        for purpose, active in self._active.items():
            others = [key for key in self.of(purpose) if key.state is State.DECRYPT_ONLY]
            after = [key for key in others if self.keys.index(key) > self.keys.index(active)]
            if others:
                found[purpose] = after[-1] if after else active
        return found

    def of(self, purpose: str) -> list[Key]:
        return [key for key in self.keys if key.purpose == purpose]

    @property
    def purposes(self) -> list[str]:
        return list(dict.fromkeys(key.purpose for key in self.keys))

    def key(self, key_id: str) -> Key:
        """Raises KeyRefused: no such key."""
        if key_id not in self._by_id:
            raise KeyRefused(f"no key {key_id!r} in the ring; `yiyang keys list` shows them")
        return self._by_id[key_id]

    def active(self, purpose: str) -> Key:
        """The key that writes.

        Raises:
            NoKeys: the ring holds none for this purpose.
        """
        found = self._active.get(purpose)
        if found is None:
            raise NoKeys(f"the key ring holds no active key for {purpose}: run `yiyang keys new`")
        return found

    def waiting(self, purpose: str) -> Key | None:
        """The key that was handed out and does not write yet."""
        follower = self._followers.get(purpose)
        return None if follower is None or follower.state is State.ACTIVE else follower

    def living(self, purpose: str) -> list[Key]:
        return [key for key in self.of(purpose) if key.state is not State.DESTROYED]

    def seal(self, place: str, row_id: int, text: str) -> str:
        """``place`` = ``table.column``."""
        key, nonce = self.active(DATA), secrets.token_bytes(suites.NONCE_BYTES)
        ct = suites.encrypt(key.suite, key.secret, nonce, text.encode(), f"{place}.{row_id}".encode())
        return f"v1|{key.suite.value}|{key.key_id}|{_b64(nonce)}|{_b64(ct)}"

    def open(self, place: str, row_id: int, sealed: str) -> str:
        """The text again.

        Raises:
            NoKeys: sealed with a key that this machine's ring does not hold.
            WrongSeal: of an unknown form, damaged, or copied from another place.
        """
        try:
            version, suite, key_id, nonce, ct = sealed.split("|")
            if version != "v1" or suite not in _SUITES:
                raise WrongSeal(f"unknown seal {version}|{suite}")
            key = self._openers.get((key_id, suite)) or self._not_opened(key_id, f"{place} of row {row_id}")
            data = suites.decrypt(key.suite, key.secret, _raw(nonce), _raw(ct), f"{place}.{row_id}".encode())
            return data.decode()
        except (ValueError, InvalidTag) as error:
            raise WrongSeal(f"{place} of row {row_id} does not open") from error

    @cached_property
    def _openers(self) -> dict[tuple[str, str], Key]:
        return {(key.key_id, key.suite.value): key for key in self.living(DATA)}

    def _not_opened(self, key_id: str, what: str) -> NoReturn:
        if key_id in self._by_id and self._by_id[key_id].secret:
            raise WrongSeal(f"{what} does not open: key {key_id} is of another suite or purpose")
        raise NoKeys(f"{what} is sealed with key {key_id}, which the key ring of this machine does not hold")

    def blind(self, field: str, value: str) -> Blind:
        """The blind index of an already normalised value, as a new row stores it."""
        purpose = INDEX + field
        follower = self._followers.get(purpose)
        return Blind(
            index_of(self.active(purpose), value), None if follower is None else index_of(follower, value)
        )

    def blinds(self, field: str, value: str) -> list[bytes]:
        """Every index under which a row of this value may stand just now: what a search asks for."""
        self.active(INDEX + field)
        return [index_of(key, value) for key in self.living(INDEX + field)]


def index_of(key: Key, value: str) -> bytes:
    return suites.digest(key.suite, key.secret, value.encode())[:INDEX_BYTES]


def key_of_seal(sealed: str) -> str:
    """The id of the key that sealed a text; empty where the form is unknown."""
    parts = sealed.split("|", 3)
    return parts[2] if len(parts) == 4 else ""


def with_new_key(ring: KeyRing, purpose: str, suite: Suite, *, now: datetime) -> tuple[KeyRing, Key]:
    """One more key: ACTIVE where the purpose has none yet, else waiting as DECRYPT_ONLY.

    Raises:
        KeyRefused: one waits already.
    """
    if waits := ring.waiting(purpose):
        raise KeyRefused(f"key {waits.key_id} waits for {purpose} already: run `yiyang keys rotate`")
    state = State.DECRYPT_ONLY if purpose in ring._active else State.ACTIVE
    key = Key(
        f"{_stem(purpose)}{len(ring.of(purpose)) + 1}",
        purpose,
        suite,
        now,
        state,
        suites.new_secret(suite, index=purpose != DATA),
    )
    return KeyRing((*ring.keys, key)), key


def activated(ring: KeyRing, key_ids: Iterable[str]) -> KeyRing:
    """These keys write from now on; what wrote before them opens only."""
    chosen = [ring.key(key_id) for key_id in key_ids]
    if gone := [key.key_id for key in chosen if key.state is State.DESTROYED]:
        raise KeyRefused(f"key {gone[0]} is destroyed")
    purposes, ids = {key.purpose for key in chosen}, {key.key_id for key in chosen}

    def turned(key: Key) -> Key:
        if key.key_id in ids:
            return replace(key, state=State.ACTIVE)
        if key.purpose in purposes and key.state is State.ACTIVE:
            return replace(key, state=State.DECRYPT_ONLY)
        return key

    return KeyRing(tuple(map(turned, ring.keys)))


def destroyed(ring: KeyRing, key_id: str) -> KeyRing:
    """The entry stays as a record, its bytes go.

    Raises:
        KeyRefused: no such key, or it still writes.
    """
    key = ring.key(key_id)
    if key.state is not State.DECRYPT_ONLY:
        raise KeyRefused(
            f"key {key_id} is {key.state}: only a key that a rotation has left behind is retired"
        )
    gone = replace(key, state=State.DESTROYED, secret=b"")
    return KeyRing(tuple(gone if each.key_id == key_id else each for each in ring.keys))


def fresh(suite: Suite, fields: Iterable[str] = INDEXED_FIELDS, *, now: datetime) -> KeyRing:
    """A whole new ring: one active key a purpose."""
    return completed(KeyRing(()), suite, fields, now=now)


def completed(ring: KeyRing, suite: Suite, fields: Iterable[str], *, now: datetime) -> KeyRing:
    """The same ring with a first key for each purpose that has none."""
    for purpose in (*PLAIN_PURPOSES, *(INDEX + name for name in fields)):
        if purpose not in ring.purposes:
            ring, _ = with_new_key(ring, purpose, suite, now=now)
    return ring


def _stem(purpose: str) -> str:
    letters = {DATA: "d", AUDIT: "audit", DEVICE: "device", EXPORT: "export"}
    return letters.get(purpose) or purpose.removeprefix(INDEX) + "-"


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
