"""The embedded server starts, stops, wakes again: as root and as an ordinary user."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psycopg
import pytest

from tests.integration.embedded.grounds import ACCOUNTS, AM_ROOT, Ground, told
from yiyang.site.embedded import TEST_SETTINGS, Server

everyone = pytest.mark.parametrize("who", ACCOUNTS)


def count(url: str) -> int:
    with psycopg.connect(url) as db:
        row = db.execute("select count(*) from kept").fetchone()
    assert row is not None
    return int(row[0])


@everyone
def test_it_starts_from_nothing_and_stops(ground: Ground, who: str) -> None:
    started = ground.run(who, "start")
    assert started.get("answers") is True, started
    assert (started["uid"] == 0) is (who == "root")
    assert (ground.data / "PG_VERSION").stat().st_uid != 0
    with psycopg.connect(started["url"]) as db:
        assert db.execute("show server_encoding").fetchone() == ("UTF8",)
        assert db.execute("select 'a' < 'B'").fetchone() == (False,)  # sorts by code point: locale C
        assert db.execute("show listen_addresses").fetchone() == ("",)
    assert ground.run(who, "stop")["answers"] is False
    assert not (ground.data / "postmaster.pid").exists()


@everyone
def test_starting_a_running_server_changes_nothing(ground: Ground, who: str) -> None:
    ground.lend(who=who)
    ground.run(who, "start")
    before = (ground.data / "postmaster.pid").read_text().split()[0]
    assert ground.run(who, "start")["answers"] is True
    assert (ground.data / "postmaster.pid").read_text().split()[0] == before


@everyone
def test_after_a_kill_it_comes_back_with_what_was_committed(ground: Ground, who: str) -> None:
    ground.lend(who=who)
    url = ground.run(who, "start")["url"]
    with psycopg.connect(url) as db:
        db.execute("set synchronous_commit = on")  # the settings of tests promise nothing after a crash
        db.execute("create table kept as select generate_series(1, 1000) as n")
    ground.kill_server()
    began = time.monotonic()
    woken = ground.run(who, "start")
    assert woken.get("answers") is True, woken
    assert time.monotonic() - began < 60
    assert count(url) == 1000


@everyone
def test_two_processes_starting_at_once_share_one_server(ground: Ground, who: str) -> None:
    ground.lend(who=who)
    first, second = ground.begin(who, "start"), ground.begin(who, "start")
    answers = [told(first), told(second)]
    assert [answer.get("answers") for answer in answers] == [True, True], answers
    assert ground.leftovers() == {"data", "sock", "server.log"}


def test_stopping_what_was_never_started_is_no_error(ground: Ground) -> None:
    ground.server().stop()
    assert not ground.state.exists()
    assert ground.server().running() is False
    assert ground.server().answers() is False


def test_a_torn_first_start_is_cleared_away(ground: Ground) -> None:
    ground.lend(who="root" if AM_ROOT else "ordinary")
    torn = ground.state / ".initdb-torn" / "data"
    torn.mkdir(parents=True)
    (torn / "PG_VERSION").write_text("18\n")
    ground.server().start()
    assert ground.server().answers()
    assert ground.leftovers() == {"data", "sock", "server.log"}
    ground.server().stop()


def test_a_state_folder_with_a_long_and_odd_name_still_serves(ground: Ground) -> None:
    deep = ground.folder / ("包头 市's".replace("'", "") + "x" * 120)
    server = Server(ground.lend(deep, "root" if AM_ROOT else "ordinary"), TEST_SETTINGS)
    assert len(os.fsencode(server.socket)) < 90
    server.start()
    try:
        with psycopg.connect(server.url("postgres", "postgres")) as db:
            assert db.execute("select 1").fetchone() == (1,)
    finally:
        server.stop()
        server.socket.rmdir()


def test_a_log_that_grew_too_long_is_set_aside(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yiyang.site.embedded.server._LONGEST_LOG", 10)
    ground.lend(who="root" if AM_ROOT else "ordinary")
    server = ground.server()
    server.start()
    server.stop()
    server.start()
    assert (ground.state / "server.log.1").stat().st_size > 10
    server.stop()


def test_the_address_survives_a_folder_with_a_space(tmp_path: Path) -> None:
    server = Server(tmp_path / "a b")
    assert " " not in server.url()
    assert psycopg.conninfo.conninfo_to_dict(server.url())["host"] == str(server.socket)
