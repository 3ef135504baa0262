"""Pairs, merges, deaths and moves as an office sees them: side by side, masked, one answer by one human."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import people as make
from tests.factories import staff
from tests.factories.saying import DOING, work_off
from tests.integration.faces.bureau.scene import NOBODY_HAS, OTHER_COUNTY, text_of
from tests.integration.faces.cast import HERE, Colleague, colleague, inside, somebody
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.scoping import Role, Scope, acting
from yiyang.people import selectors
from yiyang.people import services as people
from yiyang.people.choices import DuplicateState, Source
from yiyang.people.models import DeathReport, Duplicate, Merge, Move, Person

LIST = reverse("bureau:records")
WHY = "同一个身份证，当面核对过"


@pytest.fixture
def pair(db: None) -> Duplicate:
    """吴桂兰 here, and 吴桂澜 in another county without papers, with the same phone."""
    with inside("1502"):
        one = somebody(name="吴桂兰", phone="00013812345")
        two = somebody(name="吴桂澜", phone="00013812345", division=OTHER_COUNTY)
        Person.objects.filter(pk=two.pk).update(id_number=None, id_number_bidx=None)
        people.find_for(person_id=PersonId(one.pk), now=timezone.localtime())
        return Duplicate.objects.select_related("a", "b").get()


def at(name: str, matter: Duplicate | Merge | DeathReport | Move) -> str:
    return reverse(f"bureau:{name}", kwargs={"code": matter.code})


def test_two_records_stand_side_by_side_numbers_masked_differences_in_words(
    li: Colleague, pair: Duplicate
) -> None:
    text = text_of(li.client.get(at("pair", pair)))
    assert "同音不同字" in text
    assert "电话相同" in text
    assert "有一份没有" in text
    assert "000****2345" in text
    assert "00013812345" not in text
    assert "吴桂兰" not in text  # an official of the city sees masked names
    with inside("1502"):
        assert selectors.opened(pair.a, "id_number") not in text


def test_a_pair_across_counties_is_the_citys_and_not_there_for_a_county(
    li: Colleague, sun: Colleague, pair: Duplicate
) -> None:
    assert "可能重复的档案 1 件" in text_of(li.client.get(LIST))
    assert "没有可能重复的档案" in text_of(sun.client.get(LIST))
    assert sun.client.get(at("pair", pair)).status_code == 404
    assert sun.client.post(at("pair", pair), {"answer": "LEFT", "why": WHY}).status_code == 404


def test_the_same_person_is_merged_found_under_both_codes_and_taken_apart_again(
    li: Colleague, pair: Duplicate
) -> None:
    answer = li.client.post(at("pair", pair), {"answer": "LEFT", "why": WHY}, follow=True)
    assert "合并好了" in text_of(answer)
    work_off(timezone.localtime())
    for code in (pair.a.code, pair.b.code):
        page = text_of(li.client.get(reverse("bureau:person", kwargs={"code": code})))
        assert "看合并，拆开" in page
        assert str(pair.a.code)[:8] in page
    with inside("1502"):
        merge = Merge.objects.get()
    assert "合并错了，拆开" in text_of(li.client.get(at("merge", merge)))
    back = li.client.post(at("merge", merge), {"why": "问过家属，是姐妹"}, follow=True)
    assert "拆开了" in text_of(back)
    with inside("1502"):
        assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_two_numbers_wait_for_a_second_official(li: Colleague, pair: Duplicate) -> None:
    with inside("1502"):
        make_number(pair.b)
    answer = li.client.post(at("pair", pair), {"answer": "RIGHT", "why": WHY}, follow=True)
    assert "等另一位同事确认" in text_of(answer)
    with inside("1502"):
        merge = Merge.objects.get()
    own = li.client.post(at("merge", merge), {"answer": "YES"})
    assert own.status_code == 403
    assert "要由另一位同事确认" in text_of(own)
    second = colleague("wang", "王科员", "official", "1502")
    assert "合并好了" in text_of(second.client.post(at("merge", merge), {"answer": "YES"}, follow=True))
    with inside("1502"):
        assert Person.objects.get(pk=pair.a_id).merged_into_id == pair.b_id


def make_number(whom: Person) -> None:
    """Papers of her own, found later."""
    other = make.person()
    number = selectors.opened(other, "id_number")
    Person.objects.filter(pk=other.pk).update(id_number=None, id_number_bidx=None)
    Person.objects.filter(pk=whom.pk).update(
        id_number=sealing.seal("people_person.id_number", whom.pk, number),
        id_number_bidx=sealing.ring().blind("id_number", number),
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "请选“是不是同一个人”"),
        ({"answer": "LEFT"}, "请填“理由”"),
        ({"answer": "ROBOT", "why": WHY}, "请从列表里选"),
    ],
)
def test_without_an_answer_and_a_reason_nothing_happens(
    li: Colleague, pair: Duplicate, data: dict[str, str], said: str
) -> None:
    answer = li.client.post(at("pair", pair), data)
    assert answer.status_code == 400
    assert said in text_of(answer)
    with inside("1502"):
        assert Duplicate.objects.get().state == DuplicateState.OPEN


def test_two_people_judge_at_once_and_the_second_reads_what_the_first_said(
    li: Colleague, pair: Duplicate
) -> None:
    other = colleague("wang", "王科员", "official", "1502")
    other.client.get(at("pair", pair))
    li.client.post(at("pair", pair), {"answer": "DIFFERENT", "why": "当面见过两个人"})
    late = other.client.post(at("pair", pair), {"answer": "LEFT", "why": WHY})
    assert late.status_code == 409
    assert "刚被同事处理过" in text_of(late)
    assert "当面见过两个人" in text_of(late)
    with inside("1502"):
        assert not Merge.objects.exists()


@pytest.fixture
def report(db: None) -> DeathReport:
    with inside("1502"):
        wu = somebody(name="吴桂兰")
        word = people.DeathWord(person_id=PersonId(wu.pk), source=Source.FAMILY)
        return people.report_death(actor=DOING, word=word, now=timezone.localtime())


def test_a_death_is_confirmed_by_a_second_source_and_corrected(li: Colleague, report: DeathReport) -> None:
    assert "去世待核实 1 件" in text_of(li.client.get(LIST))
    person = reverse("bureau:person", kwargs={"code": report.person.code})
    assert "待核实；核实以前钱照发" in text_of(li.client.get(person))
    day = (timezone.localdate() - timedelta(days=2)).isoformat()
    said = {"answer": "YES", "source": "FAMILY", "died_on": day, "why": "医院死亡证明"}
    again = li.client.post(at("death", report), said)
    assert again.status_code == 422
    assert "要另一个来源" in text_of(again)
    done = li.client.post(at("death", report), {**said, "source": "INSTITUTION"}, follow=True)
    assert "登记了去世" in text_of(done)
    assert "更正去世登记" in text_of(li.client.get(person))
    back = li.client.post(at("death", report), {"why": "同名的人，本人健在"}, follow=True)
    assert "更正好了" in text_of(back)
    with inside("1502"):
        assert Person.objects.get(pk=report.person_id).died_on is None


def test_confirming_wants_the_source_and_the_day_and_refuting_neither(
    li: Colleague, report: DeathReport
) -> None:
    answer = li.client.post(at("death", report), {"answer": "YES", "why": "电话问过"})
    assert answer.status_code == 400
    assert "登记去世要有第二个来源" in text_of(answer)
    assert "照证明写去世日期" in text_of(answer)
    lives = li.client.post(at("death", report), {"answer": "NO", "why": "当面见到本人"}, follow=True)
    assert "核实本人健在" in text_of(lives)


def test_another_county_receives_and_sees_no_more_than_it_must(sun: Colleague, zhou: Colleague) -> None:
    with inside("1502"):
        wu = somebody(name="吴桂兰", division=OTHER_COUNTY)
    asking = colleague("away", "陈科长", "official", "150203")
    asker = staff.actor("official", "150203")
    with acting(Role.APP, Scope.of("150203")):
        asked = people.ask_to_move(
            actor=asker, person_id=PersonId(wu.pk), to=HERE, why="随子女居住", now=timezone.localtime()
        )
    assert asked is not None
    text = text_of(sun.client.get(at("move", asked)))
    assert "吴**" in text
    assert "随子女居住" in text
    assert "接收吗" not in text_of(asking.client.get(at("move", asked)))
    refused = sun.client.post(at("move", asked), {"answer": "NO"})
    assert refused.status_code == 422
    assert "接收了" in text_of(sun.client.post(at("move", asked), {"answer": "YES"}, follow=True))
    work_off(timezone.localtime())
    with inside(HERE):
        assert Person.objects.get().pk == wu.pk


def test_whose_duty_it_is_not_is_told_so_and_nobodys_matter_is_absent(
    zhao: Colleague, li: Colleague, pair: Duplicate
) -> None:
    assert zhao.client.get(LIST).status_code == 403
    for name in ("pair", "merge", "death", "move"):
        for code in (NOBODY_HAS, "x"):
            assert li.client.get(reverse(f"bureau:{name}", kwargs={"code": code})).status_code == 404
