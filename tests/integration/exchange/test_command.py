"""``yiyang import``: two people named, counts told, bad lines beside the file, exit codes for scripts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories import files, staff
from tests.factories.committing import committed
from yiyang.accounts.models import User
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.engine.errors import Refused
from yiyang.exchange.models import Batch
from yiyang.faces.console import importing
from yiyang.people.models import Person


@pytest.fixture
def batu(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """巴图, who may approve imports of one county."""
    with committed(django_db_blocker):
        user = staff.account("巴图")
        staff.grant(user, "approver", "150206", NOW.date())
        yield user


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Ten lines as a workbook, one of them bad."""
    lines = list(files.rows(10))
    lines[4][files.PHONE] = "没有电话"
    return files.as_workbook(tmp_path / "名册.xlsx", lines)


def run(file: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    importing.add_arguments(parser)
    options = parser.parse_args(["people", str(file), "--place", "150206", "--as-of", "2026-11-01", *words])
    return importing.run(options)


def answer(captured: pytest.CaptureFixture[str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(captured.readouterr().out)
    return told


def rows() -> tuple[int, int]:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        return Person.objects.count(), Batch.objects.count()


def test_the_dry_run_is_the_run_rolled_back(
    batu: User, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(register, "--dry-run", "--json") == 1
    tried = answer(capsys)
    assert rows() == (0, 0)
    assert run(register, "--approved-by", batu.login, "--json") == 1
    done = answer(capsys)
    assert rows() == (9, 1)
    for told in (tried, done):
        del told["seconds"], told["state"]
    assert tried == done
    assert (done["read"], done["merged"], done["rejected"]) == (10, 9, 1)


def test_bad_lines_lie_beside_the_file_and_only_the_operator_may_read_them(
    batu: User, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(register, "--approved-by", batu.login, "--json")
    back = Path(answer(capsys)["rejected_file"])
    assert (back.name, back.stat().st_mode & 0o777) == ("名册.rejected.xlsx", 0o600)
    assert run(back, "--dry-run", "--json") == 1
    assert answer(capsys)["read"] == 1


def test_the_same_file_again_changes_nothing_and_says_so(
    batu: User, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(register, "--approved-by", batu.login)
    capsys.readouterr()
    run(register, "--approved-by", batu.login)
    assert "imported before" in capsys.readouterr().out
    assert rows() == (9, 1)


@pytest.mark.parametrize("words", [(), ("--approved-by", "nobody"), ("--dry-run", "--source", "SOMEBODY")])
def test_without_a_second_person_or_a_known_source_nothing_is_written(
    batu: User, register: Path, words: tuple[str, ...]
) -> None:
    with pytest.raises(Refused):
        run(register, *words)
    assert rows() == (0, 0)


def test_somebody_of_another_branch_is_no_second_person(batu: User, register: Path) -> None:
    other = staff.account("那顺")
    staff.grant(other, "approver", "150204", NOW.date())
    with pytest.raises(importing.NoSecondPerson):
        run(register, "--approved-by", other.login)


def test_a_file_that_cannot_be_read_ends_with_two(
    batu: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "a.csv"
    bad.write_text("姓名,性别\n王秀英,女\n", "utf-8")
    assert run(bad, "--approved-by", batu.login) == 2
    assert "身份证号" in capsys.readouterr().out
    assert rows()[0] == 0
