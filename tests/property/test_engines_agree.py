"""One row and the whole table give the same answer: DuckDB against the scalar evaluation, gaps included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.small_laws import COUNTIES, small_laws
from yiyang.engine.ruling.benefits import LawOfDay
from yiyang.engine.ruling.declaring import FieldSpec
from yiyang.engine.ruling.evaluating import Value, evaluate, missing
from yiyang.engine.ruling.expressions import Binary, Number, walk
from yiyang.engine.ruling.parameters import Parameters
from yiyang.engine.sweeping import tails
from yiyang.engine.sweeping.asking import asked_sql
from yiyang.engine.sweeping.plans import Plan, sweep_sql, wide_numbers
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)
ELSEWHERE = 110105
Person = dict[str, Value]


def value_of(spec: FieldSpec) -> st.SearchStrategy[Value]:
    known: st.SearchStrategy[Value]
    if spec.unit == "bool":
        known = st.booleans()
    elif spec.unit == "ymd":
        known = st.dates(dt.date(1905, 1, 1), dt.date(1970, 12, 31)).map(
            lambda d: d.year * 10000 + d.month * 100 + d.day
        )
    else:
        known = st.integers(spec.low or 0, min(spec.high or 0, 120))
    return st.none() | known if spec.nullable else known


def people_of(law: LawOfDay, counties: list[int]) -> st.SearchStrategy[list[Person]]:
    columns: dict[str, st.SearchStrategy[Value]] = {name: value_of(spec) for name, spec in law.fields.items()}
    places = {f"{by}_county": st.sampled_from(counties) for by in ("hukou", "residence")}
    return st.lists(st.fixed_dictionaries({**columns, **places}), min_size=1, max_size=25)


def swept(
    law: LawOfDay, numbers: Parameters, people: list[Person], complete: bool
) -> list[Mapping[str, Value]]:
    """The answers of the text, reason codes and masks of missing facts among them."""
    known = sorted({int(p[f"{by}_county"] or 0) for p in people for by in ("hukou", "residence")})
    # Not complete: the table lacks the county of some people, who must not be lost for it.
    counties = known if complete else known[:1]
    plan = Plan(
        law,
        "duckdb",
        wide_numbers(law, numbers, {"hukou": counties, "residence": counties}, complete=complete),
    )
    layout = tails.Layout(law)
    asks = {name: asked_sql(plan, name, layout.askable) for name in law.trees}
    masks = [f"{text} AS ask_{name}" for name, text in asks.items() if text]
    tail = f"SELECT {', '.join(['*', *masks])} FROM r ORDER BY person_id"
    with duckdb.connect() as connection:
        table(connection, law, people)
        cursor = connection.execute(sweep_sql(plan, persons="persons", tail=tail, reasons=list(law.trees)))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def table(connection: duckdb.DuckDBPyConnection, law: LawOfDay, people: list[Person]) -> None:
    columns = ["person_id BIGINT", "hukou_county INTEGER", "residence_county INTEGER"]
    names = ["hukou_county", "residence_county"]
    for spec in law.fields.values():
        kind = {"bool": "BOOLEAN", "ymd": "INTEGER", "class": "TINYINT"}.get(spec.unit, "SMALLINT")
        columns.append(f"{spec.name} {kind}")
        names.append(spec.name)
    connection.execute(f"CREATE TABLE persons ({', '.join(columns)})").fetchall()
    marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in people)
    values = [value for i, person in enumerate(people) for value in (i, *(person[n] for n in names))]
    connection.execute(f"INSERT INTO persons VALUES {marks}", values).fetchall()


def assert_agree(law: LawOfDay, numbers: Parameters, people: list[Person]) -> None:
    askable = tails.Layout(law).askable
    for person, row in zip(people, swept(law, numbers, people, complete=True), strict=True):
        found = evaluate(law, numbers, person)
        for name, finding in found.items():
            assert row[name] == finding.value, (name, person)
            if f"why_{name}" in row:
                assert row[f"why_{name}"] == finding.arm, (name, person)
            mask = int(row.get(f"ask_{name}") or 0)
            asked = [column for i, column in enumerate(askable) if mask & (1 << i)]
            assert asked == missing(law, found, name), (name, person)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_shipped_law_means_the_same_for_one_row_and_for_the_whole_table(data: st.DataObject) -> None:
    law = library.law_of(DAY)
    people = data.draw(people_of(law, [150202, 150203, 150223, 150902, 620722, 140403, ELSEWHERE]))
    assert_agree(law, library.numbers(), people)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_small_law_means_the_same_in_both_engines(data: st.DataObject) -> None:
    law, numbers = data.draw(small_laws())
    assert_agree(law, numbers, data.draw(people_of(law, COUNTIES)))


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_county_without_a_line_in_the_numbers_loses_nobody_and_tells_nothing_false(
    data: st.DataObject,
) -> None:
    law = library.law_of(DAY)
    people = data.draw(people_of(law, [150202, 620722, ELSEWHERE]))
    rows = swept(law, library.numbers(), people, complete=False)
    assert [row["person_id"] for row in rows] == list(range(len(people)))
    for person, row in zip(people, rows, strict=True):
        for name, finding in evaluate(law, library.numbers(), person).items():
            assert row[name] in (None, finding.value)


def test_on_both_sides_of_every_age_in_the_law_the_engines_agree() -> None:
    law, numbers = library.law_of(DAY), library.numbers()
    compared = {
        node.right.key
        for tree in law.trees.values()
        for node in walk(tree)
        if isinstance(node, Binary) and node.op == ">=" and isinstance(node.right, Number)
    }
    ages = {
        numbers.resolve(key, county, DAY).value
        for key in compared
        if law.number_specs[key].unit == "year"
        for county in (150202, 620722)
    }
    days = [dt.date(DAY.year - age, 7, day) for age in ages if age is not None for day in (1, 2)]
    days += [dt.date(DAY.year - age, 6, 30) for age in ages if age is not None]
    days += [dt.date(1936, 2, 29), dt.date(1948, 2, 29)]
    nobody: Person = {
        spec.name: None if spec.nullable else False if spec.unit == "bool" else 0
        for spec in law.fields.values()
    }
    people: list[Person] = [
        {**nobody, "birth_ymd": d.year * 10000 + d.month * 100 + d.day, "hukou_county": county,
         "residence_county": county, "lives_alone": True}
        for d in days
        for county in (150202, 620722)
    ]  # fmt: skip
    assert len(ages) >= 7
    assert_agree(law, numbers, people)
    for leap_day in (dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2028, 2, 29)):
        assert_agree(library.law_of(leap_day), numbers, people)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_new_gap_only_turns_answers_into_unknown(data: st.DataObject) -> None:
    law, numbers = library.law_of(DAY), library.numbers()
    person = data.draw(people_of(law, [150202, 620722]))[0]
    column = data.draw(st.sampled_from([name for name, spec in law.fields.items() if spec.nullable]))
    before = evaluate(law, numbers, person)
    after = evaluate(law, numbers, {**person, column: None})
    for name, finding in after.items():
        assert finding.value is None or finding.value == before[name].value


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_higher_amount_never_lowers_what_anybody_gets(data: st.DataObject) -> None:
    law, numbers = library.law_of(DAY), library.numbers()
    row = data.draw(st.sampled_from([r for r in numbers.rows if r.unit.startswith("fen/")]))
    raised = numbers.instead(
        [r if r is not row else replace(r, value=r.value + 500) for r in numbers.rows if r.key == row.key]
    )
    person = data.draw(people_of(law, [150202, 150203, 150223, 620722, 140403]))[0]
    before, after = evaluate(law, numbers, person), evaluate(law, raised, person)
    for name, rule in law.rules.items():
        was, now = before[name].value, after[name].value
        if rule.is_amount:
            assert (was is None) == (now is None)
            assert was is None or now is None or now >= was


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_of_an_exclusive_group_the_largest_alone_is_paid(data: st.DataObject) -> None:
    law = library.law_of(DAY)
    found = evaluate(law, library.numbers(), data.draw(people_of(law, [150202, 620722]))[0])
    members = ["nursing_subsidy_due", "disability_nursing_due", "ltci_due"]
    amounts = [found[name].value for name in members]
    if None in amounts:
        assert found["care_support"].value is None
        return
    assert found["care_support"].value == max(int(a or 0) for a in amounts)
    winner = int(found["care_support_from"].value or 0)
    assert winner == 0 or amounts[winner - 1] == found["care_support"].value
