"""`yiyang keys` as an operator types it: what is there, what is missing, one sentence each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def yiyang(state: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("YIYANG_", "DATABASE_", "DJANGO_"))}
    environ = {**kept, "YIYANG_STATE": str(state), "YIYANG_KEYS": str(state / "keys.json"), **more}
    command = [sys.executable, "-m", "yiyang.site.cli", *words]
    return subprocess.run(command, env=environ, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("suite", ["A", "S"])
def test_a_new_ring_is_made_listed_and_shows_no_byte(tmp_path: Path, suite: str) -> None:
    made = yiyang(tmp_path, "keys", "new", "--suite", suite)
    assert (made.returncode, made.stderr) == (0, "")
    listed = yiyang(tmp_path, "keys", "list", "--json")
    keys = json.loads(listed.stdout)["keys"]
    assert {key["suite"] for key in keys} == {suite}
    assert {"data", "bidx:id_number", "bidx:phone", "audit", "device", "export"} <= {
        k["purpose"] for k in keys
    }
    secrets = {key["secret"] for key in json.loads((tmp_path / "keys.json").read_text())["keys"]}
    assert not [secret for secret in secrets if secret in made.stdout + listed.stdout]


def test_the_suite_of_the_installation_is_a_setting(tmp_path: Path) -> None:
    assert yiyang(tmp_path, "keys", "new", YIYANG_SUITE="S").returncode == 0
    assert {key["suite"] for key in json.loads((tmp_path / "keys.json").read_text())["keys"]} == {"S"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("keys", "list"), "cannot be read"),
        (("serve",), "cannot be read"),
        (("keys", "rotate"), "cannot be read"),
    ],
)
def test_without_a_ring_it_is_one_sentence_and_nothing_is_started(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    done = yiyang(tmp_path, *words)
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_nonsense_is_refused_with_exit_two(tmp_path: Path) -> None:
    assert yiyang(tmp_path, "keys", "new", "--suite", "X").returncode == 2
    assert yiyang(tmp_path, "keys", "new", YIYANG_SUITE="X").returncode == 2
    yiyang(tmp_path, "keys", "new")
    unknown = yiyang(tmp_path, "keys", "new", "--purpose", "bidx:shoe")
    assert (unknown.returncode, "no purpose 'bidx:shoe'" in unknown.stderr) == (2, True)
