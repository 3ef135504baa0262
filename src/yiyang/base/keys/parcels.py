"""Files sealed as a stream: a backup on its way out of the house. No Django in here.

``YYP1``, the length of the head and the head (JSON: key, salt, name), then chunks of at most 1 MiB, each
AES-256-GCM with its number and, for the last one, a final mark in the nonce: a chunk changed, left out,
swapped or cut off at the end does not open. The key of a file is derived from the export key and the file's
own salt; the head is authenticated with every chunk.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yiyang.base.keys.keyring import DATA, EXPORT, KeyRing
from yiyang.engine.errors import Refused

MAGIC = b"YYP1"
CHUNK = 1 << 20
TAG = 16
LONGEST_HEAD = 4096


class WrongParcel(Refused):
    """It does not open: another ring, or not the bytes that were written."""

    code = "base.wrong_parcel"
    message = "备份打不开：密钥不对，或者文件已经不完整"


@dataclass(frozen=True)
class ExportKey:
    """One key for what leaves the house; ``name`` is a fingerprint, the same whatever the ring calls it."""

    name: str
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes) -> ExportKey:
        key = _derived(secret, b"", b"yiyang export")
        return cls(hashlib.sha256(b"name" + key).hexdigest()[:16], key)

    def mac(self, data: bytes) -> str:
        return hmac.digest(_derived(self.key, b"", b"yiyang manifest"), data, "sha256").hex()


def export_key(ring: KeyRing) -> ExportKey:
    """The key that new parcels are sealed with."""
    return ExportKey.of(ring.active(EXPORT).secret)


def key_named(ring: KeyRing, name: str) -> ExportKey:
    """The key of an older parcel.

    Raises:
        WrongParcel: the ring has none of this name.
    """
    # The first release made parcels with the key of fields.
    for key in (*ring.living(EXPORT), *ring.living(DATA)):
        found = ExportKey.of(key.secret)
        if hmac.compare_digest(found.name, name):
            return found
    raise WrongParcel(
        f"it was sealed with export key {name}, which this key ring does not hold:"
        " set YIYANG_KEYS to the ring that was in use then"
    )


def seal_stream(key: ExportKey, name: str, plain: IO[bytes], sealed: IO[bytes]) -> None:
    """``name`` is bound to the content: a parcel under another name does not open."""
    salt = secrets.token_bytes(16)
    head = json.dumps({"key": key.name, "salt": salt.hex(), "name": name}, sort_keys=True).encode()
    sealed.write(MAGIC + len(head).to_bytes(4, "big") + head)
    cipher = AESGCM(_derived(key.key, salt, b"yiyang parcel"))
    number, chunk = 0, plain.read(CHUNK)
    while True:
        following = plain.read(CHUNK)
        sealed.write(cipher.encrypt(_nonce(number, final=not following), chunk, head))
        if not following:
            return
        number, chunk = number + 1, following


def open_stream(ring: KeyRing, name: str, sealed: IO[bytes]) -> Iterator[bytes]:
    """The content, chunk by chunk; what has been handed out was proved to be what was written.

    Raises:
        WrongParcel: another key, another name, changed, or cut off.
    """
    head = _head(sealed, name)
    try:
        written = json.loads(head)
        salt, named, key_name = bytes.fromhex(written["salt"]), written["name"], written["key"]
    except (ValueError, KeyError, TypeError) as error:
        raise WrongParcel(f"{name} has a damaged head") from error
    if named != name:
        raise WrongParcel(f"{name} was written as {named}")
    cipher = AESGCM(_derived(key_named(ring, key_name).key, salt, b"yiyang parcel"))
    number, chunk = 0, sealed.read(CHUNK + TAG)
    while True:
        following = sealed.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number, final=not following), chunk, head)
        except InvalidTag as error:
            raise WrongParcel(f"{name} is changed or cut off at chunk {number + 1}") from error
        if not following:
            return
        number, chunk = number + 1, following


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _head(sealed: IO[bytes], name: str) -> bytes:
    if sealed.read(len(MAGIC)) != MAGIC:
        raise WrongParcel(f"{name} is not a sealed file of ours")
    length = int.from_bytes(sealed.read(4), "big")
    head = sealed.read(length) if length <= LONGEST_HEAD else b""
    if not head or len(head) != length:
        raise WrongParcel(f"{name} is cut off in its head")
    return head


def _nonce(number: int, *, final: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if final else b"\x00")


def _derived(secret: bytes, salt: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, use).derive(secret)
