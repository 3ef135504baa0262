"""The night: each step once a day, a failing one stops no other."""

from __future__ import annotations

import argparse
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories.committing import committed, side_by_side
from yiyang.base import nights
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.faces.console import nightly
from yiyang.faces.console.nightly import Step, do, do_due

DONE: list[str] = []


def well(now: datetime) -> str:
    DONE.append("well")
    return "two of three"


def badly(now: datetime) -> str:
    raise RuntimeError("row of 王秀英")


@pytest.fixture(autouse=True)
def forget() -> None:
    DONE.clear()


def kept() -> dict[str, tuple[bool | None, str]]:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        return {run.step: (run.ok, run.said) for run in nights.runs_of(NOW.date())}


@pytest.mark.django_db
def test_a_step_that_fails_stops_no_other_and_keeps_its_kind_but_no_row() -> None:
    told = do([Step("badly", badly), Step("well", well)], NOW)
    assert [one.ok for one in told] == [False, True]
    assert kept() == {"badly": (False, "RuntimeError"), "well": (True, "two of three")}


@pytest.mark.django_db
def test_a_step_done_today_is_not_done_again_unless_asked_but_is_tomorrow() -> None:
    steps = [Step("well", well)]
    assert [len(do(steps, NOW)), len(do(steps, NOW + timedelta(hours=1)))] == [1, 0]
    assert len(do(steps, NOW + timedelta(hours=1), again=True)) == 1
    assert len(do(steps, NOW + timedelta(days=1))) == 1
    assert DONE == ["well"] * 3


@pytest.mark.django_db
def test_a_step_whose_process_died_is_taken_over_after_six_hours_and_not_a_minute_before() -> None:
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        assert nights.claim(step="torn", now=NOW)
        assert not nights.claim(step="torn", now=NOW + timedelta(hours=5, minutes=59), again=True)
        assert nights.claim(step="torn", now=NOW + timedelta(hours=6, minutes=1))


@pytest.mark.django_db
def test_work_begins_the_night_at_two_and_leaves_a_failed_step_to_the_morning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nightly, "STEPS", (Step("badly", badly), Step("well", well)))
    assert do_due(NOW.replace(hour=1, minute=59)) == 0
    assert do_due(NOW.replace(hour=2, minute=0)) == 2
    assert do_due(NOW.replace(hour=2, minute=1)) == 0
    assert DONE == ["well"]


@pytest.mark.django_db
def test_the_command_names_the_steps_there_are_and_says_what_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(nightly.NoSuchStep, match=r"there are .*sweep, sessions"):
        nightly.run(argparse.Namespace(only="dishes", again=False, json=False))
    monkeypatch.setattr(nightly, "STEPS", (Step("badly", badly), Step("well", well)))
    assert nightly.run(argparse.Namespace(only=None, again=False, json=True)) == 1
    said = json.loads(capsys.readouterr().out)["steps"]
    assert [(one["step"], one["ok"]) for one in said] == [("badly", False), ("well", True)]


@pytest.mark.django_db
def test_the_steps_of_the_house_run_on_an_empty_installation() -> None:
    steps = [step for step in nightly.STEPS if step.name in ("sweep", "sessions", "mandates")]
    assert [(one.ok, one.said) for one in do(steps, NOW)] == [
        (True, "nobody was ever swept under 1502: nothing to do"),
        (True, "expired sessions are gone"),
        (True, "0 mandates have run out"),
    ]


def test_two_workers_at_once_do_a_step_once(django_db_setup: None, django_db_blocker: Any) -> None:
    with committed(django_db_blocker):
        told = side_by_side(*[lambda: do([Step("well", well)], NOW)] * 4)
    assert sorted(len(one) for one in told if isinstance(one, list)) == [0, 0, 0, 1]
    assert DONE == ["well"]
