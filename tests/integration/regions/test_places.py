"""Trees of places with the days on which they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import NOW
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.regions import selectors, services, tables
from yiyang.regions.codes import Kind
from yiyang.regions.importing import BadTable, Division

JULY = date(2027, 7, 1)
BEFORE, AFTER = date(2027, 6, 30), date(2027, 7, 1)
TODAY = NOW.date()


@pytest.fixture
def baotou(db: None) -> list[Division]:
    above = ("0" * 12, "150000000000")
    return [row for row in tables.own_divisions() if row.code.startswith("1502") or row.code in above]


def load(rows: list[Division], on: date) -> None:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        services.load_table(rows, source="test", on=on)


def test_the_demo_places_are_all_there(db: None) -> None:
    counts = {
        prefix: selectors.in_force(TODAY).filter(division__startswith=prefix).count()
        for prefix in ("1502", "620722", "1404")
    }
    assert counts == {"1502": 1 + 10 + 91 + 855, "620722": 1 + 11 + 191, "1404": 1 + 12 + 149 + 2628}


def test_function_zones_are_flagged_by_code(db: None) -> None:
    zones = selectors.in_force(TODAY).filter(function_zone=True)
    assert list(zones.values_list("division", flat=True)) == ["150271000000"]


def test_two_subdistricts_merge_on_a_day_and_each_report_uses_the_map_of_its_day(
    baotou: list[Division],
) -> None:
    gone, stays = "150205002000", "150205001000"
    moved = [
        replace(row, code=stays[:9] + f"{900 + i}", parent=stays)
        for i, row in enumerate(r for r in baotou if r.parent == gone)
    ]
    kept = [row for row in baotou if row.code != gone and row.parent != gone]
    load([*kept, *moved], JULY)
    assert gone in {r.division for r in selectors.children_of("150205", on=BEFORE)}
    assert gone not in {r.division for r in selectors.children_of("150205", on=AFTER)}
    june = len(selectors.children_of(gone, on=BEFORE)) + len(selectors.children_of(stays, on=BEFORE))
    assert len(selectors.children_of(stays, on=AFTER)) == june


def test_a_renamed_place_keeps_its_code_and_both_names_their_days(baotou: list[Division]) -> None:
    rows = [replace(row, name="新石拐区") if row.code == "150205000000" else row for row in baotou]
    load(rows, JULY)
    assert selectors.place("150205", on=BEFORE).name == "石拐区"
    assert selectors.place("150205", on=AFTER).name == "新石拐区"


def test_a_table_touches_its_own_branch_only(baotou: list[Division]) -> None:
    load([row for row in baotou if row.code != "150271000000" and not row.code.startswith("150271")], JULY)
    assert selectors.place("620722", on=AFTER).name == "民乐县"
    with pytest.raises(selectors.NoSuchPlace):
        selectors.place("150271", on=AFTER)


def test_loading_the_same_table_again_changes_nothing(baotou: list[Division]) -> None:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        assert services.load_table(baotou, source="test", on=JULY).empty


def test_the_past_is_not_rewritten_by_a_table(baotou: list[Division]) -> None:
    with pytest.raises(BadTable, match="must be dated later"):
        load(
            [*baotou, Division("150299000000", "新区", Kind.DISTRICT, "150200000000", JULY)], date(2020, 1, 1)
        )


def test_an_empty_table_is_refused(db: None) -> None:
    with pytest.raises(BadTable, match="no place"):
        load([], JULY)
