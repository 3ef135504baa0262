"""The key ring: encryption of single fields and blind indexes to find them again. No Django in here.

Format of a sealed text: ``v1|suite|key_id|nonce|ct`` (base64url; ``ct`` ends with the tag). The additional
data is ``table.column.row_id``: a ciphertext copied to another row or column does not open. Keys live in a
file outside the database (``YIYANG_KEYS``), one data key and one index key per field.
"""

from __future__ import annotations

import base64
import functools
import hmac
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yiyang.engine.errors import BrokenInvariant, Unavailable

INDEXED_FIELDS = ("id_number", "phone", "phone_last4")
INDEX_BYTES = 16


class NoKeys(Unavailable):
    code = "base.no_keys"
    message = "密钥文件读不到，个人信息暂时打不开。请联系系统管理员"


class WrongSeal(BrokenInvariant):
    code = "base.wrong_seal"


@dataclass(frozen=True)
class KeyRing:
    """The keys of one installation; made once, read at start."""

    active: str
    data: Mapping[str, bytes] = field(repr=False)
    index: Mapping[str, bytes] = field(repr=False)

    def seal(self, place: str, row_id: int, text: str) -> str:
        """``place`` = ``table.column``."""
        nonce = secrets.token_bytes(12)
        ct = _cipher(self.data[self.active]).encrypt(nonce, text.encode(), f"{place}.{row_id}".encode())
        return f"v1|A|{self.active}|{_b64(nonce)}|{_b64(ct)}"

    def open(self, place: str, row_id: int, sealed: str) -> str:
        try:
            version, suite, key_id, nonce, ct = sealed.split("|")
            if (version, suite) != ("v1", "A"):
                raise WrongSeal(f"unknown seal {version}|{suite}")
            data = _cipher(self.data[key_id]).decrypt(_raw(nonce), _raw(ct), f"{place}.{row_id}".encode())
        except (ValueError, KeyError, InvalidTag) as error:
            raise WrongSeal(f"{place} of row {row_id} does not open") from error
        return data.decode()

    def blind(self, field: str, value: str) -> bytes:
        """The blind index of an already normalised value."""
        return hmac.digest(self.index[field], value.encode(), "sha256")[:INDEX_BYTES]


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@functools.lru_cache(maxsize=32)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def make_ring(path: Path) -> None:
    """Write a new key ring, readable by its owner only. An existing one is never touched."""
    ring = {
        "active": "d1",
        "data": {"d1": _b64(secrets.token_bytes(32))},
        "index": {field: _b64(secrets.token_bytes(32)) for field in INDEXED_FIELDS},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR)
    with os.fdopen(handle, "w") as file:
        json.dump(ring, file)


def read_ring(path: Path) -> KeyRing:
    """Raises NoKeys with the path when the file is absent, open to everybody, unreadable or damaged."""
    try:
        if path.stat().st_mode & stat.S_IRWXO:
            raise NoKeys(f"the key ring {path} is open to everybody on this machine: chmod 400 {path}")
        written = json.loads(path.read_text("utf-8"))
        return KeyRing(
            written["active"],
            {name: _raw(key) for name, key in written["data"].items()},
            {field: _raw(key) for field, key in written["index"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoKeys(f"the key ring {path} cannot be read ({error}); set YIYANG_KEYS") from error
