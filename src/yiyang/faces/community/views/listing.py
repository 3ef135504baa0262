"""The list of a community, and taking a household."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from yiyang.accounts import selectors as accounts
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.entitlements import selectors as entitlements
from yiyang.faces.community import presenting
from yiyang.faces.community.showing import Choice, ListPage, PersonLeads
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Frame, LeftOut, Link, Notice, Pager, State
from yiyang.outreach import selectors as leads
from yiyang.outreach import services as outreach
from yiyang.outreach.guards import AlreadyTaken, NothingOpen
from yiyang.outreach.selectors import Counted, Household, View
from yiyang.people import selectors as people
from yiyang.regions import selectors as regions

A_PAGE = 20


@duty("take_leads")
@require_GET
def todays_list(request: SignedIn) -> HttpResponse:
    """今天的名单."""
    return show_list(request, now=timezone.localtime())


@duty("take_leads")
@require_POST
def take(request: SignedIn, code: UUID) -> HttpResponse:
    """我来办：这一户的事一起接."""
    now = timezone.localtime()
    person = people.person_of(code)
    try:
        outreach.take_leads(actor=request.actor, person_id=PersonId(person.pk), now=now)
    except (AlreadyTaken, NothingOpen) as refusal:
        notice = Notice(f"{person.name}：{refusal.message}", "bad", blocks=True)
        return show_list(request, now=now, notice=notice, status=refusal.status)
    return redirect(f"{reverse('community:lead', kwargs={'code': code})}?said=taken")


@duty("take_leads")
@require_POST
def give_back(request: SignedIn, code: UUID) -> HttpResponse:
    """交回名单，别的同事可以接."""
    person = people.person_of(code)
    outreach.give_back(actor=request.actor, person_id=PersonId(person.pk), now=timezone.localtime())
    return redirect(f"{reverse('community:list')}?{urlencode({'back': f'{code}'})}")


def show_list(
    request: SignedIn, *, now: datetime, notice: Notice | None = None, status: int = 200
) -> HttpResponse:
    """The list, perhaps with what has just happened above it."""
    actor, on = request.actor, now.date()
    view = _view(request)
    counted = leads.counted_in(actor.prefix, actor.user_id, on=on)
    following = counted.following if view is View.ALL else None
    pager = _pager(request, view, counted.of(view) - (following is not None))
    shown = leads.listed_in(
        actor.prefix,
        on=on,
        limit=A_PAGE,
        offset=(pager.number - 1) * A_PAGE,
        view=view,
        user_id=actor.user_id,
        first=following,
    )
    cards = _cards(request, shown, on)
    audit.record(
        actor=actor,
        action="read_list",
        now=now,
        division=actor.prefix,
        face="w",
        request_id=getattr(request, "request_id", None),
        detail={"people": len(cards), "view": view.name.lower()},
    )
    frame = presenting.frame(actor, "名单", on=on, waiting=counted.listed, notice=notice)
    leading = following is not None and pager.number == 1 and cards
    first, others = (cards[0], cards[1:]) if leading else (None, cards)
    start = (pager.number - 1) * A_PAGE + (2 if following is not None else 1)
    page = _page(counted, frame, view, pager, first, tuple(others), start)
    return render(request, "community/list.html", {"frame": frame, "page": page}, status=status)


def _view(request: SignedIn) -> View:
    """The view asked for; a word that makes no sense is everybody."""
    asked = request.GET.get("v", "")
    return View(asked) if asked in set(View) else View.ALL


def _pager(request: SignedIn, view: View, people: int) -> Pager:
    """The page asked for; a number that makes no sense is the first page."""
    pages = max(1, -(-people // A_PAGE))
    asked = request.GET.get("page", "1")
    number = min(max(int(asked), 1), pages) if asked.isdecimal() else 1

    def to(page: int) -> str:
        return f"?{urlencode({'v': view, 'page': f'{page}'} if view else {'page': f'{page}'})}"

    return Pager(
        number, pages, to(number - 1) if number > 1 else "", to(number + 1) if number < pages else ""
    )


def _cards(request: SignedIn, households: list[Household], on: date) -> list[PersonLeads]:
    found = people.people_by_id(one.person_id for one in households)
    names = accounts.names_of(
        one.taken_by for one in households if one.taken_by not in (None, request.actor.user_id)
    )
    wide = len(request.actor.prefix) < presenting.COMMUNITY_DIGITS
    places = regions.names_of({one.division for one in found.values()}, on=on) if wide else {}
    about = entitlements.calls_about(one.person_id for one in households if one.asked_for)
    return [
        presenting.card(
            one,
            found[one.person_id],
            actor=request.actor,
            names=names,
            place=places.get(found[one.person_id].division, ""),
            on=on,
            about=about.get(one.person_id, ""),
        )
        for one in households
        if one.person_id in found
    ]


def _page(
    counted: Counted,
    frame: Frame,
    view: View,
    pager: Pager,
    first: PersonLeads | None,
    others: tuple[PersonLeads, ...],
    start: int,
) -> ListPage:
    titles = {View.ALL: "全部", View.MINE: "我在办", View.UNSERVED: "没领到", View.UNASSESSED: "缺评估"}
    home, out_of_list = reverse("community:list"), reverse("community:unplaced")
    return ListPage(
        heading=f"{counted.listed} 人该去看看" if counted.listed else "今天没有要去的人",
        lead=f"本人来问过的排最前，其余按金额从多到少、拖得久的在前。{_swept(frame)}",
        choices=tuple(
            Choice(text, f"{home}?v={one}" if one else home, counted.of(one), view is one)
            for one, text in titles.items()
        ),
        following=first,
        others=others,
        pager=pager,
        left_out=tuple(LeftOut(one.people, one.why, "看原因", out_of_list) for one in counted.left_out),
        empty=_empty(counted, frame),
        start=start,
    )


def _swept(frame: Frame) -> str:
    return f"{frame.place.as_of:%m月%d日}核算过全部老人。" if frame.place.as_of else "还没有核算过。"


def _empty(counted: Counted, frame: Frame) -> State:
    due = Link("看到期的事", reverse("community:due"))
    if counted.listed:
        return State("empty", "没有排在下一个的人", "名单上的人都有人在办，或者约好了再去。", due)
    return State("empty", f"{frame.place.here}没有人应享未享，也没有人缺评估", _swept(frame), due)
