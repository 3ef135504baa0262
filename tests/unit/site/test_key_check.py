"""`check --deploy` on the key ring: old keys, open files, missing rings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from yiyang.base.keys import keyring, ringfile, sealing
from yiyang.base.keys.suites import Suite
from yiyang.faces.shared.checks import LONGEST, faults_of


@pytest.fixture
def path(tmp_path: Path, settings: Any) -> Path:
    settings.YIYANG_KEYS = str(tmp_path / "keys.json")
    ringfile.make_ring(tmp_path / "keys.json", fields=sealing.indexed_fields(), now=NOW)
    return tmp_path / "keys.json"


def test_a_fresh_ring_has_no_fault_until_the_four_hundredth_day_is_over(path: Path) -> None:
    assert faults_of(path, now=NOW + LONGEST) == []
    faults = faults_of(path, now=NOW + LONGEST + timedelta(seconds=1))
    assert {fault.id for fault in faults} == {"yiyang.E003"}
    assert "key d1 (data) writes since 2026-11-22" in faults[0].msg


def test_an_old_key_that_only_opens_is_no_fault(path: Path) -> None:
    later = NOW + LONGEST + timedelta(days=1)
    ring = ringfile.read_ring(path)
    for purpose in ring.purposes:
        ring, key = keyring.with_new_key(ring, purpose, Suite.A, now=later)
        ring = keyring.activated(ring, [key.key_id])
    ringfile.write_ring(path, ring)
    assert faults_of(path, now=later) == []


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644])
def test_a_file_that_others_may_read_is_a_fault(path: Path, mode: int) -> None:
    path.chmod(mode)
    (fault,) = faults_of(path, now=NOW)
    assert (fault.id, "chmod 400" in fault.msg) == ("yiyang.E001", True)


def test_a_missing_or_incomplete_ring_is_a_fault(path: Path, settings: Any) -> None:
    ring = ringfile.read_ring(path)
    ringfile.write_ring(path, keyring.KeyRing(tuple(k for k in ring.keys if k.purpose != "bidx:phone")))
    (fault,) = faults_of(path, now=NOW)
    assert "holds no key for bidx:phone: run `yiyang keys new`" in fault.msg
    path.unlink()
    (fault,) = faults_of(path, now=NOW)
    assert fault.id == "yiyang.E002"
