"""A changed number from draft to paper: four eyes, nothing for the past, nobody's draft seen next door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.integration.faces.bureau.scene import COUNTY, NOBODY_HAS, Shown, Street, main_of, text_of
from tests.integration.faces.cast import Colleague, inside
from yiyang.policies.choices import RevisionState
from yiyang.policies.models import Revision

NEW = reverse("bureau:revision_new")
CLAUSE = "example-city-oldest-old|2"
SOON = timedelta(days=20)


def filled(**other: str) -> dict[str, str]:
    since = timezone.localdate() + SOON
    return {"key": "aged_80_fen", "place": "150200", "value": "150.00", "since": f"{since}",
            "merge": "override", "clause": CLAUSE, "why": "物价上涨", **other}  # fmt: skip


def draft(by: Colleague, **other: str) -> Revision:
    answer = by.client.post(NEW, filled(**other))
    assert answer.status_code == 302, text_of(answer)
    return newest()


def newest() -> Revision:
    with inside("1502"):
        return Revision.objects.order_by("-pk")[0]


def at(revision: Revision, act: str = "revision") -> str:
    return reverse(f"bureau:{act}", args=[revision.code])


def rehearsed(by: Colleague, **other: str) -> Revision:
    revision = draft(by, **other)
    assert by.client.post(at(revision, "rehearse")).status_code == 302
    return newest()


def approve(by: Colleague, revision: Revision, *, seen: bool = True) -> Shown:
    address = f"{at(revision, 'approve')}?rehearsal={revision.rehearsal_id}"
    return by.client.post(address, {"seen": "1"} if seen else {})


def state_of(revision: Revision) -> str:
    with inside("1502"):
        return Revision.objects.get(pk=revision.pk).state


def test_from_draft_to_schedule(li: Colleague, zhao: Colleague, here: Street) -> None:
    revision = rehearsed(li)
    page = text_of(zhao.client.get(at(revision, "rehearsal")))
    assert "3 人增加，0 人减少" in page
    assert "参加测算的人 5 = 增加 3 + 减少 0 + 不变 2" in page
    assert "登记的情况有错（如出生日期），没有参加测算" in page  # a person of 146
    assert "+90.00 元" in page
    assert approve(zhao, revision).status_code == 302
    done = li.client.post(
        at(revision, "schedule"), {"document_number": "示例〔2026〕1号", "document_on": "2026-11-01"}
    )
    assert done.status_code == 302
    assert state_of(revision) == RevisionState.SCHEDULED


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"since": "2020-01-01"}, "生效日期已经过去"),
        ({"since": "明天以后"}, "看不懂这个日期"),
        ({"value": "-5"}, "数额不能是负的"),
        ({"value": "12.345"}, "小数点后两位"),
        ({"value": "一百"}, "看不懂这个数"),
        ({"value": "99999999999"}, "应在"),
        ({"value": ""}, "请填“改成多少”"),
        ({"clause": "nothing|9"}, "请从列表里选"),
        ({"place": "150300"}, "请从列表里选"),
        ({"merge": "double"}, "请从列表里选"),
    ],
)
def test_a_bad_draft_is_refused_at_its_field_and_what_was_typed_stays(
    li: Colleague, typed: dict[str, str], said: str
) -> None:
    answer = li.client.post(NEW, filled(**typed))
    assert answer.status_code in (400, 422)
    assert said in text_of(answer)
    assert "有 1 处要改" in text_of(answer)
    assert "物价上涨" in answer.content.decode()
    with inside("1502"):
        assert not Revision.objects.exists()


def test_clauses_of_other_places_are_not_offered(li: Colleague) -> None:
    page = text_of(li.client.get(f"{NEW}?key=aged_80_fen"))
    assert "包头市高龄津贴标准（示例） 第 2 条" in page
    assert "高龄津贴办法（示例） 第 3 条" in page
    assert "旗县区加发（示例）" in page
    assert not re.search("民乐|长治|潞州", page)


def test_two_numbers_may_not_begin_on_one_day(li: Colleague, zhao: Colleague, here: Street) -> None:
    first = rehearsed(li)
    approve(zhao, first)
    li.client.post(at(first, "schedule"), {"document_number": "示例〔2026〕1号", "document_on": "2026-11-01"})
    again = li.client.post(NEW, filled(value="160"))
    assert again.status_code == 422
    assert "在同一天已有一稿排期" in text_of(again)


def test_nobody_approves_the_own_draft(li: Colleague, sun: Colleague, here: Street) -> None:
    revision = rehearsed(li)
    assert approve(li, revision).status_code == 403  # no right at all
    own = text_of(li.client.get(at(revision, "rehearsal")))
    assert "批准" in own
    assert 'aria-disabled="true"' in li.client.get(at(revision, "rehearsal")).content.decode()
    assert state_of(revision) == RevisionState.REHEARSED


def test_approving_needs_the_tick_that_the_losers_were_seen(
    li: Colleague, zhao: Colleague, here: Street
) -> None:
    revision = rehearsed(li)
    answer = approve(zhao, revision, seen=False)
    assert answer.status_code == 400
    assert "先看减少的人和净额，再勾选" in text_of(answer)
    assert state_of(revision) == RevisionState.REHEARSED


def test_a_stale_tab_cannot_approve_what_was_edited_after_it_was_read(
    li: Colleague, zhao: Colleague, here: Street
) -> None:
    seen = rehearsed(li)
    li.client.post(at(seen, "revision_edit"), {"value": "500", "since": filled()["since"], "why": ""})
    assert state_of(seen) == RevisionState.DRAFT
    edited = approve(zhao, seen)
    assert edited.status_code == 422
    assert "测算后又改过数" in text_of(edited)
    li.client.post(at(seen, "rehearse"))
    answer = approve(zhao, seen)  # rehearsed again, but another value than the one that was read
    assert answer.status_code == 409
    assert "您看过以后，这份稿件又改过" in text_of(answer)
    assert state_of(seen) == RevisionState.REHEARSED


def test_two_approvers_at_once_approve_once(li: Colleague, zhao: Colleague, here: Street) -> None:
    revision = rehearsed(li)
    assert approve(zhao, revision).status_code == 302
    assert approve(zhao, revision).status_code == 409


def test_a_change_that_changes_nothing_says_so(li: Colleague, here: Street) -> None:
    revision = rehearsed(li, value="120")
    assert "没有一个人有变化" in text_of(li.client.get(at(revision, "rehearsal")))


def test_nothing_can_be_rehearsed_before_the_first_sweep(li: Colleague) -> None:
    revision = draft(li)
    answer = li.client.post(at(revision, "rehearse"))
    assert answer.status_code == 422
    assert "先核算再测算" in text_of(answer)


def test_scheduling_needs_the_paper(li: Colleague, zhao: Colleague, here: Street) -> None:
    revision = rehearsed(li)
    approve(zhao, revision)
    answer = li.client.post(at(revision, "schedule"), {"document_number": "", "document_on": "2026-13-01"})
    assert answer.status_code == 400
    assert "请填“文号”" in text_of(answer)
    assert "看不懂这个日期" in text_of(answer)


def test_withdrawing_needs_a_reason_and_keeps_the_draft(li: Colleague) -> None:
    revision = draft(li)
    short = li.client.post(at(revision, "withdraw"), {"why": "不"})
    assert short.status_code == 400
    assert "至少写 5 个字，现在 1 个" in text_of(short)
    li.client.post(at(revision, "withdraw"), {"why": "等自治区统一规定"})
    assert "等自治区统一规定" in text_of(li.client.get(at(revision)))
    assert li.client.post(at(revision, "withdraw"), {"why": "再撤回一次试试"}).status_code == 409


def test_a_draft_of_another_place_looks_like_no_draft(li: Colleague, sun: Colleague) -> None:
    city = draft(li)
    codes = (city.code, NOBODY_HAS, "new-paper")
    pages = [sun.client.get(reverse("bureau:revision", args=[code])) for code in codes]
    assert {one.status_code for one in pages} == {404}
    assert len({main_of(one) for one in pages}) == 1
    for act in ("rehearse", "withdraw"):
        assert sun.client.post(at(city, act)).status_code == 404


def test_a_county_drafts_for_itself_and_for_nobody_else(sun: Colleague) -> None:
    answer = sun.client.post(NEW, filled(place="150200"))
    assert answer.status_code == 400
    assert "请从列表里选" in text_of(answer)
    made = draft(sun, place=COUNTY, merge="floor", value="130.50")
    assert (made.place, made.value) == (150204, 13050)


def test_what_waits_for_a_person_stands_on_the_overview(li: Colleague, zhao: Colleague, here: Street) -> None:
    rehearsed(li)
    assert "去审批" in text_of(zhao.client.get(reverse("bureau:overview")))
    assert "去审批" not in text_of(li.client.get(reverse("bureau:overview")))
