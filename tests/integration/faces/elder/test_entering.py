"""Coming in by phone and code, for one or several people, and leaving again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import Enter
from tests.factories.people import person
from tests.integration.faces.elder.visiting import Grandma, words_of
from yiyang.accounts import services as accounts
from yiyang.accounts import standing
from yiyang.notices import services as notices

UNKNOWN = "00077777777"


def asks(browser: Client, phone: str, **more: str) -> str:
    """Type a phone number; gives the words of the page that follows."""
    return words_of(browser.post("/e/sign-in/", {"phone": phone, **more}, follow=True))


def console(capsys: pytest.CaptureFixture[str]) -> str:
    """The newest code on the console, empty if there is none; whoever runs it has carried it there."""
    notices.deliver_due(timezone.localtime())
    found = re.findall(r"验证码 (\d{6})", capsys.readouterr().err)
    return str(found[-1]) if found else ""


def comes_in(browser: Client, phone: str, capsys: pytest.CaptureFixture[str], **more: str) -> str:
    asks(browser, phone, **more)
    answer = browser.post("/e/sign-in/code/", {"code": console(capsys)}, follow=True)
    return words_of(answer)


def spaced(phone: str) -> str:
    return f"{phone[:3]} {phone[3:7]}－{phone[7:]}"


def full_width(phone: str) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in phone)


def in_numerals(phone: str) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in phone)


@pytest.mark.parametrize("written", [str, spaced, full_width, in_numerals])
def test_the_number_may_be_written_in_many_ways(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str], written: type[str]
) -> None:
    assert "王奶奶，" in comes_in(stranger, written(wang.phone), capsys)


def test_the_digits_stand_on_the_console_and_never_on_a_page(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    page = asks(stranger, wang.phone)
    code = console(capsys)
    assert code
    assert code not in page
    assert wang.phone not in page
    assert f"尾号{wang.phone[-4:]}" in page


def test_an_unknown_number_is_answered_in_the_same_words_and_nothing_is_sent(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    known = asks(Client(), wang.phone).replace(wang.phone[-4:], "")
    console(capsys)
    assert asks(stranger, UNKNOWN).replace(UNKNOWN[-4:], "") == known
    assert console(capsys) == ""
    answer = stranger.post("/e/sign-in/code/", {"code": "123456"})
    assert answer.status_code == 400
    assert "数字不对" in words_of(answer)


def test_a_number_of_the_real_world_is_refused_in_words(
    stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = stranger.post("/e/sign-in/", {"phone": "13800138000"})
    assert answer.status_code == 422
    assert b'value="13800138000"' in answer.content
    assert "现在还发不了短信" in words_of(answer)
    assert console(capsys) == ""


def test_a_wrong_code_keeps_what_was_typed_and_five_are_too_many(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(stranger, wang.phone)
    right = console(capsys)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        answer = stranger.post("/e/sign-in/code/", {"code": f" {wrong} "})
        assert answer.status_code == 400
        assert f'value=" {wrong} "'.encode() in answer.content
    over = stranger.post("/e/sign-in/code/", {"code": right})
    assert over.status_code == 422
    assert "这组数字已经过时了" in words_of(over)


def test_a_second_message_within_a_minute_waits(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(stranger, wang.phone)
    assert console(capsys)
    again = stranger.post("/e/sign-in/code/", {"by": "again"})
    assert again.status_code == 422
    assert "请等一分钟再要" in words_of(again)
    assert console(capsys) == ""


def test_she_stays_in_for_half_a_year_and_comes_back_to_where_she_wanted_to_go(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    door = stranger.get("/e/subsidies/", follow=True)
    assert door.redirect_chain == [("/e/sign-in/?next=%2Fe%2Fsubsidies%2F", 302)]
    assert "我的补贴" in comes_in(stranger, wang.phone, capsys, onward="/e/subsidies/")
    left = stranger.session.get_expiry_date() - timezone.now()  # noqa: TID251 - the test reads the real clock
    assert timedelta(days=179) < left <= standing.REMEMBERED


def test_nobody_is_sent_to_another_site(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    for evil in ("https://evil.example/e/", "//evil.example/e/", "/g/"):
        stranger = Client()
        asks(stranger, wang.phone, onward=evil)
        code = console(capsys)
        if not code:
            break  # one message a minute: the first address has told
        answer = stranger.post("/e/sign-in/code/", {"code": code})
        assert answer.headers["Location"] == "/e/"


def test_two_people_on_one_phone_are_asked_which_of_them_it_is(
    as_process: Enter, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_process("1502"):
        person(name="赵长河", phone="00055550001")
        person(name="王秀英", phone="00055550001")
    assert "您是赵长河吗？" in comes_in(stranger, "00055550001", capsys)
    other = stranger.post("/e/sign-in/who/", {"answer": "other"}, follow=True)
    assert "您是王秀英吗？" in words_of(other)
    mine = stranger.post("/e/sign-in/who/", {"answer": "me"}, follow=True)
    assert "王奶奶，" in words_of(mine)
    assert stranger.get("/e/sign-in/who/").headers["Location"] == "/e/"


def test_leaving_closes_everything(wang: Grandma) -> None:
    assert "别人看不到您的东西了" in wang.presses("/e/sign-out/")
    assert wang.browser.get("/e/").headers["Location"] == "/e/sign-in/?next=%2Fe%2F"


def test_what_is_wrong_with_a_number_is_said_and_the_number_kept(stranger: Client, db: None) -> None:
    answer = stranger.post("/e/sign-in/", {"phone": "138 0000"})
    assert answer.status_code == 400
    assert "手机号少了4个数字。" in words_of(answer)
    assert b'value="138 0000"' in answer.content


def test_an_official_at_the_same_browser_goes_out_before_the_grandmother_comes_in(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    official = accounts.open_staff_account(login="both", name="刘干事", password="long enough to be one")
    stranger.force_login(official)
    assert "您的手机号" in words_of(stranger.get("/e/", follow=True))
    assert "王奶奶，" in comes_in(stranger, wang.phone, capsys)


def test_an_unknown_number_costs_as_many_statements_as_a_known_one(wang: Grandma) -> None:
    counts = {}
    for phone in (wang.phone, UNKNOWN):
        browser = Client()
        with CaptureQueriesContext(connection) as asked:
            browser.post("/e/sign-in/", {"phone": phone})
        counts[phone] = len(asked.captured_queries)
    assert counts[wang.phone] == counts[UNKNOWN]


def test_on_a_borrowed_phone_nobody_stays_in(
    wang: Grandma, stranger: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(stranger, wang.phone)
    stranger.post("/e/sign-in/code/", {"code": console(capsys), "phone": "shared"})
    assert stranger.session.get_expire_at_browser_close()
    assert "王奶奶，" in words_of(stranger.get("/e/"))


def test_ten_numbers_a_day_from_one_block_of_addresses_and_then_the_way_by_phone_is_said(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = Client(REMOTE_ADDR="203.0.113.7")
    for n in range(10):
        assert browser.post("/e/sign-in/", {"phone": f"0007000000{n}"}).status_code == 302
    over = Client(REMOTE_ADDR="203.0.113.250").post("/e/sign-in/", {"phone": "00070000011"})
    assert over.status_code == 422
    assert "今天要的次数太多了" in words_of(over)
    assert Client(REMOTE_ADDR="198.51.100.7").post("/e/sign-in/", {"phone": "00070000012"}).status_code == 302
