"""Duties in words: who holds what, what ends soon, what excludes what; the way down to a place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from yiyang.accounts import selectors as accounts
from yiyang.accounts.duties import DUTIES, INCOMPATIBLE, POWERS
from yiyang.base.actors import Actor
from yiyang.faces.keeper.forms_accounts import Find, Grant
from yiyang.faces.keeper.presenting.desk import address
from yiyang.faces.keeper.showing_accounts import DutiesPage, DutyRow, GrantPage
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Chip, Link, State
from yiyang.regions import codes
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

if TYPE_CHECKING:
    from yiyang.accounts.models import Duty

MOST_ROWS = 100
SOON = timedelta(days=30)


def apart_words() -> tuple[str, ...]:
    """Which duties are never in one hand."""
    pairs = sorted(sorted(pair) for pair in INCOMPATIBLE if not pair & POWERS)
    words = [f"“{DUTIES[one].title}”和“{DUTIES[other].title}”不能是同一个人" for one, other in pairs]
    return (*words, "系统管理员、安全管理员、审计员互相不能兼任，也不能兼任其他职责")


def duties_page(actor: Actor, form: Find, words: str, *, on: date) -> DutiesPage:
    """Duties in force in the officer's branch, those that end first on top."""
    running = accounts.running_under(actor.prefix, on=on)
    found = [one for one in running if words in one.user.name or words in one.user.login]
    shown = found[:MOST_ROWS]
    places = regions.names_of((one.prefix.ljust(12, "0") for one in shown), on=on)
    ending = sum(one.until <= on + SOON for one in found)
    more = f"，显示前 {MOST_ROWS} 项" if len(found) > MOST_ROWS else ""
    return DutiesPage(
        heading=f"{ending:,} 项职责在 {SOON.days} 天内到期" if ending else f"{len(found):,} 项职责在有效期内",
        lead="到期自动失效。授予和收回都马上生效，并留下记录。",
        filters=form_view(form, action=address("duties"), verb="查"),
        rows=tuple(_row(one, places, on) for one in shown),
        empty=State("empty", "没有这样的职责", "换姓名或用户名里的几个字再查。"),
        new=Link("授一项职责", address("duty_new")),
        apart=apart_words(),
        counted=f"{len(found):,} 项在有效期内{more}",
    )


def _row(one: Duty, places: dict[str, str], on: date) -> DutyRow:
    days = (one.until - on).days
    whole = one.prefix.ljust(12, "0")
    return DutyRow(
        one.user.name,
        one.user.login,
        title_of(one),
        places.get(whole, one.prefix),
        f"{one.until}",
        Chip(f"还有 {days} 天", "warn" if days <= SOON.days else "quiet"),
        address("duty_take", one.pk),
    )


def grant_page(actor: Actor, form: Grant, prefix: str, login: str, *, on: date) -> GrantPage:
    """The way to the place on top, what lies below it, the form."""
    path = [one for one in regions.path_to(prefix, on=on) if one.level != Level.NATION]
    above = [one for one in path if codes.prefix_of(one.division).startswith(actor.prefix)]
    below = regions.children_of(path[-1].division, on=on) if path else []
    name = path[-1].name if path else prefix
    return GrantPage(
        heading=f"授一项职责，管{name}",
        lead="职责只管这个地方和它下面的地方。要管小一点的地方，先点下去。",
        path=tuple(_link(one.name, codes.prefix_of(one.division), login) for one in above),
        below=tuple(_link(one.name, codes.prefix_of(one.division), login) for one in below),
        form=form_view(
            form,
            action=address("duty_new", place=prefix),
            verb="授予",
            cancel=Link("不授了", address("duties")),
        ),
        apart=apart_words(),
    )


def _link(name: str, prefix: str, login: str) -> Link:
    return Link(name, address("duty_new", place=prefix, login=login))


def title_of(one: Duty) -> str:
    return DUTIES[one.duty].title if one.duty in DUTIES else one.duty
