"""Rights of the person: asked by herself or noted for her, answered by a human until a day, with evidence."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import decided, say
from yiyang.base import retaining
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId, UserId
from yiyang.base.scoping import Acting, Role, Scope, acting
from yiyang.engine.errors import Conflict, Forbidden, Missing
from yiyang.people import guards, selectors
from yiyang.people import services as people
from yiyang.people.choices import Asker, Purpose, RightChannel, RightKind, RightState, Source
from yiyang.people.models import Consent, ImpactNote, Person, RightsCase
from yiyang.people.services import rights
from yiyang.people.services.rights import Wish

HOME = "150204001021"
ANSWER = "已经按您说的办好了，有不清楚的打 12349。"
KEPT_FIFTEEN = 15


@pytest.fixture
def wu(as_process: Enter) -> Person:
    """吴桂兰, 82, of 六合成社区."""
    with as_process("1502"):
        return make.person(division=HOME, phone="00012345678", hardship_class=2)


@pytest.fixture
def herself(wu: Person) -> Actor:
    return Actor(ActorKind.PERSON, None, "吴桂兰", speaks_for=frozenset({PersonId(wu.pk)}))


@pytest.fixture
def zhao(db: None) -> Actor:
    """赵主任 of the township answers such cases."""
    return staff.actor("township_official", "150204001", name="赵主任")


def by_herself(wu: Person) -> AbstractContextManager[Acting]:
    return acting(Role.PERSON, persons=[wu.pk], actor_id="person:wu")


def in_office(actor: Actor) -> AbstractContextManager[Acting]:
    return acting(Role.APP, actor.scope, actor_id=actor.label)


def ask(wu: Person, herself: Actor, kind: RightKind, **more: object) -> RightsCase:
    with by_herself(wu):
        return rights.ask(
            actor=herself,
            person_id=PersonId(wu.pk),
            wish=Wish(kind, **more),  # type: ignore[arg-type]
            workdays=KEPT_FIFTEEN,
            now=NOW,
        )


def test_a_copy_is_answered_with_a_file_of_every_room_and_its_digest(
    wu: Person, herself: Actor, zhao: Actor
) -> None:
    case = ask(wu, herself, RightKind.COPY)
    assert case.answer_by == date(2026, 12, 11)  # fifteen working days after Sunday 22 November
    with in_office(zhao):
        done = rights.answer(actor=zhao, case_id=case.pk, words=ANSWER, now=NOW)
    assert done.state == RightState.DONE
    with by_herself(wu):
        seen = selectors.rights_cases_of(PersonId(wu.pk)).get()
        file = json.loads(selectors.words_of_case(seen, "file"))
        assert selectors.words_of_case(seen, "answer") == ANSWER
    titles = {part["title"]: part["rows"] for part in file["of"]}
    assert titles["您是谁"][0]["姓名"] == "吴桂兰"
    assert titles["您是谁"][0]["电话"] == "00012345678"
    assert len(str(seen.evidence["sha256"])) == 64
    assert seen.evidence["rows"]["您是谁"] == 1
    assert "00012345678" not in json.dumps(seen.evidence)
    with acting(Role.JOB, Scope.of("1502")), connection.cursor() as cursor:
        cursor.execute("SELECT people_rightscase::text FROM people_rightscase")
        assert "00012345678" not in cursor.fetchone()[0], "the file is sealed"


def test_the_copy_holds_what_the_rooms_above_know_and_masks_who_came(
    wu: Person, herself: Actor, zhao: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        say(wu, hardship_class=2)
        decided(wu)
        make.receipt(wu, "oldest_old_allowance", since=date(2025, 1, 1), fen=10_000)
    case = ask(wu, herself, RightKind.COPY)
    with in_office(zhao):
        done = rights.answer(actor=zhao, case_id=case.pk, words=ANSWER, now=NOW)
        file = json.loads(selectors.words_of_case(done, "file"))
    held = {part["title"]: part["rows"] for part in file["of"]}
    assert {"您是谁", "各部门说的情况", "补贴的认定", "在领的补贴", "等着给您办的事"} <= set(held)
    assert held["各部门说的情况"][0] == {
        "哪一项": "经济困难类别",
        "内容": "低保",
        "谁说的": "民政部门",
        "从哪天起": held["各部门说的情况"][0]["从哪天起"],
        "登记时间": held["各部门说的情况"][0]["登记时间"],
    }
    assert held["在领的补贴"][0]["哪一项"] == "高龄津贴"
    assert held["在领的补贴"][0]["每月（分）"] == "10000"


def test_a_correction_is_not_answered_before_something_was_corrected(
    wu: Person, herself: Actor, zhao: Actor
) -> None:
    case = ask(wu, herself, RightKind.CORRECT, words="我不是低保，是特困")
    with in_office(zhao):
        with pytest.raises(guards.RightRefused) as refused, transaction.atomic():
            rights.answer(actor=zhao, case_id=case.pk, words=ANSWER, now=NOW)
        assert "请先把情况登记更正" in refused.value.message
        people.record_facts(
            actor=zhao,
            person_id=PersonId(wu.pk),
            facts={"hardship_class": 3},
            source=Source.CIVIL_AFFAIRS,
            valid_from=NOW.date(),
            now=NOW,
        )
        done = rights.answer(actor=zhao, case_id=case.pk, words=ANSWER, now=NOW)
    assert done.evidence["changes"][0]["act"] == "facts"
    assert done.answered_by_id == zhao.user_id


def test_what_may_go_goes_and_what_the_law_keeps_is_named_with_its_clause(
    wu: Person, herself: Actor, zhao: Actor
) -> None:
    case = ask(wu, herself, RightKind.DELETE)
    with in_office(zhao):
        done = rights.answer(actor=zhao, case_id=case.pk, words=ANSWER, now=NOW)
        left = selectors.person(PersonId(wu.pk))
    assert done.evidence["deleted"] == ["phone", "address"]
    assert done.evidence["kept"][0]["what"] == "姓名和证件号"
    assert all("条" in kept["why"] or "审计" in kept["why"] for kept in done.evidence["kept"])
    assert (left.phone, left.phone_bidx, left.address) == (None, None, None)
    assert left.name == "吴桂兰"


def test_a_refusal_names_its_clause_and_she_reads_it(wu: Person, herself: Actor, zhao: Actor) -> None:
    case = ask(wu, herself, RightKind.DELETE)
    with in_office(zhao):
        with pytest.raises(guards.RightRefused, match="no clause"), transaction.atomic():
            rights.refuse(actor=zhao, case_id=case.pk, words=ANSWER, clause=" ", now=NOW)
        rights.refuse(actor=zhao, case_id=case.pk, words=ANSWER, clause="个人信息保护法 第四十七条", now=NOW)
    with by_herself(wu):
        seen = selectors.rights_cases_of(PersonId(wu.pk)).get()
    assert (seen.state, seen.clause) == (RightState.REFUSED, "个人信息保护法 第四十七条")


def test_consent_is_given_seen_and_taken_back_and_the_history_stays(wu: Person, herself: Actor) -> None:
    me = PersonId(wu.pk)
    with by_herself(wu):
        for _ in range(2):
            rights.give_consent(
                actor=herself, person_id=me, purpose=Purpose.CONTACT, channel=RightChannel.PAGE, now=NOW
            )
        assert [one.withdrawn_at for one in selectors.consents_of(me)] == [None]
        later = NOW + timedelta(days=1)
        rights.take_back_consent(actor=herself, person_id=me, purpose=Purpose.CONTACT, now=later)
        (one,) = selectors.consents_of(me)
    assert (one.given_at, one.withdrawn_at) == (NOW, later)


def test_by_phone_a_consent_is_withdrawn_through_a_case(wu: Person, zhao: Actor) -> None:
    me = PersonId(wu.pk)
    with in_office(zhao):
        rights.give_consent(
            actor=zhao, person_id=me, purpose=Purpose.CONTACT, channel=RightChannel.PHONE, now=NOW
        )
        wish = Wish(RightKind.WITHDRAW, RightChannel.PHONE, about=Purpose.CONTACT)
        case = rights.ask(actor=zhao, person_id=me, wish=wish, workdays=KEPT_FIFTEEN, now=NOW)
        assert (case.noted_by_id, case.channel) == (zhao.user_id, RightChannel.PHONE)
        done = rights.answer(actor=zhao, case_id=case.pk, words=ANSWER, now=NOW)
        assert done.evidence == {"consents": 1, "purpose": "CONTACT"}
        assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_asked_twice_it_is_one_case_and_an_answered_one_makes_room_for_another(
    wu: Person, herself: Actor, zhao: Actor
) -> None:
    first = ask(wu, herself, RightKind.COPY)
    assert ask(wu, herself, RightKind.COPY).pk == first.pk
    with in_office(zhao):
        rights.answer(actor=zhao, case_id=first.pk, words=ANSWER, now=NOW)
        with pytest.raises(Conflict):
            rights.answer(actor=zhao, case_id=first.pk, words=ANSWER, now=NOW)
    assert ask(wu, herself, RightKind.COPY).pk != first.pk


def test_nobody_asks_for_somebody_else_and_nobody_answers_without_the_duty(
    wu: Person, herself: Actor, zhao: Actor
) -> None:
    stranger = Actor(ActorKind.PERSON, UserId(1), "别人", speaks_for=frozenset({PersonId(1)}))
    with by_herself(wu), pytest.raises(guards.NotYourRight):
        rights.ask(actor=stranger, person_id=PersonId(wu.pk), wish=Wish(RightKind.COPY), workdays=15, now=NOW)
    case = ask(wu, herself, RightKind.COPY)
    worker = staff.actor("grid_worker", HOME, name="刘干事")
    with in_office(worker), pytest.raises(Forbidden):
        rights.answer(actor=worker, case_id=case.pk, words=ANSWER, now=NOW)
    far = staff.actor("township_official", "150203001", name="钱主任")
    with in_office(far), pytest.raises(Missing):
        rights.answer(actor=far, case_id=case.pk, words=ANSWER, now=NOW)
    with in_office(zhao), pytest.raises(guards.RightRefused, match="HEIR for somebody living"):
        rights.ask(
            actor=zhao,
            person_id=PersonId(wu.pk),
            wish=Wish(RightKind.COPY, RightChannel.PAPER, Asker.HEIR),
            workdays=15,
            now=NOW,
        )


def test_cases_are_listed_by_deadline_and_an_overdue_one_stays_on_top(
    wu: Person, herself: Actor, zhao: Actor
) -> None:
    late = ask(wu, herself, RightKind.COPY)
    soon = ask(wu, herself, RightKind.EXPLAIN)
    with in_office(zhao):
        RightsCase.objects.filter(pk=late.pk).update(answer_by=NOW.date() - timedelta(days=3))
        found = list(selectors.rights_cases_in(zhao.scope, open_only=True))
        assert [case.pk for case in found] == [late.pk, soon.pk]
        done = rights.answer(actor=zhao, case_id=late.pk, words=ANSWER, now=NOW)
        assert done.answered_at is not None
        assert done.answered_at.date() > done.answer_by


def test_the_copy_goes_after_a_quarter_and_the_answer_stays(wu: Person, herself: Actor, zhao: Actor) -> None:
    case = ask(wu, herself, RightKind.COPY)
    with in_office(zhao):
        rights.answer(actor=zhao, case_id=case.pk, words=ANSWER, now=NOW)
    assert retaining.keep_to_the_table(NOW + timedelta(days=93))["people.RightsCase"] == 1
    with by_herself(wu):
        seen = selectors.rights_cases_of(PersonId(wu.pk)).get()
        assert selectors.words_of_case(seen, "file") == ""
        assert selectors.words_of_case(seen, "answer") == ANSWER


def test_she_reads_the_lines_of_the_log_about_herself_and_of_nobody_else(
    wu: Person, herself: Actor, as_process: Enter
) -> None:
    from yiyang.base.log import audit

    with as_process("1502"):
        other = make.person(division=HOME)
    for whom in (wu, other):
        with acting(Role.APP, Scope.of(HOME)):
            audit.record(
                actor=Actor(ActorKind.STAFF, UserId(7), "刘干事", "grid_worker"),
                action="read_person",
                now=NOW,
                subject=("person", whom.pk),
                division=HOME,
                purpose="走访",
            )
    with by_herself(wu):
        assert [line.actor_name for line in audit.looks_at("person", wu.pk, most=10)] == ["刘干事"]
        assert audit.looks_at("person", other.pk, most=10) == []
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT reason, detail FROM base_audit")


def test_a_use_that_nobody_has_weighed_does_not_begin(db: None) -> None:
    with acting(Role.JOB, Scope.of("1502")):
        before = date(2025, 12, 31)
        for purpose in Purpose:
            guards.check_weighed(selectors.impact_noted(purpose, on=NOW.date()), purpose)
            with pytest.raises(guards.NotAssessed, match=f"no impact assessment is on file for {purpose}"):
                guards.check_weighed(selectors.impact_noted(purpose, on=before), purpose)
        assert set(ImpactNote.objects.values_list("verified", flat=True)) == {False}
