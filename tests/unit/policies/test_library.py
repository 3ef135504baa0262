"""The law in force: shipped rows, revisions upon them, clauses, cases, and the frozen names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from yiyang.engine.ruling.casing import BadCase
from yiyang.engine.ruling.parameters import Cite, Overlap, ParameterRow
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)
FROZEN = {
    "oldest_old_allowance",
    "care_service_subsidy",
    "nursing_subsidy_due",
    "disability_nursing_due",
    "ltci_due",
    "care_support",
    "care_support_from",
    "meal_subsidy_per_meal",
    "meal_subsidy",
    "home_adaptation",
    "extreme_hardship_support",
    "home_care_bed",
    "care_home_priority",
    "accident_insurance_subsidy",
    "smart_home_safety",
    "special_difficulty",
    "welfare_visit",
    "ability_assessment",
    "cognition_screening",
    "health_management",
    "tcm_health_management",
    "contract_doctor",
    "legal_aid_means_test_waiver",
    "on_basic_care_list",
    "basic_pension_employee",
    "basic_pension_resident",
    "basic_ability_assessment",
    "basic_oldest_old_allowance",
    "basic_care_service_subsidy",
    "basic_home_adaptation",
    "basic_nursing_subsidy",
    "basic_family_support",
    "basic_dibao",
    "basic_support_at_home",
    "basic_support_in_home",
    "basic_welfare_visit",
    "basic_support_contributors",
    "basic_priority_admission",
    "basic_disability_subsidies",
    "basic_relief",
}


def revision(since: dt.date, value: int) -> ParameterRow:
    return ParameterRow(
        "aged_80_fen", 150200, since, None, value, "fen/month", Cite("example-city-oldest-old", "2")
    )


def test_every_frozen_result_is_declared_and_nothing_else_is_a_result() -> None:
    rules = library.law_of(DAY).rules
    assert set(rules) - {"age", "ability_class"} == FROZEN


def test_the_marks_are_those_of_the_frozen_table() -> None:
    law = library.law_of(DAY)
    stored = [
        "oldest_old_allowance", "care_service_subsidy", "care_support", "extreme_hardship_support",
        "home_adaptation", "home_care_bed", "accident_insurance_subsidy", "smart_home_safety",
    ]  # fmt: skip
    assert sorted(law.marked("stored")) == sorted(law.marked("lead")) == sorted(stored)
    assert law.marked("money") == ["oldest_old_allowance", "care_service_subsidy", "care_support"]
    by_hukou = {name for name, rule in law.rules.items() if rule.by == "hukou"}
    assert by_hukou == {
        "oldest_old_allowance", "care_service_subsidy", "nursing_subsidy_due", "disability_nursing_due",
        "care_support", "care_support_from", "extreme_hardship_support",
    }  # fmt: skip


def test_every_shipped_case_passes() -> None:
    runs = library.run_cases()
    assert len(runs) > 200
    assert [run for run in runs if run.outcome.complaints] == []


def test_every_shipped_number_is_an_example_until_verified() -> None:
    assert not any(row.verified for row in library.shipped_rows())


def test_a_revision_changes_its_city_from_its_day_and_nothing_before() -> None:
    turn = dt.date(2027, 1, 1)
    numbers = library.numbers([revision(turn, 15000)])
    assert numbers.resolve("aged_80_fen", 150202, turn - dt.timedelta(1)).value == 12000
    assert numbers.resolve("aged_80_fen", 150202, turn).value == 15000
    assert numbers.resolve("aged_80_fen", 150203, turn).value == 17000
    assert numbers.resolve("aged_80_fen", 150902, turn).value == 10000
    assert library.numbers().resolve("aged_80_fen", 150202, turn).value == 12000


def test_a_revision_that_begins_with_the_shipped_row_is_refused() -> None:
    with pytest.raises(Overlap):
        library.numbers([revision(dt.date(2021, 1, 1), 1)])


def test_the_law_in_force_carries_digests_that_move_with_a_revision() -> None:
    plain = library.law_in_force(150202, DAY)
    revised = library.law_in_force(150202, DAY, [revision(dt.date(2026, 1, 1), 1)])
    assert plain.rules.digest() == revised.rules.digest()
    assert plain.numbers.digest() != revised.numbers.digest()
    with pytest.raises(ValueError, match="six digits"):
        library.law_in_force(150202000000, DAY)


def test_a_clause_is_found_by_document_and_id() -> None:
    found = library.clause("NM145", "3-8-1")
    assert (found.number, found.imported) == ("内政办发〔2021〕81号", False)
    with pytest.raises(library.NoSuchClause):
        library.clause("NM145", "99")


def test_a_bad_case_names_its_file_and_entry(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[case]]\nname = "试"\non = 2026-07-01\nperson = {}\nexpect = { nothing = 1 }\n', "utf-8"
    )
    with pytest.raises(BadCase, match=r"mine\.toml, entry 1.*nothing"):
        library.run_cases([path])
