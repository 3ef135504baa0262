"""What is known about a person, since when, and since when we know it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW, SHANGHAI, Enter
from tests.factories import people as make
from tests.factories.saying import say, say_all
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.base.models import OutboxEntry
from yiyang.people import selectors
from yiyang.people.choices import Source
from yiyang.people.guards import FactRefused
from yiyang.people.models import Fact, Person, State

TODAY = NOW.date()


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴奶奶, 82."""
    with as_process("1502"):
        return make.person(name="吴桂兰")


def state(whom: Person) -> State:
    return State.objects.get(pk=whom.pk)


def known(whom: Person, as_of: date, known_at: datetime) -> dict[str, int | None]:
    found = selectors.facts_as_known(PersonId(whom.pk), as_of=as_of, known_at=known_at)
    return {key: fact.value for key, fact in found.items()}


def test_a_word_stands_in_the_history_in_the_state_in_the_trail_and_in_the_news(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        say(wu, hardship_class=2, lives_alone=1)
        assert (state(wu).hardship_class, state(wu).lives_alone) == (2, True)
        (first, second) = selectors.history_of(PersonId(wu.pk))
        assert {first.words, second.words} == {"低保", "是"}
        assert first.source == "民政部门"
        entry = OutboxEntry.objects.get()
    assert entry.name == "FactsChanged"
    assert entry.payload["keys"] == ["hardship_class", "lives_alone"]
    with as_process("1502"):
        assert "吴" not in str(entry.payload)


def test_the_trail_names_the_fields_and_never_their_values(
    wu: Person, as_process: Enter, as_staff: Enter
) -> None:
    with as_process("1502"):
        say(wu, hardship_class=2)
    with as_staff("150204"):
        (line,) = audit.trail_of("person", wu.pk)
    assert (line.action, line.fields, line.reason, line.detail) == (
        "facts",
        ["hardship_class"],
        "CIVIL_AFFAIRS",
        {},
    )


@pytest.mark.parametrize(
    ("facts", "valid_from", "said"),
    [
        ({"shoe_size": 40}, TODAY, "没有这一项情况"),
        ({"ability_level": 5}, TODAY, "只能是 0 到 4"),
        ({"ability_level": -1}, TODAY, "只能是 0 到 4"),
        ({"lives_alone": 2}, TODAY, "只能是 0 到 1"),
        ({"insured_months": 1201}, TODAY, "只能是 0 到 1200"),
        ({"meals_in_month": None}, TODAY, "不能是不知道"),
        ({"lives_in_care_home": None}, TODAY, "不能是不知道"),
        ({"lives_alone": 1}, TODAY + timedelta(days=1), "还没到"),
        ({"lives_alone": 1}, date(1944, 2, 29), "早于出生日期"),
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_nothing_of_it_is_written(
    wu: Person, as_process: Enter, facts: dict[str, int | None], valid_from: date, said: str
) -> None:
    with as_process("1502"):
        with pytest.raises(FactRefused) as refused, transaction.atomic():
            say_all(wu, {"hardship_class": 1, **facts}, valid_from=valid_from)
        assert said in refused.value.message
        assert not Fact.objects.exists()
        assert not OutboxEntry.objects.exists()
        assert state(wu).hardship_class is None


def test_an_absent_person_and_one_out_of_scope_look_alike(wu: Person, as_process: Enter) -> None:
    with as_process("150203"), pytest.raises(selectors.NoSuchPerson):
        say(wu, hardship_class=2)
    with as_process("1502"):
        wu.pk = 1
        with pytest.raises(selectors.NoSuchPerson):
            say(wu, hardship_class=2)


def test_the_later_day_wins_and_news_about_an_earlier_one_does_not_overwrite_it(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        say(wu, valid_from=date(2026, 5, 1), hardship_class=2)
        say(wu, valid_from=date(2026, 2, 1), hardship_class=1, now=NOW + timedelta(days=1), lives_alone=1)
        assert (state(wu).hardship_class, state(wu).lives_alone) == (2, True)
        entry = OutboxEntry.objects.order_by("-occurred_at").first()
        assert entry is not None
        assert entry.payload["keys"] == ["lives_alone"]
        say(wu, valid_from=date(2026, 6, 1), hardship_class=0, now=NOW + timedelta(days=2))
        assert state(wu).hardship_class == 0
        assert Fact.objects.filter(key="hardship_class").count() == 3


def test_two_sources_that_contradict_each_other_are_both_kept_and_the_later_word_counts(
    wu: Person, as_process: Enter
) -> None:
    day = date(2026, 5, 1)
    with as_process("1502"):
        say(wu, source=Source.CIVIL_AFFAIRS, valid_from=day, lives_alone=1)
        say(wu, source=Source.COMMUNITY, valid_from=day, lives_alone=0, now=NOW + timedelta(hours=1))
        assert state(wu).lives_alone is False
        words = [(fact.source, fact.words) for fact in selectors.history_of(PersonId(wu.pk))]
    assert words == [("社区走访", "否"), ("民政部门", "是")]


def test_what_cannot_be_true_beside_what_is_known_is_refused_and_nothing_is_written(
    wu: Person, as_process: Enter
) -> None:
    with as_process("1502"):
        say(wu, lives_alone=1)
        with pytest.raises(FactRefused) as refused, transaction.atomic():
            say(wu, lives_in_care_home=1, hardship_class=2)
        assert "“住在养老机构”和“独居”不会同时是“是”" in refused.value.message
        assert (state(wu).lives_in_care_home, state(wu).hardship_class) == (False, None)
        assert Fact.objects.count() == 1
        say(wu, lives_in_care_home=1, lives_alone=0)
        assert (state(wu).lives_in_care_home, state(wu).lives_alone) == (True, False)


def test_a_source_that_no_longer_knows_makes_the_fact_unknown_again(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        say(wu, valid_from=date(2026, 2, 1), ability_level=3)
        say(wu, valid_from=date(2026, 3, 1), ability_level=None, now=NOW + timedelta(hours=1))
        assert state(wu).ability_level is None
        (word, _) = selectors.history_of(PersonId(wu.pk))
    assert word.words == "不知道"


def test_what_did_we_know_on_a_day_is_answered_under_both_times(wu: Person, as_process: Enter) -> None:
    march, june, july = (datetime(2026, month, 10, 9, tzinfo=SHANGHAI) for month in (3, 6, 7))
    with as_process("1502"):
        say(wu, valid_from=date(2026, 1, 1), hardship_class=1, now=march)
        # In June we learn that since February she has been in dibao.
        say(wu, valid_from=date(2026, 2, 1), hardship_class=2, now=june)
        cases = {
            (date(2026, 4, 1), march): {"hardship_class": 1},  # what April was paid on
            (date(2026, 4, 1), july): {"hardship_class": 2},  # what April should have been
            (date(2026, 1, 15), july): {"hardship_class": 1},
            (date(2025, 12, 31), july): {},
            (date(2026, 4, 1), march - timedelta(days=1)): {},
        }
        for (as_of, known_at), expected in cases.items():
            assert known(wu, as_of, known_at) == expected, (as_of, known_at)
        row = selectors.row_as_known(PersonId(wu.pk), as_of=date(2026, 4, 1), known_at=march)
        assert (row["hardship_class"], row["lives_alone"], row["meals_in_month"]) == (1, None, 0)
        assert selectors.sweep_row(PersonId(wu.pk))["hardship_class"] == 2


def test_a_word_cannot_be_taken_back_even_by_raw_sql(wu: Person, as_process: Enter) -> None:
    with as_process("1502"):
        say(wu, hardship_class=2)
        for statement in ("UPDATE people_fact SET value = 3", "DELETE FROM people_fact"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert Fact.objects.get().value == 2
