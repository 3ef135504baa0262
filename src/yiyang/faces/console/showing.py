"""What the console says of an installation: its figures, and the accounts of the demonstration."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from yiyang.accounts import selectors as colleagues
from yiyang.accounts import services as accounts
from yiyang.accounts.choices import MandateRight, MandateWay
from yiyang.accounts.services import factors
from yiyang.base.ids import PersonId, SweepId, UserId
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.engine.errors import Missing
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.selectors import PERSON_LINE
from yiyang.entitlements.services import sweeping
from yiyang.outreach import services as outreach
from yiyang.people import selectors as people
from yiyang.people import services as mandates
from yiyang.people.services import Helper
from yiyang.regions import selectors as regions
from yiyang.regions.codes import Level

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
DAUGHTER = "00012349000"
LISTED = ("oldest_old_allowance", "care_service_subsidy", "care_support")


class NotSwept(Missing):
    code = "console.not_swept"
    message = "这个地方还没有核算过"


@dataclass(frozen=True)
class Post:
    """One account of the demonstration: who, with which duty, for which branch."""

    login: str
    name: str
    duty: str
    prefix: str


def has_people(prefix: str) -> bool:
    with acting(Role.JOB, Scope.of(prefix), actor_id="process:demo"):
        return people.people_in(Scope.of(prefix)).exists() and entitlements.sweep_over(prefix) is not None


def sweep_is_old(prefix: str, today: date) -> bool:
    with acting(Role.JOB, Scope.of(prefix), actor_id="process:demo"):
        last = entitlements.sweep_over(prefix)
        return last is None or last.as_of < today


def sweep_again(prefix: str, now: datetime) -> None:
    """One sweep as of today, with the leads that follow from it."""
    with acting(Role.JOB, EVERYWHERE, actor_id="process:demo"):
        done = sweeping.sweep(prefix=prefix, as_of=now.date(), now=now)
        outreach.sync_with_sweep(sweep_id=SweepId(done.sweep.pk), now=now)


def summary(prefix: str) -> dict[str, object]:
    """The figures of the last sweep over a branch, by result and for the line of persons.

    Raises:
        NotSwept: no finished sweep, or none of this branch.
    """
    with acting(Role.JOB, Scope.of(prefix), actor_id="process:demo"):
        sweep = entitlements.sweep_over(prefix)
        lines = entitlements.lines_of(prefix, sweep) if sweep else {}
        if sweep is None or PERSON_LINE not in lines:
            raise NotSwept(f"nothing was swept under {prefix}")
        counties = [r.division for r in regions.branch_of(prefix[:6], Level.COUNTY, on=sweep.as_of)]
        by_county = entitlements.lines_of_places(counties, PERSON_LINE, sweep)
    groups = ("eligible", "served", "unserved", "cannot_tell")
    return {
        "as_of": f"{sweep.as_of}",
        "people": lines[PERSON_LINE].people,
        "by_county": {place[:6]: line.people for place, line in sorted(by_county.items())},
        **{
            group: {
                name: value for name, line in lines.items() if (value := getattr(line, group)) is not None
            }
            for group in groups
        },
        "seconds": 0.0,
    }


def posts_of(prefix: str, on: date) -> list[Post]:
    """Accounts on the four levels, on the branch where most people live."""
    with acting(Role.JOB, EVERYWHERE, actor_id="process:demo"):
        sweep = entitlements.sweep_over(prefix)
        assert sweep is not None
        chain = [prefix]
        for level in (Level.COUNTY, Level.TOWNSHIP, Level.COMMUNITY):
            below = [r.division for r in regions.branch_of(chain[-1], level, on=on)]
            lines = entitlements.lines_of_places(below, PERSON_LINE, sweep)
            if not lines:
                break
            most = max(lines.values(), key=lambda line: (line.unserved or 0, line.division))
            chain.append(_trim(most.division, level))
    names = {"official": "李主任", "approver": "赵局长"}
    posts: list[Post] = []
    for place, tag, who in zip(
        chain, ("city", "county", "town", "community"), ("李", "孙", "周", "刘"), strict=False
    ):
        if tag in ("city", "county"):
            posts.append(Post(f"{tag}.official", f"{who}科长", "official", place))
            posts.append(
                Post(f"{tag}.approver", names["approver"] if tag == "city" else "钱局长", "approver", place)
            )
        elif tag == "town":
            posts.append(Post("town.official", f"{who}主任", "township_official", place))
        else:
            posts.append(Post("community.official", "马书记", "community_official", place))
            posts.append(Post("community.one", f"{who}干事", "grid_worker", place))
            posts.append(Post("community.two", "韩干事", "grid_worker", place))
    return [*posts, *_keepers(prefix)]


def _keepers(prefix: str) -> list[Post]:
    """The three powers, each in another hand."""
    return [
        Post("system.admin", "郑工", "system_admin", prefix),
        Post("security.officer", "吴工", "security_officer", prefix),
        Post("auditor", "冯工", "auditor", prefix),
    ]


def _trim(division: str, level: Level) -> str:
    return division[: {Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.COMMUNITY: 12}[level]]


def ensure_accounts(prefix: str, state: Path, now: datetime) -> None:
    """Make the accounts of the demonstration once, with one password of this installation.

    An installation of an older release gets the posts that came since.
    """
    path = state / f"demo-{prefix}.json"
    if path.exists():
        written = json.loads(path.read_text("utf-8"))
        known = {row[0] for row in written["staff"]}
        missing = [post for post in _keepers(prefix) if _login(post, prefix) not in known]
        if not missing and "family" in written:
            return
        secrets_made = _open(missing, prefix, written["password"], now)
    else:
        missing = posts_of(prefix, now.date())
        password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
        secrets_made = _open(missing, prefix, password, now)
        communities = [post.prefix for post in missing if post.duty == "grid_worker"]
        people = _people_to_try(communities[-1] if communities else prefix)
        written = {"password": password, "staff": [], "people": people}
    written["secrets"] = written.get("secrets", {}) | secrets_made
    written["staff"] += [[_login(post, prefix), post.name, post.duty, post.prefix] for post in missing]
    if "family" not in written:
        written["family"] = _family_to_try(written["staff"], now)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(written, file, ensure_ascii=False)


def _open(posts: list[Post], prefix: str, password: str, now: datetime) -> dict[str, str]:
    """An account and a duty for each post, from yesterday for a year; gives the secrets of their codes."""
    made: dict[str, str] = {}
    for post in posts:
        login = _login(post, prefix)
        user = accounts.open_staff_account(
            login=login, name=post.name, password=password, is_demo=True, now=now
        )
        made[login] = factors.give_demo_secret(user_id=UserId(user.pk), now=now)
        accounts.grant_duty(
            user_id=UserId(user.pk),
            duty=post.duty,
            prefix=post.prefix,
            since=now.date() - timedelta(days=1),
            until=now.date() + timedelta(days=364),
            granted_by=None,
        )
    return made


def _login(post: Post, prefix: str) -> str:
    return post.login if prefix == "1502" else f"{post.login}.{prefix}"


def _people_to_try(community: str) -> list[list[str]]:
    """Synthetic people with a phone, one of each kind: not served, served, cannot tell."""
    found: list[list[str]] = []
    with acting(Role.JOB, Scope.of(community), actor_id="process:demo"):
        kinds = (("unserved", "够条件还没领"), ("served", "正在领"), ("cannot_tell", "还算不出"))
        for group, says in kinds:
            for benefit in LISTED:
                rows = entitlements.behind(community, benefit, group).filter(person__phone__isnull=False)[:1]
                for row in rows:
                    person = people.person(PersonId(row.person_id))
                    found.append([people.phone_of(person), person.name, says])
                if rows:
                    break
    return found


def _family_to_try(staff: list[list[str]], now: datetime) -> list[list[str]]:
    """A daughter who may act for the first older person of the list, by a mandate given at the window."""
    login, _, _, community = next((row for row in staff if row[2] == "grid_worker"), [""] * 4)
    worker = colleagues.colleague_with(login, "take_leads", prefix=community, on=now.date())
    if worker is None:
        return []
    helper = Helper(
        phone=DAUGHTER,
        called="女儿",
        rights=frozenset(MandateRight.values),
        ends_on=now.date() + timedelta(days=364),
        way=MandateWay.WINDOW,
        evidence="模拟数据：见证人张三、李四",
    )
    with acting(Role.APP, Scope.of(community), actor_id=worker.label):
        for benefit in LISTED:
            rows = entitlements.behind(community, benefit, "unserved").filter(person__phone__isnull=False)
            for row in rows[:1]:
                person = people.person(PersonId(row.person_id))
                mandates.give_mandate(actor=worker, person_id=PersonId(person.pk), helper=helper, now=now)
                return [[DAUGHTER, "女儿", f"可以代{person.name}办事"]]
    return []


def words_of(summary: dict[str, object], state: Path, site: str) -> list[str]:
    """The summary and the accounts, as lines for a person at a console."""
    line = {group: summary[group][PERSON_LINE] for group in ("eligible", "served", "unserved", "cannot_tell")}  # type: ignore[index]
    lines = [
        f"模拟数据，截至 {summary['as_of']}：60 岁以上 {summary['people']:,} 人；"
        f"应享 {line['eligible']:,} 人，已享 {line['served']:,}，应享未享 {line['unserved']:,}，"
        f"无法判定 {line['cannot_tell']:,}。用时 {summary['seconds']} 秒。",
    ]
    for path in sorted(state.glob("demo-*.json")):
        written = json.loads(path.read_text("utf-8"))
        lines += [f"工作人员登录 {site}/sign-in/   密码 {written['password']}"]
        lines += ["  第二步的 6 位验证码：yiyang accounts code 用户名（每 30 秒换一个，用过的不能再用）"]
        lines += [f"  {login:24} {name}  {duty}  {prefix}" for login, name, duty, prefix in written["staff"]]
        lines += [f"老年人进入 {site}/e/   输入手机号，验证码显示在本窗口"]
        lines += [f"  {phone}  {name}  {says}" for phone, name, says in written["people"]]
        lines += [f"  {phone}  {name}  {says}" for phone, name, says in written.get("family", ())]
    return lines
