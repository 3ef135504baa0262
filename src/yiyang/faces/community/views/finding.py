"""Whom else to see: due lists, people left out, search."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.log import audit
from yiyang.engine.errors import Refused
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.selectors import live
from yiyang.faces.community import presenting
from yiyang.faces.community.forms import Search
from yiyang.faces.community.showing import (
    Choice,
    DuePage,
    DueRow,
    FoundRow,
    SearchPage,
    UnplacedGroup,
    UnplacedPage,
    UnplacedRow,
)
from yiyang.faces.community.views.registering import SEARCH_FIRST, proof_for
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import form_view
from yiyang.faces.shared.showing import Chip, LeftOut, Link, Pager, State
from yiyang.outreach import selectors as leads
from yiyang.outreach.choices import LeadState
from yiyang.outreach.selectors import Counted
from yiyang.people import selectors as people
from yiyang.people import services as registry

A_PAGE = 20
AT_MOST = 200  # rows of one group: beyond that somebody at a desk has to look
BY_NUMBER = re.compile(r"[\d\s+-]{7,}[\dXx]?")
NOBODY = State("absent", "没有这个人，或不在您的范围", "核对姓名。刚搬来的人，请街道先登记。")


@duty("take_leads")
@require_GET
def due(request: SignedIn) -> HttpResponse:
    """到期的事：探访、筛查、健康管理，按现在的情况现算."""
    now = timezone.localtime()
    on, prefix = now.date(), request.actor.prefix
    marks = entitlements.marks(on=on)
    kind = request.GET.get("k", marks.due_lists[0])
    if kind not in marks.due_lists:
        kind = marks.due_lists[0]
    asked = request.GET.get("page", "1")
    counts = live.counts_in(prefix, marks.due_lists, on=on)
    pages = max(1, -(-counts[kind][0] // A_PAGE))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() else 1
    found = live.due_in(prefix, kind, on=on, limit=A_PAGE, offset=(number - 1) * A_PAGE)
    rows = _due_rows(found.people, on)
    _note_reading(request, "read_list", {"people": len(rows), "view": kind})
    home = reverse("community:due")
    page = DuePage(
        heading=f"{marks.titles[kind]}：{found.total} 人",
        lead="按现在的情况现算，年纪大的在前。这里的人不欠钱，只是到了该看看的时候。做没做过还没有记录。",
        choices=tuple(
            Choice(marks.titles[name], f"{home}?k={name}", counts[name][0], name == kind)
            for name in marks.due_lists
        ),
        rows=rows,
        pager=Pager(
            number,
            pages,
            f"?k={kind}&page={number - 1}" if number > 1 else "",
            f"?k={kind}&page={number + 1}" if number < pages else "",
        ),
        left_out=(LeftOut(found.cannot_tell, "缺情况，现在判断不了", "上门时问清楚就能判断"),)
        if found.cannot_tell
        else (),
        empty=State("empty", f"没有人到期：{marks.titles[kind]}", "全部老人都按现在的情况算过。"),
    )
    frame = presenting.frame(request.actor, "到期", on=on, waiting=found.total)
    return render(request, "community/due.html", {"frame": frame, "page": page})


def _due_rows(found: tuple[tuple[int, str], ...], on: date) -> tuple[DueRow, ...]:
    by_id = people.people_by_id(person_id for person_id, _ in found)
    return tuple(
        DueRow(
            reverse("community:lead", kwargs={"code": by_id[person_id].code}),
            by_id[person_id].name,
            presenting.sex_age(by_id[person_id], on),
            why,
            f"{by_id[person_id].born_on:%Y} 年生",
            Chip("该去看看", "info", "clock"),
        )
        for person_id, why in found
        if person_id in by_id
    )


@duty("take_leads", "view_names")
@require_GET
def unplaced(request: SignedIn) -> HttpResponse:
    """没列在名单上的人，和原因."""
    now = timezone.localtime()
    on, prefix = now.date(), request.actor.prefix
    counted = leads.counted_in(prefix, on=on)
    groups = [
        *_homeless_of_place(prefix, on),
        *_later(prefix, on, counted),
        *_out_of_reach(prefix, on, counted),
    ]
    groups += [
        UnplacedGroup(one.why, one.people, ())
        for one in counted.left_out
        if not any(group.title == one.why for group in groups)
    ]
    _note_reading(request, "read_list", {"people": sum(len(one.rows) for one in groups), "view": "unplaced"})
    total = sum(one.count for one in groups)
    lead = "谁都不会从名单上消失：这里是没列出的人和原因。"
    if len(prefix) == presenting.COMMUNITY_DIGITS:
        lead += "住址还没有落到社区的人，由街道派到社区。"
    page = UnplacedPage(
        heading=f"{total} 人没有列在名单上" if total else "没有人被漏下",
        lead=lead,
        groups=tuple(groups),
        empty=State("empty", "没有人被漏下", "有事要办的人都在名单上。"),
    )
    frame = presenting.frame(request.actor, "没列出", on=on, waiting=total)
    return render(request, "community/unplaced.html", {"frame": frame, "page": page})


def _homeless_of_place(prefix: str, on: date) -> list[UnplacedGroup]:
    """People whose community nobody knows: the branch itself has them until somebody places them."""
    if len(prefix) == presenting.COMMUNITY_DIGITS:
        return []
    found = people.unplaced_in(prefix)
    rows = tuple(
        UnplacedRow(
            one.name,
            presenting.sex_age(one, on),
            "住址没有落到社区",
            "问清住在哪里，登记到社区后自动进名单",
            reverse("community:lead", kwargs={"code": one.code}),
            Chip("住址不清", "unknown", "pin"),
        )
        for one in found[:AT_MOST]
    )
    return [UnplacedGroup("住址没有落到社区", found.count(), rows)] if rows else []


def _count_of(counted: Counted, why: str) -> int:
    return next((one.people for one in counted.left_out if one.why == why), 0)


def _later(prefix: str, on: date, counted: Counted) -> list[UnplacedGroup]:
    """People who were told a day that has not come."""
    count = _count_of(counted, leads.LATER_WHY)
    held = leads.later_in(prefix, on=on, limit=AT_MOST) if count else []
    by_id = people.people_by_id(one.person_id for one in held)
    rows = tuple(
        UnplacedRow(
            by_id[one.person_id].name,
            presenting.sex_age(by_id[one.person_id], on),
            presenting.lead_lines(one, on)[0].text,
            f"{one.again_on:%m月%d日} 自动回到名单" if one.again_on else "",
            reverse("community:lead", kwargs={"code": by_id[one.person_id].code}),
            Chip("约好了", "info", "clock"),
        )
        for one in held
        if one.person_id in by_id
    )
    return [UnplacedGroup(leads.LATER_WHY, count, rows)] if rows else []


def _out_of_reach(prefix: str, on: date, counted: Counted) -> list[UnplacedGroup]:
    """People whose every open lead waits because they could not be reached."""
    why = leads.WHY_LEFT_OUT[LeadState.UNREACHABLE]
    count = _count_of(counted, why)
    held = leads.out_of_reach_in(prefix, limit=AT_MOST) if count else []
    by_id = people.people_by_id(one.person_id for one in held)
    rows = tuple(
        UnplacedRow(
            by_id[one.person_id].name,
            presenting.sex_age(by_id[one.person_id], on),
            presenting.lead_lines(one, on)[0].text,
            "有了消息再记一次联系，或换个办法",
            reverse("community:lead", kwargs={"code": by_id[one.person_id].code}),
            Chip("联系不上", "warn", "call"),
        )
        for one in held
        if one.person_id in by_id
    )
    return [UnplacedGroup(why, count, rows)] if rows else []


@duty("take_leads")
@require_http_methods(["GET", "POST"])
def search(request: SignedIn) -> HttpResponse:
    """找人：只在自己的范围里；查找会留痕."""
    if request.method == "GET":
        return _search_page(request, Search())
    form = Search(request.POST)
    if not form.is_valid():
        return _search_page(request, form, status=400)
    text = form.cleaned_data["q"].strip()
    born_on = form.cleaned_data["born_on"]
    one_community = len(request.actor.prefix) == presenting.COMMUNITY_DIGITS
    if not (one_community or BY_NUMBER.fullmatch(text) or (born_on and not text.isdigit())):
        form.add_error("q", "您的范围不止一个社区，请用身份证号或手机号找，或者加上出生日期")
        return _search_page(request, form, status=400)
    # The words themselves may be somebody's ID number: only a keyed hash of them is kept.
    terms = salted_hmac("yiyang.search", text, algorithm="sha256").hexdigest()[:16]
    try:
        found = registry.search_people(
            actor=request.actor,
            text=text,
            scope=request.actor.scope,
            born_on=born_on,
            terms=terms,
            face="w",
            now=timezone.localtime(),
        )
    except Refused as refusal:
        form.add_error("q", refusal.message)
        return _search_page(request, form, status=429 if refusal.status == 429 else 400)
    on = timezone.localdate()
    rows = tuple(
        FoundRow(
            reverse("community:lead", kwargs={"code": one.code}),
            one.name,
            presenting.sex_age(one, on),
            f"{one.born_on:%Y} 年生",
        )
        for one in found
    )
    said = f"找到 {len(rows)} 人" + ("，只列前 50 人" if len(rows) >= people.SEARCH_LIMIT else "")
    return _search_page(request, form, rows=rows, found=said if rows else "", state=None if rows else NOBODY)


def _search_page(
    request: SignedIn,
    form: Search,
    *,
    status: int = 200,
    rows: tuple[FoundRow, ...] = (),
    found: str = "",
    state: State | None = None,
) -> HttpResponse:
    frame = presenting.frame(request.actor, "找人", on=timezone.localdate())
    view = form_view(form, action=request.path, verb="找")
    page = SearchPage(
        "找人",
        f"只在{frame.place.here}里找。查找会留痕。",
        view,
        rows,
        state,
        found,
        register=_register(request) if state or rows else None,
        notice=SEARCH_FIRST if "first" in request.GET else None,
    )
    return render(request, "community/search.html", {"frame": frame, "page": page}, status=status)


def _register(request: SignedIn) -> Link | None:
    """Offered after a search only, and to those who may."""
    if not request.actor.may("register_people"):
        return None
    proof = urlencode({"proof": proof_for(request.actor)})
    return Link("都不是，登记新的人", f"{reverse('community:register')}?{proof}")


def _note_reading(request: SignedIn, action: str, detail: dict[str, object]) -> None:
    audit.record(
        actor=request.actor,
        action=action,
        now=timezone.localtime(),
        division=request.actor.prefix,
        face="w",
        request_id=getattr(request, "request_id", None),
        detail=detail,
    )
