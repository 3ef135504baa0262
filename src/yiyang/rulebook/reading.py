"""Read the law's numbers, cases and clause summaries from files; a complaint names file, entry and column.

Standard library only. TOML, because YAML reads ``on:`` as true and ``no`` as false.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yiyang.engine.errors import Refused
from yiyang.engine.ruling.casing import BadCase, cells_of
from yiyang.engine.ruling.declaring import NumberSpec
from yiyang.engine.ruling.parameters import MERGES, Cite, Merge, ParameterRow

HERE = Path(__file__).parent
COLUMNS = frozenset({"key", "place", "since", "until", "value", "grid", "unit", "merge", "cite", "verified"})


class BadLawFile(Refused):
    """A file of the rulebook, or a case file, cannot be read."""

    code = "rulebook.bad_file"
    message = "法规文件写得不对，请按提示改正"


@dataclass(frozen=True)
class ClauseSummary:
    """One clause in our own words; ``imported`` once the official text stands beside it."""

    doc: str
    clause: str
    title: str
    number: str
    issuer: str
    date: str
    text: str
    imported: bool = False
    place: str = ""  # whose law it is, as a division prefix; empty = the nation's


def places() -> list[Path]:
    """The folders of the rulebook, nation first."""
    return sorted(path.parent for path in HERE.glob("cn*/__init__.py"))


def shipped_files(kind: str, pattern: str) -> list[Path]:
    """Every file of one kind (``parameters``, ``cases``, ``clauses``), place by place."""
    return [path for place in places() for path in sorted((place / kind).glob(pattern))]


def parameter_rows(path: Path, numbers: Mapping[str, NumberSpec]) -> Iterator[ParameterRow]:
    """The rows of one parameter file.

    Raises:
        BadLawFile: names the file, the entry and the column.
    """
    written = _toml(path)
    if strange := sorted(set(written) - {"number"}):
        raise BadLawFile(f"{_short(path)}: unknown tables {', '.join(strange)}; write [[number]]")
    for i, entry in enumerate(_entries(path, written, "number"), start=1):
        where = f"{_short(path)}, entry {i} ({entry.get('key', 'without key')})"
        try:
            yield from _rows(entry, numbers)
        except (BadCase, KeyError, TypeError, ValueError) as slip:
            said = f"column {slip} is missing" if isinstance(slip, KeyError) else str(slip)
            raise BadLawFile(f"{where}: {said}") from None


def _rows(entry: Mapping[str, object], numbers: Mapping[str, NumberSpec]) -> Iterator[ParameterRow]:
    if strange := sorted(set(entry) - COLUMNS):
        raise ValueError(f"unknown columns {', '.join(strange)}")
    since, until = _day(entry, "since"), _day(entry, "until") if "until" in entry else None
    if until is not None and until <= since:
        raise ValueError(f"column until: {until} is not after since {since}")
    verified = entry["verified"]
    if not isinstance(verified, bool):
        raise ValueError("column verified: true or false")
    cite, merge, place = _cite(entry), _merge(entry), _place(entry)
    for key, value in cells_of(str(entry["key"]), entry.get("value"), entry.get("grid")).items():
        spec = numbers.get(key)
        if spec is None:
            raise ValueError(f"column key: no number of the law is declared as {key}")
        if entry["unit"] != spec.unit:
            raise ValueError(f"column unit: {key} is in {spec.unit}, not {entry['unit']}")
        if not spec.low <= value <= spec.high:
            raise ValueError(f"column value: {value} is not within {spec.low} to {spec.high}")
        yield ParameterRow(key, place, since, until, value, spec.unit, cite, merge, verified)


def _place(entry: Mapping[str, object]) -> int:
    place = entry["place"]
    if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place <= 999999:
        raise ValueError(f"column place: six digits, 0 for the nation, not {place!r}")
    return place


def _merge(entry: Mapping[str, object]) -> Merge:
    for merge in MERGES:
        if merge == entry["merge"]:
            return merge
    raise ValueError(f"column merge: override, floor or add, not {entry['merge']!r}")


def _day(entry: Mapping[str, object], column: str) -> dt.date:
    day = entry[column]
    if isinstance(day, dt.datetime) or not isinstance(day, dt.date):
        raise ValueError(f"column {column}: a date like 2026-11-23, not {day!r}")
    return day


def _cite(entry: Mapping[str, object]) -> Cite:
    cite = entry["cite"]
    if not isinstance(cite, dict) or set(cite) != {"doc", "clause"}:
        raise ValueError("column cite: write { doc = …, clause = … }")
    return Cite(str(cite["doc"]), str(cite["clause"]))


def cases(path: Path) -> list[dict[str, object]]:
    """The cases of one file, not yet understood.

    Raises:
        BadLawFile: not there, not TOML, or no ``[[case]]`` in it.
    """
    written = _toml(path)
    if strange := sorted(set(written) - {"case"}):
        raise BadLawFile(f"{_short(path)}: unknown tables {', '.join(strange)}; write [[case]]")
    found = _entries(path, written, "case")
    if not found:
        raise BadLawFile(f"{_short(path)}: no [[case]] in it")
    return found


def clauses(path: Path) -> Iterator[ClauseSummary]:
    """The summaries of one document: ``# title``, lines ``- number: …``, then ``## clause`` and our words.

    Raises:
        BadLawFile: title, number, issuer or date is missing.
    """
    head, *parts = re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)
    title = re.search(r"^# (.+)$", head, flags=re.MULTILINE)
    about = dict(re.findall(r"^- (\w+): *(.+)$", head, flags=re.MULTILINE))
    if title is None or not {"number", "issuer", "date"} <= set(about):
        raise BadLawFile(f"{_short(path)}: needs a title and the lines number, issuer and date")
    for part in parts:
        name, _, text = part.partition("\n")
        if not text.strip():
            raise BadLawFile(f"{_short(path)}: clause {name.strip()} has no summary")
        yield ClauseSummary(
            path.stem, name.strip(), title[1].strip(), about["number"], about["issuer"], about["date"],
            " ".join(text.split()), place=path.parents[1].name.removeprefix("cn").removeprefix("_"),
        )  # fmt: skip


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as slip:
        raise BadLawFile(f"{_short(path)}: not valid TOML: {slip}") from None
    except UnicodeDecodeError:
        raise BadLawFile(f"{_short(path)}: not UTF-8 text") from None
    except OSError as slip:
        raise BadLawFile(f"{_short(path)}: cannot be read: {slip.strerror}") from None


def _entries(path: Path, written: Mapping[str, object], table: str) -> list[dict[str, object]]:
    found = written.get(table, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise BadLawFile(f"{_short(path)}: write every entry as [[{table}]]")
    return found


def _short(path: Path) -> str:
    """Inside the rulebook the path from there, elsewhere as it was given."""
    return str(path.relative_to(HERE)) if path.is_relative_to(HERE) else str(path)
