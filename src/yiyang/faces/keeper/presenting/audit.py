"""The log as the auditor reads it: a line a row, names of places, people by their code only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from yiyang.accounts import selectors as accounts
from yiyang.accounts.duties import DUTIES
from yiyang.base.log import chain, trails
from yiyang.base.log.trails import COUNTED_TO, Looked, Wanted
from yiyang.faces.keeper.forms import FACES, Search
from yiyang.faces.keeper.presenting.desk import address
from yiyang.faces.keeper.presenting.words import at_words
from yiyang.faces.keeper.showing import LogPage, LogRow, LookersPage, Table
from yiyang.faces.shared.acts import act_words
from yiyang.faces.shared.fields import Field, FormView, form_view
from yiyang.faces.shared.showing import Chip, Fact, Link, State
from yiyang.people import selectors as people
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.base.models import AuditEntry

A_PAGE, MOST_EXPORTED = 50, 20_000
FACE_WORDS = dict(FACES)
NOTHING = State("empty", "没有这样的记录", "条件放宽一些再查；范围外的记录在这里看不到。")
WRONG = State("empty", "条件要改", "改好上面标出的地方再查。")
ACCOUNTS = ("account", "user")
FIELD_WORDS = {
    "id_number": "身份证号", "phone": "电话", "address": "住址", "facts": "情况", "answers": "待遇",
    "appeal": "申诉", "password": "密码", "name": "姓名", "division": "居住地", "is_active": "在用",
}  # fmt: skip
KINDS = {"person": "老人", "account": "账号", "user": "账号", "revision": "修订", "alert": "提醒"}
HEADS = (
    "时间",
    "谁",
    "账号",
    "职责",
    "做了什么",
    "关于",
    "档案号",
    "地方",
    "用途",
    "理由",
    "字段",
    "地址",
    "请求号",
)


def wanted_of(form: Search) -> Wanted:
    """The conditions of a valid form; a code that nobody has finds nothing."""
    said = form.cleaned_data
    subject = None
    if said["person"]:
        subject = ("person", people.ids_behind(said["person"]))
    return Wanted(
        subject,
        said["actor"].strip(),
        said["action"],
        said["place"],
        said["face"],
        said["since"],
        said["until"],
    )


def log_page(form: Search, query: Mapping[str, str], below: int | None, now: datetime) -> LogPage:
    """One page of lines and the state of the seals."""
    filters = form_view(form, action=address("audit"), verb="查", cancel=Link("清空", address("audit")))
    if not form.is_valid():
        return LogPage("查记录", _lead(), filters, (), "没有查", WRONG, chain=chain_facts(now.date()))
    wanted = wanted_of(form)
    entries, older = trails.page_of(wanted, below=below, size=A_PAGE)
    n = trails.count_of(wanted)
    counted = f"多于 {COUNTED_TO:,} 条" if n >= COUNTED_TO else f"共 {n:,} 条"
    return LogPage(
        heading=f"查记录：{counted}",
        lead=_lead(),
        filters=filters,
        rows=rows_of(entries, now.date()),
        counted=f"{counted}，本页 {len(entries)} 条，最近的在上",
        empty=NOTHING,
        newest=address("audit", **query) if below is not None else "",
        older=address("audit", **query, below=older) if older else "",
        export=_export_form(form),
        chain=chain_facts(now.date()),
    )


def _lead() -> str:
    return "老人只有档案号，没有姓名：要知道是谁，拿档案号去问业务部门。您查了什么也会记下来。"


def _export_form(form: Search) -> FormView:
    """The same conditions once more, sent by a button: an export is an act."""
    kept = form_view(form, action=address("audit_export"), verb=f"导出 CSV（最多 {MOST_EXPORTED:,} 条）")
    hidden = tuple(Field(one.name, one.label, "hidden", one.value) for one in kept.fields)
    return FormView(kept.action, kept.verb, hidden)


def rows_of(entries: Sequence[AuditEntry], today: date) -> tuple[LogRow, ...]:
    """Finished words; three statements, however many lines."""
    about = _About.of(entries, today)
    return tuple(about.row(entry, today) for entry in entries)


@dataclass(frozen=True)
class _About:
    """What the lines of one page name: accounts, places, codes of people."""

    names: Mapping[int, str]
    places: Mapping[str, str]
    codes: Mapping[int, UUID]

    @classmethod
    def of(cls, entries: Sequence[AuditEntry], on: date) -> _About:
        subjects = {e.subject_id for e in entries if e.subject_kind == "person" and e.subject_id is not None}
        divisions = {e.division.ljust(12, "0") for e in entries if e.division}
        held = {e.subject_id for e in entries if e.subject_kind in ACCOUNTS}
        names = accounts.names_of(trails.actors_of(entries) | held)
        return cls(names, regions.names_of(divisions, on=on), people.codes_by_id(subjects))

    def who(self, entry: AuditEntry) -> str:
        if entry.actor_name:
            return entry.actor_name
        number = entry.actor.partition(":")[2]
        return self.names.get(int(number), entry.actor) if number.isdigit() else entry.actor

    def person(self, entry: AuditEntry) -> str:
        code = self.codes.get(entry.subject_id or 0) if entry.subject_kind == "person" else None
        return str(code) if code else ""

    def thing(self, entry: AuditEntry, code: str) -> str:
        """What kind of thing, and which: a person by her code, an account by the name of who holds it."""
        if not entry.subject_kind:
            return ""
        number = entry.subject_id or 0
        held = self.names.get(number, "") if entry.subject_kind in ACCOUNTS else ""
        return (
            f"{KINDS.get(entry.subject_kind, entry.subject_kind)} {code[:8] or held or number or ''}".strip()
        )

    def place(self, entry: AuditEntry) -> str:
        return self.places.get(entry.division.ljust(12, "0"), entry.division) if entry.division else ""

    def row(self, entry: AuditEntry, today: date) -> LogRow:
        duty = DUTIES.get(entry.duty)
        code = self.person(entry)
        fields = "、".join(FIELD_WORDS.get(str(one), str(one)) for one in entry.fields)
        about = "：".join(part for part in (self.thing(entry, code), fields) if part)
        why = "，".join(part for part in (_purpose(entry), entry.reason) if part)
        where = "，".join(part for part in (FACE_WORDS.get(entry.face, entry.face), entry.ip) if part)
        return LogRow(
            at_words(entry.at, today), self.who(entry), duty.title if duty else entry.actor,
            act_words(entry.action), about, address("lookers", code) if code else "",
            self.place(entry), why, where,
        )  # fmt: skip


def _purpose(entry: AuditEntry) -> str:
    """The purpose somebody chose; the address of a page is none."""
    return "" if entry.purpose.startswith("/") else entry.purpose


def export_lines(entries: Sequence[AuditEntry], today: date) -> list[tuple[str, ...]]:
    """The same for a spreadsheet, with nothing shortened."""
    about = _About.of(entries, today)
    return [
        (
            entry.at.isoformat(), about.who(entry), entry.actor, entry.duty, entry.action,
            f"{entry.subject_kind} {entry.subject_id or ''}".strip(), about.person(entry), entry.division,
            entry.purpose, entry.reason, "、".join(map(str, entry.fields)), entry.ip,
            str(entry.request_id or ""),
        )
        for entry in entries
    ]  # fmt: skip


def chain_facts(today: date) -> tuple[Fact, ...]:
    """How the log stands under seal: the last seal, what is not under it yet, the last proof."""
    top, proof = chain.newest(), trails.last_proof()
    if top is None:
        return (Fact("封条", None, "后台程序每分钟封一次"), _proof_fact(proof, today))
    waiting = chain.unsealed(top.to_id)
    late = Chip("请查后台程序", "bad") if waiting > COUNTED_TO else None
    return (
        Fact("最近一次封", f"第 {top.no:,} 块，到第 {top.to_id:,} 条", at_words(top.sealed_at, today)),
        Fact("还没封的", f"{waiting:,} 条", "每分钟封一次", chip=late),
        Fact("块的指纹", bytes(top.hash).hex()[:16], "与存在外面的封条对照"),
        _proof_fact(proof, today),
    )  # fmt: skip


def _proof_fact(proof: AuditEntry | None, today: date) -> Fact:
    if proof is None:
        return Fact("最近一次核对", None, "每晚核对一次，也可以用命令 yiyang audit verify")
    faults = len(proof.detail.get("faults", []))
    chip = Chip(f"{faults} 处不符", "bad") if faults else Chip("与封条一致", "ok")
    return Fact("最近一次核对", f"{proof.detail.get('rows', 0):,} 条", at_words(proof.at, today), chip=chip)


def lookers_page(code: UUID, found: Sequence[Looked], today: date) -> LookersPage:
    """Everybody who opened or changed something of one person."""
    rows = tuple(
        (
            one.actor_name or one.actor,
            DUTIES[one.duty].title if one.duty in DUTIES else "系统",
            f"{one.times:,}",
            at_words(one.first, today),
            at_words(one.last, today),
        )
        for one in found
    )
    return LookersPage(
        heading=f"档案号 {str(code)[:8]}：{len(rows)} 个人看过或办过",
        lead="按最近一次排。本人可以索要这张表。",
        table=Table(
            "谁看过",
            "含系统自动办的",
            ("谁", "职责", "次数", "第一次", "最近一次"),
            rows,
            State("empty", "没有人看过", "没有这个档案号，或不在您的范围，或还没有人打开过。"),
            frozenset({2}),
        ),
        all_lines=address("audit", person=code),
    )
