"""The operations guide, followed by somebody else: every block marked sh, on a server that is not ours."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.outside import Outside, free_port, outside_server

ROOT = Path(__file__).resolve().parents[3]
GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    with outside_server() as server:
        yield server


@pytest.fixture
def ground() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="yiyang-test-"))
    folder.chmod(0o755)
    for name in ("etc", "state", "backups", "second", "bin"):
        (folder / name).mkdir()
    for name, words in (("python", ""), ("yiyang", "-m yiyang.site.cli")):
        _program(folder / "bin" / name, f"exec {sys.executable} {words}")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _program(path: Path, words: str) -> None:
    path.write_text(f'#!/bin/sh\n{words} "$@"\n')
    path.chmod(0o755)


def environment(outside: Outside, ground: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("YIYANG_", "DATABASE_"))}
    home = outside.programs
    _program(ground / "bin" / "psql", f"LD_LIBRARY_PATH={home}/lib exec {home}/bin/psql")
    return kept | {
        "PATH": f"{ground / 'bin'}:{kept.get('PATH', os.defpath)}",
        "ETC": str(ground / "etc"),
        "STATE": str(ground / "state"),
        "BACKUPS": str(ground / "backups"),
        "SECOND": str(ground / "second"),
        "DB": f"127.0.0.1:{outside.port}",
        "TLS": "",
        "SITE": "yanglao.example.org",
        "PLACE": "1502",
        "PORT": str(free_port()),
        "SUPER": outside.superuser,
    }


def follow(script: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """In a group of its own, so that nothing it started outlives it."""
    words = ["bash", "-c", script]
    with subprocess.Popen(
        words,
        cwd=ROOT,
        env=env,
        text=True,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as shell:
        try:
            out, err = shell.communicate(timeout=400)
        except subprocess.TimeoutExpired:
            pages = Path(env["STATE"]) / "pages"
            if pages.exists():
                os.kill(int(pages.read_text()), signal.SIGTERM)
            os.killpg(shell.pid, signal.SIGTERM)
            out, err = shell.communicate(timeout=30)
        return subprocess.CompletedProcess(words, shell.returncode, out, err)


def test_somebody_else_can_follow_the_guide(outside: Outside, ground: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.M | re.S)
    assert len(blocks) >= 8
    script = "set -euo pipefail\n" + "\n".join(f"echo '== block {i}'\n{b}" for i, b in enumerate(blocks, 1))
    done = follow(script, environment(outside, ground))
    assert done.returncode == 0, f"{done.stdout[-1500:]}\n{done.stderr[-3000:]}"
    assert "nothing found" in done.stdout
    assert "正常" in done.stdout
    assert "restored what stood at" in done.stdout
    assert (ground / "etc" / "keys.json").stat().st_mode & 0o077 == 0
    assert not list((ground / "etc").glob("password-*"))


def test_s1_check_deploy_names_every_lapse_and_how_to_repair_it(outside: Outside, ground: Path) -> None:
    env = environment(outside, ground) | {
        "YIYANG_STATE": str(ground / "state"),
        "DATABASE_URL": outside.superuser,
        "DATABASE_OWNER_URL": outside.superuser,
        "YIYANG_SECRET_KEY": "short",
        "YIYANG_HOSTS": "*",
    }
    words = [sys.executable, "-m", "yiyang.site.cli", "check", "--deploy"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    for lapse in ("tls:", "hosts:", "secret:", "keys:", "owner:", "messages:", "role:", "security.W"):
        assert lapse in done.stdout, lapse
    assert "only-for-tests" not in done.stdout + done.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_there_is_and_gives_up_what_it_does_not_need(path: Path) -> None:
    from yiyang.site.cli import COMMANDS

    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path)
    service = unit["Service"]
    words = service["ExecStart"].split()
    assert words[0] == "/opt/yiyang/.venv/bin/yiyang"
    assert words[1] in COMMANDS
    for name in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "RestrictSUIDSGID", "LockPersonality"):
        assert service[name] == "yes", name
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["User"] == "yiyang"


def test_systemd_itself_finds_nothing_to_complain_about() -> None:
    program = shutil.which("systemd-analyze")
    if program is None:  # a system without systemd runs the units of another kind: the test above still holds
        assert UNITS
        return
    units = [str(path) for path in (ROOT / "deploy" / "systemd").iterdir()]
    done = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)
    said = [
        line
        for line in done.stderr.splitlines()
        if "/opt/yiyang/.venv/bin/yiyang is not executable" not in line
    ]
    assert [line for line in said if "yiyang" in line] == []


def test_every_timer_has_its_service_and_every_service_is_named_in_the_guide() -> None:
    folder = ROOT / "deploy" / "systemd"
    assert {path.stem for path in folder.glob("*.timer")} <= {path.stem for path in UNITS}
    assert [path.stem for path in UNITS if path.stem not in GUIDE] == []
