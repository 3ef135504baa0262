"""Duplicate rules on a named cast: what is one person, what a reason to look, what two people."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pytest

from tests.bench.spoiling import spoil
from yiyang.engine import linking
from yiyang.engine.linking.preparing import INPUT
from yiyang.engine.linking.rules import RULES, Block, Rules
from yiyang.engine.spelling import initials_of, sounds_of

YUZHEN = {
    "name": "刘玉珍",
    "birth_ymd": 19460315,
    "sex": 2,
    "id_number": "150203194603150026",
    "phone": "13800000001",
    "address": "钢铁大街12号 3栋2单元501",
    "division": "150203003001",
}


def table(*rows: Mapping[str, object]) -> pa.Table:
    """Keys from 1; whatever a row does not say is 刘玉珍's."""
    full = [YUZHEN | dict(row) for row in rows]
    return pa.Table.from_pylist(
        [row | {"key": i, "initials": initials_of(str(row["name"]))} for i, row in enumerate(full, 1)],
        schema=INPUT,
    )


def verdict(**other: object) -> tuple[str, list[str]]:
    """Of 刘玉珍 and an entry that differs from her in this."""
    (pair,) = linking.link(table({}, other)).to_pylist() or [{"verdict": "", "reasons": []}]
    return pair["verdict"], pair["reasons"]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"id_number": "150203194603150326"}, "ID_ONE_DIGIT"),
        ({"id_number": "150203194603510026"}, "ID_SWAPPED"),
        ({"id_number": "150203194603150025"}, "ID_CHECK_CHARACTER"),
        ({"name": "刘玉贞", "id_number": None}, "HOMOPHONE"),
        ({"name": "刘珍玉"}, "NAME_TURNED"),
        ({"name": "刘珍"}, "NAME_ONE_SOUND_MORE"),
        ({"birth_ymd": 19470315, "id_number": None}, "BIRTH_YEAR"),
        ({"birth_ymd": 19460212, "id_number": None}, "BIRTH_LUNAR"),
        ({"phone": "13800000010", "id_number": None}, "PHONE_SWAPPED"),
        ({"address": "阿尔丁大街5号", "division": "150204001001"}, "OTHER_PLACE"),
        ({"address": None, "phone": None}, "SAME_COMMUNITY"),
    ],
)
def test_one_slip_of_the_pen_is_still_the_same_person(other: dict[str, object], reason: str) -> None:
    found, reasons = verdict(**other)
    assert found == "SAME"
    assert reason in reasons


def test_day_and_month_exchanged_without_an_id_are_found() -> None:
    first = YUZHEN | {"birth_ymd": 19460305, "id_number": None}
    (pair,) = linking.link(table(first, first | {"birth_ymd": 19460503})).to_pylist()
    assert "BIRTH_EXCHANGED" in pair["reasons"]


def test_one_number_under_two_names_is_a_ticket_and_never_certain() -> None:
    found, reasons = verdict(name="高福祥", birth_ymd=19510907, phone=None, address=None)
    assert found == "LIKELY"
    assert {"SAME_ID", "OTHER_NAME"} <= set(reasons)


def test_namesakes_born_on_one_day_with_numbers_of_their_own_are_two_people() -> None:
    other = {"id_number": "150203194603150085", "phone": "13900000009", "address": "青年路1号"}
    assert verdict(**other)[0] == ""


def test_spouses_at_one_phone_and_one_door_are_two_people() -> None:
    assert verdict(name="王德胜", sex=1, birth_ymd=19440102, id_number=None)[0] == ""


def test_twins_with_numbers_of_their_own_are_two_people() -> None:
    assert verdict(name="刘玉兰", id_number="150203194603150042")[0] == ""


def test_against_a_registry_only_pairs_across_are_told_and_equal_keys_do_not_meet() -> None:
    here, there = table({}, {}), table({"id_number": None})
    pairs = linking.link(here, against=there).to_pylist()
    assert [(pair["a"], pair["b"]) for pair in pairs] == [(1, 1), (2, 1)]


def test_a_key_shared_by_too_many_is_left_out_and_told() -> None:
    names = ["赵一民", "钱二民", "孙三民", "李四民"]
    crowd = table(
        *({"name": name, "birth_ymd": 19400101 + i, "id_number": None} for i, name in enumerate(names))
    )
    one_phone = Rules((Block("same phone", ("r.phone",), cap=3),), RULES.comparisons)
    assert linking.left_out(linking.link(crowd, rules=one_phone)) == [linking.LeftOut("same phone", 1, 4)]


def test_nobody_against_nobody_is_nothing() -> None:
    assert linking.link(table()).num_rows == 0
    assert linking.link(table({}), against=table()).num_rows == 0
    assert linking.left_out(linking.link(table())) == []


def test_unknown_values_neither_agree_nor_disagree() -> None:
    bare = {"id_number": None, "phone": None, "address": None, "birth_ymd": None}
    assert linking.link(table(bare, bare)).num_rows == 0


def test_sound_ignores_tone_and_character() -> None:
    assert sounds_of("王秀英") == sounds_of("汪秀瑛") == ("wang", "xiu", "ying")
    assert sounds_of("· 1") == ()


def test_spoiling_is_the_same_for_the_same_seed() -> None:
    import numpy as np

    people = table({}, {"name": "王德胜", "id_number": "150203194401020012"})
    first, again = (spoil(people, np.array([0, 1]), seed=3) for _ in range(2))
    assert first.records.equals(again.records)
    assert first.pairs == again.pairs
