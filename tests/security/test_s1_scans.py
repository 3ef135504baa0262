"""S1: what the scanners say of the source, without any network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def told(*words: str) -> dict[str, object] | list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found: dict[str, object] | list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_s1_bandit_finds_nothing_high() -> None:
    found = told("bandit", "-q", "-r", "src", "-f", "json")
    assert isinstance(found, dict)
    results, errors = found["results"], found["errors"]
    assert isinstance(results, list)
    assert [
        f"{one['filename']}:{one['line_number']}" for one in results if one["issue_severity"] == "HIGH"
    ] == []
    assert errors == []


def test_s1_ruffs_security_rules_find_nothing() -> None:
    found = told("ruff", "check", "src", "--output-format", "json")
    assert isinstance(found, list)
    assert [one for one in found if str(one["code"]).startswith("S")] == []


def test_s1_the_scanner_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("import hashlib, subprocess\nsubprocess.run(input(), shell=True)\nhashlib.md5(b'')\n")
    found = told("bandit", "-q", str(bad), "-f", "json")
    assert isinstance(found, dict)
    results = found["results"]
    assert isinstance(results, list)
    assert any(one["issue_severity"] == "HIGH" for one in results)
