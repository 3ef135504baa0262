"""S5: the application cannot change the log; what a superuser changes is found, with block and line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW
from tests.factories.committing import committed, superuser
from yiyang.base.actors import process
from yiyang.base.log import audit, chain, heads, verifying
from yiyang.base.log.verifying import Verdict, Wrong
from yiyang.base.models import AuditSeal
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.site import cli

LOOKING = process("tests")


@pytest.fixture
def log(server: object, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The log of an installation that really commits; empty at the beginning and at the end."""
    with committed(django_db_blocker):
        with superuser() as plug:
            plug.execute("SET session_replication_role = replica")
            plug.execute("TRUNCATE base_audit, base_auditseal")
        yield


def write(n: int, *, at: datetime = NOW) -> None:
    with acting(Role.APP, Scope.of("150204")):
        for i in range(n):
            audit.record(
                actor=LOOKING, action="viewed", now=at, subject=("person", i), division="150204001021"
            )


def seal() -> list[AuditSeal]:
    with acting(Role.JOB, EVERYWHERE):
        return chain.seal(now=NOW)


def verdict(known: dict[int, bytes] | None = None) -> Verdict:
    with acting(Role.JOB, EVERYWHERE):
        return verifying.verify(known or {})


def wrongs(known: dict[int, bytes] | None = None) -> set[Wrong]:
    return {fault.wrong for fault in verdict(known).faults}


def ids() -> list[int]:
    with superuser() as plug:
        return [row[0] for row in plug.execute("SELECT id FROM base_audit ORDER BY id").fetchall()]


def tamper(statement: str) -> None:
    """As somebody whom no right and no trigger stops."""
    with superuser() as plug:
        plug.execute("SET session_replication_role = replica")
        plug.execute(statement.encode())


def test_s5_what_was_written_is_sealed_in_blocks_that_follow_one_another(
    log: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "BLOCK", 4)
    write(10)
    made = seal()
    assert [one.n for one in made] == [4, 4, 2]
    assert [bytes(one.prev) for one in made] == [b"", bytes(made[0].hash), bytes(made[1].hash)]
    assert seal() == []
    write(1)
    [last] = seal()
    assert (last.no, last.from_id, bytes(last.prev)) == (4, made[-1].to_id + 1, bytes(made[-1].hash))
    told = verdict()
    assert (told.blocks, told.rows, told.unsealed, told.faults) == (4, 11, 0, ())


WORDS = (
    "actor",
    "actor_name",
    "duty",
    "face",
    "action",
    "subject_kind",
    "purpose",
    "reason",
    "division",
    "ip",
)


@pytest.mark.parametrize("column", WORDS)
def test_s5_one_byte_of_any_word_is_found_with_its_block_and_line(log: None, column: str) -> None:
    write(3)
    seal()
    tampered = ids()[1]
    tamper(f"UPDATE base_audit SET {column} = {column} || 'x' WHERE id = {tampered}")
    [fault] = verdict().faults
    assert (fault.wrong, fault.block, fault.rows) == (Wrong.CHANGED, 1, (tampered,))


@pytest.mark.parametrize(
    "setting",
    [
        "at = at + interval '1 microsecond'",
        "subject_id = subject_id + 1",
        "subject_id = NULL",
        "fields = '[\"phone\"]'",
        "detail = '{\"n\": 1}'",
        "request_id = gen_random_uuid()",
    ],
)
def test_s5_a_moment_a_number_or_a_detail_is_found_too(log: None, setting: str) -> None:
    write(2)
    seal()
    tamper(f"UPDATE base_audit SET {setting} WHERE id = {ids()[0]}")
    assert wrongs() == {Wrong.CHANGED}


def test_s5_a_line_that_is_gone_and_one_put_in_are_named(log: None) -> None:
    write(3)
    with superuser() as plug:
        plug.execute("SELECT setval(pg_get_serial_sequence('base_audit', 'id'), max(id) + 1) FROM base_audit")
    write(1)
    seal()
    first, *_, before, last = ids()
    tamper(f"DELETE FROM base_audit WHERE id = {first}")
    copied = (
        "at, actor, actor_name, duty, face, action, subject_kind, fields, purpose, reason, division, detail"
    )
    into = f"INSERT INTO base_audit (id, {copied})"
    tamper(f"{into} SELECT {before + 1}, {copied} FROM base_audit WHERE id = {last}")
    found = {(fault.wrong, fault.rows) for fault in verdict().faults}
    assert found == {(Wrong.GONE, (first,)), (Wrong.ADDED, (before + 1,))}


