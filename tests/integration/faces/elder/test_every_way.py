"""E20: each task by each way, and the same comes of it. An empty cell fails the test of the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from tests.integration.faces.cast import Colleague, colleague, inside, lead_url
from tests.integration.faces.elder.helping import DAUGHTER, asks_daughter, comes_in, messages, minutes_pass
from tests.integration.faces.elder.visiting import Grandma, words_of
from yiyang.entitlements.models import Appeal, Application

HOME = "150204001001"
ALLOWANCE = "oldest_old_allowance"
TASKS = ("read", "ask", "disagree", "sign_in")
WAYS = ("SELF", "FAMILY", "VISIT", "PHONE", "PAPER")


@dataclass
class Scene:
    """Everybody who may be needed for one cell of the table."""

    wang: Grandma
    liu: Colleague
    capsys: pytest.CaptureFixture[str]

    def family(self) -> Client:
        """Her daughter's phone, in under a mandate."""
        asks_daughter(self.wang, self.capsys)
        browser = Client()
        assert "代王奶奶办理" in comes_in(browser, DAUGHTER, self.capsys)
        return browser

    def browser(self, way: str) -> Client:
        return self.wang.browser if way == "SELF" else self.family()


@pytest.fixture
def scene(wang: Grandma, capsys: pytest.CaptureFixture[str]) -> Scene:
    return Scene(wang, colleague("liu", "刘干事", prefix=HOME), capsys)


def read(scene: Scene, way: str) -> None:
    """The allowance is named, with its amount: on her phone, or by whoever is asked."""
    if way in ("SELF", "FAMILY"):
        page = words_of(scene.browser(way).get(f"/e/subsidies/{ALLOWANCE}/why/"))
    else:
        page = "".join(scene.liu.client.get(lead_url(scene.wang.person)).content.decode().split())
    assert "高龄津贴" in page
    assert "120" in page


def ask(scene: Scene, way: str) -> None:
    if way in ("SELF", "FAMILY"):
        answer = scene.browser(way).post(f"/e/subsidies/{ALLOWANCE}/help/", follow=True)
        assert "好了，等电话吧" in words_of(answer)
    else:
        form = {"benefit": ALLOWANCE, "way": way}
        scene.liu.client.post(lead_url(scene.wang.person, "speak_ask"), form)
    with inside(HOME):
        asked = Application.objects.get(person=scene.wang.person)
        assert (asked.benefit, asked.state, asked.way) == (ALLOWANCE, "WAITING", way)
        assert asked.explanation_id is not None


def disagree(scene: Scene, way: str) -> None:
    if way in ("SELF", "FAMILY"):
        form = {"matter": "amount", "by": "page"}
        scene.browser(way).post(f"/e/subsidies/{ALLOWANCE}/disagree/", form)
    else:
        form = {"benefit": ALLOWANCE, "ground": "AMOUNT", "way": way}
        scene.liu.client.post(lead_url(scene.wang.person, "speak_disagree"), form)
    with inside(HOME):
        made = Appeal.objects.get(person=scene.wang.person)
        assert (made.benefit, made.ground, made.state, made.way) == (ALLOWANCE, "AMOUNT", "WAITING", way)


def sign_in(scene: Scene, way: str) -> None:
    """Nobody is locked out for want of a phone: family comes in, or the window acts for her."""
    if way == "SELF":
        assert "王奶奶，" in comes_in(Client(), scene.wang.phone, scene.capsys)
    elif way == "FAMILY":
        assert "代王奶奶办理" in words_of(scene.family().get("/e/"))
    elif way == "PHONE":
        browser = Client()  # the digits read out by a call
        browser.post("/e/sign-in/", {"phone": scene.wang.phone})
        messages(scene.capsys)
        assert "请等一分钟" in words_of(browser.post("/e/sign-in/code/", {"by": "voice"}))
        minutes_pass(1)
        called = browser.post("/e/sign-in/code/", {"by": "voice"}, follow=True)
        assert "电话里的6个数字" in words_of(called)
        told = messages(scene.capsys)
        assert "演示电话" in told
        digits = re.findall(r"数字是：((?:\d，){5}\d)", told)[-1].replace("，", "")
        assert "王奶奶，" in words_of(browser.post("/e/sign-in/code/", {"code": digits}, follow=True))
    else:
        form = {
            "called": "女儿",
            "phone": DAUGHTER,
            "rights": "all",
            "days": "91",
            "way": "WINDOW" if way == "VISIT" else "PAPER",
            "evidence": "见证人：张三、李四",
        }
        assert scene.liu.client.post(lead_url(scene.wang.person, "mandates"), form).status_code == 302
        assert "代王奶奶办理" in comes_in(Client(), DAUGHTER, scene.capsys)


CELLS: dict[tuple[str, str], Callable[[Scene, str], None]] = {
    (task.__name__, way): task for task in (read, ask, disagree, sign_in) for way in WAYS
}


def test_the_table_has_no_empty_cell() -> None:
    assert set(CELLS) == {(task, way) for task in TASKS for way in WAYS}


@pytest.mark.parametrize(("task", "way"), sorted(CELLS))
def test_each_way_leads_to_the_same_result(scene: Scene, task: str, way: str) -> None:
    CELLS[task, way](scene, way)


@pytest.mark.parametrize("way", ["FAMILY", "VISIT", "PHONE", "PAPER"])
def test_she_is_told_of_what_others_did(scene: Scene, way: str) -> None:
    ask(scene, way)
    assert "替您办了：请人帮忙办高龄津贴" in messages(scene.capsys)
    assert "替您办了：请人帮忙办高龄津贴" in scene.wang.reads("/e/messages/")


def test_what_she_does_herself_she_is_not_told(scene: Scene) -> None:
    ask(scene, "SELF")
    assert "替您办了" not in messages(scene.capsys)
