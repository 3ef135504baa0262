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
from yiyang.base import audit
from yiyang.base.ids import PersonId
from yiyang.faces.community import presenting
from yiyang.faces.community.showing import Choice, ListPage, PersonLeads
from yiyang.faces.community.worklist import Worklist, worklist_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Frame, LeftOut, Link, Notice, Pager, State
from yiyang.outreach import selectors as leads
from yiyang.outreach import services as outreach
from yiyang.outreach.guards import AlreadyTaken, NothingOpen
from yiyang.outreach.selectors import Household
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
    worklist = worklist_of(actor.prefix)
    view = request.GET.get("v", "")
    chosen = _chosen(worklist, view, request)
    following = worklist.following(actor.user_id) if not view else None
    rest = [one for one in chosen if following is None or one.person_id != following.person_id]
    pager, shown = _paged(rest, request, view)
    leading = [following] if following is not None and pager.number == 1 else []
    cards = _cards(request, [*leading, *shown], on)
    audit.record(
        actor=actor,
        action="read_list",
        now=now,
        division=actor.prefix,
        face="w",
        request_id=getattr(request, "request_id", None),
        detail={"people": len(cards), "view": view or "all"},
    )
    frame = presenting.frame(actor, "名单", on=on, waiting=len(worklist.people), notice=notice)
    first, others = (cards[0], cards[1:]) if leading and cards else (None, cards)
    page = _page(request, worklist, frame, view, pager, first, tuple(others))
    return render(request, "community/list.html", {"frame": frame, "page": page}, status=status)


def _chosen(worklist: Worklist, view: str, request: SignedIn) -> list[Household]:
    views = {
        "mine": worklist.mine(request.actor.user_id),
        "unserved": worklist.unserved,
        "assess": worklist.unassessed,
    }
    return views.get(view, list(worklist.people))


def _paged(rest: list[Household], request: SignedIn, view: str) -> tuple[Pager, list[Household]]:
    """The page asked for; a number that makes no sense is the first page."""
    pages = max(1, -(-len(rest) // A_PAGE))
    asked = request.GET.get("page", "1")
    number = min(max(int(asked), 1), pages) if asked.isdecimal() else 1

    def to(page: int) -> str:
        return f"?{urlencode({'v': view, 'page': f'{page}'} if view else {'page': f'{page}'})}"

    pager = Pager(
        number, pages, to(number - 1) if number > 1 else "", to(number + 1) if number < pages else ""
    )
    return pager, rest[(number - 1) * A_PAGE : number * A_PAGE]


def _cards(request: SignedIn, households: list[Household], on: date) -> list[PersonLeads]:
    found = people.people_by_id(one.person_id for one in households)
    names = accounts.names_of(
        one.taken_by for one in households if one.taken_by not in (None, request.actor.user_id)
    )
    wide = len(request.actor.prefix) < presenting.COMMUNITY_DIGITS
    places = regions.names_of({one.division for one in found.values()}, on=on) if wide else {}
    return [
        presenting.card(
            one,
            found[one.person_id],
            actor=request.actor,
            names=names,
            place=places.get(found[one.person_id].division, ""),
            on=on,
        )
        for one in households
        if one.person_id in found
    ]


def _page(
    request: SignedIn,
    worklist: Worklist,
    frame: Frame,
    view: str,
    pager: Pager,
    first: PersonLeads | None,
    others: tuple[PersonLeads, ...],
) -> ListPage:
    counts = (
        ("全部", "", len(worklist.people)),
        ("我在办", "mine", len(worklist.mine(request.actor.user_id))),
        ("没领到", "unserved", len(worklist.unserved)),
        ("缺评估", "assess", len(worklist.unassessed)),
    )
    home = reverse("community:list")
    return ListPage(
        heading=f"{len(worklist.people)} 人该去看看" if worklist.people else "今天没有要去的人",
        lead=f"本人来问过的排最前，其余按金额从多到少、拖得久的在前。{_counted(frame)}",
        choices=tuple(
            Choice(text, f"{home}?v={key}" if key else home, count, view == key)
            for text, key, count in counts
        ),
        following=first,
        others=others,
        pager=pager,
        left_out=_left_out(request.actor.prefix),
        empty=_empty(worklist, frame),
        start=(pager.number - 1) * A_PAGE
        + (2 if worklist.following(request.actor.user_id) and not view else 1),
    )


def _left_out(prefix: str) -> tuple[LeftOut, ...]:
    """Everybody with an open lead who does not stand on the list, counted by reason."""
    href = reverse("community:unplaced")
    return tuple(LeftOut(one.people, one.why, "看原因", href) for one in leads.left_out_of(prefix))


def _counted(frame: Frame) -> str:
    return f"{frame.place.as_of:%m月%d日}核算过全部老人。" if frame.place.as_of else "还没有核算过。"


def _empty(worklist: Worklist, frame: Frame) -> State:
    due = Link("看到期的事", reverse("community:due"))
    if worklist.people:
        return State("empty", "没有排在下一个的人", "名单上的人都有人在办，或者约好了再去。", due)
    return State("empty", f"{frame.place.here}没有人应享未享，也没有人缺评估", _counted(frame), due)
