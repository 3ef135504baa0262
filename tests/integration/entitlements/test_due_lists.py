"""Due lists of an invented county: counted as the evaluation counts, within the scope of whoever asks."""

from __future__ import annotations

import pytest

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories.county import COMMUNITIES, PREFIX, small_county
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.ruling.evaluating import Finding, evaluate
from yiyang.entitlements import selectors
from yiyang.entitlements.selectors import live
from yiyang.people import selectors as people
from yiyang.people.models import Person, State
from yiyang.policies import selectors as policies

TODAY = NOW.date()
Findings = dict[int, dict[str, Finding]]


@pytest.fixture
def findings(db: None) -> Findings:
    """Everybody of a small county, some registered elsewhere, evaluated one by one."""
    small_county(80)
    with acting(Role.JOB, Scope.of(PREFIX)):
        make.person(division=COMMUNITIES[0], hukou="110105000000", hardship_class=2)
        make.person(division=COMMUNITIES[0], hukou="150203001015")
        law = policies.law_on(TODAY)
        rows = people.sweep_rows(State.objects.values_list("pk", flat=True))
        return {person_id: evaluate(law.rules, law.numbers, row) for person_id, row in rows.items()}


def test_every_result_is_counted_as_the_evaluation_counts_it(findings: Findings, as_staff: Enter) -> None:
    names = selectors.marks(on=TODAY).benefits
    expected = {
        name: (
            sum(bool(found[name].value) for found in findings.values()),
            sum(found[name].value is None for found in findings.values()),
        )
        for name in names
    }
    with as_staff(PREFIX):
        counted = live.counts_in(PREFIX, names, on=TODAY)
    assert counted == expected
    assert sum(yes for yes, _ in expected.values()) > 0
    assert sum(unknown for _, unknown in expected.values()) > 0


def test_a_due_list_names_those_people_oldest_first_with_the_words_of_the_law(
    findings: Findings, as_staff: Enter
) -> None:
    with as_staff(PREFIX):
        law = policies.law_on(TODAY).rules
        born = dict(Person.objects.values_list("pk", "born_on"))
        for name in selectors.marks(on=TODAY).due_lists:
            due = live.due_in(PREFIX, name, on=TODAY, limit=500)
            wanted = [pk for pk, found in findings.items() if found[name].value]
            assert [pk for pk, _ in due.people] == sorted(wanted, key=lambda pk: (born[pk], pk)), name
            assert due.total == len(wanted)
            assert due.cannot_tell == sum(found[name].value is None for found in findings.values())
            assert all(words for _, words in due.people), (name, law.rules[name].title)


def test_row_security_decides_who_is_looked_at(findings: Findings, as_staff: Enter) -> None:
    with as_staff(COMMUNITIES[0]):
        mine = live.counts_in(PREFIX, ["health_management"], on=TODAY)["health_management"]
        assert mine == live.counts_in(COMMUNITIES[0], ["health_management"], on=TODAY)["health_management"]
        here = set(State.objects.values_list("pk", flat=True))
    assert mine[0] == sum(
        bool(found["health_management"].value) for pk, found in findings.items() if pk in here
    )
    assert 0 < len(here) < len(findings)
    with as_staff("150203"):
        assert live.counts_in(PREFIX, ["health_management"], on=TODAY)["health_management"] == (0, 0)


@pytest.mark.parametrize("name", ["free_beer", "", "person_line"])
def test_a_list_the_law_does_not_know_is_refused(as_staff: Enter, name: str) -> None:
    with as_staff(PREFIX), pytest.raises(live.NotComputable):
        live.due_in(PREFIX, name, on=TODAY, limit=10)
