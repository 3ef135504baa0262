"""Keys over time: two suites, who writes, who still opens, what a retired key leaves, the ring's file."""

from __future__ import annotations

import base64
import json
import secrets
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from yiyang.base.keys import keyring, ringfile, suites
from yiyang.base.keys.keyring import Blind, KeyRefused, KeyRing, NoKeys, State, WrongSeal
from yiyang.base.keys.suites import NoSuite, Suite

PLACE = "people_person.id_number"
NUMBER = "159901194403010024"
MADE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(params=list(Suite))
def ring(request: pytest.FixtureRequest) -> KeyRing:
    return keyring.fresh(request.param, now=MADE)


def handed_out(ring: KeyRing, purpose: str, suite: Suite = Suite.A) -> KeyRing:
    return keyring.with_new_key(ring, purpose, suite, now=LATER)[0]


def test_either_suite_opens_its_own_row_only(ring: KeyRing) -> None:
    sealed = ring.seal(PLACE, 7, NUMBER)
    assert ring.open(PLACE, 7, sealed) == NUMBER
    assert sealed.split("|")[1] == ring.active("data").suite
    for place, row in ((PLACE, 8), ("people_person.phone", 7)):
        with pytest.raises(WrongSeal):
            ring.open(place, row, sealed)


def test_in_either_suite_every_changed_byte_of_a_ciphertext_is_noticed(ring: KeyRing) -> None:
    *head, ct = ring.seal(PLACE, 7, "1").split("|")
    raw = base64.urlsafe_b64decode(ct + "=" * (-len(ct) % 4))
    for i in range(len(raw)):
        bent = bytes([*raw[:i], raw[i] ^ 1, *raw[i + 1 :]])
        with pytest.raises(WrongSeal):
            ring.open(PLACE, 7, "|".join([*head, base64.urlsafe_b64encode(bent).decode().rstrip("=")]))
    with pytest.raises(WrongSeal):
        ring.open(PLACE, 7, "|".join([*head, "AAAA"]))


def test_an_index_of_either_suite_is_sixteen_bytes_and_each_fields_own(ring: KeyRing) -> None:
    assert len(ring.blind("phone", "13800005678")) == suites.INDEX_BYTES
    assert ring.blind("phone", "13800005678") != ring.blind("id_number", "13800005678")
    assert ring.blinds("phone", "13800005678") == [ring.blind("phone", "13800005678")]


def test_the_national_hash_gives_the_published_digest() -> None:
    """HMAC-SM3 of GB/T 15852.2: recomputed here from SM3 itself by the definition of HMAC."""
    from cryptography.hazmat.primitives import hashes

    def sm3(data: bytes) -> bytes:
        state = hashes.Hash(hashes.SM3())
        state.update(data)
        return state.finalize()

    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    key = bytes(range(32)).ljust(64, b"\0")
    inner = sm3(bytes(b ^ 0x36 for b in key) + b"138")
    assert suites.digest(Suite.S, bytes(range(32)), b"138") == sm3(bytes(b ^ 0x5C for b in key) + inner)


def test_where_openssl_lacks_the_national_cipher_it_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def lacking(*_: object) -> bytes:
        raise UnsupportedAlgorithm("no SM4")

    monkeypatch.setattr(suites, "encrypt", lacking)
    with pytest.raises(NoSuite, match="has no SM4-GCM or SM3: suite S cannot be used here") as refused:
        ringfile.make_ring(tmp_path / "keys.json", suite=Suite.S)
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []
    suites.check_supported(Suite.A)


def test_a_new_key_waits_opens_and_does_not_write(ring: KeyRing) -> None:
    waiting = handed_out(ring, "data")
    assert waiting.seal(PLACE, 7, NUMBER).split("|")[2] == "d1"
    written_elsewhere = keyring.activated(waiting, ["d2"]).seal(PLACE, 7, NUMBER)
    assert waiting.open(PLACE, 7, written_elsewhere) == NUMBER
    with pytest.raises(KeyRefused, match="d2 waits for data already"):
        handed_out(waiting, "data")


