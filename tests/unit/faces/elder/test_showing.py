"""What the pages hold: nothing drops out, the first thing first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.browser import elder_samples as cast
from tests.browser.elder_samples_helping import SAMPLES as HELPING
from tests.browser.elder_samples_owning import SAMPLES as OWNING
from tests.browser.preview_pages import SAMPLES
from yiyang.faces.elder.showing import asking, cases, frames, home, refusing, services, subsidies, why
from yiyang.faces.elder.showing.standing import Standing


@pytest.mark.parametrize(
    ("name", "sex", "age", "spoken"),
    [
        ("王秀英", 2, 82, "王奶奶"),
        ("王建国", 1, 65, "王叔叔"),
        ("欧阳国庆", 1, 92, "欧阳爷爷"),
        ("乌云其木格", 2, 78, "乌云其木格奶奶"),
        ("额尔登·乌日图", 1, 70, "额尔登·乌日图爷爷"),
        ("王秀英", 0, 82, "王秀英"),
    ],
)
def test_a_person_is_addressed_as_her_neighbours_would(name: str, sex: int, age: int, spoken: str) -> None:
    assert home.address(name, sex, age) == spoken


@pytest.mark.parametrize(("hour", "greeting"), [(4, "夜里好"), (8, "早上好"), (12, "中午好"), (20, "晚上好")])
def test_the_greeting_follows_the_hour(hour: int, greeting: str) -> None:
    now = datetime(2026, 11, 20, hour)  # noqa: DTZ001 - the face hands over local time
    page = home.home_page(name="王秀英", sex=2, age=92, standings=(), cases=(), now=now)
    assert page.greeting == f"王奶奶，{greeting}"
    assert page.day == "11月20日 星期五"


def test_a_call_that_is_coming_is_the_first_fact_then_money_then_questions() -> None:
    assert home.next_fact(cast.USUAL, (cast.WAITING,)) == home.Fact("今天下午 5 点前", "刘干事打给您", "call")
    assert home.next_fact(cast.USUAL, ()) == home.Fact("您还能多领 1 项", "每月 200 元", "coin")
    assert home.next_fact(cast.UNKNOWN, ()).picture == "ask"
    assert home.next_fact((), ()).picture == "sun"


@pytest.mark.parametrize("standings", [cast.USUAL, cast.MANY, cast.NONE, cast.UNKNOWN])
def test_every_benefit_stands_somewhere_on_the_page(standings: tuple[Standing, ...]) -> None:
    page = subsidies.subsidies_page(standings, birth=cast.YOUNG_BIRTH, today=cast.TODAY)
    shown = [*page.more_offers, *page.receiving, *page.more_receiving, *page.not_now]
    unknown = (1 + len(page.unknown.others)) if page.unknown else 0
    assert len(shown) + bool(page.offer) + unknown == len(standings)


def test_what_is_worth_most_is_offered_first_unless_somebody_is_already_asked() -> None:
    small, large = Standing(cast.hardship()), cast.care()
    page = subsidies.subsidies_page((small, large), birth=cast.BIRTH, today=cast.TODAY)
    assert page.offer is not None
    assert page.offer.name == "护理补贴"
    page = subsidies.subsidies_page((small, replace(large, asked=True)), birth=cast.BIRTH, today=cast.TODAY)
    assert page.offer is not None
    assert page.offer.name == "养老服务补贴"


def test_what_she_receives_stays_hers_whatever_the_law_says_today() -> None:
    one = Standing(cast.allowance(79), received_fen=10000)
    assert one.group == "receiving"
    assert str(one.amount) == "每月 100 元"


def test_a_service_is_offered_without_a_price() -> None:
    assert Standing(cast.service("home_care_bed", "床")).amount is None


def test_the_why_page_of_somebody_already_asked_offers_no_second_call() -> None:
    page = why.why_page(
        cast.care(asked=True), places=cast.PLACES, clauses=(), birth=cast.BIRTH, today=cast.TODAY
    )
    assert (page.can_help, page.asked) == (False, True)


def test_the_sixteen_lines_are_all_there_and_the_date_is_read_from_the_law() -> None:
    page = services.services_page(cast.sixteen(), birth=cast.YOUNG_BIRTH, today=cast.TODAY)
    assert (len(page.have), len(page.unknown), len(page.not_now)) == (4, 4, 8)
    dated = {line.name: line.words for line in page.not_now if line.words}
    assert dated == {"高龄津贴": "明年3月起有"}
    assert page.step is not None
    assert page.step.about == "visit"


def test_open_cases_stand_before_closed_ones_and_only_they_can_be_stopped() -> None:
    page = cases.cases_page((cast.CASES[2], cast.CASES[0]))
    assert [case.undo for case in page.open] == ["不用打了", ""]
    assert page.open[1].when == ""


@pytest.mark.parametrize("cookie", ["", "99-dark-", "<script>", "26", "dark-26", "30-dark"])
def test_any_cookie_gives_a_look(cookie: str) -> None:
    look = frames.Look.read(cookie)
    assert look.size in ("", "26", "30")
    assert frames.Look.read(str(look)) == look


def test_reading_keeps_the_question_of_the_page_and_nothing_else() -> None:
    frame = frames.frame_of(cookie="", query={"about": "visit", "evil": "1", "read": "1"}, synthetic=True)
    assert frame.read_href == "?read=1&about=visit"
    assert frame.reading


def test_a_refusal_of_another_room_is_told_in_plain_words() -> None:
    page = refusing.refused_page("已经有人在办您的申请", back="/a/", home="/e/")
    assert page.reason == "已经有人在办您的这件事。"
    assert [way.href for way in page.ways] == ["/a/", "/e/"]


def test_a_due_time_is_said_as_it_is_spoken() -> None:
    assert asking.call_when(cast.DUE, today=cast.TODAY) == "今天下午 5 点前"
    assert asking.call_when(cast.DUE, today=date(2026, 11, 1)) == "11月20日 星期五 下午 5 点前"


def test_the_preview_knows_every_template() -> None:
    folder = Path(home.__file__).parents[1] / "templates/elder"
    pages = {file.stem for file in folder.glob("[a-z]*.html")} - {"base"}
    assert {sample.template for sample in {**SAMPLES, **HELPING, **OWNING}.values()} == pages
