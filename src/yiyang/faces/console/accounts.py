"""``yiyang accounts``: the operator's way to accounts, above all to the first one of a new installation."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from yiyang.accounts import passwords, selectors, standing
from yiyang.accounts import services as duties
from yiyang.accounts.duties import DUTIES
from yiyang.accounts.services import factors
from yiyang.accounts.services import staff as accounts
from yiyang.base.actors import process
from yiyang.base.ids import UserId
from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.faces.console import machine_keys

if TYPE_CHECKING:
    from yiyang.accounts.models import User

OPERATOR = process("operator")
A_YEAR = 365


class BadGrant(Refused):
    code = "console.bad_grant"
    message = "职责没有授成"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    opening = acts.add_parser("open", help="a new account with a password for one use")
    opening.add_argument("login")
    opening.add_argument("name", help="the person's own name; there are no shared accounts")
    listing = acts.add_parser("list", help="accounts, or those that match")
    listing.add_argument("words", nargs="?", default="", help="a part of login or name")
    listing.add_argument("--json", action="store_true")
    for act, says in (
        ("close", "put out of use, at the next click"),
        ("reset", "a new password for one use; second factors are set up anew"),
        ("code", "the code that opens a demonstration account now"),
    ):
        acts.add_parser(act, help=says).add_argument("login")
    machine_keys.add_arguments(acts)
    granting = acts.add_parser("grant", help=f"give a duty: {', '.join(DUTIES)}")
    granting.add_argument("login")
    granting.add_argument("duty")
    granting.add_argument("place", help="a division by 2, 4, 6, 9 or 12 digits")
    granting.add_argument("--days", type=int, default=A_YEAR, help=f"at most 366, else {A_YEAR}")


def run(options: argparse.Namespace) -> int:
    """Raises NoSuchAccount, BadLogin, LoginTaken, DutyRefused, FactorStays, BadGrant."""
    now = timezone.localtime()
    return ACTS[options.act](options, now)


def _open(options: argparse.Namespace, now: datetime) -> int:
    password = passwords.made()
    user = accounts.open_staff_account(
        login=options.login, name=options.name, password=password, must_change=True, now=now
    )
    _remember("account_opened", user, now)
    print(f"{user.login}: start password {password}")
    print("It is shown once and good for one sign-in: a password of their own and an app come first.")
    print(f"Without a duty nothing is open yet: yiyang accounts grant {user.login} DUTY PLACE")
    return 0


def _list(options: argparse.Namespace, now: datetime) -> int:
    found = list(standing.staff_matching(options.words))
    rows = [_row(user, now.date()) for user in found]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        words = ", ".join(f"{duty} {place}" for duty, place in row["duties"]) or "no duty"  # type: ignore[attr-defined]
        print(f"{row['login']:24} {row['name']}  {'in use' if row['in_use'] else 'out of use'}  {words}")
    if not rows:
        print("no account matches" if options.words else "no account yet: yiyang accounts open LOGIN NAME")
    return 0


def _row(user: User, on: date) -> dict[str, object]:
    held = selectors.duties_of(UserId(user.pk), on=on)
    return {
        "login": user.login,
        "name": user.name,
        "in_use": user.is_active,
        "duties": [[one.duty, one.prefix] for one in held],
    }


def _close(options: argparse.Namespace, now: datetime) -> int:
    user = _account(options.login)
    accounts.close_account(user_id=UserId(user.pk))
    _remember("account_closed", user, now)
    print(f"{user.login} is out of use; every open page of theirs ends at the next click")
    return 0


def _reset(options: argparse.Namespace, now: datetime) -> int:
    user = _account(options.login)
    password = accounts.reset_all(user_id=UserId(user.pk))
    _remember("account_reset", user, now)
    print(f"{user.login}: start password {password}; second factors are gone, the next sign-in sets them up")
    return 0


def _grant(options: argparse.Namespace, now: datetime) -> int:
    user, on = _account(options.login), now.date()
    try:
        duties.grant_duty(
            user_id=UserId(user.pk),
            duty=options.duty,
            prefix=options.place,
            since=on,
            until=on + timedelta(days=options.days),
            granted_by=None,
        )
    except ValueError as error:
        raise BadGrant(f"{options.place!r} is no division of 2, 4, 6, 9 or 12 digits") from error
    _remember("duty_granted", user, now)
    print(f"{user.login}: {options.duty} for {options.place} until {on + timedelta(days=options.days)}")
    return 0


def _code(options: argparse.Namespace, now: datetime) -> int:
    print(factors.demo_code(login=options.login, now=now))
    return 0


def _account(login: str) -> User:
    user = standing.staff_account(login)
    if user is None:
        raise accounts.NoSuchAccount(f"no account {login!r}; `yiyang accounts list` shows them")
    return user


def _remember(action: str, user: User, now: datetime) -> None:
    audit.record(actor=OPERATOR, action=action, now=now, face="console", subject=("user", user.pk))


ACTS: dict[str, Callable[[argparse.Namespace, datetime], int]] = {
    "open": _open,
    "list": _list,
    "close": _close,
    "reset": _reset,
    "grant": _grant,
    "code": _code,
    **machine_keys.ACTS,
}
