"""`yiyang assess score`: what goes in, what comes out, what is refused by name."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from yiyang.engine.errors import Refused
from yiyang.faces.console import assess
from yiyang.policies.standards import ability_standard

BEST = {item.code: item.maximum for item in ability_standard().items}
SIGNS = {"coma": False, "dementia": False, "mental_disorder": False, "risk_events": 0}
WITHOUT_EATING = {code: best for code, best in BEST.items() if code != "B.1.1"}


def parse(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    assess.add_arguments(parser)
    return parser.parse_args(words)


def refusal(tmp_path: Path, text: str | bytes) -> str:
    file = tmp_path / "assessment.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Refused) as refused:
        assess.run(parse("score", str(file)))
    sentence = str(refused.value)
    assert "\n" not in sentence
    sentence.encode()  # can be written to any terminal
    return sentence


def scored(tmp_path: Path, capsys: pytest.CaptureFixture[str], given: object) -> dict[str, object]:
    file = tmp_path / "assessment.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    assert assess.run(parse("score", str(file))) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_best_assessment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scored(tmp_path, capsys, {"items": BEST, **SIGNS}) == {
        "total": 90,
        "dimensions": {"B.1": 32, "B.2": 15, "B.3": 28, "B.4": 15},
        "initial_level": 0,
        "level": 0,
        "adjusted_by": [],
    }


def test_every_reason_is_listed_and_one_level_is_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {
        "items": BEST | {"B.1.1": 0},
        "dementia": True,
        "mental_disorder": True,
        "risk_events": 3,
        "coma": False,
    }
    found = scored(tmp_path, capsys, given)
    assert (found["total"], found["initial_level"], found["level"]) == (86, 1, 2)
    assert found["adjusted_by"] == ["dementia", "mental_disorder", "risk_events"]


@pytest.mark.parametrize("given", [{"items": {}, "coma": True}, {"coma": True}])
def test_a_coma_needs_no_items(tmp_path: Path, capsys: pytest.CaptureFixture[str], given: object) -> None:
    assert scored(tmp_path, capsys, given) == {
        "total": None,
        "dimensions": {"B.1": None, "B.2": None, "B.3": None, "B.4": None},
        "initial_level": None,
        "level": 4,
        "adjusted_by": ["coma"],
    }


def test_a_coma_with_all_items_keeps_the_total(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = scored(tmp_path, capsys, {"items": BEST, **SIGNS, "coma": True})
    assert (found["total"], found["initial_level"], found["level"]) == (90, 0, 4)


def test_signs_left_out_do_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scored(tmp_path, capsys, {"items": BEST})["adjusted_by"] == []


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "assessment.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps({"items": BEST}).encode())
    assert assess.run(parse("score", str(file), "--json")) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 90


@pytest.mark.parametrize(
    "wrong", ["true", "3.0", '"4"', "null", "5", "-1", "[]", "{}", "NaN", "1e0", "99999999999999999999"]
)
@pytest.mark.parametrize("coma", ["true", "false"])
def test_a_score_that_cannot_be_is_refused_by_its_item(tmp_path: Path, wrong: str, coma: str) -> None:
    items = json.dumps(WITHOUT_EATING)[:-1]
    assert "B.1.1" in refusal(tmp_path, f'{{"items": {items}, "B.1.1": {wrong}}}, "coma": {coma}}}')


def test_a_missing_item_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, json.dumps({"items": WITHOUT_EATING, **SIGNS})) == "not answered: B.1.1"
    assert "items" in refusal(tmp_path, json.dumps(SIGNS))


@pytest.mark.parametrize("coma", [True, False])
def test_an_unknown_item_is_named(tmp_path: Path, coma: bool) -> None:
    assert "B.1.9" in refusal(tmp_path, json.dumps({"items": BEST | {"B.1.9": 4}, "coma": coma}))


@pytest.mark.parametrize("flag", ["coma", "dementia", "mental_disorder"])
@pytest.mark.parametrize("wrong", [0, 1, "true", None, [True], 1.0])
def test_a_flag_is_true_or_false(tmp_path: Path, flag: str, wrong: object) -> None:
    assert flag in refusal(tmp_path, json.dumps({"items": BEST, **SIGNS, flag: wrong}))


@pytest.mark.parametrize("wrong", [-1, 1.5, 2.0, True, "2", None, [2]])
def test_a_count_is_whole_and_not_negative(tmp_path: Path, wrong: object) -> None:
    assert "risk_events" in refusal(tmp_path, json.dumps({"items": BEST, **SIGNS, "risk_events": wrong}))


def test_a_misspelt_sign_is_not_lost_in_silence(tmp_path: Path) -> None:
    assert "'dementias'" in refusal(tmp_path, json.dumps({"items": BEST, "dementias": True}))


@pytest.mark.parametrize("name", ["B.1.1", "coma"])
def test_a_name_given_twice_is_refused(tmp_path: Path, name: str) -> None:
    items = json.dumps(BEST)[:-1]
    twice = {
        "B.1.1": f'{{"items": {items}, "B.1.1": 4}}}}',
        "coma": f'{{"items": {items}}}, "coma": true, "coma": false}}',
    }
    assert f"{name!r} stands twice" in refusal(tmp_path, twice[name])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("{'items': {}}", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"risk_events": ' + "9" * 5000 + "}", "not JSON"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        ('"items"', "not a JSON object"),
        ('{"items": []}', "not an object of item codes"),
        ('{"items": null}', "not an object of item codes"),
        ('{"items": {"\\ud800": 1}}', "is not an item"),
        ('{"a\\nb": 1}', "is not one of"),
    ],
)
def test_what_is_no_assessment_is_one_sentence(tmp_path: Path, text: str | bytes, says: str) -> None:
    assert says in refusal(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(assess.BadFile, match=r"none\.json cannot be read"):
        assess.run(parse("score", str(tmp_path / "none.json")))
    with pytest.raises(assess.BadFile, match="cannot be read"):
        assess.run(parse("score", str(tmp_path)))


def test_a_dash_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with TextIOWrapper(BytesIO(json.dumps({"items": BEST}).encode())) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert assess.run(parse("score", "-")) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 90


def test_the_command_line_answers_with_exit_codes(tmp_path: Path) -> None:
    """Through the real program: 0 and one object, or 2 and one sentence."""
    good, bad = json.dumps({"items": BEST, **SIGNS}), json.dumps({"items": WITHOUT_EATING, **SIGNS})
    done = [
        subprocess.run(
            [sys.executable, "-m", "yiyang.site.cli", "assess", "score", "-"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        for text in (good, bad)
    ]
    assert [process.returncode for process in done] == [0, 2]
    assert json.loads(done[0].stdout)["total"] == 90
    assert done[1].stdout == ""
    assert "B.1.1" in done[1].stderr
    assert "Traceback" not in done[1].stderr
