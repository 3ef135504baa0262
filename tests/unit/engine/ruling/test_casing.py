"""Cases from outside: what may be left out, what is refused, and with which words."""

from __future__ import annotations

import datetime as dt

import pytest

from yiyang.engine.ruling.casing import BadCase, run_case
from yiyang.engine.ruling.parameters import Overlap
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)
GOOD: dict[str, object] = {
    "name": "案例",
    "on": DAY,
    "person": {"birth": dt.date(1946, 7, 1), "county": 150202},
    "expect": {"oldest_old_allowance": 12000},
}


def complaints(**changed: object) -> tuple[str, ...]:
    return run_case(library.book(), library.numbers(), {**GOOD, **changed}).complaints


def person(**facts: object) -> dict[str, object]:
    return {"birth": dt.date(1946, 7, 1), "county": 150202, **facts}


def test_a_true_case_passes() -> None:
    assert complaints() == ()


def test_a_false_case_says_what_was_got_and_wanted() -> None:
    assert complaints(expect={"oldest_old_allowance": 1}) == ("oldest_old_allowance: got 12000, want 1",)
    assert complaints(expect={"oldest_old_allowance": "unknown"}) == (
        "oldest_old_allowance: got 12000, want unknown",
    )


def test_a_false_because_reason_or_missing_is_noticed() -> None:
    assert len(complaints(because={"oldest_old_allowance": "aged_80_fen@150203"})) == 1
    assert len(complaints(reason={"oldest_old_allowance": "满90周岁"})) == 1
    assert len(complaints(missing={"oldest_old_allowance": ["ability_level"]})) == 1


def test_facts_left_out_are_unknown_where_they_may_be_and_else_nothing() -> None:
    assert complaints(expect={"care_service_subsidy": "unknown", "age": 80}) == ()
    assert (
        complaints(person=person(hardship_class=3, ability_level=1), expect={"home_adaptation": 500000}) == ()
    )


def test_one_place_may_differ_from_the_county() -> None:
    assert complaints(person=person(hukou_county=620722), expect={"oldest_old_allowance": 6000}) == ()


def test_numbers_of_the_case_stand_for_all_shipped_rows_of_their_key() -> None:
    rows = [{"key": "aged_80_fen", "place": 0, "since": dt.date(2026, 1, 1), "value": 5}]
    assert complaints(number=rows, expect={"oldest_old_allowance": 5}) == ()
    late = [{**rows[0], "since": dt.date(2027, 1, 1)}]
    assert complaints(number=late, expect={"oldest_old_allowance": "unknown"}) == ()
    closed = [{**rows[0], "until": DAY}]
    assert complaints(number=closed, expect={"oldest_old_allowance": "unknown"}) == ()


def test_floor_and_top_up_may_be_tried_out() -> None:
    base = {"key": "aged_80_fen", "place": 150000, "since": dt.date(2020, 1, 1), "value": 100}
    top = {**base, "place": 150202, "value": 7, "merge": "add"}
    low = {**base, "place": 150200, "value": 150, "merge": "floor"}
    assert complaints(number=[base, low, top], expect={"oldest_old_allowance": 157}) == ()
    because = {"oldest_old_allowance": ["aged_80_fen@150000", "aged_80_fen@150202"]}
    assert complaints(number=[base, top], expect={"oldest_old_allowance": 107}, because=because) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expect": {"no_such_benefit": 1}}, "no_such_benefit"),
        ({"expect": {}}, "nothing under expect"),
        ({"expect": {"oldest_old_allowance": "yes"}}, "unknown"),
        ({"expect": {"oldest_old_allowance": 1.5}}, "whole number"),
        ({"person": person(no_such_field=1)}, "no_such_field"),
        ({"person": person(ability_level=5)}, "ability_level: 5"),
        ({"person": person(ability_level="3")}, "whole number"),
        ({"person": person(ability_level=True)}, "whole number"),
        ({"person": person(lives_alone=1)}, "true or false"),
        ({"person": person(county=15)}, None),
        ({"person": person(county="昆都仑")}, "six digits"),
        ({"person": person(birth=dt.date(2026, 7, 2))}, "after"),
        ({"person": person(birth=dt.date(1896, 7, 1))}, "130 years"),
        ({"person": person(birth="1946-07-01")}, "a date like"),
        ({"on": "2026-07-01"}, "a date like"),
        ({"on": None}, "a date like"),
        ({"becuase": {}}, "becuase"),
        ({"missing": {"age": ["no_such_field"]}}, "no_such_field"),
        ({"missing": {"age": "birth_ymd"}}, "a list"),
        ({"number": [{"key": "no_such_key", "place": 0, "value": 1}]}, "no_such_key"),
        ({"number": [{"key": "aged_80_fen", "place": 0, "value": -1}]}, "-1 is not within"),
        ({"number": [{"key": "aged_80_fen", "place": 0, "value": 1, "unit": "fen/meal"}]}, "fen/month"),
        ({"number": [{"key": "aged_80_fen", "value": 1}]}, "place"),
        ({"number": [{"key": "aged_80_fen", "place": 0}]}, "value or grid"),
        ({"number": [{"key": "aged_80_fen", "place": 0, "value": 1, "merge": "max"}]}, "floor or add"),
        ({"number": [{"key": "meal_fen", "place": 0, "grid": [[1, 2, 3, 4]]}]}, "meal_fen_03"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_the_name_of_the_case(
    changed: dict[str, object], said: str | None
) -> None:
    if said is None:
        assert isinstance(complaints(**changed), tuple)
        return
    with pytest.raises(BadCase, match=f"案例.*{said}"):
        complaints(**changed)


def test_two_numbers_of_one_place_and_day_are_refused() -> None:
    one = {"key": "aged_80_fen", "place": 0, "since": dt.date(2020, 1, 1), "value": 1}
    with pytest.raises(Overlap, match="aged_80_fen"):
        complaints(number=[one, {**one, "value": 2}])


def test_a_case_without_a_date_of_birth_cannot_tell_an_age() -> None:
    assert (
        complaints(person={"county": 150202}, expect={"age": "unknown", "oldest_old_allowance": "unknown"})
        == ()
    )