def test_a_search_asks_for_old_and_new_and_a_row_brings_the_second_column() -> None:
    ring = keyring.fresh(Suite.A, now=MADE)
    assert ring.blind("id_number", NUMBER).next is None
    waiting = handed_out(ring, "bidx:id_number", Suite.S)
    old = waiting.blind("id_number", NUMBER)
    assert old == ring.blind("id_number", NUMBER)
    assert waiting.blinds("id_number", NUMBER) == [old, old.next]
    turned = keyring.activated(waiting, ["id_number-2"])
    new = turned.blind("id_number", NUMBER)
    assert (new, new.next) == (old.next, old.next)
    assert turned.blinds("id_number", NUMBER) == [old, new]
    done = keyring.destroyed(turned, "id_number-1")
    assert done.blind("id_number", NUMBER).next is None
    assert done.blinds("id_number", NUMBER) == [new]
    assert isinstance(new, Blind)


def test_a_destroyed_key_leaves_its_entry_and_no_byte(ring: KeyRing, tmp_path: Path) -> None:
    sealed = ring.seal(PLACE, 7, NUMBER)
    turned = keyring.activated(handed_out(ring, "data"), ["d2"])
    gone = keyring.destroyed(turned, "d1")
    assert gone.key("d1").state is State.DESTROYED
    assert gone.key("d1").secret == b""
    with pytest.raises(NoKeys):
        gone.open(PLACE, 7, sealed)
    for key_id in ("d2", "d1"):
        with pytest.raises(KeyRefused, match="only a key that a rotation has left behind"):
            keyring.destroyed(gone, key_id)
    with pytest.raises(KeyRefused, match="d1 is destroyed"):
        keyring.activated(gone, ["d1"])


def test_the_file_holds_the_whole_ring_and_is_replaced_in_one_step(ring: KeyRing, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    made = ringfile.make_ring(path, suite=ring.active("data").suite, now=MADE)
    assert ringfile.read_ring(path) == made
    before, stamp = path.open("rb"), ringfile.RingFile(path).stamp()
    more = handed_out(made, "data")
    ringfile.write_ring(path, more)
    assert ringfile.read_ring(path) == more
    assert ringfile.RingFile(path).stamp() != stamp
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    with before:
        assert set(before.read()) == {0}, "the bytes of the old file are wiped"
    assert [found.name for found in tmp_path.iterdir()] == ["keys.json"]


def test_a_ring_of_the_first_release_is_read_and_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    raw = {name: secrets.token_bytes(32) for name in ("d1", "id_number", "phone", "phone_last4")}
    text = {name: base64.urlsafe_b64encode(key).rstrip(b"=").decode() for name, key in raw.items()}
    index = {name: text[name] for name in keyring.INDEXED_FIELDS}
    path.write_text(json.dumps({"active": "d1", "data": {"d1": text["d1"]}, "index": index}))
    path.chmod(0o400)
    ring = ringfile.read_ring(path)
    assert ringfile.is_first_form(path)
    sealed = f"v1|A|d1|{_b64(b'n' * 12)}|{_b64(_aes(raw['d1'], NUMBER))}"
    assert ring.open(PLACE, 7, sealed) == NUMBER
    assert ring.active("bidx:phone").secret == raw["phone"]
    whole = keyring.completed(ring, Suite.A, keyring.INDEXED_FIELDS, now=MADE)
    ringfile.write_ring(path, whole)
    assert not ringfile.is_first_form(path)
    assert ringfile.read_ring(path).open(PLACE, 7, sealed) == NUMBER
    assert {"audit", "device", "export"} <= set(ringfile.read_ring(path).purposes)


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _aes(key: bytes, text: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(b"n" * 12, text.encode(), f"{PLACE}.7".encode())


def test_a_key_whose_bytes_and_state_disagree_makes_the_ring_damaged(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ringfile.make_ring(path, now=MADE)
    written = json.loads(path.read_text())
    written["keys"][0]["state"] = "DESTROYED"
    path.chmod(0o600)
    path.write_text(json.dumps(written))
    with pytest.raises(NoKeys, match="its bytes say otherwise"):
        ringfile.read_ring(path)


def test_two_commands_do_not_change_one_ring_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with ringfile.changing(path), pytest.raises(KeyRefused, match="another command"), ringfile.changing(path):
        pass
    with ringfile.changing(path):
        pass
