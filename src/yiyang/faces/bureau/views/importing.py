from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiyang.base.log import audit
from yiyang.engine.errors import Conflict, Forbidden, Refused
from yiyang.exchange import returning, selectors, services
from yiyang.exchange.kinds import KINDS, kind_of
from yiyang.exchange.services import Upload
from yiyang.faces.bureau.forms import DeclineImport, UploadImport
from yiyang.faces.bureau.import_showing import UploadPage
from yiyang.faces.bureau.presenting import import_tickets as tickets
from yiyang.faces.bureau.presenting import imports as pages
from yiyang.faces.bureau.presenting.desk import Desk, NotHere, address, code_of, desk_of, frame_of
from yiyang.faces.shared.access import SignedIn, duty
from yiyang.faces.shared.fields import Field, form_view
from yiyang.faces.shared.showing import Link, Notice
from yiyang.people.choices import Source

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
DONE = {
    "received": Notice("文件已收到。", "ok", "系统在后台检查，不用等在这里。"),
    "known": Notice("这份文件以前传过，没有再收一次。", "info", "下面是那一次的情况。"),
    "approved": Notice("已通过。", "ok", "系统在后台入库。"),
    "declined": Notice("已退回。", "ok", "没有改动任何人的档案。"),
}
SENT_BACK = "看清这三点：一份文件只放一类数据；表头用模板里的列名；身份证号、电话、区划代码三列设成“文本”"


@duty("view_imports")
@require_GET
def imports(request: SignedIn) -> HttpResponse:
    """来文."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    page = pages.imports_page(
        desk,
        list(selectors.batches_in(desk.prefix)[: pages.MOST]),
        list(selectors.feeds_in(desk.prefix)),
        selectors.tickets_in(desk.prefix).count(),
    )
    return render(request, "bureau/imports.html", {"frame": _frame(desk), "page": page})


@duty("import_data")
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """上传来文."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    form = UploadImport(
        request.POST if request.method == "POST" else None,
        kinds=[(kind.code, kind.title) for kind in KINDS.values()],
        sources=list(tickets.SOURCES),
        today=desk.today,
        initial={"as_of": f"{desk.today}", "kind": request.GET.get("kind", "")},
    )
    if request.method == "GET":
        return _form_page(request, desk, form)
    file = request.FILES.get("file")
    if not form.is_valid() or not isinstance(file, UploadedFile) or file.file is None:
        missing = "" if file else "请选要上传的文件"
        return _form_page(request, desk, form, file_error=missing, status=400)
    try:
        received = services.receive_file(
            actor=request.actor, upload=_upload(request, form, file.name or ""), file=file.file, now=desk.now
        )
    except Refused as refusal:
        return _form_page(request, desk, form, file_error=refusal.message, status=refusal.status)
    done = "known" if received.known else "received"
    return redirect(address("import", received.batch.code, done=done))


def _upload(request: SignedIn, form: UploadImport, name: str) -> Upload:
    return Upload(
        kind=form.cleaned_data["kind"],
        source=Source(form.cleaned_data["source"]),
        as_of=form.cleaned_data["as_of"],
        name=name,
        prefix=request.actor.prefix,
    )


def _form_page(
    request: SignedIn, desk: Desk, form: UploadImport, *, file_error: str = "", status: int = 200
) -> HttpResponse:
    view = form_view(
        form, action=address("import_new"), verb="上传", cancel=Link("不传了", address("imports"))
    )
    chosen = Field("file", "文件", hint=f"xlsx、csv 或 json，最大 200 MB。{SENT_BACK}", error=file_error)
    page = UploadPage(
        heading="上传来文",
        lead=f"{desk.branch.name}。传上来的先检查、再由另一位同事复核，这以前不改动任何人的档案。",
        form=replace(view, fields=(chosen, *view.fields)),
    )
    return render(request, "bureau/import_new.html", {"frame": _frame(desk), "page": page}, status=status)


@duty("view_imports")
@require_GET
def template(request: SignedIn, kind: str) -> HttpResponse:
    """下载模板."""
    del request  # nothing in a template depends on who asks
    if kind not in KINDS:
        raise NotHere(f"no kind {kind}")
    with tempfile.TemporaryDirectory(prefix="yiyang-template-") as folder:
        path = Path(folder) / "template.xlsx"
        returning.write_template(kind_of(kind), path)
        content = path.read_bytes()
    return _file(content, "xlsx", f"template-{kind}")


@duty("view_imports")
@require_GET
def batch(request: SignedIn, code: str) -> HttpResponse:
    """一份来文."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    return _page(request, desk, code, notice=DONE.get(request.GET.get("done", "")))


@duty("approve_import")
@require_POST
def approve(request: SignedIn, code: str) -> HttpResponse:
    """复核通过."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found = selectors.batch_of(code_of(code))
    try:
        services.approve_batch(actor=request.actor, batch_id=found.pk, now=desk.now)
    except (Forbidden, Conflict) as refusal:
        return _page(request, desk, code, notice=_not_done(refusal.message), status=refusal.status)
    return redirect(address("import", code, done="approved"))


@duty("approve_import")
@require_POST
def decline(request: SignedIn, code: str) -> HttpResponse:
    """整份退回."""
    desk = desk_of(request.actor, "", now=timezone.localtime())
    found, form = selectors.batch_of(code_of(code)), DeclineImport(request.POST)
    if not form.is_valid():
        return _page(request, desk, code, form=form, status=400)
    try:
        services.decline_batch(
            actor=request.actor, batch_id=found.pk, why=form.cleaned_data["why"], now=desk.now
        )
    except (Forbidden, Conflict, Refused) as refusal:
        return _page(request, desk, code, notice=_not_done(refusal.message), status=refusal.status)
    return redirect(address("import", code, done="declined"))


@duty("import_data")
@require_GET
def rejected(request: SignedIn, code: str) -> HttpResponse:
    """下载退回的行."""
    found, now = selectors.batch_of(code_of(code)), timezone.localtime()
    with tempfile.TemporaryDirectory(prefix="yiyang-rejected-") as folder:
        path = Path(folder) / "rejected"
        count = returning.write_rejected(found, path)
        content = path.read_bytes()
    audit.record(
        actor=request.actor, action="export", now=now, subject=("batch", found.pk), division=found.division,
        face="g", purpose="退回来文的行", request_id=getattr(request, "request_id", None),
        detail={"rows": count},
    )  # fmt: skip
    return _file(content, found.format, f"rejected-{str(found.code)[:6]}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _not_done(message: str) -> Notice:
    return Notice(f"没有办成：{message}", "bad", "下面是现在的样子。", blocks=True)


def _page(
    request: SignedIn,
    desk: Desk,
    code: str,
    *,
    form: DeclineImport | None = None,
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    page = pages.import_page(desk, selectors.batch_of(code_of(code)), form)
    context = {"frame": _frame(desk, notice), "page": page}
    return render(request, "bureau/import.html", context, status=status)


def _frame(desk: Desk, notice: Notice | None = None) -> object:
    return frame_of(desk, "imports", lambda prefix: address("overview", place=prefix), notice=notice)
