from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.engine.errors import Conflict, Refused
from yiyang.exchange import selectors, services
from yiyang.faces.bureau.forms import TAKE, SettleTicket
from yiyang.faces.bureau.presenting import import_tickets as pages
from yiyang.faces.bureau.presenting.desk import Desk, address, code_of, desk_of, frame_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.showing import Notice
from yiyang.people import selectors as people

if TYPE_CHECKING:
    from yiyang.exchange.models import Ticket

DONE = Notice("判断已记下。", "ok", "理由永远保留。")


@duty("view_imports")
@require_GET
def tickets(request: SignedIn) -> HttpResponse:
    """等人判断的."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found = selectors.tickets_in(desk.prefix)
    page = pages.tickets_page(desk, list(found[: pages.MOST]), found.count())
    notice = DONE if request.GET.get("done") else None
    return render(request, "bureau/import_tickets.html", {"frame": _frame(desk, notice), "page": page})


@duty("settle_imports")
@require_http_methods(["GET", "POST"])
def ticket(request: SignedIn, code: str) -> HttpResponse:
    """判断一条."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found = selectors.ticket_of(code_of(code))
    if request.method == "GET":
        _note_reading(request, desk, found)
        return _page(request, desk, found, None)
    form = SettleTicket(request.POST)
    if not form.is_valid():
        return _page(request, desk, found, form, status=400)
    try:
        services.settle_ticket(
            actor=request.actor,
            ticket_id=found.pk,
            take=form.cleaned_data["outcome"] == TAKE,
            why=form.cleaned_data["why"],
            now=desk.now,
        )
    except Refused as refusal:
        form.add_error("why", refusal.message)
        return _page(request, desk, found, form, status=422)
    except Conflict as conflict:
        again = selectors.ticket_of(code_of(code))
        notice = Notice(f"没有记下：{conflict.message}", "bad", "下面是现在的样子。", blocks=True)
        return _page(request, desk, again, None, status=409, notice=notice)
    return redirect(address("import_tickets", done="settled"))


def _page(
    request: SignedIn,
    desk: Desk,
    found: Ticket,
    form: SettleTicket | None,
    *,
    status: int = 200,
    notice: Notice | None = None,
) -> HttpResponse:
    page = pages.ticket_page(desk, found, people.person(PersonId(found.person_id)), form)
    context = {"frame": _frame(desk, notice), "page": page}
    return render(request, "bureau/import_ticket.html", context, status=status)


def _frame(desk: Desk, notice: Notice | None = None) -> object:
    return frame_of(desk, "imports", lambda prefix: address("overview", place=prefix), notice=notice)


def _note_reading(request: SignedIn, desk: Desk, found: Ticket) -> None:
    audit.record(
        actor=request.actor,
        action="read_person",
        now=desk.now,
        subject=("person", found.person_id),
        division=found.division,
        face="g",
        purpose="判断来文",
        request_id=getattr(request, "request_id", None),
        fields=tuple(found.fields),
    )
