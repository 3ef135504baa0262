"""Random people for benches and parity: every column of the contract, gaps included. Nobody is real."""

from __future__ import annotations

import duckdb

COUNTIES = [150000 + 100 * city + county for city in range(1, 13) for county in range(2, 11)][:103]
ELSEWHERE = [110105, 620722, 140403]
"""Registered elsewhere: a place without law, and two with a law of their own."""


def people_sql(n: int, start: int = 0, elsewhere: bool = True) -> str:
    """``n`` rows with person_id from ``start``; one in seven lacks an ability level, and so on."""

    def h(salt: int) -> str:
        return f"(hash(i * 1000003 + {salt}) % 1000000)::BIGINT"

    def maybe(salt: int, one_in: int, value: str) -> str:
        return f"CASE WHEN {h(salt)} % {one_in} = 0 THEN NULL ELSE {value} END"

    def at(places: list[int], salt: int) -> str:
        return f"[{', '.join(map(str, places))}][1 + {h(salt)} % {len(places)}]"

    def flag(name: str, salt: int, one_in: int) -> str:
        return f"{maybe(salt, 11, f'{h(salt + 1)} % {one_in} = 0')} AS {name}"

    hukou = f"CASE WHEN {h(2)} % 8 = 0 THEN {at(COUNTIES, 3)} ELSE residence_county END"
    if elsewhere:
        hukou = f"CASE WHEN {h(4)} % 50 = 0 THEN {at(ELSEWHERE, 5)} ELSE {hukou} END"
    return f"""
      SELECT i AS person_id,
        residence_county || lpad((1 + {h(6)} % 12)::VARCHAR, 3, '0')
          || lpad((1 + {h(7)} % 12)::VARCHAR, 3, '0') AS division,
        (1966 - ({h(8)} % 2500) ** 2 // 139000)::INT * 10000 + (1 + {h(9)} % 12)::INT * 100
          + (1 + {h(10)} % 28)::INT AS birth_ymd,
        ({hukou})::INT AS hukou_county, residence_county::INT AS residence_county,
        {maybe(11, 7, f"CASE WHEN {h(12)} % 4 > 0 THEN 0 ELSE {h(13)} % 5 END")}::TINYINT AS ability_level,
        {maybe(14, 6, f"CASE WHEN {h(15)} % 9 > 0 THEN 0 ELSE {h(16)} % 4 END")}::TINYINT AS hardship_class,
        {maybe(17, 9, f"CASE WHEN {h(18)} % 9 > 0 THEN 0 ELSE {h(19)} % 5 END")}::TINYINT
          AS disability_certificate_grade,
        {maybe(20, 5, f"CASE WHEN {h(21)} % 6 > 0 THEN 0 ELSE {h(22)} % 6 END")}::TINYINT
          AS ltci_disability_level,
        {maybe(23, 8, f"{h(24)} % 400")}::SMALLINT AS insured_months,
        ({h(25)} % 60)::SMALLINT AS meals_in_month, {h(26)} % 33 = 0 AS lives_in_care_home,
        {h(27)} % 20 = 0 AS home_adapted,
        {flag("lives_alone", 30, 8)}, {flag("empty_nest", 32, 4)}, {flag("left_behind", 34, 30)},
        {flag("bereaved_family", 36, 90)}, {flag("entitled_group", 38, 70)}, {flag("has_dementia", 40, 20)},
        {flag("special_contribution", 42, 900)}, {flag("seriously_ill", 44, 12)},
        {flag("homeless", 46, 2000)},
        {maybe(48, 15, f"{h(49)} % 3")}::TINYINT AS pension_scheme
      FROM (SELECT i, {at(COUNTIES, 1)} AS residence_county FROM range({start}, {start + n}) t(i))"""


def write_people(path: str, n: int) -> None:
    """A Parquet snapshot of ``n`` invented people."""
    duckdb.execute(f"COPY ({people_sql(n)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