def test_s5_lines_that_changed_places_are_found(log: None) -> None:
    write(3)
    seal()
    one, other = ids()[:2]
    for old, new in ((one, -1), (other, one), (-1, other)):
        tamper(f"UPDATE base_audit SET id = {new} WHERE id = {old}")
    assert verdict().faults[0].rows == (one, other)


def test_s5_a_rewritten_chain_is_sound_in_itself_and_found_by_its_heads(log: None, tmp_path: Path) -> None:
    write(5)
    seal()
    with acting(Role.JOB, EVERYWHERE):
        assert heads.copy_out(tmp_path) == 1
        assert heads.copy_out(tmp_path) == 0
    assert (tmp_path / heads.FILE).stat().st_mode & 0o777 == 0o600
    tamper(f"UPDATE base_audit SET actor = 'staff:9' WHERE id = {ids()[0]}")
    tamper("TRUNCATE base_auditseal")
    seal()
    assert wrongs() == set()
    assert wrongs(heads.read(tmp_path)) == {Wrong.HEAD}


def test_s5_a_seal_made_without_the_key_of_the_ring_is_found_without_any_head(log: None) -> None:
    write(2)
    seal()
    tamper("UPDATE base_auditseal SET mac = sha256(hash)")
    assert wrongs() == {Wrong.KEY}
    tamper("UPDATE base_auditseal SET mac = '', mac_key = 'audit9'")
    assert wrongs() == {Wrong.KEY}
    tamper("TRUNCATE base_auditseal")
    seal()
    write(1)
    [unsigned] = seal()
    tamper(f"UPDATE base_auditseal SET mac = '', mac_key = '' WHERE no = {unsigned.no}")
    assert [(fault.wrong, fault.block) for fault in verdict().faults] == [(Wrong.KEY, 2)]


def test_s5_a_log_cut_off_at_its_end_is_found_by_its_heads(log: None, tmp_path: Path) -> None:
    for _ in range(2):
        write(2)
        seal()
    with acting(Role.JOB, EVERYWHERE):
        heads.copy_out(tmp_path)
    tamper("DELETE FROM base_auditseal WHERE no = 2")
    tamper(f"DELETE FROM base_audit WHERE id > {ids()[1]}")
    assert wrongs() == set()
    assert [fault.block for fault in verdict(heads.read(tmp_path)).faults] == [2]


def test_s5_a_seal_taken_out_of_the_middle_is_found(log: None) -> None:
    for _ in range(3):
        write(2)
        seal()
    tamper("DELETE FROM base_auditseal WHERE no = 2")
    assert Wrong.CHAIN in wrongs()


def test_s5_heads_that_somebody_damaged_are_one_sentence(log: None, tmp_path: Path) -> None:
    (tmp_path / heads.FILE).write_text("1 2 no head\n")
    with pytest.raises(heads.HeadsUnreadable, match="line 1 is no head"):
        heads.read(tmp_path)


def test_s5_a_clock_set_back_disturbs_neither_order_nor_seal(log: None) -> None:
    write(2)
    write(2, at=NOW - timedelta(days=400))
    seal()
    write(1, at=NOW - timedelta(days=800))
    with acting(Role.JOB, EVERYWHERE):
        chain.seal(now=NOW - timedelta(days=800))
    told = verdict()
    assert (told.blocks, told.rows, told.faults) == (2, 5, ())


def test_s5_nothing_is_sealed_above_a_line_that_is_still_being_written(log: None) -> None:
    drawn, may_end = Event(), Event()

    def slow() -> None:
        with acting(Role.APP, Scope.of("150204")):
            audit.record(actor=LOOKING, action="slow", now=NOW)
            drawn.set()
            may_end.wait(20)
        connection.close()

    writer = Thread(target=slow)
    writer.start()
    assert drawn.wait(20)
    write(3)  # higher ids, committed earlier
    with pytest.raises(chain.StillWriting), acting(Role.JOB, EVERYWHERE):
        chain.seal(now=NOW, patience_s=0.2)
    may_end.set()
    writer.join()
    [made] = seal()
    assert made.n == 4
    assert wrongs() == set()


