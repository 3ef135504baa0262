"""The shipped standards: complete, in our words, honest about what nobody checked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date

from yiyang.policies.standards import ability_standard, basic_care_list


def test_only_the_contradicted_answer_of_bowel_control_is_doubted() -> None:
    doubted = [
        (item.identifier, option.score)
        for item in ability_standard().items
        for option in item.options
        if not option.verified
    ]
    assert doubted == [("bowel", 3)]


def test_every_item_speaks() -> None:
    for item in ability_standard().items:
        assert item.name
        assert item.evidence == "transcription"
        assert len({option.text for option in item.options}) == len(item.options)


def test_seven_items_share_one_pattern() -> None:
    answers = Counter(tuple(option.text for option in item.options) for item in ability_standard().items)
    assert answers.most_common(1)[0][1] == 7


def test_identifiers_are_used_once() -> None:
    identifiers = [item.identifier for item in ability_standard().items]
    assert len(set(identifiers)) == 26


def test_the_basic_list_has_eight_and_seven_and_one_line() -> None:
    found = basic_care_list()
    assert Counter(line.kind for line in found.services) == {"物质帮助": 8, "照护服务": 7, "关爱服务": 1}
    assert [line.no for line in found.services] == list(range(1, 17))
    assert len({line.code for line in found.services}) == 16
    assert found.since == date(2023, 5, 1)
    assert [line.no for line in found.services if not line.verified] == [12, 14]


def test_reading_the_standards_needs_no_django() -> None:
    code = (
        "import sys; from yiyang.policies import standards; standards.ability_standard();"
        " standards.ltci_standard(); standards.basic_care_list(); print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
