"""The eight benefits as a person would write them in SQL: the same joins, the same care for unknown."""

from __future__ import annotations

from yiyang.engine.sweeping.plans import PLACES, Plan

EIGHT = (
    "oldest_old_allowance", "nursing_subsidy_due", "disability_nursing_due", "ltci_due", "care_support",
    "care_support_from", "meal_subsidy", "home_adaptation", "on_basic_care_list",
)  # fmt: skip

RULES = """
a AS (SELECT *, ({day} - birth_ymd) // 10000 AS age,
    CASE WHEN ability_level >= 3 THEN 2 WHEN ability_level >= 1 THEN 1
      WHEN ability_level IS NULL THEN NULL ELSE 0 END AS ability_class,
    CASE WHEN ability_level = 4 THEN h_nursing_complete_fen WHEN ability_level = 3 THEN h_nursing_severe_fen
      WHEN ability_level = 2 THEN h_nursing_moderate_fen WHEN ability_level IS NULL THEN NULL
      ELSE 0 END AS full_fen,
    r_ltci_open = 1 AND insured_months >= r_ltci_waiting_months AS insured,
    NOT home_adapted AND NOT lives_in_care_home AND ability_level >= 1 AS may_adapt
  FROM joined),
b AS (SELECT *,
    CASE WHEN age >= h_aged_100_age THEN h_aged_100_fen WHEN h_aged_100_age IS NULL THEN NULL
      WHEN age >= h_aged_90_age THEN h_aged_90_fen WHEN h_aged_90_age IS NULL THEN NULL
      WHEN age >= h_aged_80_age THEN h_aged_80_fen WHEN h_aged_80_age IS NULL THEN NULL
      ELSE 0 END AS oldest_old_allowance,
    CASE WHEN hardship_class >= 1 AND lives_in_care_home
        THEN (2 * full_fen * h_nursing_care_home_percent + 100) // 200
      WHEN (hardship_class >= 1 AND lives_in_care_home) IS NULL THEN NULL
      WHEN hardship_class >= 1 THEN full_fen WHEN hardship_class IS NULL THEN NULL
      ELSE 0 END AS nursing_subsidy_due,
    CASE WHEN disability_certificate_grade = 1 THEN h_disability_1_fen
      WHEN disability_certificate_grade = 2 THEN h_disability_2_fen
      WHEN disability_certificate_grade IS NULL THEN NULL ELSE 0 END AS disability_nursing_due,
    CASE WHEN insured AND ltci_disability_level = 5 THEN r_ltci_5_fen
      WHEN (insured AND ltci_disability_level = 5) IS NULL THEN NULL
      WHEN insured AND ltci_disability_level = 4 THEN r_ltci_4_fen
      WHEN (insured AND ltci_disability_level = 4) IS NULL THEN NULL
      WHEN insured AND ltci_disability_level = 3 THEN r_ltci_3_fen
      WHEN (insured AND ltci_disability_level = 3) IS NULL THEN NULL ELSE 0 END AS ltci_due,
    CASE WHEN age >= r_meal_age THEN CASE hardship_class
{grid}
      END * least(meals_in_month, r_meal_cap) WHEN r_meal_age IS NULL THEN NULL ELSE 0 END AS meal_subsidy,
    CASE WHEN may_adapt AND hardship_class = 3 THEN r_adaptation_extreme_fen
      WHEN (may_adapt AND hardship_class = 3) IS NULL THEN NULL
      WHEN may_adapt AND hardship_class = 2 THEN r_adaptation_dibao_fen
      WHEN (may_adapt AND hardship_class = 2) IS NULL THEN NULL ELSE 0 END AS home_adaptation,
    age >= r_list_age OR hardship_class >= 2 OR ability_level >= 2 OR (age >= r_visit_age AND lives_alone)
      AS on_basic_care_list
  FROM a),
r AS (SELECT *,
    CASE WHEN nursing_subsidy_due IS NULL OR disability_nursing_due IS NULL OR ltci_due IS NULL THEN NULL
      ELSE greatest(nursing_subsidy_due, disability_nursing_due, ltci_due) END AS care_support,
    CASE WHEN nursing_subsidy_due IS NULL OR disability_nursing_due IS NULL OR ltci_due IS NULL THEN NULL
      WHEN greatest(nursing_subsidy_due, disability_nursing_due, ltci_due) = 0 THEN 0
      WHEN nursing_subsidy_due >= disability_nursing_due AND nursing_subsidy_due >= ltci_due THEN 1
      WHEN disability_nursing_due >= ltci_due THEN 2 ELSE 3 END AS care_support_from
  FROM b)"""


def sql_by_hand(plan: Plan, source: str, tail: str) -> str:
    """The same numbers per county joined twice, by place of registration and of residence."""
    tables, joins, columns = [], [], ["p.*"]
    for by in PLACES:
        letter = by[0]
        numbers = plan.numbers.rows[by]
        keys = sorted(next(iter(numbers.values())))
        lines: list[str] = []
        for county, values in numbers.items():
            cells = ["NULL" if values[k] is None else str(values[k]) for k in keys]
            lines.append(
                f"({county}, {', '.join(cells if lines else [f'CAST({c} AS BIGINT)' for c in cells])})"
            )
        named = ", ".join(f"{letter}_{key}" for key in keys)
        tables.append(f"n_{by} AS (SELECT * FROM (VALUES {', '.join(lines)}) t(county, {named}))")
        joins.append(f"JOIN n_{by} ON n_{by}.county = p.{by}_county")
        columns.append(f"n_{by}.* EXCLUDE (county)")
    grid = "\n".join(
        f"        WHEN {h} THEN CASE ability_class WHEN 0 THEN r_meal_fen_{h}0 WHEN 1 THEN r_meal_fen_{h}1 "
        f"WHEN 2 THEN r_meal_fen_{h}2 END"
        for h in range(4)
    )
    rules = RULES.format(day=plan.law.day_ymd, grid=grid)
    joined = f"joined AS (SELECT {', '.join(columns)} FROM {source} p {' '.join(joins)})"
    return f"WITH {', '.join(tables)}, {joined}, {rules} {tail}"
