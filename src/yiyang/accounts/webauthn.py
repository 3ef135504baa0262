"""Passkeys: what is asked of the browser, and whether its answer holds. No table, no request in here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from yiyang.engine.errors import Refused

State = dict[str, str]
NAME = "颐养"


class PasskeyRefused(Refused):
    code = "accounts.passkey_refused"
    message = "通行密钥没有通过。请再试一次，或者改用手机验证码"


@dataclass(frozen=True)
class Asked:
    """``options`` go to the browser, ``state`` stays in the session until it answers."""

    options: str
    state: State


@dataclass(frozen=True)
class Answered:
    """``count`` rises with each use; a copy of a key betrays itself by a count that does not."""

    credential_id: bytes
    credential: bytes
    count: int


def ask_to_make(site: str, *, user_id: int, login: str, name: str, held: Sequence[bytes]) -> Asked:
    """A new key for this account at this site; ones it holds already are left out."""
    options, state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(id=f"{user_id}".encode(), name=login, display_name=name),
        [AttestedCredentialData(one) for one in held],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Asked(json.dumps(dict(options.public_key)), dict(state))


def made(site: str, state: State, answer: str) -> Answered:
    """Raises PasskeyRefused: another challenge, another site, or the person was not checked by the device."""
    try:
        data = _server(site).register_complete(state, json.loads(answer))
        credential = data.credential_data
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PasskeyRefused(f"registration does not hold: {error}") from error
    if credential is None:
        raise PasskeyRefused("registration without a key")
    return Answered(credential.credential_id, bytes(credential), data.counter)


def ask_to_show(site: str, held: Sequence[bytes]) -> Asked:
    """One of these keys, with the person checked by the device."""
    options, state = _server(site).authenticate_begin(
        [AttestedCredentialData(one) for one in held], UserVerificationRequirement.REQUIRED
    )
    return Asked(json.dumps(dict(options.public_key)), dict(state))


def shown(site: str, state: State, held: Sequence[bytes], answer: str) -> Answered:
    """Raises PasskeyRefused: an unknown key, another challenge or site, a wrong signature."""
    try:
        read = json.loads(answer)
        found = _server(site).authenticate_complete(
            state, [AttestedCredentialData(one) for one in held], read
        )
        data = AuthenticationResponse.from_dict(read).response.authenticator_data
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PasskeyRefused(f"assertion does not hold: {error}") from error
    return Answered(found.credential_id, bytes(found), data.counter)


def _server(site: str) -> Fido2Server:
    """``site``: the host of the pages. The library refuses plain http anywhere but on localhost."""
    return Fido2Server(PublicKeyCredentialRpEntity(id=site, name=NAME), attestation=None)
