"""Two records are found to be one person, and two again: nothing is lost on either way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import DOING, decided, say, say_all, work_off
from yiyang.assessments.choices import AssessmentReason, AssessmentState
from yiyang.assessments.models import Assessment
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.log import audit
from yiyang.base.models import AuditEntry, OutboxEntry
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.models import Application, Standing
from yiyang.entitlements.services import asking
from yiyang.entitlements.services.sweeping import sweep
from yiyang.outreach.choices import OPEN_STATES
from yiyang.outreach.models import Caseload, Lead
from yiyang.people import guards, selectors
from yiyang.people import services as people
from yiyang.people.choices import DuplicateState, MergeState, Source
from yiyang.people.models import Duplicate, Fact, Merge, Person, State
from yiyang.people.selectors import one_record
from yiyang.people.services.changing import NotYourPlace
from yiyang.people.services.copying import copy_of

HOME, ELSEWHERE = "150204001021", "150203001015"
WHY = "同一个身份证，当面核对过"


@pytest.fixture
def city(db: None) -> Actor:
    return staff.actor("official", "1502")


@pytest.fixture
def second(db: None) -> Actor:
    return staff.actor("official", "1502", name="李娜")


def papers(whom: Person, *, without: bool) -> Person:
    """The same person with or without an ID number in the record."""
    if without:
        Person.objects.filter(pk=whom.pk).update(id_number=None, id_number_bidx=None)
        whom.refresh_from_db()
    return whom


@pytest.fixture
def two(as_process: Enter) -> tuple[Person, Person]:
    """吴奶奶 at home with papers, and 吴奶奶 entered again in another county without them, on dibao."""
    with as_process("1502"):
        wu = make.person(division=HOME, hukou="150204000000", name="吴桂兰")
        again = papers(make.person(division=ELSEWHERE, hukou="150204000000", name="吴桂兰"), without=True)
        say(wu, valid_from=date(2026, 1, 1), ability_level=0, lives_alone=0)
        say(again, valid_from=date(2026, 2, 1), hardship_class=2, lives_alone=1)
        decided(wu)
        decided(again)
    work_off()
    return wu, again


def pid(whom: Person) -> PersonId:
    return PersonId(whom.pk)


def merge(actor: Actor, survivor: Person, other: Person) -> Merge:
    with acting(Role.APP, actor.scope, actor_id=actor.label):
        done = people.merge_people(
            actor=actor, survivor_id=pid(survivor), other_id=pid(other), why=WHY, now=NOW
        )
    work_off()
    return done


def unmerge(actor: Actor, done: Merge, days: int = 1) -> Merge:
    later = NOW + timedelta(days=days)
    with acting(Role.APP, actor.scope, actor_id=actor.label):
        back = people.unmerge_people(actor=actor, merge_id=done.pk, why="认错了人", now=later)
    work_off(later)
    return back


STANDING = ("person_id", "benefit", "residence", "division", "status", "amount", "since", "receives")
LEAD = ("person_id", "benefit", "division", "kind", "state", "worth_fen", "since", "taken_by_id", "asked_for")


def picture() -> dict[str, Any]:
    """Everything that says how people stand, as sets that do not depend on row ids."""
    return {
        "people": sorted(
            Person.objects.values_list("pk", "division", "merged_into_id", "phone_bidx", "id_number_bidx")
        ),
        "states": sorted(map(str, State.objects.values())),
        "standings": sorted(map(str, Standing.objects.values_list(*STANDING))),
        "leads": sorted(map(str, Lead.objects.filter(state__in=OPEN_STATES).values_list(*LEAD))),
        "caseload": sorted(map(str, Caseload.objects.values())),
        "applications": sorted(map(str, Application.objects.values("person_id", "benefit", "state"))),
        "assessments": sorted(map(str, Assessment.objects.values("person_id", "state"))),
    }


def test_the_survivor_learns_what_only_the_other_knew_and_is_decided_by_it(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    wu, again = two
    merge(city, wu, again)
    with as_process("1502"):
        (state,) = State.objects.all()
        assert (state.person_id, state.hardship_class, state.lives_alone, state.ability_level) == (
            wu.pk, 2, True, 0,
        )  # fmt: skip
        assert {s.person_id for s in Standing.objects.all()} == {wu.pk}
        assert {x.person_id for x in Lead.objects.filter(state__in=OPEN_STATES)} == {wu.pk}
        assert {c.person_id for c in Caseload.objects.all()} == {wu.pk}
        assert not OutboxEntry.objects.filter(done_at=None).exists()


def test_what_was_recorded_under_the_other_id_is_seen_where_the_survivor_lives_and_nowhere_else(
    two: tuple[Person, Person], city: Actor, as_staff: Enter
) -> None:
    wu, again = two
    merge(city, wu, again)
    with as_staff("150204"):
        assert selectors.ids_of(pid(again)) == (wu.pk, again.pk)
        assert {fact.key for fact in selectors.history_of(pid(wu))} >= {"hardship_class", "ability_level"}
        assert {d.person_id for d in entitlements.decisions_of(pid(wu))} == {wu.pk, again.pk}
        assert Fact.objects.filter(person=again).exists()
        assert selectors.person_of(again.code).pk == wu.pk
        assert selectors.person(pid(again)).pk == wu.pk
        assert [p.pk for p in selectors.search("吴桂兰", Scope.of("150204"))] == [wu.pk]
    with as_staff("150203"):
        assert not Person.objects.exists()
        assert not Fact.objects.exists()
        with pytest.raises(selectors.NoSuchPerson):
            selectors.person_of(again.code)


def test_merge_and_unmerge_leave_everything_as_it_was(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        before = picture()
    done = merge(city, *two)
    with as_process("1502"):
        assert picture() != before
    unmerge(city, done)
    with as_process("1502"):
        assert picture() == before


HARDSHIP = st.one_of(st.none(), st.integers(0, 3))
LEVEL = st.one_of(st.none(), st.integers(0, 4))
FLAG = st.one_of(st.none(), st.integers(0, 1))


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    facts=st.lists(
        st.fixed_dictionaries({"hardship_class": HARDSHIP, "ability_level": LEVEL, "lives_alone": FLAG}),
        min_size=2, max_size=2,
    ),
    asks=st.tuples(st.booleans(), st.booleans()),
    first=st.booleans(),
    paid=st.booleans(),
)  # fmt: skip
def test_merge_then_unmerge_is_identity_whatever_was_known(
    city: Actor,
    as_process: Enter,
    facts: list[dict[str, int | None]],
    asks: tuple[bool, bool],
    first: bool,
    paid: bool,
) -> None:
    with transaction.atomic():
        with as_process("1502"):
            pair = [
                make.person(division=HOME, hukou="150204000000"),
                papers(make.person(division=ELSEWHERE, hukou="150204000000"), without=True),
            ]
            for whom, said, asked in zip(pair, facts, asks, strict=True):
                say_all(whom, said)
                if asked:
                    helper = Actor(DOING.kind, None, "tests", rights=frozenset({"take_leads"}))
                    asking.ask_for_help(actor=helper, person_id=pid(whom), benefit="call_back", now=NOW)
            if paid:
                make.receipt(pair[1], "oldest_old_allowance", since=date(2026, 1, 1))
            for whom in pair:
                decided(whom)
        work_off()
        with as_process("1502"):
            before = picture()
        survivor, other = pair if first else reversed(pair)
        done = merge(city, survivor, other)
        with as_process("1502"):
            assert {s.person_id for s in Standing.objects.all()} <= {survivor.pk}
        unmerge(city, done, days=0)
        with as_process("1502"):
            after = picture()
        transaction.set_rollback(True)
    assert after == before


def test_an_allowance_paid_to_the_alias_counts_as_received_also_in_a_sweep(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    wu, again = two
    with as_process("1502"):
        make.receipt(again, "oldest_old_allowance", since=date(2026, 1, 1))
    merge(city, wu, again)
    with as_process("1502"):
        standing = Standing.objects.get(benefit="oldest_old_allowance")
        assert (standing.person_id, standing.receives) == (wu.pk, True)
        found = sweep(prefix="1502", as_of=NOW.date(), now=NOW)
        assert found.swept.people == 1
        assert found.changed == 0
        assert Standing.objects.get(benefit="oldest_old_allowance").receives is True


def test_two_id_numbers_wait_for_a_second_person_who_is_not_the_first(
    city: Actor, second: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        wu, again = make.person(name="吴桂兰"), make.person(name="吴桂兰")
    waiting = merge(city, wu, again)
    assert waiting.state == MergeState.PROPOSED
    with acting(Role.APP, city.scope), pytest.raises(guards.SameHand), transaction.atomic():
        people.confirm_merge(actor=city, merge_id=waiting.pk, now=NOW)
    with as_process("1502"):
        assert not Person.objects.filter(merged_into__isnull=False).exists()
    with acting(Role.APP, second.scope):
        people.confirm_merge(actor=second, merge_id=waiting.pk, now=NOW)
        with pytest.raises(guards.NotWaiting), transaction.atomic():
            people.confirm_merge(actor=second, merge_id=waiting.pk, now=NOW)
    with as_process("1502"):
        assert Person.objects.get(pk=again.pk).merged_into_id == wu.pk
        assert Person.objects.get(pk=again.pk).id_number_bidx is not None


def test_a_second_person_who_disagrees_leaves_two_records_and_the_pair_open(
    city: Actor, second: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        wu, again = make.person(name="吴桂兰"), make.person(name="吴桂兰")
        people.find_for(person_id=pid(wu), now=NOW)
    waiting = merge(city, wu, again)
    with acting(Role.APP, second.scope):
        people.withdraw_merge(actor=second, merge_id=waiting.pk, why="住址电话都不同", now=NOW)
        assert Merge.objects.get().state == MergeState.WITHDRAWN
        assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_the_number_passes_over_to_a_survivor_without_papers_and_back(city: Actor, as_process: Enter) -> None:
    with as_process("1502"):
        wu = papers(make.person(name="吴桂兰"), without=True)
        again = make.person(name="吴桂兰")
        number = selectors.opened(again, "id_number")
    done = merge(city, wu, again)
    with as_process("1502"):
        assert [p.pk for p in selectors.search(number, Scope.of("1502"))] == [wu.pk]
        assert selectors.opened(Person.objects.get(pk=wu.pk), "id_number") == number
    unmerge(city, done)
    with as_process("1502"):
        assert [p.pk for p in selectors.search(number, Scope.of("1502"))] == [again.pk]
        assert Person.objects.get(pk=wu.pk).id_number is None


def test_a_chain_of_merges_ends_in_one_record_and_is_undone_from_the_end(
    city: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        a, b, c = (papers(make.person(name="吴桂兰"), without=True) for _ in range(3))
        for whom in (a, b, c):
            decided(whom)
        before = picture()
    first = merge(city, b, a)
    second = merge(city, c, a)  # a is an alias of b: b is meant
    with as_process("1502"):
        assert selectors.ids_of(pid(a)) == (c.pk, a.pk, b.pk)
        assert {p.merged_into_id for p in Person.objects.exclude(pk=c.pk)} == {c.pk}
    with acting(Role.APP, city.scope), pytest.raises(guards.CannotUnmerge) as refused, transaction.atomic():
        people.unmerge_people(actor=city, merge_id=first.pk, why="认错了人", now=NOW + timedelta(days=1))
    assert "最后一次" in refused.value.message
    unmerge(city, second)
    with as_process("1502"):
        assert selectors.ids_of(pid(a)) == (b.pk, a.pk)
        assert selectors.ids_of(pid(c)) == (c.pk,)
    unmerge(city, first)
    with as_process("1502"):
        assert picture() == before


def test_merging_into_ones_own_alias_says_that_they_are_one_already(
    two: tuple[Person, Person], city: Actor
) -> None:
    merge(city, *two)
    with acting(Role.APP, city.scope), pytest.raises(guards.AlreadyOne), transaction.atomic():
        people.merge_people(actor=city, survivor_id=pid(two[1]), other_id=pid(two[0]), why=WHY, now=NOW)


def test_the_dead_and_the_living_are_not_merged_and_the_sentence_says_what_first(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    wu, again = two
    with as_process("1502"):
        people.record_death(
            actor=DOING, person_id=pid(again), died_on=NOW.date(), source=Source.PUBLIC_SECURITY, now=NOW
        )
    with acting(Role.APP, city.scope), pytest.raises(guards.CannotMerge) as refused, transaction.atomic():
        people.merge_people(actor=city, survivor_id=pid(wu), other_id=pid(again), why=WHY, now=NOW)
    assert "先核实去世登记" in refused.value.message
    with as_process("1502"):
        people.record_death(
            actor=DOING, person_id=pid(wu), died_on=NOW.date(), source=Source.PUBLIC_SECURITY, now=NOW
        )
    assert merge(city, wu, again).state == MergeState.DONE


def test_what_is_said_after_a_merge_stays_with_the_survivor(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    wu, again = two
    done = merge(city, wu, again)
    with as_process("1502"):
        say(again, valid_from=date(2026, 11, 1), now=NOW + timedelta(hours=1), hardship_class=3)
        assert State.objects.get().hardship_class == 3  # said of the alias, known of the person
    unmerge(city, done)
    with as_process("1502"):
        assert State.objects.get(pk=wu.pk).hardship_class == 3
        assert State.objects.get(pk=again.pk).hardship_class == 2


def test_after_the_survivor_died_nobody_can_say_which_of_them_and_it_is_refused(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    done = merge(city, *two)
    with as_process("1502"):
        people.record_death(
            actor=DOING, person_id=pid(two[0]), died_on=NOW.date(), source=Source.PUBLIC_SECURITY, now=NOW
        )
    with acting(Role.APP, city.scope), pytest.raises(guards.CannotUnmerge) as refused, transaction.atomic():
        people.unmerge_people(actor=city, merge_id=done.pk, why="认错了人", now=NOW)
    assert "更正去世登记" in refused.value.message


def test_the_open_assessment_follows_and_goes_back(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    wu, again = two
    with as_process("1502"):
        Assessment.objects.create(
            person=again, division=ELSEWHERE, reason=AssessmentReason.ROUTINE, begun_at=NOW
        )
        before = picture()
    done = merge(city, wu, again)
    with as_process("1502"):
        assert Assessment.objects.get().person_id == wu.pk
        assert Assessment.objects.get().state == AssessmentState.OPEN
    unmerge(city, done)
    with as_process("1502"):
        assert picture() == before


def test_a_county_sees_no_pair_that_reaches_into_another_and_cannot_merge_it(
    two: tuple[Person, Person], city: Actor, as_process: Enter, db: None
) -> None:
    wu, again = two
    with as_process("1502"):
        assert people.find_for(person_id=pid(wu), now=NOW) == 1
        assert people.find_for(person_id=pid(again), now=NOW) == 0  # the pair is known
    county = staff.actor("official", "150204")
    with acting(Role.APP, county.scope):
        assert not one_record.duplicates().exists()
        with pytest.raises(selectors.NoSuchPerson):
            people.merge_people(actor=county, survivor_id=pid(wu), other_id=pid(again), why=WHY, now=NOW)
    done = merge(city, wu, again)
    with as_process("1502"):
        assert Duplicate.objects.get().state == DuplicateState.SAME
    with acting(Role.APP, county.scope), pytest.raises(NotYourPlace), transaction.atomic():
        people.unmerge_people(actor=county, merge_id=done.pk, why="认错了人", now=NOW)


def test_a_decided_pair_is_not_decided_twice_and_not_found_again(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        people.find_for(person_id=pid(two[0]), now=NOW)
        pair = Duplicate.objects.get()
    with acting(Role.APP, city.scope):
        with pytest.raises(guards.ReasonMissing), transaction.atomic():
            people.decide_duplicate(
                actor=city, duplicate_id=pair.pk, state=DuplicateState.DIFFERENT, why="", now=NOW
            )
        people.decide_duplicate(
            actor=city, duplicate_id=pair.pk, state=DuplicateState.DIFFERENT, why="当面见过两个人", now=NOW
        )
        with pytest.raises(guards.AlreadyDecided), transaction.atomic():
            people.decide_duplicate(
                actor=city, duplicate_id=pair.pk, state=DuplicateState.UNSURE, why="再看看吧", now=NOW
            )
    with as_process("1502"):
        found = people.find_in_branch(actor=DOING, prefix="1502", now=NOW)
        assert (found.people, found.pairs, found.tickets) == (2, 1, 0)
        assert not one_record.duplicates().exists()


def test_she_herself_reads_what_was_decided_and_paid_under_the_other_id(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    wu, again = two
    with as_process("1502"):
        make.receipt(again, "oldest_old_allowance", since=date(2026, 1, 1))
    with acting(Role.PERSON, persons=[wu.pk], actor_id="person:tests"):
        assert not entitlements.receipts_of(pid(wu)).exists()
    merge(city, wu, again)
    with acting(Role.PERSON, persons=[wu.pk], actor_id="person:tests"):
        assert {r.person_id for r in entitlements.receipts_of(pid(wu))} == {again.pk}
        assert {d.person_id for d in entitlements.decisions_of(pid(wu))} == {wu.pk, again.pk}
        assert {f.person_id for f in Fact.objects.all()} == {wu.pk, again.pk}
    with acting(Role.PERSON, persons=[1], actor_id="person:tests"):
        assert not Fact.objects.exists()
        assert not Person.objects.exists()


def test_her_copy_and_the_trail_hold_what_lies_under_both_ids(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    wu, again = two
    with as_process("1502"):
        alone = copy_of(pid(wu), now=NOW)[1]["rows"]
    merge(city, wu, again)
    with as_process("1502"):
        both = copy_of(pid(wu), now=NOW)[1]["rows"]
    assert isinstance(alone, dict)
    assert isinstance(both, dict)
    assert both["各部门说的情况"] == 2 * alone["各部门说的情况"]
    with acting(Role.APP, city.scope):
        seen = audit.trail_of("person", *selectors.ids_of(pid(wu)))
        assert {line.subject_id for line in seen} == {wu.pk, again.pk}


def test_every_step_leaves_a_line_about_both(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    unmerge(city, merge(city, *two))
    with as_process("1502"):
        pass
    with acting(Role.APP, city.scope):
        lines = AuditEntry.objects.filter(action__in=("merged", "unmerged"))
        assert sorted(lines.values_list("action", "subject_id")) == sorted(
            (action, whom.pk) for action in ("merged", "unmerged") for whom in two
        )


def test_nothing_personal_goes_into_news_or_what_was_set_aside(
    two: tuple[Person, Person], city: Actor, as_process: Enter
) -> None:
    done = merge(city, *two)
    with as_process("1502"):
        kept = Merge.objects.get(pk=done.pk)
        text = str(kept.before) + str(kept.aside) + str(list(OutboxEntry.objects.values_list("payload")))
    assert "吴" not in text
    assert sealing.ring().blind("phone", "x").hex() not in text
    assert "v1|" not in text
