"""`yiyang db` on a real embedded server."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.integration.embedded.grounds import Ground
from yiyang.engine.errors import BrokenInvariant, Unavailable
from yiyang.faces.console import db
from yiyang.site.embedded import TEST_SETTINGS, Server

PSQL = """
import argparse, sys
from yiyang.faces.console import db
from yiyang.site.embedded import Server
parser = argparse.ArgumentParser()
db.add_arguments(parser)
sys.exit(db.run(argparse.Namespace(**vars(parser.parse_args(sys.argv[1:])), open_server=Server)))
"""


@pytest.fixture(autouse=True)
def _embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


def words(ground: Ground, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    db.add_arguments(parser)
    parser.set_defaults(open_server=lambda state: Server(state, TEST_SETTINGS))
    return parser.parse_args([given[0], "--state", str(ground.state), *given[1:]])


def test_from_start_to_stop(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    ground.lend(who="root")
    assert db.run(words(ground, "status")) == 1
    assert capsys.readouterr().out == "stopped\n"
    assert db.run(words(ground, "start")) == 0
    url = capsys.readouterr().out.strip()
    with psycopg.connect(url) as connection:
        assert connection.info.user == "yiyang_web"
    assert db.run(words(ground, "status", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"managed": True, "running": True, "state": str(ground.state), "url": url}
    assert db.run(words(ground, "url", "--role", "postgres", "--database", "other")) == 0
    assert capsys.readouterr().out.strip() == url.replace("yiyang_web", "postgres").replace(
        "/yiyang?", "/other?"
    )
    dumped_and_asked(ground, url)
    assert db.run(words(ground, "stop")) == 0
    assert db.run(words(ground, "status")) == 1


def dumped_and_asked(ground: Ground, url: str) -> None:
    """The dump is whole, private and can be read again; psql answers."""
    with psycopg.connect(url.replace("yiyang_web", "yiyang_owner")) as connection:
        connection.execute("create table letter as select 7 as n")
    target = ground.folder / "all.dump"
    assert db.run(words(ground, "dump", str(target))) == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes()[:5] == b"PGDMP"
    listed = subprocess.run(
        [ground.programs / "bin" / "pg_restore", "--list", target],
        capture_output=True,
        text=True,
        check=True,
        env={"LD_LIBRARY_PATH": str(ground.programs / "lib")},
    )
    assert "letter" in listed.stdout
    command = ["psql", "--state", str(ground.state), "--", "-Atc", "select n from letter"]
    asked = subprocess.run(
        [sys.executable, "-c", PSQL, *command],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert asked.stdout == "7\n"


def test_a_dump_that_fails_takes_no_name(ground: Ground) -> None:
    ground.lend(who="root")
    assert db.run(words(ground, "start")) == 0
    target = ground.folder / "none.dump"
    with pytest.raises(Unavailable, match="the dump failed"):
        db.run(words(ground, "dump", str(target), "--database", "no_such_database"))
    with pytest.raises(Unavailable, match="cannot be written"):
        db.run(words(ground, "dump", str(ground.folder / "no" / "such" / "file")))
    assert sorted(path.name for path in ground.folder.iterdir()) == ["state"]


@pytest.mark.parametrize("act", [["psql"], ["dump", "file"]])
def test_asking_a_stopped_server_says_how_to_start_it(ground: Ground, act: list[str]) -> None:
    with pytest.raises(db.NotRunning, match="yiyang db start"):
        db.run(words(ground, *act))


@pytest.mark.parametrize(("act", "code"), [("start", 0), ("stop", 0), ("status", 0), ("url", 0), ("psql", 2)])
def test_a_server_of_the_operator_is_not_touched(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], act: str, code: int
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@db.example/yiyang")
    assert db.run(words(ground, act)) == code
    told = capsys.readouterr()
    assert "DATABASE_URL is set" in told.err
    assert told.out == ""
    assert not ground.state.exists()


def test_a_dump_of_the_operators_server_is_not_taken_for_done(
    tmp_path: Path, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@db.example/yiyang")
    assert db.run(words(ground, "dump", str(tmp_path / "file"))) == 2
    assert not (tmp_path / "file").exists()


def test_a_command_line_that_hands_no_server_over_is_a_bug(ground: Ground) -> None:
    options = words(ground, "start")
    del options.open_server
    with pytest.raises(BrokenInvariant, match="open_server"):
        db.run(options)
