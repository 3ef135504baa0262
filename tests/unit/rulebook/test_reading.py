"""Files of the rulebook: a slip is named by file, entry and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiyang.policies import library
from yiyang.rulebook import reading

GOOD = """
[[number]]
key = "aged_80_fen"
place = 150200
since = 2021-01-01
value = 12000
unit = "fen/month"
merge = "override"
cite = { doc = "d", clause = "1" }
verified = false
"""


def rows(folder: Path, text: str) -> int:
    path = folder / "numbers.toml"
    path.write_text(text, encoding="utf-8")
    return len(list(reading.parameter_rows(path, library.number_specs())))


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert rows(tmp_path, GOOD) == 1
    grid = "grid = [[0,0,1],[1,2,3],[2,3,4],[4,5,6]]"
    table = (
        GOOD.replace('"aged_80_fen"', '"meal_fen"').replace("value = 12000", grid).replace("/month", "/meal")
    )
    assert rows(tmp_path, table) == 12


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('key = "aged_80_fen"', 'key = "aged_81_fen"', "entry 1 .aged_81_fen.*no number"),
        ("value = 12000", 'value = "12000"', "whole number"),
        ("value = 12000", "value = 120.5", "whole number"),
        ("value = 12000", "value = -1", "column value"),
        ("value = 12000", "", "value or grid"),
        ('unit = "fen/month"', 'unit = "fen/meal"', "column unit"),
        ('unit = "fen/month"', "", "column 'unit' is missing"),
        ('merge = "override"', 'merge = "max"', "column merge"),
        ("since = 2021-01-01", 'since = "2021"', "column since"),
        ("since = 2021-01-01", "since = 2021-01-01\nuntil = 2021-01-01", "column until"),
        ("place = 150200", 'place = "包头"', "column place"),
        ('clause = "1"', 'page = "1"', "column cite"),
        ("verified = false", 'verified = "no"', "column verified"),
        ("verified = false", "verified = false\nnote = 1", "unknown columns note"),
        ("[[number]]", "[[parameter]]", "unknown tables parameter"),
        ("[[number]]", "[number", "not valid TOML"),
    ],
)
def test_a_slip_is_named_by_file_entry_and_column(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(reading.BadLawFile, match=rf"numbers\.toml.*{said}"):
        rows(tmp_path, GOOD.replace(old, new))


@pytest.mark.parametrize("text", ["", "[case]\nname = 'x'", "[[caze]]", "on = ["])
def test_a_file_without_cases_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cases.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(reading.BadLawFile, match=r"cases\.toml"):
        reading.cases(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(reading.BadLawFile, match="cannot be read"):
        reading.cases(tmp_path / "none.toml")


def test_a_clause_file_needs_its_head(tmp_path: Path) -> None:
    path = tmp_path / "doc.md"
    path.write_text("# 标题\n\n- number: 1号\n\n## 1\n\n文字\n", encoding="utf-8")
    with pytest.raises(reading.BadLawFile, match="issuer"):
        list(reading.clauses(path))
