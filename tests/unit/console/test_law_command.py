"""``yiyang law``: exit codes and one JSON object, for an official's file and for a broken one."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from yiyang.engine.errors import HouseError
from yiyang.faces.console import law

CASE = """
[[case]]
name = "满80周岁"
on = 2026-07-01
person = {{ birth = 1946-07-01, county = 150202 }}
expect = {{ oldest_old_allowance = {fen} }}
"""


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    law.add_arguments(parser)
    return law.run(parser.parse_args(words))


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def file(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_cases_that_hold_exit_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("cases", "--json", file(tmp_path, CASE.format(fen=12000))) == 0
    assert said(capsys) == {"passed": 1, "failed": []}


def test_a_case_that_fails_exits_with_1_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, CASE.format(fen=12000) + CASE.format(fen=1))
    assert run("cases", "--json", path) == 1
    complaint = {"file": path, "case": "满80周岁", "complaints": ["oldest_old_allowance: got 12000, want 1"]}
    assert said(capsys) == {"passed": 1, "failed": [complaint]}


@pytest.mark.parametrize(
    "text", ["[[case]", "", CASE.format(fen='"much"'), CASE.format(fen=1) + "because = 3\n"]
)
def test_a_broken_file_is_bad_input_named_by_file(tmp_path: Path, text: str) -> None:
    path = file(tmp_path, text)
    with pytest.raises(HouseError, match=r"mine\.toml"):
        run("cases", path)


def test_the_shipped_law_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--json") == 0
    assert said(capsys)["faults"] == []


def test_benefits_are_listed_with_the_numbers_of_the_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--place", "150203001001", "--on", "2026-07-01", "--json") == 0
    benefits = said(capsys)["benefits"]
    assert isinstance(benefits, list)
    assert len(benefits) == 39
    (oldest,) = (b for b in benefits if b["benefit"] == "oldest_old_allowance")
    assert oldest["numbers"]["aged_80_fen"] == 14000
    assert oldest["verified"] is False


def test_a_place_that_is_no_code_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--place", "包头") == 2
    assert "division code" in capsys.readouterr().err
