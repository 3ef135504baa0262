"""``yiyang people duplicates``: a branch against itself; every refusal is one English sentence."""

from __future__ import annotations

import argparse
import json

import pytest

from tests.conftest import NOW, Enter
from tests.factories import people as make
from yiyang.engine.errors import HouseError
from yiyang.faces.console import nightly, people


def asked(place: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    people.add_arguments(parser)
    return parser.parse_args(["duplicates", "--place", place, "--json"])


def test_a_branch_is_compared_and_a_second_look_finds_nothing_new(
    as_process: Enter, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_process("1502"):
        for _ in range(2):
            make.person(name="吴桂兰", phone="00013812345")
        make.person(name="赵淑珍", division="150203001015")
    assert people.run(asked("1502")) == 0
    assert people.run(asked("1502")) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["people"], first["pairs"], first["new"]) == (3, 1, 1)
    assert (second["pairs"], second["new"]) == (1, 0)
    assert nightly.look_for_duplicates(NOW).endswith("0 new pairs")


@pytest.mark.parametrize("place", ["1502x", "150", "", "150299"])
def test_a_place_that_is_none_or_empty_is_one_sentence(db: None, place: str) -> None:
    with pytest.raises(HouseError, match=r"prefix|nobody"):
        people.run(asked(place))
