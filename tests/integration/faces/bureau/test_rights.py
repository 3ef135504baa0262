"""What people want about their own data: noted for those who call, answered once, by a human, by a day."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.integration.faces.bureau.scene import KNOWN, NOBODY_HAS, main_of, text_of
from tests.integration.faces.cast import HERE, Colleague, inside, somebody
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.scoping import Role, acting
from yiyang.people.choices import RightKind, RightState
from yiyang.people.models import Person, RightsCase
from yiyang.people.services import rights
from yiyang.people.services.rights import Wish

LIST = reverse("bureau:rights")
WORDS = "已经给您做好一份，在“我的资料”里看，也可以到社区打印。"


@pytest.fixture
def wu(db: None) -> Person:
    with inside(HERE):
        return somebody(name="吴桂兰", **KNOWN)


@pytest.fixture
def case(wu: Person) -> RightsCase:
    herself = Actor(ActorKind.PERSON, None, wu.name, speaks_for=frozenset({PersonId(wu.pk)}))
    with acting(Role.PERSON, persons=[wu.pk], actor_id="person:tests"):
        return rights.ask(
            actor=herself,
            person_id=PersonId(wu.pk),
            wish=Wish(RightKind.COPY, words="我想看看都记了什么"),
            workdays=15,
            now=timezone.localtime(),
        )


def at(case: RightsCase) -> str:
    return reverse("bureau:right", args=[case.code])


def stored(case: RightsCase) -> RightsCase:
    with inside("1502"):
        return RightsCase.objects.get(pk=case.pk)


def test_the_list_names_who_wants_what_until_when(zhou: Colleague, case: RightsCase) -> None:
    page = main_of(zhou.client.get(LIST))
    for said in ("1 件资料事项等答复", "吴桂兰", "要一份自己的资料", "自己在网上", "剩"):
        assert said in page
    one = main_of(zhou.client.get(at(case)))
    assert "我想看看都记了什么" in one
    assert "最迟" in one


def test_an_answer_closes_the_case_with_evidence_and_the_second_official_loses_only_the_race(
    zhou: Colleague, sun: Colleague, case: RightsCase
) -> None:
    assert zhou.client.post(at(case), {"outcome": "done", "words": WORDS}).status_code == 302
    assert stored(case).state == RightState.DONE
    late = sun.client.post(at(case), {"outcome": "done", "words": "我也答复了这一件，请本人查收。"})
    assert late.status_code == 409
    assert "我也答复了这一件" in text_of(late)
    page = main_of(zhou.client.get(at(case)))
    assert "文件指纹" in page
    assert WORDS in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"outcome": "done", "words": "好"}, "至少写 10 个字"),
        ({"outcome": "refused", "words": WORDS}, "不能办，要写明依据哪一条"),
        ({"words": WORDS}, "请选“怎么答复”"),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_nothing_is_sent(
    zhou: Colleague, case: RightsCase, typed: dict[str, str], said: str
) -> None:
    answer = zhou.client.post(at(case), typed)
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert stored(case).state == RightState.OPEN


def test_a_refusal_with_its_clause_stands_on_the_page(zhou: Colleague, case: RightsCase) -> None:
    typed = {"outcome": "refused", "words": WORDS, "clause": "个人信息保护法 第四十五条"}
    assert zhou.client.post(at(case), typed).status_code == 302
    assert "第四十五条" in main_of(zhou.client.get(at(case)))


def test_somebody_calls_and_it_is_noted_for_her(zhou: Colleague, wu: Person) -> None:
    form = reverse("bureau:right_new", args=[wu.code])
    assert "替 吴桂兰 登记资料事项" in main_of(zhou.client.get(form))
    wrong = zhou.client.post(form, {"kind": "COPY", "channel": "PHONE", "asker": "HEIR"})
    assert wrong.status_code == 422
    assert "本人在世" in text_of(wrong)
    assert zhou.client.post(form, {"kind": "COPY", "channel": "PHONE", "asker": "SELF"}).status_code == 302
    with inside("1502"):
        made = RightsCase.objects.get(person=wu)
    assert (made.channel, made.noted_by_id) == ("PHONE", zhou.user.pk)
    assert re.search("周主任登记", main_of(zhou.client.get(at(made))))


def test_a_case_elsewhere_is_absent_and_without_the_right_there_is_no_page(
    zhou: Colleague, zhao: Colleague, case: RightsCase
) -> None:
    assert zhou.client.get(reverse("bureau:right", args=[NOBODY_HAS])).status_code == 404
    assert zhao.client.get(LIST).status_code == 403
    assert "资料事项" not in text_of(zhao.client.get(reverse("bureau:overview")))
