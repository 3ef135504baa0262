"""Two cipher suites for sealed fields: A for everybody, S where 密评 (GB/T 39786) asks for it."""

from __future__ import annotations

import functools
import hmac
import secrets
from enum import StrEnum

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.backends.openssl import backend
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC

from yiyang.engine.errors import Unavailable

NONCE_BYTES = 12
TAG_BYTES = 16
INDEX_BYTES = 16


class Suite(StrEnum):
    A = "A"  # AES-256-GCM, HMAC-SHA-256
    S = "S"  # SM4-GCM, HMAC-SM3


KEY_BYTES = {Suite.A: 32, Suite.S: 16}
INDEX_KEY_BYTES = 32


class NoSuite(Unavailable):
    code = "base.no_suite"
    message = "这台机器的密码库不支持国密算法，个人信息暂时打不开。请联系系统管理员"


def check_supported(suite: Suite) -> None:
    """Raises NoSuite in one sentence where the OpenSSL in use lacks the ciphers of the suite."""
    if suite is Suite.A:
        return
    try:
        sealed = encrypt(suite, b"\0" * 16, b"\0" * NONCE_BYTES, b"", b"")
        assert decrypt(suite, b"\0" * 16, b"\0" * NONCE_BYTES, sealed, b"") == b""
        digest(suite, b"\0" * INDEX_KEY_BYTES, b"")
    except (UnsupportedAlgorithm, AttributeError) as error:
        raise NoSuite(
            f"{backend.openssl_version_text()} has no SM4-GCM or SM3: suite S cannot be used here"
            " (install a build of `cryptography` with them, or use --suite A)"
        ) from error


def new_secret(suite: Suite, *, index: bool) -> bytes:
    return secrets.token_bytes(INDEX_KEY_BYTES if index else KEY_BYTES[suite])


def encrypt(suite: Suite, key: bytes, nonce: bytes, text: bytes, place: bytes) -> bytes:
    """Ciphertext with the tag at its end; ``place`` is authenticated and not stored."""
    if suite is Suite.A:
        return _aes(key).encrypt(nonce, text, place)
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(place)
    return cipher.update(text) + cipher.finalize() + cipher.tag


def decrypt(suite: Suite, key: bytes, nonce: bytes, sealed: bytes, place: bytes) -> bytes:
    """Raises InvalidTag: another key, another place, or a changed byte."""
    if suite is Suite.A:
        return _aes(key).decrypt(nonce, sealed, place)
    if len(sealed) < TAG_BYTES:
        raise InvalidTag
    text, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(place)
    return cipher.update(text) + cipher.finalize()


def digest(suite: Suite, key: bytes, value: bytes) -> bytes:
    """The whole keyed digest, 32 bytes in both suites."""
    if suite is Suite.A:
        return hmac.digest(key, value, "sha256")
    keyed = HMAC(key, hashes.SM3())
    keyed.update(value)
    return keyed.finalize()


@functools.lru_cache(maxsize=64)
def _aes(key: bytes) -> AESGCM:
    return AESGCM(key)
