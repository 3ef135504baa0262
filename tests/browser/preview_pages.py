"""Which pages the preview shows: each template with the people and states that could break it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tests.browser import elder_samples as cast
from yiyang.faces.elder import faults, words
from yiyang.faces.elder.showing import (
    asking,
    cases,
    entering,
    frames,
    home,
    refusing,
    services,
    subsidies,
    why,
)
from yiyang.faces.elder.showing.frames import Proxy
from yiyang.faces.elder.showing.standing import Standing

LONG_NAME = "额尔登其其格·乌日图那苏图"
REVIEWER = "达尔罕茂明安联合旗民政局"
ANSWER = date(2026, 12, 11)


@dataclass(frozen=True, slots=True)
class Sample:
    """One page to look at: template, record, where its address would be, status."""

    template: str
    page: object
    url: str
    status: int = 200
    proxy: Proxy | None = None


def _home(
    name: str, standings: tuple[Standing, ...], own: tuple[cases.Case, ...] = (), sex: int = 2
) -> Sample:
    page = home.home_page(name=name, sex=sex, age=92, standings=standings, cases=own, now=cast.NOW)
    return Sample("home", page, "/e/")


def _subsidies(standings: tuple[Standing, ...], birth: date = cast.BIRTH) -> Sample:
    return Sample(
        "subsidies", subsidies.subsidies_page(standings, birth=birth, today=cast.TODAY), "/e/subsidies/"
    )


def _why(standing: Standing, birth: date = cast.BIRTH) -> Sample:
    page = why.why_page(standing, places=cast.PLACES, clauses=(cast.CLAUSE,), birth=birth, today=cast.TODAY)
    return Sample("why", page, f"/e/subsidies/{page.benefit}/why/")


CALL = asking.CallPage(cast.LIU, asking.call_when(cast.DUE, today=cast.TODAY), "办护理补贴", "5678", "/e/")
DONE = asking.CallDonePage(cast.LIU, CALL.when, "办护理补贴", "5678", "a1")
CONFIRM = asking.DisagreeConfirmPage("care_support", "护理补贴", "amount", REVIEWER, ANSWER)
ELSEWHERE = cast.explanation("oldest_old_allowance", "高龄津贴", status="CANNOT_TELL", age=92)
ALL_YES = {code: cast.service(code, name) for code, name in words.SERVICES.items()}

SAMPLES: dict[str, Sample] = {
    "home": _home("王秀英", cast.USUAL),
    "home-long-name": _home(LONG_NAME, cast.MANY, (cast.WAITING,)),
    "home-none": _home("欧阳国庆", cast.NONE, sex=1),
    "home-unknown": _home("乌云其木格", cast.UNKNOWN),
    "subsidies": _subsidies(cast.USUAL),
    "subsidies-many": _subsidies(cast.MANY),
    "subsidies-asked": _subsidies((cast.care(asked=True), Standing(cast.allowance(), received_fen=25000))),
    "subsidies-none": _subsidies(cast.NONE, cast.YOUNG_BIRTH),
    "subsidies-unknown": _subsidies(cast.UNKNOWN, cast.YOUNG_BIRTH),
    "why": _why(cast.care()),
    "why-age": _why(Standing(cast.allowance(), received_fen=25000)),
    "why-once": _why(Standing(cast.adaptation())),
    "why-service": _why(Standing(cast.service("home_care_bed", "家庭养老床位"))),
    "why-unknown": _why(cast.care(told=False)),
    "why-elsewhere": _why(Standing(ELSEWHERE)),
    "why-not-yet": _why(Standing(cast.allowance(79)), cast.YOUNG_BIRTH),
    "why-refused": _why(Standing(cast.no_certificate())),
    "help": Sample("help", CALL, "/e/subsidies/care_support/help/"),
    "help-no-phone": Sample("help", replace(CALL, phone_tail="", caller=cast.NOBODY), "/e/callback/"),
    "help-long-place": Sample("help", replace(CALL, caller=cast.NOBODY), "/e/callback/"),
    "help-done": Sample("help_done", DONE, "/e/subsidies/care_support/help/"),
    "callback": Sample("callback", asking.CallbackPage(), "/e/callback/"),
    "disagree": Sample(
        "disagree",
        asking.DisagreePage("care_support", "护理补贴", asking.disagree_choices("receiving")),
        "/e/subsidies/care_support/disagree/",
    ),
    "disagree-confirm": Sample("disagree_confirm", CONFIRM, "/e/subsidies/care_support/disagree/"),
    "disagree-fault": Sample(
        "disagree_confirm",
        replace(CONFIRM, own_words="我有低保", fault=faults.words_fault(600)),
        "/e/subsidies/care_support/disagree/",
        400,
    ),
    "disagree-done": Sample(
        "disagree_done",
        asking.DisagreeDonePage("护理补贴", "说不清，想问问", REVIEWER, ANSWER, by_phone=True, code="b2"),
        "/e/subsidies/care_support/disagree/",
    ),
    "cases": Sample("cases", cases.cases_page(cast.CASES), "/e/cases/"),
    "cases-said": Sample("cases", cases.cases_page(cast.CASES[1:], said="停了，不会有人打给您"), "/e/cases/"),
    "cases-none": Sample("cases", cases.cases_page(()), "/e/cases/"),
    "services": Sample(
        "services",
        services.services_page(cast.sixteen(), birth=cast.YOUNG_BIRTH, today=cast.TODAY),
        "/e/services/",
    ),
    "services-all": Sample(
        "services", services.services_page(ALL_YES, birth=cast.BIRTH, today=cast.TODAY), "/e/services/"
    ),
    "look": Sample("look", frames.LookPage("/e/"), "/e/look/"),
    "sos": Sample("sos", frames.PlainPage(), "/e/sos/"),
    "sign-in": Sample("sign_in", entering.SignInPage(), "/e/sign-in/"),
    "sign-in-again": Sample("sign_in", entering.SignInPage(why=entering.ASKED_AGAIN), "/e/sign-in/"),
    "sign-in-fault": Sample(
        "sign_in", entering.SignInPage("138 0000 00", faults.phone_fault("138000000")), "/e/sign-in/", 400
    ),
    "code": Sample("sign_in_code", entering.SignInCodePage("5678"), "/e/sign-in/code/"),
    "code-fault": Sample(
        "sign_in_code",
        entering.SignInCodePage("5678", "一二三456", faults.WRONG_CODE, "演示：数字在命令行里。", voice=True),
        "/e/sign-in/code/",
        400,
    ),
    "who": Sample("who", entering.WhoPage("王奶奶", "王秀英"), "/e/sign-in/who/"),
    "signed-out": Sample("signed_out", frames.PlainPage(), "/e/sign-out/"),
    "refused": Sample(
        "refused",
        refusing.refused_page("已经有人在办您的申请了", back="/e/subsidies/", home="/e/"),
        "/e/x/",
        422,
    ),
    "not-found": Sample("refused", refusing.not_found_page(home="/e/"), "/e/x/", 404),
    "not-yours": Sample("refused", refusing.not_yours_page(home="/e/"), "/e/x/", 403),
    "broken": Sample("refused", refusing.broken_page(home="/e/"), "/e/x/", 500),
}
