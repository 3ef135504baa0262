"""Somebody new is looked for, entered once, and looked for again in the whole city."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import work_off
from yiyang.accounts.guards import NotYourDuty
from yiyang.base.actors import Actor
from yiyang.base.limits import TooMany
from yiyang.base.models import AuditEntry
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.errors import HouseError
from yiyang.engine.identifying import id_check_character
from yiyang.entitlements.models import Standing
from yiyang.people import selectors
from yiyang.people import services as people
from yiyang.people.choices import Sex
from yiyang.people.models import Duplicate, Person
from yiyang.people.services.changing import NotYourPlace
from yiyang.people.services.registering import AlreadyRegistered

HOME, ELSEWHERE = "150204001021", "150203001015"


def number(county: str = "150203", born: str = "19440301", sequence: str = "022") -> str:
    body = county + born + sequence
    return body + id_check_character(body)


@pytest.fixture
def worker(db: None) -> Actor:
    return staff.actor("grid_worker", HOME)


def register(actor: Actor, **said: Any) -> Person:
    whole = {"name": "吴桂兰", "division": HOME, "id_number": number(), "phone": "138 0000 0001"} | said
    with acting(Role.APP, actor.scope, actor_id=actor.label), transaction.atomic():
        return people.register_person(actor=actor, newcomer=people.Newcomer(**whole), now=NOW)


def test_she_is_found_by_everything_and_decided(worker: Actor, as_process: Enter) -> None:
    found = register(worker, id_number=number().lower())
    work_off()
    assert (found.born_on, found.sex, found.synthetic) == (date(1944, 3, 1), Sex.FEMALE, False)
    with as_process("1502"):
        for text in (number(), "13800000001", "0001", "吴桂兰", "WGL"):
            assert [p.pk for p in selectors.search(text, Scope.of(HOME))] == [found.pk], text
        by_birth = selectors.search("吴桂兰", Scope.of("1502"), born_on=date(1944, 3, 1))
        assert [p.pk for p in by_birth] == [found.pk]
        assert selectors.search("吴桂兰", Scope.of("1502"), born_on=date(1944, 3, 2)) == []
        assert Standing.objects.filter(person=found).exists()
        assert selectors.masked_id_number(Person.objects.get()) == f"150{'*' * 11}{number()[-4:]}"


def test_without_papers_she_is_a_person_and_two_such_are_no_clash(worker: Actor, as_process: Enter) -> None:
    bare = {"id_number": None, "phone": None, "sex": Sex.FEMALE}
    first = register(worker, born_on=date(1944, 3, 1), **bare)
    second = register(worker, name="赵淑珍", born_on=date(1950, 5, 5), **bare)
    with as_process("1502"):
        assert {p.id_number_bidx for p in Person.objects.filter(pk__in=(first.pk, second.pk))} == {None}
        assert selectors.masked_id_number(first) == ""


def test_the_same_number_again_is_refused_also_where_the_worker_does_not_see_her(
    worker: Actor, as_process: Enter
) -> None:
    away = staff.actor("grid_worker", ELSEWHERE)
    register(away, division=ELSEWHERE)
    with pytest.raises(AlreadyRegistered) as refused:
        register(worker)
    assert "办迁入" in refused.value.message
    with as_process("1502"):
        assert Person.objects.count() == 1


def test_a_likely_second_record_is_a_ticket_at_once_in_the_own_place_and_soon_in_the_city(
    worker: Actor, as_process: Enter
) -> None:
    with as_process("1502"):
        make.person(division=HOME, name="吴桂兰", phone="00013800001")
        make.person(division=ELSEWHERE, name="吴桂澜", phone="00013800001")
    found = register(worker, id_number=None, born_on=date(1944, 3, 1), sex=Sex.FEMALE, phone="00013800001")
    with acting(Role.APP, worker.scope):
        assert Duplicate.objects.count() == 1
    work_off()
    with as_process("1502"):
        pairs = Duplicate.objects.filter(b=found) | Duplicate.objects.filter(a=found)
        assert sorted("HOMOPHONE" in pair.reasons for pair in pairs) == [False, True]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"id_number": number()[:17] + "0"}, "最后一位对不上"),
        ({"id_number": number("159902")}, "模拟人员"),
        ({"id_number": number(born="20301201")}, "还没到"),
        ({"born_on": date(1944, 3, 2)}, "不一样"),
        ({"sex": Sex.MALE}, "不一样"),
        ({"id_number": None}, "出生日期和性别"),
        ({"id_number": None, "born_on": date(1944, 3, 1)}, "出生日期和性别"),
        ({"name": "吴"}, "2 到 40"),
        ({"name": "吴<b>"}, "2 到 40"),
        ({"phone": "12"}, "电话号码不对"),
        ({"hukou_division": "15"}, "6 位或 12 位"),
    ],
)
def test_what_will_not_do_is_refused_with_a_sentence_and_nobody_is_entered(
    worker: Actor, as_process: Enter, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(HouseError) as refused:
        register(worker, **said)
    assert sentence in refused.value.message
    with as_process("1502"):
        assert not Person.objects.exists()


def test_only_in_the_own_place_and_only_whose_duty_it_is(worker: Actor) -> None:
    with pytest.raises(NotYourPlace):
        register(worker, division=ELSEWHERE)
    with pytest.raises(NotYourDuty):
        register(staff.actor("approver", "1502"))


def test_thirty_searches_a_minute_each_with_a_line_and_no_words(worker: Actor) -> None:
    with acting(Role.APP, worker.scope, actor_id=worker.label):
        ask: dict[str, Any] = {"scope": worker.scope, "terms": "ab12", "face": "w", "now": NOW}
        for _ in range(30):
            people.search_people(actor=worker, text="吴桂兰", **ask)
        with pytest.raises(TooMany):
            people.search_people(actor=worker, text="吴桂兰", **ask)
        lines = AuditEntry.objects.filter(action="searched")
        assert lines.count() == 30
        assert "吴" not in str(list(lines.values_list("detail", flat=True)))
