"""What can be in the way of the embedded server: each gives one sentence and leaves nothing half-made."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.embedded.grounds import ACCOUNTS, AM_ROOT, Ground
from yiyang.site.embedded import TEST_SETTINGS, CannotServe, Server

ME = "root" if AM_ROOT else "ordinary"


def refusal(ground: Ground, who: str = ME, *more: str, **env: str) -> str:
    """The one sentence with which a start is refused."""
    answer = ground.run(who, "start", *more, **env)
    assert "error" in answer, answer
    sentence = str(answer["error"])
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


@pytest.fixture
def small_disk(ground: Ground) -> Iterator[Path]:
    """A disk of 12 MB under the state folder where we may mount one, else None-sized files by the caller."""
    disk = ground.folder / "disk"
    disk.mkdir()
    mounted = AM_ROOT and mount(disk, "12m")
    disk.chmod(0o755)
    ground.give(disk, "ordinary")
    yield disk
    if mounted:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def mount(disk: Path, size: str, how: str = "size") -> bool:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"{how}={size}", "tmpfs", str(disk)], check=False, stderr=-3
    )
    return done.returncode == 0


def test_a_folder_that_may_not_be_written_is_named(ground: Ground, other_folder: Path) -> None:
    ground.folder.chmod(0o555)
    sentence = refusal(ground, "ordinary")
    ground.folder.chmod(0o755)
    assert str(ground.state) in sentence
    assert "may not read or write" in sentence
    assert "YIYANG_STATE" in sentence
    assert not ground.state.exists()


@pytest.mark.parametrize("who", ACCOUNTS)
def test_a_state_folder_behind_a_closed_door_is_named(ground: Ground, who: str) -> None:
    closed = ground.folder / "closed"
    closed.mkdir()
    closed.chmod(0o700 if who == "root" else 0o000)
    inside = Ground(closed, ground.programs)
    sentence = refusal(inside, who)
    closed.chmod(0o700)
    assert str(closed) in sentence
    assert "YIYANG_STATE" in sentence
    assert inside.leftovers() == set()


def test_a_file_where_the_socket_folder_should_be_is_in_the_way(ground: Ground) -> None:
    ground.lend(who=ME)
    (ground.state / "sock").write_text("a file")
    assert "is in the way" in refusal(ground)
    (ground.state / "sock").unlink()
    again = ground.run(ME, "start")
    assert again.get("answers") is True, again


def test_a_socket_folder_that_is_a_link_is_not_trusted(ground: Ground, other_folder: Path) -> None:
    ground.lend(who=ME)
    (ground.state / "sock").symlink_to(other_folder)
    assert "belongs to somebody else" in refusal(ground)


def test_a_socket_that_another_server_holds_is_told_with_its_process(ground: Ground) -> None:
    """Somebody deleted the data of a running server: the old one still listens."""
    ground.lend(who=ME)
    ground.run(ME, "start")
    pid = int((ground.data / "postmaster.pid").read_text().split()[0])
    ground.data.rename(ground.folder / "taken_away")
    try:
        sentence = refusal(ground)
        assert f"process {pid}" in sentence
        assert "already listens" in sentence
    finally:
        os.kill(pid, signal.SIGKILL)
    # The data folder of the second try is whole: the next start simply uses it.
    again = ground.run(ME, "start")
    assert again.get("answers") is True, again


def test_a_temporary_folder_too_deep_for_any_socket_is_refused(ground: Ground) -> None:
    deep = ground.folder / ("t" * 100)
    deep.mkdir()
    deep.chmod(0o1777)
    long = Ground(ground.folder / ("s" * 100), ground.programs)
    long.folder.mkdir()
    sentence = refusal(long, ME, TMPDIR=str(deep))
    assert "choose a shorter YIYANG_STATE" in sentence
    assert not long.state.exists()


def test_a_name_that_would_break_out_of_the_shell_is_refused(ground: Ground) -> None:
    with pytest.raises(CannotServe, match="has a quote"):
        Server(ground.folder / "a`b", TEST_SETTINGS).start()


def test_a_full_disk_at_the_first_start_leaves_nothing_behind(ground: Ground, small_disk: Path) -> None:
    here = Ground(small_disk, ground.programs)
    here.lend(who="ordinary")
    limit = [] if small_disk.is_mount() else ["limit=4000000"]
    sentence = refusal(here, "ordinary", *limit)
    assert "is full" in sentence
    assert here.leftovers() <= {"sock"}
    if small_disk.is_mount():
        mount(small_disk, "200m", "remount,size")
    assert here.run("ordinary", "start")["answers"] is True
    here.run("ordinary", "stop")


def test_a_full_disk_while_unpacking_leaves_nothing_behind(ground: Ground, small_disk: Path) -> None:
    here = Ground(small_disk, ground.programs)
    limit = [] if small_disk.is_mount() else ["limit=4000000"]
    assert "is full" in refusal(here, "ordinary", *limit)
    assert here.leftovers() == set()
    assert not (here.state / here.programs.name).exists()


def test_files_that_may_not_grow_are_told_as_a_full_disk(ground: Ground) -> None:
    ground.lend()
    assert "is full" in refusal(ground, "ordinary", "limit=4000000")
    assert ground.leftovers() <= {"sock"}
    assert ground.run("ordinary", "start")["answers"] is True


def test_a_disk_that_filled_up_later_is_told_and_forgotten(ground: Ground) -> None:
    ground.lend()
    ground.run("ordinary", "start")
    ground.kill_server()
    # After a kill the recovery must write: nothing may grow past what it needs.
    sentence = refusal(ground, "ordinary", "limit=1000", "patience=8")
    assert "full" in sentence or "did not start" in sentence
    assert ground.run("ordinary", "start")["answers"] is True


def test_a_missing_system_library_is_named_with_its_package(ground: Ground) -> None:
    ground.state.mkdir()
    home = ground.state / ground.programs.name
    shutil.copytree(ground.programs, home, symlinks=True)
    server = home / "bin" / "postgres"
    linked = server.read_bytes()
    assert linked.count(b"libzstd.so.1\0") == 1
    server.write_bytes(linked.replace(b"libzstd.so.1\0", b"libzstd.so.0\0"))
    ground.give(ground.state, "ordinary")
    sentence = refusal(ground, "ordinary")
    assert "system library libzstd.so.0" in sentence
    assert "apt-get install libzstd1" in sentence
    assert ground.leftovers() == set()


def test_data_of_another_major_version_is_left_alone(ground: Ground) -> None:
    ground.lend(who=ME)
    ground.run(ME, "start")
    ground.run(ME, "stop")
    (ground.data / "PG_VERSION").write_text("17\n")
    sentence = refusal(ground)
    assert "data of PostgreSQL 17 and installed is 18" in sentence
    (ground.data / "PG_VERSION").write_text("18\n")
    again = ground.run(ME, "start")
    assert again.get("answers") is True, again


def test_a_data_folder_that_is_none_is_not_overwritten(ground: Ground) -> None:
    ground.lend()
    ground.data.mkdir()
    ground.give(ground.data, "ordinary")
    (ground.data / "letters.txt").write_text("not a database")
    assert "is in the way" in refusal(ground, "ordinary")
    assert (ground.data / "letters.txt").read_text() == "not a database"
    assert ground.leftovers() == {"data", "sock"}


def test_a_setting_the_server_refuses_is_quoted(ground: Ground) -> None:
    ground.lend(who=ME)
    with pytest.raises(CannotServe, match="no_such_setting"):
        Server(ground.state, TEST_SETTINGS | {"no_such_setting": "1"}).start(patience=5)


def test_a_command_that_holds_the_lock_too_long_is_told(ground: Ground) -> None:
    from yiyang.site.embedded import files

    ground.lend(who=ME)
    with files.alone(ground.state, 1), pytest.raises(CannotServe, match="another command"):
        ground.server().start(patience=0.2)


def test_an_account_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from yiyang.site.embedded import accounts

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(CannotServe, match="YIYANG_SERVER_USER=no-such-account"):
        accounts.server_account(tmp_path / "data", {"YIYANG_SERVER_USER": "no-such-account"})
