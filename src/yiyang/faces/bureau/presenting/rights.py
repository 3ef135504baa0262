"""Cases about people's own data: by deadline; one case with what was done for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms

from yiyang.faces.bureau.forms import LEAST_ANSWER, Worded
from yiyang.faces.bureau.law_showing import AppealRow, AppealsPage
from yiyang.faces.bureau.presenting.desk import Desk, address
from yiyang.faces.bureau.presenting.people import name_for
from yiyang.faces.bureau.presenting.words import Names, at_words, day_words, deadline_chip, sex_age
from yiyang.faces.shared.fields import FormView, form_view, with_notes
from yiyang.faces.shared.showing import Chip, Event, Fact, Link, State
from yiyang.people import selectors as people
from yiyang.people.choices import Asker, Purpose, RightChannel, RightKind, RightState

if TYPE_CHECKING:
    from yiyang.people.models import Person, RightsCase

MOST_ANSWERED = 50
CHIPS = {
    RightState.DONE: Chip("已办", "ok"),
    RightState.REFUSED: Chip("不能办", "quiet"),
    RightState.WITHDRAWN: Chip("本人不办了", "quiet", "x"),
}
ADVICE = {
    RightKind.COPY: "答复时系统把各处登记的资料做成一份，本人在自己的页面上看和下载",
    RightKind.CORRECT: "先在档案里登记更正，再来答复；没有查到改动不能答复",
    RightKind.DELETE: "答复时删去电话、住址、户号；法定要留的会列明，并写依据",
    RightKind.EXPLAIN: "用大白话写：用了哪些资料、按哪一条、谁定的",
    RightKind.OBJECT: "请人再看一遍自动核算的结果，写明怎么看的",
    RightKind.WITHDRAW: "答复时这一项同意随即收回",
}
OUTCOMES = (("done", "办"), ("refused", "不能办"))
EVIDENCE = {"sha256": "文件指纹", "rows": "做进去的条数", "changes": "查到的改动", "deleted": "删去的",
            "kept": "依法留下的", "consents": "收回的同意", "purpose": "用途"}  # fmt: skip


class AnswerRight(Worded):
    """A human's answer, in words the person understands."""

    outcome = forms.ChoiceField(label="怎么答复", widget=forms.RadioSelect, choices=OUTCOMES)
    words = forms.CharField(
        label="写给本人的话",
        widget=forms.Textarea,
        max_length=1000,
        help_text="用大白话，至少 10 个字。本人会看到。",
    )
    clause = forms.CharField(
        label="不能办的依据",
        max_length=200,
        required=False,
        help_text="不能办才填，例如 个人信息保护法 第四十七条",
    )

    def clean_words(self) -> str:
        return self.say_lengths("words", LEAST_ANSWER)

    def clean_clause(self) -> str:
        clause = str(self.cleaned_data["clause"]).strip()
        if self.data.get("outcome") == "refused" and not clause:
            raise forms.ValidationError("不能办，要写明依据哪一条")
        return clause


class NoteRight(Worded):
    """Somebody calls, comes or writes: what is wanted is noted for her."""

    kind = forms.ChoiceField(label="要办什么", choices=RightKind.choices)
    channel = forms.ChoiceField(
        label="怎么提的", choices=[c for c in RightChannel.choices if c[0] != RightChannel.PAGE]
    )
    asker = forms.ChoiceField(label="谁提的", choices=Asker.choices)
    about = forms.ChoiceField(
        label="收回哪一项同意", choices=[("", "不是收回同意"), *Purpose.choices], required=False
    )
    words = forms.CharField(label="他的原话", widget=forms.Textarea, max_length=500, required=False)


@dataclass(frozen=True, slots=True)
class RightPage:
    """One case."""

    heading: str
    lead: str
    chip: Chip
    said: str
    facts: tuple[Fact, ...]
    advice: str
    form: FormView | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class NotePage:
    heading: str
    form: FormView


def reference(case: RightsCase) -> str:
    return f"R-{str(case.code)[:6].upper()}"


