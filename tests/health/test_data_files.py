"""Data in the repository is small, listed with its source and licence, and holds nobody else's sentences."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs/generated/sources.md"
LARGEST = 1_000_000
FORMATS = {".csv", ".tsv", ".json", ".geojson", ".parquet", ".xlsx", ".xls", ".sqlite", ".db", ".toml"}
TABLES = {".csv", ".tsv"}
FORBIDDEN_COLUMNS = {"quote", "opening", "doc_file", "offset", "units_raw"}
LOOKED_AT = ("src", "tests", "docs", "scripts")
NOT_DATA = ("node_modules", "static/vendor", "site/collected", "__pycache__", ".egg-info")


def data_files() -> Iterator[Path]:
    """Files in a data format: tables anywhere, TOML and JSON in folders called data."""
    for top in LOOKED_AT:
        for path in sorted((ROOT / top).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if not path.is_file() or path.suffix not in FORMATS or any(part in name for part in NOT_DATA):
                continue
            if (
                path.suffix in TABLES
                or "data" in path.relative_to(ROOT).parts
                or path.suffix not in {".toml", ".json"}
            ):
                yield path


def listed() -> dict[str, list[str]]:
    """Path -> cells of its row in the list of sources."""
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", LIST.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {path: [cell.strip() for cell in rest.split("|")] for path, rest in rows}


def test_there_are_data_files_to_look_at() -> None:
    assert len(list(data_files())) >= 12


def test_no_data_file_is_larger_than_a_megabyte() -> None:
    too_large = [path.relative_to(ROOT).as_posix() for path in data_files() if path.stat().st_size > LARGEST]
    assert too_large == []


def test_every_data_file_is_listed_with_source_and_licence_and_every_listed_one_exists() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in data_files()}
    assert names - listed().keys() == set(), "add a row to docs/generated/sources.md"
    assert listed().keys() - names == set(), "docs/generated/sources.md lists files that are gone"


def test_each_row_names_content_source_and_licence() -> None:
    for path, cells in listed().items():
        assert len(cells) == 3, path
        assert all(len(cell) >= 4 for cell in cells), path


def test_no_table_carries_the_sentences_of_a_document() -> None:
    for path in data_files():
        if path.suffix in TABLES:
            with path.open(encoding="utf-8-sig", newline="") as file:
                header = {cell.strip().lower() for cell in next(csv.reader(file), [])}
            assert not header & FORBIDDEN_COLUMNS, path
