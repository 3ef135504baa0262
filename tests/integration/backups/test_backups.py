"""Backups: whole, sealed, without the keys, in two places; refused when anything about them is wrong."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.integration.backups.conftest import Installation
from yiyang.site.embedded import Server


def databases(installation: Installation) -> set[str]:
    with psycopg.connect(Server(installation.state).url("postgres", "postgres")) as db:
        return {name for (name,) in db.execute("SELECT datname FROM pg_database").fetchall()}


def tables(installation: Installation, database: str) -> int:
    with psycopg.connect(Server(installation.state).url("postgres", database)) as db:
        return int(db.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchall()[0][0])


def some_file(backup: Path) -> Path:
    return max(backup.glob("*.sealed"), key=lambda path: path.stat().st_size)


def test_a_restored_database_has_the_rows_rights_and_policies_of_the_old_one(
    installation: Installation, original: Path
) -> None:
    asked = (
        "SELECT count(*) FROM pg_policies",
        "SELECT string_agg(relname || coalesce(relacl::text, ''), E'\\n' ORDER BY relname) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
        "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT count(*) FROM pg_class WHERE relforcerowsecurity",
        "SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM people_person p",
    )
    installation.done("restore", str(original), "--to", "again")
    server = Server(installation.state)
    answers = []
    for name in ("yiyang", "again"):
        with psycopg.connect(server.url("postgres", name)) as db:
            answers.append([db.execute(question.encode()).fetchall() for question in asked])
    assert answers[0] == answers[1]
    assert answers[0][0][0][0] > 10


def test_nothing_readable_and_no_key_lies_in_a_backup(installation: Installation, original: Path) -> None:
    with psycopg.connect(Server(installation.state).url("postgres")) as db:
        names = [name for (name,) in db.execute("SELECT name FROM people_person LIMIT 20").fetchall()]
    keys = [key["secret"] for key in json.loads((installation.state / "keys.json").read_text())["keys"]]
    content = b"".join(path.read_bytes() for path in original.iterdir())
    assert not [name for name in names if str(name).encode() in content]
    assert not [key for key in keys if key.encode() in content]
    assert {path.stat().st_mode & 0o077 for path in original.iterdir()} == {0}


def test_two_places_hold_the_same_and_only_the_newest_are_kept(
    installation: Installation, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "yiyang-of-somebody-else").mkdir(parents=True)
    taken = []
    for _ in range(3):
        told = installation.done("backup", "--to", str(first), "--copy-to", str(second), "--keep", "2")
        taken.append(Path(told["backup"]).name)
        time.sleep(1)  # a backup is named by the second
    for folder in (first, second):
        assert sorted(path.name for path in folder.glob("yiyang-2*")) == taken[1:]
    assert (first / "yiyang-of-somebody-else").is_dir()
    assert not [path for path in first.iterdir() if path.name.startswith(".")]
    same = {path.name: path.read_bytes() for path in (first / taken[2]).iterdir()}
    assert same == {path.name: path.read_bytes() for path in (second / taken[2]).iterdir()}


def test_a_truncated_file_is_named_and_no_database_is_made(installation: Installation, backup: Path) -> None:
    file = some_file(backup)
    file.write_bytes(file.read_bytes()[:-20])
    sentence = installation.refused("restore", str(backup), "--to", "cut")
    assert file.name in sentence
    assert "cut off" in sentence
    assert "cut" not in databases(installation) or tables(installation, "cut") == 0


def test_one_changed_byte_is_named(installation: Installation, backup: Path) -> None:
    file = some_file(backup)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    sentence = installation.refused("restore", str(backup), "--to", "changed")
    assert file.name in sentence
    assert "a byte has changed" in sentence
    assert tables(installation, "changed") == 0


def test_a_file_and_its_digest_changed_together_are_found_by_the_signature(
    installation: Installation, backup: Path
) -> None:
    manifest = backup / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"place": "150206"', '"place": "150207"'))
    assert "is not what was written" in installation.refused("restore", str(backup), "--to", "forged")
    assert "forged" not in databases(installation)


def test_a_half_written_backup_is_none(installation: Installation, backup: Path) -> None:
    (backup / "manifest.json").unlink()
    assert "never finished" in installation.refused("restore", str(backup), "--to", "half")
    assert "half" not in databases(installation)


def test_another_key_ring_is_told_by_name(installation: Installation, backup: Path, tmp_path: Path) -> None:
    from yiyang.base.keys import ringfile

    ringfile.make_ring(tmp_path / "other.json")
    sentence = installation.refused(
        "restore", str(backup), "--to", "x", YIYANG_KEYS=str(tmp_path / "other.json")
    )
    assert "this key ring does not hold" in sentence


def test_a_target_that_is_not_empty_stays_as_it_is(installation: Installation, backup: Path) -> None:
    before = tables(installation, "yiyang")
    sentence = installation.refused("restore", str(backup), "--to", "yiyang")
    assert "goes into an empty one" in sentence
    assert tables(installation, "yiyang") == before


def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_done(
    installation: Installation, tmp_path: Path
) -> None:
    """A file may grow to 40 kB here: what a full disk does to pg_dump and to us."""
    words = [sys.executable, "-m", "yiyang.site.cli", "backup", "--json", "--to", str(tmp_path / "full")]
    ended = subprocess.run(
        words,
        env=installation.environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000)),
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "full" in ended.stderr.strip().splitlines()[-1]
    assert list((tmp_path / "full").iterdir()) == []


def test_a_restore_that_breaks_in_the_middle_leaves_the_target_empty(
    installation: Installation, backup: Path
) -> None:
    """As a full disk or a kill would: one of the last statements fails."""
    server = Server(installation.state)
    server.prepare("broken")
    with psycopg.connect(server.url("postgres", "broken"), autocommit=True) as db:
        db.execute(
            "CREATE FUNCTION stop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$"
        )
        db.execute(
            "CREATE EVENT TRIGGER stop ON ddl_command_end WHEN TAG IN ('CREATE POLICY')"
            " EXECUTE FUNCTION stop()"
        )
    sentence = installation.refused("restore", str(backup), "--to", "broken")
    assert "pg_restore failed" in sentence
    assert tables(installation, "broken") == 0


@pytest.mark.parametrize("words", [("--keep", "0"), ("--keep", "all")])
def test_nonsense_is_a_usage_error(installation: Installation, words: tuple[str, str]) -> None:
    assert installation.command("backup", *words).returncode == 2


def test_a_second_place_that_is_the_first_is_refused(installation: Installation, tmp_path: Path) -> None:
    sentence = installation.refused("backup", "--to", str(tmp_path), "--copy-to", str(tmp_path))
    assert "another disk" in sentence
    shutil.rmtree(tmp_path, ignore_errors=True)
