"""The key ring: what is sealed opens in its own place only, and nothing shows a key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from yiyang.base.keys import ringfile, suites
from yiyang.base.keys.keyring import KeyRing, NoKeys, WrongSeal

PLACE = "people_person.id_number"
NUMBER = "159901194403010024"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ringfile.make_ring(tmp_path / "keys.json")
    return tmp_path / "keys.json"


@pytest.fixture
def ring(path: Path) -> KeyRing:
    return ringfile.read_ring(path)


def test_what_was_sealed_opens_again_and_never_looks_the_same_twice(ring: KeyRing) -> None:
    one, other = ring.seal(PLACE, 7, NUMBER), ring.seal(PLACE, 7, NUMBER)
    assert ring.open(PLACE, 7, one) == ring.open(PLACE, 7, other) == NUMBER
    assert one != other
    assert NUMBER not in one


@pytest.mark.parametrize(
    ("place", "row"), [(PLACE, 8), ("people_person.phone", 7), ("people_fact.id_number", 7)]
)
def test_copied_to_another_row_column_or_table_it_does_not_open(ring: KeyRing, place: str, row: int) -> None:
    with pytest.raises(WrongSeal, match=f"row {row} does not open"):
        ring.open(place, row, ring.seal(PLACE, 7, NUMBER))


@pytest.mark.parametrize("damage", ["v2|A", "v1|X", "v1|S", "", "v1|A|phone-1"])
def test_a_damaged_seal_is_said_and_nothing_guessed(ring: KeyRing, damage: str) -> None:
    parts = ring.seal(PLACE, 7, NUMBER).split("|")
    told = damage.split("|")
    with pytest.raises(WrongSeal):
        ring.open(PLACE, 7, "|".join([*told, *parts[len(told) :]]) if damage else damage)


def test_a_key_that_this_machine_was_not_given_is_named(ring: KeyRing) -> None:
    sealed = ring.seal(PLACE, 7, NUMBER).replace("|d1|", "|d9|")
    with pytest.raises(NoKeys, match="row 7 is sealed with key d9, which the key ring of this machine"):
        ring.open(PLACE, 7, sealed)


def test_one_changed_character_of_the_ciphertext_is_noticed(ring: KeyRing) -> None:
    sealed = ring.seal(PLACE, 7, NUMBER)
    cut = sealed.rindex("|") + 3
    with pytest.raises(WrongSeal):
        ring.open(PLACE, 7, sealed[:cut] + ("A" if sealed[cut] != "A" else "B") + sealed[cut + 1 :])


def test_a_blind_index_is_the_same_every_time_and_of_each_field_its_own(ring: KeyRing) -> None:
    assert ring.blind("phone", "13800005678") == ring.blind("phone", "13800005678")
    assert ring.blind("phone", "13800005678") != ring.blind("id_number", "13800005678")
    assert len(ring.blind("phone", "1")) == suites.INDEX_BYTES


def test_a_ring_and_a_sealed_text_print_nothing(ring: KeyRing) -> None:
    from yiyang.base.keys.sealing import Sealed

    sealed = Sealed(ring.seal(PLACE, 7, NUMBER))
    assert repr(ring) == "KeyRing(active='d1')"
    assert repr(sealed) == "<sealed>"
    assert f"{[sealed]}" == "[<sealed>]"


def test_a_ring_is_written_for_its_owner_alone_and_never_over_another(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o400
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        ringfile.make_ring(path)
    assert path.read_bytes() == before


def test_a_ring_that_everybody_may_read_is_refused_with_what_to_do(path: Path) -> None:
    path.chmod(0o644)
    with pytest.raises(NoKeys, match="open to everybody on this machine: chmod 400"):
        ringfile.read_ring(path)


@pytest.mark.parametrize(
    "text", [None, "", "no keys", "[]", "{}", json.dumps({"active": "d1", "data": 1, "index": 2})]
)
def test_a_missing_or_damaged_ring_is_one_clear_sentence(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "keys.json"
    if text is not None:
        path.write_text(text)
        path.chmod(0o400)
    with pytest.raises(NoKeys, match="set YIYANG_KEYS") as refused:
        ringfile.read_ring(path)
    assert str(path) in str(refused.value)
    assert "请联系系统管理员" in refused.value.message
