from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yiyang.base.log import audit, trails
from yiyang.base.log.trails import Wanted
from yiyang.engine.tabling.opening import Format
from yiyang.engine.tabling.writing import write_table
from yiyang.faces.keeper.forms import Search
from yiyang.faces.keeper.presenting import audit as pages
from yiyang.faces.keeper.presenting.desk import frame_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.people import selectors as people

LONGEST_ID = 18


@duty("read_audit")
@require_GET
def log(request: SignedIn) -> HttpResponse:
    """查记录：筛选、翻页、封条."""
    now, form = timezone.localtime(), Search(request.GET)
    query = {name: request.GET.get(name, "") for name in form.fields}
    number = request.GET.get("below", "")
    below = int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_ID else None
    page = pages.log_page(form, query, below, now)
    if form.is_valid():
        _note(request, "read_audit", pages.wanted_of(form), now, rows=len(page.rows))
    frame = frame_of(request.actor, "audit", now=now)
    status = 200 if form.is_valid() else 400
    return render(request, "keeper/audit.html", {"frame": frame, "page": page}, status=status)


@duty("read_audit")
@require_GET
def lookers(request: SignedIn, code: UUID) -> HttpResponse:
    """谁看过这个人."""
    now = timezone.localtime()
    ids = people.ids_behind(code)
    found = trails.who_looked_at("person", ids)
    _note(request, "read_audit", Wanted(subject=("person", ids)), now, rows=len(found))
    page = pages.lookers_page(code, found, now.date())
    return render(
        request, "keeper/lookers.html", {"frame": frame_of(request.actor, "audit", now=now), "page": page}
    )


@duty("read_audit")
@require_POST
def export(request: SignedIn) -> HttpResponse:
    """导出筛选出的记录：CSV，格子里没有公式."""
    now, form = timezone.localtime(), Search(request.POST)
    if not form.is_valid():
        page = pages.log_page(form, {}, None, now)
        frame = frame_of(request.actor, "audit", now=now)
        return render(request, "keeper/audit.html", {"frame": frame, "page": page}, status=400)
    wanted = pages.wanted_of(form)
    entries = list(trails.matching(wanted)[: pages.MOST_EXPORTED])
    _note(request, "exported_audit", wanted, now, rows=len(entries))
    with tempfile.TemporaryDirectory(prefix="yiyang-log-") as folder:
        path = Path(folder) / "log.csv"
        write_table(path, Format.CSV, pages.HEADS, pages.export_lines(entries, now.date()))
        content = path.read_bytes()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="yiyang-log-{now:%Y%m%d-%H%M%S}.csv"'
    return response


def _note(request: SignedIn, action: str, wanted: Wanted, now: datetime, *, rows: int) -> None:
    """Whoever reads the log stands in it: what was asked for, how many lines were seen."""
    kind, ids = wanted.subject or ("", ())
    subject = (kind, ids[0]) if ids else None
    asked = {
        "actor": wanted.actor, "action": wanted.action, "place": wanted.prefix, "face": wanted.face,
        "since": f"{wanted.since or ''}", "until": f"{wanted.until or ''}",
    }  # fmt: skip
    audit.record(
        actor=request.actor, action=action, now=now, subject=subject, face="k",
        detail={"rows": rows, **{name: value for name, value in asked.items() if value}},
    )  # fmt: skip