def rights_page(desk: Desk, waiting: Sequence[RightsCase], closed: Sequence[RightsCase]) -> AppealsPage:
    """Open ones, the nearest deadline first; then those that are closed."""
    late = sum(one.answer_by <= desk.today for one in waiting)
    due = f"，{late} 件今天到期或已超期" if late else ""
    return AppealsPage(
        heading=f"{len(waiting)} 件资料事项等答复{due}" if waiting else "没有资料事项等答复",
        lead=f"{desk.branch.name}。老人对自己的资料有权查、改、删、问、不同意、收回同意；最先到期的在上。",
        waiting=tuple(_row(desk, one) for one in waiting),
        answered=tuple(_row(desk, one) for one in closed),
        empty=State(
            "empty", "没有资料事项等答复", "老人在“我的资料”里提，或打电话、到窗口由您登记，会到这里。"
        ),
    )


def _row(desk: Desk, case: RightsCase) -> AppealRow:
    age = people.ages(case.person, desk.today)
    return AppealRow(
        code=reference(case),
        href=address("right", case.code),
        name=f"{name_for(desk.actor, case.person)} {sex_age(case.person.sex, age)}",
        about=case.get_kind_display(),
        wish=case.get_channel_display(),
        received=case.made_at.date(),
        due=case.answer_by,
        chip=_chip(desk, case),
    )


def _chip(desk: Desk, case: RightsCase) -> Chip:
    if case.state != RightState.OPEN:
        return CHIPS[RightState(case.state)]
    return deadline_chip(case.answer_by, desk.today)


def right_page(desk: Desk, case: RightsCase, form: AnswerRight | None) -> RightPage:
    """What is wanted, by when, what was done, and the answer."""
    words = people.words_of_case(case, "words")
    weekends = "" if case.calendar_complete else "（按周末推算：那年的节假日表还没有）"
    got, by = day_words(case.made_at.date(), desk.today), day_words(case.answer_by, desk.today)
    return RightPage(
        heading=f"{name_for(desk.actor, case.person)}：{case.get_kind_display()}",
        lead=f"{got} 收到，最迟 {by} 答复{weekends}。",
        chip=_chip(desk, case),
        said=words or "（没有写原话）",
        facts=_facts(desk, case),
        advice=ADVICE[RightKind(case.kind)],
        form=_form(desk, case, form),
        events=_events(desk, case),
    )


def _facts(desk: Desk, case: RightsCase) -> tuple[Fact, ...]:
    age = people.ages(case.person, desk.today)
    facts = [
        Fact("编号", reference(case)),
        Fact("老人", f"{name_for(desk.actor, case.person)} {sex_age(case.person.sex, age)}"),
        Fact("怎么提的", f"{case.get_channel_display()}，{case.get_asker_display()}"),
    ]
    if case.about in Purpose:
        facts.append(Fact("哪一项", str(Purpose(case.about).label)))
    facts += [Fact(EVIDENCE.get(name, name), _evidence(value)) for name, value in case.evidence.items()]
    if case.clause:
        facts.append(Fact("依据", case.clause))
    return tuple(facts)


def _evidence(value: object) -> str:
    if isinstance(value, dict):
        return "；".join(f"{name} {count}" for name, count in value.items())
    if isinstance(value, list):
        named = [one["what"] if isinstance(one, dict) and "what" in one else str(one) for one in value]
        return (
            f"{len(value)} 处"
            if value and isinstance(value[0], dict) and "at" in value[0]
            else "、".join(named)
        )
    return str(value)


def _form(desk: Desk, case: RightsCase, form: AnswerRight | None) -> FormView | None:
    if case.state != RightState.OPEN or not desk.actor.may("answer_rights"):
        return None
    view = form_view(form or AnswerRight(), action=address("right", case.code), verb="送出答复")
    return with_notes(view, {"outcome": {"done": ADVICE[RightKind(case.kind)]}})


def _events(desk: Desk, case: RightsCase) -> tuple[Event, ...]:
    found = []
    if case.answered_at is not None:
        who = Names((case.answered_by_id,))[case.answered_by_id]
        text = f"{who}答复：{case.get_state_display()}"
        found.append(
            Event(at_words(case.answered_at, desk.today), text, people.words_of_case(case, "answer"))
        )
    noted = Names((case.noted_by_id,))[case.noted_by_id] if case.noted_by_id else ""
    found.append(Event(at_words(case.made_at, desk.today), "收到", f"{noted}登记" if noted else "本人提的"))
    return tuple(found)


def note_page(desk: Desk, person: Person, form: NoteRight | None) -> NotePage:
    name = name_for(desk.actor, person)
    back = Link("返回档案", address("person", person.code))
    view = form_view(form or NoteRight(), action=address("right_new", person.code), verb="登记", cancel=back)
    return NotePage(f"替 {name} 登记资料事项", view)
