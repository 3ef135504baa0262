"""The law as a text for PostgreSQL gives everybody the answer that the evaluation of one row gives."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from tests.conftest import Enter
from tests.factories.people import person
from yiyang.engine.ruling.evaluating import evaluate
from yiyang.entitlements.selectors import live, marks
from yiyang.people import selectors as people
from yiyang.people.facts import FACTS
from yiyang.people.models import Person
from yiyang.policies import selectors as policies

DAY = date(2026, 11, 22)
HERE, ELSEWHERE = "150204001021", "110105001001"
MANY = 60


def anybody(dice: random.Random) -> Person:
    """Somebody with every fact drawn from its range, a third of those that may be unknown unknown."""
    facts: dict[str, Any] = {}
    for key, spec in FACTS.items():
        value = dice.randint(spec.low, min(spec.high, 40))
        unknown = not spec.known and dice.random() < 1 / 3
        facts[key] = None if unknown else bool(value) if spec.boolean else value
    born = date(dice.randint(1918, 1966), dice.randint(1, 12), dice.randint(1, 28))
    hukou = ELSEWHERE if dice.random() < 0.1 else HERE
    return person(division=HERE, hukou=hukou, born_on=born, **facts)


@pytest.fixture
def crowd(as_process: Enter) -> list[int]:
    dice = random.Random(20261122)
    with as_process("1502"):
        return [anybody(dice).pk for _ in range(MANY)]


Told = dict[str, tuple[set[int], int]]


def by_rows(crowd: list[int]) -> Told:
    """Per result: who is due and how many are unknown, one row after the other."""
    law = policies.law_on(DAY)
    rows = people.sweep_rows(crowd).items()
    told = {person_id: evaluate(law.rules, law.numbers, row) for person_id, row in rows}
    return {
        name: (
            {one for one, findings in told.items() if findings[name].value},
            sum(findings[name].value is None for findings in told.values()),
        )
        for name in marks(on=DAY).benefits
    }


def test_text_and_rows_agree_on_every_result_of_the_law(
    crowd: list[int], as_process: Enter, subtests: pytest.Subtests
) -> None:
    with as_process(HERE):
        for name, (due, unknown) in by_rows(crowd).items():
            with subtests.test(result=name):
                found = live.due_in(HERE, name, on=DAY, limit=MANY)
                assert {person_id for person_id, _ in found.people} == due
                assert (found.total, found.cannot_tell) == (len(due), unknown)


def test_several_results_are_counted_in_one_statement(crowd: list[int], as_process: Enter) -> None:
    wanted = marks(on=DAY).due_lists
    with as_process(HERE):
        counts = live.counts_in(HERE, wanted, on=DAY)
        rows = by_rows(crowd)
    assert counts == {name: (len(rows[name][0]), rows[name][1]) for name in wanted}


def test_pages_of_a_due_list_go_from_the_oldest_on_and_miss_nobody(
    crowd: list[int], as_process: Enter
) -> None:
    with as_process(HERE):
        whole = live.due_in(HERE, "health_management", on=DAY, limit=MANY).people
        pages = [
            live.due_in(HERE, "health_management", on=DAY, limit=7, offset=offset).people
            for offset in range(0, MANY, 7)
        ]
        born = dict(Person.objects.values_list("pk", "born_on"))
    assert [one for page in pages for one in page] == list(whole)
    assert [born[one] for one, _ in whole] == sorted(born[one] for one, _ in whole)


def test_a_due_list_says_why_in_the_words_of_the_law(as_process: Enter) -> None:
    with as_process(HERE):
        alone = person(division=HERE, lives_alone=True, empty_nest=True)
        found = live.due_in(HERE, "welfare_visit", on=DAY, limit=9)
    assert found.people == ((alone.pk, "独居"),)


def test_nobody_outside_the_branch_is_looked_at(crowd: list[int], as_process: Enter) -> None:
    with as_process("150204002"):
        found = live.due_in("150204002", "health_management", on=DAY, limit=9)
        unseen = live.due_in("150204001", "health_management", on=DAY, limit=9)
    assert found == unseen == live.Due((), 0, 0)


def test_a_result_that_the_law_does_not_have_is_refused(as_process: Enter) -> None:
    with as_process(HERE), pytest.raises(live.NotComputable):
        live.due_in(HERE, "1 OR 1=1", on=DAY, limit=9)