def test_s5_sealing_never_makes_a_writer_wait(log: None) -> None:
    drawn, may_end, sealing_over = Event(), Event(), Event()

    def slow() -> None:
        with acting(Role.APP, Scope.of("150204")):
            audit.record(actor=LOOKING, action="slow", now=NOW)
            drawn.set()
            may_end.wait(20)
        connection.close()

    def sealer() -> None:
        with acting(Role.JOB, EVERYWHERE):
            chain.seal(now=NOW, patience_s=10)
        connection.close()
        sealing_over.set()

    threads = [Thread(target=slow)]
    threads[0].start()
    assert drawn.wait(20)
    threads.append(Thread(target=sealer))
    threads[1].start()
    began = time.monotonic()
    for _ in range(20):
        write(1)
    assert time.monotonic() - began < 5
    assert not sealing_over.is_set()  # it waits for the slow one, and only for that
    may_end.set()
    for thread in threads:
        thread.join()
    seal()
    told = verdict()
    assert (told.rows, told.faults) == (21, ())


def test_s5_writers_in_a_crowd_and_a_sealer_among_them_lose_no_line(log: None) -> None:
    over, sealed = Event(), [0]

    def writer() -> None:
        for _ in range(60):
            write(2)
        connection.close()

    def sealer() -> None:
        while not over.is_set():
            sealed[0] += sum(one.n for one in seal())
        connection.close()

    writers = [Thread(target=writer) for _ in range(4)]
    keeper = Thread(target=sealer)
    for thread in (*writers, keeper):
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    keeper.join()
    sealed[0] += sum(one.n for one in seal())
    told = verdict()
    assert (sealed[0], told.rows, told.faults) == (480, 480, ())
    assert told.blocks > 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NONE])
@pytest.mark.parametrize("table", ["base_audit", "base_auditseal"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_s5_no_role_of_the_application_rewrites_the_log_or_a_seal(
    db: None, role: Role, table: str, verb: str
) -> None:
    column = {"base_audit": "actor", "base_auditseal": "hash"}[table]
    with (
        acting(role, Scope.of("1502")),
        pytest.raises(ProgrammingError, match=r"denied|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table, column, column))


def test_s5_the_owner_is_stopped_by_the_trigger_even_though_everything_is_granted(log: None) -> None:
    write(1)
    seal()
    with superuser() as plug:
        plug.execute("SET ROLE yiyang_owner")
        for statement in (
            "UPDATE base_audit SET actor = ''", "DELETE FROM base_audit", "TRUNCATE base_audit",
            "UPDATE base_auditseal SET n = 0", "DELETE FROM base_auditseal", "TRUNCATE base_auditseal",
        ):  # fmt: skip
            with pytest.raises(Exception, match="append-only"):
                plug.execute(statement.encode())


def test_s5_the_command_says_which_block_and_line_and_ends_with_one(
    log: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(3)
    words = ["--heads", str(tmp_path)]
    assert cli.main(["audit", "seal", *words]) == 0
    assert cli.main(["audit", "verify", *words]) == 0
    assert "3 lines in 1 blocks" in capsys.readouterr().out
    assert cli.main(["audit", "heads", *words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["heads"] == 0
    tampered = ids()[1]
    tamper(f"UPDATE base_audit SET reason = 'other' WHERE id = {tampered}")
    assert cli.main(["audit", "verify", *words]) == 1
    assert f"WRONG block 1: line {tampered} was changed" in capsys.readouterr().out
    assert cli.main(["audit", "verify", *words, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["wrong"], one["block"], one["rows"]) for one in told["faults"]] == [
        ("changed", 1, [tampered])
    ]
    with superuser() as plug:
        alerts = plug.execute("SELECT kind, state FROM base_alert").fetchall()
    assert alerts == [("CHAIN", "NEW")]
