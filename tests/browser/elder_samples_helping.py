"""Samples of the pages on who may act for her, and of pages that somebody sees who does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.browser import elder_samples as cast
from tests.browser.preview_pages import CALL, Sample
from yiyang.faces.elder import faults
from yiyang.faces.elder.showing import cases, entering, helping, home, refusing
from yiyang.faces.elder.showing.frames import Proxy

CAN = helping.can_words(["READ", "ASK", "APPEAL"])
ENDS = date(2027, 11, 28)
GRANDDAUGHTER = helping.HelperLine("h1", "孙辈", CAN, ENDS)
SON = helping.HelperLine("h2", "儿子", "看补贴", date(2027, 3, 31))
FOR_WANG = Proxy("王奶奶", CAN, ENDS)
FOR_LONG = Proxy("额尔登其其格·乌日图那苏图奶奶", CAN, ENDS)
CONFIRM = helping.HelperConfirmPage("sealed", "女儿", "5678", ENDS, "1234")
CODE = helping.HelperCodePage("sealed", "女儿", "1234")
AT = datetime(2026, 11, 20, 9, 5)  # noqa: DTZ001 - the face hands over local time
GIVEN = helping.Message(
    "您请了人替您办事",
    "您请了女儿替您办事：看补贴、请人帮忙、说不同意。到2027年11月28日为止。"
    "钱还是您自己的。想停，打 12349，马上停。",
    AT,
    fresh=True,
)
DONE = helping.Message(
    "有人替您办了一件事",
    "女儿替您办了：办护理补贴。不是您要办的，打 12349，马上给您停。",
    AT,
    fresh=False,
)

SAMPLES: dict[str, Sample] = {
    "helpers": Sample("helpers", helping.HelpersPage((GRANDDAUGHTER,), helping.SAID["given"]), "/e/helpers/"),
    "helpers-many": Sample("helpers", helping.HelpersPage((SON, GRANDDAUGHTER, SON, SON)), "/e/helpers/"),
    "helpers-none": Sample("helpers", helping.HelpersPage(), "/e/helpers/"),
    "helper-phone": Sample("helper_phone", helping.HelperPhonePage(), "/e/helpers/add/"),
    "helper-phone-fault": Sample(
        "helper_phone",
        helping.HelperPhonePage("138 0000", faults.phone_fault("1380000")),
        "/e/helpers/add/",
        400,
    ),
    "helper-who": Sample("helper_who", helping.HelperWhoPage("sealed"), "/e/helpers/add/who/"),
    "helper-confirm": Sample("helper_confirm", CONFIRM, "/e/helpers/add/confirm/"),
    "helper-confirm-fault": Sample(
        "helper_confirm",
        replace(CONFIRM, fault="刚刚发过了。请等一分钟再要，或者打 12349。"),
        "/e/helpers/add/confirm/",
        422,
    ),
    "helper-no-phone": Sample("helper_confirm", replace(CONFIRM, own_tail=""), "/e/helpers/add/confirm/"),
    "helper-code": Sample(
        "helper_code", replace(CODE, hint="演示：数字在命令行里。"), "/e/helpers/add/code/"
    ),
    "helper-code-fault": Sample(
        "helper_code", replace(CODE, value="12345", fault=faults.WRONG_CODE), "/e/helpers/add/code/", 400
    ),
    "for-whom": Sample(
        "for_whom",
        helping.ForWhomPage((helping.Whom("self", "我自己", chosen=True), helping.Whom("m1", "王奶奶", CAN))),
        "/e/for-whom/",
    ),
    "for-nobody": Sample("for_whom", helping.ForWhomPage((), "好了，您不再替老人办了"), "/e/for-whom/"),
    "mandate": Sample("mandate", helping.MandatePage("王奶奶", CAN, ENDS), "/e/mandate/", proxy=FOR_WANG),
    "messages": Sample("messages", helping.MessagesPage((GIVEN, DONE, DONE)), "/e/messages/"),
    "messages-none": Sample("messages", helping.MessagesPage(), "/e/messages/"),
    "go-on": Sample("go_on", entering.GoOnPage("/e/helpers/add/", (("phone", "000"),)), "/e/go-on/"),
    "code-called": Sample("sign_in_code", entering.SignInCodePage("5678", called=True), "/e/sign-in/code/"),
    "who-family": Sample("who", entering.WhoPage("", ""), "/e/sign-in/who/"),
    "home-for": Sample(
        "home",
        home.home_page(name="王秀英", sex=2, age=92, standings=cast.USUAL, cases=(), now=cast.NOW),
        "/e/",
        proxy=FOR_WANG,
    ),
    "help-for": Sample("help", CALL, "/e/subsidies/care_support/help/", proxy=FOR_LONG),
    "cases-for": Sample("cases", cases.cases_page(cast.CASES, unread=2), "/e/cases/", proxy=FOR_LONG),
    "not-in-mandate": Sample("refused", refusing.not_in_mandate_page(home="/e/"), "/e/x/", 403, FOR_WANG),
}
