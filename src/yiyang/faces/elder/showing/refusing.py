"""When something did not go: what happened, that nothing was lost, what to do now. No blame, no code."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.elder.wording import plain

DEPARTED = "elder.departed"
NOT_IN_MANDATE = "accounts.not_in_mandate"
BROKEN = 500


@dataclass(frozen=True, slots=True)
class Way:
    """One thing she can do now."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """A refusal in words. ``kept``: what was not lost; ``ways``: the first is the main button."""

    tag: str
    headline: str
    reason: str
    kept: str = "您的东西都没有动。"
    ways: tuple[Way, ...] = ()


def refused_page(message: str, *, back: str, home: str) -> RefusedPage:
    """A refusal of a service, whose Chinese ``message`` says what can be done instead."""
    reason = f"{plain(message).rstrip('。')}。"
    return RefusedPage(
        "没有办成", "这件事现在办不了", reason, ways=(Way("回去看看", back), Way("回首页", home))
    )


def not_found_page(*, home: str) -> RefusedPage:
    """Nothing here: an old link, or somebody else's page; the two look alike."""
    return RefusedPage(
        "没找到", "这一页没有了", "可能是换了地方。", "您的东西都还在。", (Way("回首页", home),)
    )


def not_yours_page(*, home: str) -> RefusedPage:
    """Somebody else's page."""
    return RefusedPage("打不开", "这一页不是您的", "要看别人的，请那个人自己来。", "", (Way("回首页", home),))


def not_in_mandate_page(*, home: str) -> RefusedPage:
    """For whoever acts for her: she let him do other things."""
    ways = (Way("回首页", home), Way("打 12349", "tel:12349"))
    return RefusedPage("打不开", "没有请您办这件事", "要办，请本人自己来。打 12349 也行。", "", ways)


def broken_page(*, home: str) -> RefusedPage:
    """Our own fault or an outage; drawn without a look-up."""
    return RefusedPage(
        "没有办成",
        "是我们这边坏了",
        "不是您弄的。请过 10 分钟再来。",
        "您的东西都没有动。",
        (Way("再试一次", ""), Way("回首页", home)),
    )


def departed_page() -> RefusedPage:
    """The person has died: the pages are closed, the family is told whom to call."""
    ways = (Way("打 12349", "tel:12349"),)
    return RefusedPage("关上了", "这里已经关上了", "登记过去世。家里人有事，请打 12349。", "", ways)


def unrecorded_page(*, home: str) -> RefusedPage:
    """She came in, and her record cannot be found: ours to repair."""
    ways = (Way("打 12349", "tel:12349"), Way("再试一次", home))
    return RefusedPage("没找到", "没找到您的登记", "不是您弄的。请打 12349，请人看看。", "", ways)


def page_of(code: str, status: int, message: str, *, back: str, home: str) -> RefusedPage:
    """The page for an error of any room: by its code where the face has words for it, else by its kind."""
    if code == DEPARTED:
        return departed_page()
    if code == "people.no_such_person":
        return unrecorded_page(home=home)
    if code == NOT_IN_MANDATE:
        return not_in_mandate_page(home=home)
    kinds = {403: not_yours_page, 404: not_found_page}
    if status in kinds:
        return kinds[status](home=home)
    return broken_page(home=home) if status >= BROKEN else refused_page(message, back=back, home=home)
