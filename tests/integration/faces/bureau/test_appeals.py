"""Disagreements: by deadline, with the reason as the person saw it; one answer, by one human."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.integration.faces.bureau.scene import KNOWN, NOBODY_HAS, OTHER_COUNTY, main_of, text_of
from tests.integration.faces.cast import HERE, Colleague, colleague, inside, somebody
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.base.scoping import Role, acting
from yiyang.entitlements.choices import AppealGround, AppealState
from yiyang.entitlements.models import Appeal
from yiyang.entitlements.services import asking
from yiyang.people.models import Person

LIST = reverse("bureau:appeals")
WORDS = "您的津贴按满80周岁的标准算，金额没有错，下个月照常发。"


def disagreed(who: Person) -> Appeal:
    """The person herself presses 我不同意."""
    herself = Actor(ActorKind.PERSON, None, who.name, speaks_for=frozenset({PersonId(who.pk)}))
    with acting(Role.PERSON, persons=[who.pk], actor_id="person:tests"):
        return asking.disagree(
            actor=herself, person_id=PersonId(who.pk), benefit="oldest_old_allowance",
            ground=AppealGround.AMOUNT, own_words="隔壁比我多", now=timezone.localtime(),
        )  # fmt: skip


@pytest.fixture
def wu(db: None) -> Person:
    with inside(HERE):
        return somebody(name="吴桂兰", **KNOWN)


@pytest.fixture
def appeal(wu: Person) -> Appeal:
    return disagreed(wu)


def at(appeal: Appeal) -> str:
    return reverse("bureau:appeal", args=[appeal.code])


def stored(appeal: Appeal) -> Appeal:
    with inside("1502"):
        return Appeal.objects.get(pk=appeal.pk)


def test_the_page_shows_her_words_the_kept_reason_and_today(zhou: Colleague, appeal: Appeal) -> None:
    page = main_of(zhou.client.get(at(appeal)))
    for said in (
        "吴桂兰 不同意：高龄津贴",
        "隔壁比我多",
        "当时怎么定的",
        "按今天的情况算",
        "满80周岁",
        "最迟",
    ):
        assert said in page


def test_an_answer_is_sent_once_and_stands_for_the_person(zhou: Colleague, appeal: Appeal) -> None:
    done = zhou.client.post(at(appeal), {"outcome": "UPHELD", "words": WORDS})
    assert done.status_code == 302
    assert (stored(appeal).state, stored(appeal).answer) == (AppealState.UPHELD, WORDS)
    assert "维持" in main_of(zhou.client.get(LIST))


def test_of_two_officials_the_second_loses_nothing_but_the_race(
    zhou: Colleague, sun: Colleague, appeal: Appeal
) -> None:
    zhou.client.post(at(appeal), {"outcome": "UPHELD", "words": WORDS})
    late = sun.client.post(at(appeal), {"outcome": "CHANGED", "words": "我看应该改，先登记新的情况再算。"})
    assert late.status_code == 409
    assert "刚被同事答复" in text_of(late)
    assert "我看应该改" in text_of(late)
    assert stored(appeal).state == AppealState.UPHELD


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"outcome": "UPHELD", "words": "不行"}, "至少写 10 个字，现在 2 个"),
        ({"outcome": "UPHELD", "words": "　　　　　　　　　　　　"}, "请填“写给本人的话”"),
        ({"outcome": "MAYBE", "words": WORDS}, "请从列表里选"),
        ({"words": WORDS}, "请选“怎么答复”"),
    ],
)
def test_a_poor_answer_is_not_sent_and_is_kept(
    zhou: Colleague, appeal: Appeal, typed: dict[str, str], said: str
) -> None:
    answer = zhou.client.post(at(appeal), typed)
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert typed["words"].strip() in answer.content.decode()
    assert stored(appeal).state == AppealState.WAITING


def test_who_may_not_answer_may_read_and_is_offered_no_form(zhao: Colleague, appeal: Appeal) -> None:
    assert "送出答复" not in text_of(zhao.client.get(at(appeal)))
    assert zhao.client.post(at(appeal), {"outcome": "UPHELD", "words": WORDS}).status_code == 403
    assert stored(appeal).state == AppealState.WAITING


def test_an_appeal_of_another_branch_looks_like_none(appeal: Appeal) -> None:
    other = colleague("wei", "魏科长", "official", OTHER_COUNTY[:6])
    pages = [
        other.client.get(reverse("bureau:appeal", args=[code])) for code in (appeal.code, NOBODY_HAS, "x")
    ]
    assert {one.status_code for one in pages} == {404}
    assert len({main_of(one) for one in pages}) == 1


def test_the_nearest_deadline_stands_first_and_on_the_overview(zhou: Colleague, appeal: Appeal) -> None:
    with inside(HERE):
        later = somebody(name="李秀英", **KNOWN)
    second = disagreed(later)
    with inside("1502"):
        Appeal.objects.filter(pk=second.pk).update(answer_by=date(2026, 1, 5))
    page = zhou.client.get(LIST).content.decode()
    assert page.index("李秀英") < page.index("吴桂兰")
    assert "已超期" in page


def test_a_deadline_without_a_table_of_workdays_says_so(zhou: Colleague, appeal: Appeal) -> None:
    with inside("1502"):
        Appeal.objects.filter(pk=appeal.pk).update(calendar_complete=False)
    assert "按周末推算" in text_of(zhou.client.get(LIST))
    assert "按周末推算" in text_of(zhou.client.get(at(appeal)))
