"""A parcel opens only whole, under its own name, with its own key."""

from __future__ import annotations

import io
import secrets
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from yiyang.base.keys import parcels
from yiyang.base.keys.keyring import DATA, EXPORT, Key, KeyRing, State
from yiyang.base.keys.parcels import CHUNK, ExportKey, WrongParcel
from yiyang.base.keys.suites import Suite

MADE = datetime(2026, 11, 22, tzinfo=UTC)


def ring_of(*secrets: bytes) -> KeyRing:
    """Export keys, oldest first; the last one writes."""
    last = len(secrets) - 1
    states = [State.ACTIVE if i == last else State.DECRYPT_ONLY for i in range(len(secrets))]
    keys = zip(secrets, states, strict=True)
    return KeyRing(tuple(Key(f"x{s[:1]!r}", EXPORT, Suite.A, MADE, state, s) for s, state in keys))


RING = ring_of(b"1" * 32, b"2" * 32)
OTHER = ring_of(b"3" * 32)


def sealed(content: bytes, name: str = "3049.dat") -> bytes:
    target = io.BytesIO()
    parcels.seal_stream(parcels.export_key(RING), name, io.BytesIO(content), target)
    return target.getvalue()


def opened(parcel: bytes, ring: KeyRing = RING, name: str = "3049.dat") -> bytes:
    return b"".join(parcels.open_stream(ring, name, io.BytesIO(parcel)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_goes_in_comes_out_at_every_edge_of_a_chunk(size: int) -> None:
    content = secrets.token_bytes(size)
    assert opened(sealed(content)) == content


def test_nothing_of_the_content_shows() -> None:
    assert b"wang xiuying" not in sealed(b"wang xiuying" * 100)


@pytest.mark.parametrize("cut", [1, 16, 17, CHUNK + 16, CHUNK + 17])
def test_a_parcel_cut_off_anywhere_does_not_open_even_at_the_edge_of_a_chunk(cut: int) -> None:
    with pytest.raises(WrongParcel, match="changed or cut off"):
        opened(sealed(b"x" * (2 * CHUNK + 5))[:-cut])


def test_one_changed_byte_is_found_wherever_it_is() -> None:
    parcel = sealed(b"x" * 500)
    for place in range(len(parcel)):
        changed = bytearray(parcel)
        changed[place] ^= 1
        with pytest.raises(WrongParcel):
            opened(bytes(changed))


def test_swapped_chunks_do_not_open() -> None:
    parcel = sealed(b"a" * CHUNK + b"b" * CHUNK + b"c")
    head = len(parcel) - 2 * (CHUNK + 16) - 17
    first, second = parcel[head : head + CHUNK + 16], parcel[head + CHUNK + 16 : head + 2 * (CHUNK + 16)]
    with pytest.raises(WrongParcel, match="chunk 1"):
        opened(parcel[:head] + second + first + parcel[-17:])


def test_a_parcel_under_another_name_does_not_open() -> None:
    with pytest.raises(WrongParcel, match=r"was written as 3049\.dat"):
        opened(sealed(b"x"), name="3050.dat")


def test_another_ring_is_told_apart_from_a_damaged_file() -> None:
    with pytest.raises(WrongParcel, match="which this key ring does not hold"):
        opened(sealed(b"x"), OTHER)


def test_an_older_key_of_the_ring_still_opens_and_the_name_of_a_key_does_not_follow_the_ring() -> None:
    before = ring_of(b"1" * 32)
    target = io.BytesIO()
    parcels.seal_stream(parcels.export_key(before), "x", io.BytesIO(b"old"), target)
    assert opened(target.getvalue(), RING, "x") == b"old"
    assert ExportKey.of(b"1" * 32).name == parcels.export_key(before).name != parcels.export_key(RING).name


def test_a_parcel_of_the_first_release_was_made_with_the_key_of_fields_and_still_opens() -> None:
    target = io.BytesIO()
    parcels.seal_stream(ExportKey.of(b"f" * 32), "x", io.BytesIO(b"old"), target)
    fields = replace(RING.keys[0], purpose=DATA, key_id="d1", secret=b"f" * 32, state=State.ACTIVE)
    assert opened(target.getvalue(), KeyRing((fields, *RING.keys)), "x") == b"old"
