"""An assessment from the first item to what it changes for the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.integration.faces.cast import (
    HERE,
    NEXT_DOOR,
    POOR,
    Colleague,
    colleague,
    inside,
    lead_url,
    somebody,
)
from yiyang.assessments.models import Assessment
from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements.choices import Status
from yiyang.entitlements.models import Standing
from yiyang.outreach.models import Lead
from yiyang.people import services as registry
from yiyang.people.choices import Source
from yiyang.people.models import Person, State
from yiyang.policies.standards import ability_standard

BEGIN = {"reason": "FIRST", "consent": "1"}
ITEMS = ability_standard().items
SIGN = {"true": "1"}


def begun(by: Colleague, person: Person) -> Assessment:
    by.client.post(lead_url(person, "assess"), BEGIN)
    with inside("1502"):
        return Assessment.objects.get(person=person, state="OPEN")


def at(assessment: Assessment, name: str, **of: int) -> str:
    return reverse(f"community:assess_{name}", kwargs={"code": assessment.code, **of})


def answer(by: Colleague, assessment: Assessment, scores: Sequence[int | None]) -> None:
    for n, score in enumerate(scores, start=1):
        by.client.post(at(assessment, "item", n=n), {"score": "" if score is None else f"{score}"})


def filled(by: Colleague, person: Person, *, coma: bool = False) -> Assessment:
    """Everything answered at its worst: total 0, level 4."""
    assessment = begun(by, person)
    answer(by, assessment, [0] * len(ITEMS))
    by.client.post(at(assessment, "signs"), {"risk_events": "0", **({"coma": "1"} if coma else {})})
    return assessment


def test_the_first_assessment_is_preselected_where_there_is_no_history(liu: Colleague, wu: Person) -> None:
    page = liu.client.get(lead_url(wu, "assess")).content.decode()
    assert 'value="FIRST" checked' in page


def test_without_consent_nothing_begins(liu: Colleague, wu: Person) -> None:
    answer = liu.client.post(lead_url(wu, "assess"), {"reason": "FIRST"})
    assert answer.status_code == 400
    assert "没有同意不能评估" in answer.content.decode()
    with inside():
        assert not Assessment.objects.filter(person=wu).exists()


def test_each_item_stands_on_its_own_screen_with_the_options_of_the_standard(
    liu: Colleague, wu: Person
) -> None:
    assessment = begun(liu, wu)
    for n, item in enumerate(ITEMS, start=1):
        page = liu.client.get(at(assessment, "item", n=n)).content.decode()
        assert f"第 {n} 题，共 26 题" in page
        assert page.count('type="radio"') == len(item.options) + 1


def test_skipping_leaves_an_item_open_and_does_not_make_it_nought(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    answer(liu, assessment, [0, None, 0])
    with inside():
        assert dict(assessment.scores.values_list("item", "score")) == {"B.1.1": 0, "B.1.3": 0}


def test_choosing_nothing_is_asked_again(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    again = liu.client.post(at(assessment, "item", n=1), {})
    assert again.status_code == 400
    assert "选一个，或选“先跳过”" in again.content.decode()


def test_a_score_the_item_does_not_have_is_not_written(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    liu.client.post(at(assessment, "item", n=1), {"score": "5"})
    with inside():
        assert not assessment.scores.exists()


def test_a_half_filled_assessment_cannot_be_signed_and_says_what_is_open(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    answer(liu, assessment, [0] * 24)
    liu.client.post(at(assessment, "signs"), {"risk_events": "0"})
    page = liu.client.get(at(assessment, "review")).content.decode()
    assert "还有 2 题没有答" in page
    assert "第 25 题" in page
    assert 'name="true"' not in page
    forced = liu.client.post(at(assessment, "review"), SIGN)
    assert forced.status_code == 422
    with inside():
        assert Assessment.objects.get(pk=assessment.pk).state == "OPEN"
        assert State.objects.get(pk=wu.pk).ability_level is None


def test_an_open_item_is_answered_from_the_last_page_and_leads_back_there(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    answered = liu.client.post(f"{at(assessment, 'item', n=7)}?back=review", {"score": "1"})
    assert answered["Location"] == at(assessment, "review")


def test_the_signs_are_asked_apart_and_a_negative_count_is_refused(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    refused = liu.client.post(at(assessment, "signs"), {"risk_events": "-1"})
    assert refused.status_code == 400
    assert "次数不能小于 0" in refused.content.decode()


def test_two_reasons_together_make_it_worse_by_one_level_only(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    answer(liu, assessment, [item.maximum for item in ITEMS[:-1]] + [ITEMS[-1].maximum - 1])
    liu.client.post(at(assessment, "signs"), {"risk_events": "2", "dementia": "1"})
    page = liu.client.get(at(assessment, "review")).content.decode()
    assert "初步等级 1 轻度受损，加重后为 2 中度受损" in page
    assert "一共只加重一级" in page


def test_signing_changes_what_the_person_is_due_and_her_leads_at_once(liu: Colleague, wu: Person) -> None:
    with inside():
        assert Standing.objects.get(person=wu, benefit="care_support").status == Status.CANNOT_TELL
    assessment = filled(liu, wu)
    done = liu.client.post(at(assessment, "review"), SIGN, follow=True)
    page = done.content.decode()
    assert done.status_code == 200
    assert "4 完全丧失" in page
    assert "居家适老化改造补贴" in page
    assert "以前算不出，现在知道了：够条件。" in page
    with inside():
        home = Standing.objects.get(person=wu, benefit="home_adaptation")
        lead = Lead.objects.get(person=wu, benefit="home_adaptation", state="NEW")
    assert (home.status, lead.kind) == (Status.ELIGIBLE, "UNSERVED")


def test_signed_twice_by_an_impatient_thumb_it_is_one_assessment(liu: Colleague, wu: Person) -> None:
    assessment = filled(liu, wu)
    answers = [liu.client.post(at(assessment, "review"), SIGN) for _ in range(2)]
    assert [one["Location"] for one in answers] == [at(assessment, "done")] * 2


def test_what_is_signed_is_not_changed_any_more(liu: Colleague, wu: Person) -> None:
    assessment = filled(liu, wu)
    liu.client.post(at(assessment, "review"), SIGN)
    late = liu.client.post(at(assessment, "item", n=1), {"score": "4"})
    assert late.status_code == 409
    assert "已经签字" in late.content.decode()


def test_a_coma_settles_the_level_although_items_are_open(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    liu.client.post(at(assessment, "signs"), {"risk_events": "0", "coma": "1"})
    page = liu.client.post(at(assessment, "review"), SIGN, follow=True).content.decode()
    assert "昏迷，没有总分" in page
    assert "4 完全丧失" in page


def test_a_colleague_is_told_that_somebody_is_at_it(liu: Colleague, han: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    told = han.client.get(lead_url(wu, "assess"))
    assert told.status_code == 409
    assert "刘干事" in told.content.decode()
    assert han.client.get(at(assessment, "item", n=1)).status_code == 403
    assert han.client.post(at(assessment, "review"), SIGN).status_code == 403


def test_coming_back_goes_on_at_the_first_open_item(liu: Colleague, wu: Person) -> None:
    assessment = begun(liu, wu)
    answer(liu, assessment, [4, 4])
    assert liu.client.get(lead_url(wu, "assess"))["Location"] == at(assessment, "item", n=3)


def test_an_abandoned_one_counts_for_nothing_and_a_colleague_may_begin(
    liu: Colleague, han: Colleague, wu: Person
) -> None:
    assessment = begun(liu, wu)
    liu.client.post(at(assessment, "abandon"))
    assert begun(han, wu).pk != assessment.pk
    with inside():
        assert State.objects.get(pk=wu.pk).ability_level is None


def test_an_assessment_of_another_community_is_recognised_and_its_place_is_named(liu: Colleague) -> None:
    there = colleague("qian", "钱干事", prefix=NEXT_DOOR)
    with inside(NEXT_DOOR):
        mover = somebody(name="马淑芬", division=NEXT_DOOR, **POOR)
    assessment = filled(there, mover)
    there.client.post(at(assessment, "review"), SIGN)
    with acting(Role.JOB, Scope.of("150204"), actor_id="process:tests"):
        Person.objects.filter(pk=mover.pk).update(division=HERE)
        State.objects.filter(pk=mover.pk).update(division=HERE)
    page = liu.client.get(lead_url(mover, "assess")).content.decode()
    assert "青园社区居委会" in page
    assert "现有结果 4 完全丧失" in page
    assert "全市认可" in page
    assert 'value="FIRST" checked' not in page


@pytest.mark.parametrize("name", ["signs", "review", "done"])
def test_an_assessment_elsewhere_looks_like_none(liu: Colleague, stranger: Person, name: str) -> None:
    there = colleague("qian", "钱干事", prefix=NEXT_DOOR)
    assessment = begun(there, stranger)
    assert liu.client.get(at(assessment, name)).status_code == 404


def test_its_validity_is_the_parameters_and_is_said(liu: Colleague, wu: Person) -> None:
    assessment = filled(liu, wu)
    page = liu.client.post(at(assessment, "review"), SIGN, follow=True).content.decode()
    with inside():
        until = Assessment.objects.get(pk=assessment.pk).valid_until
    assert until is not None
    assert until > timezone.localdate() + timedelta(days=300)
    assert f"有效到 {until:%Y-%m-%d}" in page


def test_a_level_from_elsewhere_is_history_although_its_items_are_not_here(liu: Colleague) -> None:
    with inside():
        known = somebody(name="李长海", **POOR)
        registry.record_facts(
            actor=process("tests"),
            person_id=PersonId(known.pk),
            facts={"ability_level": 2},
            source=Source.ASSESSMENT,
            valid_from=timezone.localdate() - timedelta(days=400),
            now=timezone.localtime(),
        )
    page = liu.client.get(lead_url(known, "assess")).content.decode()
    assert "2 中度受损" in page
    assert "只有结果，没有 26 题的记录" in page
    assert 'value="FIRST" checked' not in page
