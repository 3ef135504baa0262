"""Initials by which names are found."""

from __future__ import annotations

import pytest

from yiyang.engine.spelling import initials_of


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("王秀英", "WXY"),
        ("单德海", "SDH"),
        ("曾玉兰", "ZYL"),
        ("解建国", "XJG"),
        ("仇桂兰", "QGL"),
        ("朴永哲", "PYZ"),
        ("欧阳文", "OYW"),
        ("尉迟恭", "YCG"),
        ("乌云其木格", "WYQMG"),
        ("吕爱玲", "LAL"),
        ("Li Ming", "LIMING"),
        ("", ""),
    ],
)
def test_surnames_sound_as_surnames(name: str, initials: str) -> None:
    assert initials_of(name) == initials
