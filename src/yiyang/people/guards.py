from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from yiyang.accounts.guards import check_may
from yiyang.base.actors import Actor, ActorKind
from yiyang.base.ids import PersonId
from yiyang.engine.errors import Conflict, Forbidden, Missing, Refused
from yiyang.people.choices import (
    UNDECIDED,
    Asker,
    DuplicateState,
    MergeState,
    Purpose,
    ReportState,
    RightChannel,
    RightKind,
    RightState,
    Source,
)
from yiyang.people.facts import FACTS
from yiyang.people.models import DeathReport, Duplicate, Merge, Person

OLDEST = 125  # years; whoever is said to be older has a wrong birth date until somebody has looked


class FactRefused(Refused):
    code = "people.fact_refused"
    message = "这项情况没有记下：内容不对，请核对后再记"


LEAST_REASON, MOST_REASON = 5, 200


class MayNotReveal(Forbidden):
    code = "people.may_not_reveal"
    message = "您的职责看不到完整的号码和住址。要用，请找负责这位老人的社区"


class ReasonTooShort(Refused):
    code = "people.reason_too_short"
    message = f"写清为哪一件事要看，至少 {LEAST_REASON} 个字。本人可以看到"


def check_reveal(actor: Actor, reason: str) -> None:
    """Raises MayNotReveal or ReasonTooShort."""
    if actor.kind is not ActorKind.STAFF or not actor.may("view_people"):
        raise MayNotReveal(f"{actor.label} as {actor.duty or 'nobody'}")
    if len("".join(reason.split())) < LEAST_REASON:
        raise ReasonTooShort


def check_fact(key: str, value: int | None, valid_from: date, *, today: date, born_on: date) -> None:
    """Raises FactRefused with a sentence: unknown fact, out of range, in the future or before birth."""
    spec = FACTS.get(key)
    if spec is None:
        raise FactRefused(f"no such fact: {key}", message="没有这一项情况")
    if value is not None and not spec.low <= value <= spec.high:
        text = f"“{spec.title}”只能是 {spec.low} 到 {spec.high}，写的是 {value}。没有记下，请核对"
        raise FactRefused(f"{key} = {value} is outside {spec.low}..{spec.high}", message=text)
    if value is None and spec.known:
        raise FactRefused(f"{key} cannot be unknown", message=f"“{spec.title}”不能是不知道")
    if valid_from > today:
        text = f"“{spec.title}”的开始日期 {valid_from:%Y-%m-%d} 还没到。没有记下，请核对"
        raise FactRefused(f"{key} begins on {valid_from}, in the future", message=text)
    if valid_from < born_on:
        text = f"“{spec.title}”的开始日期早于出生日期。没有记下，请核对"
        raise FactRefused(f"{key} begins on {valid_from}, before birth", message=text)


# What cannot be true of one person at the same time; each pair is of yes-or-no facts.
CONTRADICTIONS = (
    ("lives_in_care_home", "lives_alone"),
    ("lives_in_care_home", "empty_nest"),
    ("lives_in_care_home", "homeless"),
)


def check_together(state: Mapping[str, object], facts: Mapping[str, int | None]) -> None:
    """``facts`` about to be written beside what ``state`` holds. Raises FactRefused with the pair by name."""
    after = {**state, **facts}
    for pair in CONTRADICTIONS:
        if any(facts.get(key) for key in pair) and all(after.get(key) for key in pair):
            one, other = (FACTS[key].title for key in pair)
            text = f"“{one}”和“{other}”不会同时是“是”。没有记下：请把不对的那一项一起改成“否”"
            raise FactRefused(f"{pair[0]} and {pair[1]} contradict each other", message=text)


def check_birth(born_on: date, *, today: date) -> None:
    """Raises FactRefused: born in the future, or longer ago than anybody has lived."""
    if born_on > today:
        raise FactRefused(f"born on {born_on}", message="出生日期还没到。没有记下，请核对")
    if today.year - born_on.year > OLDEST:
        text = f"按出生日期 {born_on:%Y-%m-%d} 已超过 {OLDEST} 岁。没有记下，请核对证件"
        raise FactRefused(f"born on {born_on}", message=text)


class AlreadyOne(Conflict):
    code = "people.already_one"
    message = "这两份档案已经是同一份了，不用再合并。请刷新后再看"


class AlreadyDecided(Conflict):
    code = "people.already_decided"
    message = "这一对刚被同事处理过。请刷新后看结果"


class CannotMerge(Refused):
    code = "people.cannot_merge"
    message = "这两份档案现在不能合并"


class CannotUnmerge(Refused):
    code = "people.cannot_unmerge"
    message = "现在不能拆开"


class ReasonMissing(Refused):
    code = "people.reason_missing"
    message = "请写明理由（至少 4 个字），以后查得到"


class SameHand(Forbidden):
    code = "people.same_hand"
    message = "要由另一位同事确认：提出的人不能自己确认"


class SameSource(Refused):
    code = "people.same_source"
    message = "核实要另一个来源：和第一次报告的来源、报告人都不能相同"


class NotWaiting(Conflict):
    code = "people.not_waiting"
    message = "这件事刚被同事处理过。请刷新后看结果"


SHORTEST_REASON = 4


def check_reason(why: str) -> str:
    """The reason without blanks around it; raises ReasonMissing."""
    if len(why.strip()) < SHORTEST_REASON:
        raise ReasonMissing("a reason of a few words is needed")
    return why.strip()


def check_can_decide(actor: Actor, pair: Duplicate) -> None:
    """Raises NotYourDuty, AlreadyDecided."""
    check_may(actor, "decide_duplicates")
    if pair.state not in UNDECIDED:
        raise AlreadyDecided(f"pair {pair.pk} is {DuplicateState(pair.state)}")


def check_can_merge(actor: Actor, survivor: Person, other: Person) -> None:
    """Raises NotYourDuty, AlreadyOne, CannotMerge with the reason."""
    check_may(actor, "decide_duplicates")
    if survivor.pk == other.pk:
        raise AlreadyOne(f"{survivor.pk} and {other.pk} are one record")
    if (survivor.died_on is None) != (other.died_on is None):
        text = "一份登记为去世、一份在世，不能直接合并。先核实去世登记：属实就给另一份也登记，登记错了就更正"
        raise CannotMerge("one of them is dead, the other is not", message=text)
    if DeathReport.objects.filter(person__in=(survivor, other), state=ReportState.WAITING).exists():
        raise CannotMerge("a death report waits", message="有一份正在核实去世。请先核实完再合并")


def check_can_confirm(actor: Actor, merge: Merge) -> None:
    """Raises NotYourDuty, NotWaiting, SameHand."""
    check_may(actor, "decide_duplicates")
    if merge.state != MergeState.PROPOSED:
        raise NotWaiting(f"merge {merge.pk} is {merge.state}")
    if actor.user_id == merge.proposed_by_id:
        raise SameHand(f"{actor.label} proposed merge {merge.pk}")


def check_can_unmerge(actor: Actor, merge: Merge) -> None:
    """The last merge is taken back first; raises NotYourDuty, NotWaiting, CannotUnmerge with the reason."""
    check_may(actor, "decide_duplicates")
    if merge.state != MergeState.DONE:
        raise NotWaiting(f"merge {merge.pk} is {merge.state}")
    later = Merge.objects.filter(state=MergeState.DONE, done_at__gte=merge.done_at, pk__gt=merge.pk)
    if (
        later.filter(survivor_id=merge.survivor_id).exists()
        or later.filter(other_id=merge.survivor_id).exists()
    ):
        text = "之后又合并过一次。请从最后一次开始，一次一次拆开"
        raise CannotUnmerge(f"merge {merge.pk} is not the last one", message=text)
    died = Person.objects.filter(pk=merge.survivor_id, died_on__isnull=False).exists()
    if died and merge.before["survivor"]["state"] is not None:
        text = "合并之后登记了去世，分不清是谁。请先更正去世登记，再拆开"
        raise CannotUnmerge(f"the survivor of merge {merge.pk} died since", message=text)


def check_second_source(actor: Actor, first: DeathReport, source: str) -> None:
    """Independent: another source, and another hand where a human spoke; raises SameSource."""
    same_hand = actor.kind is ActorKind.STAFF and actor.user_id == first.reported_by_id
    if source == first.source or same_hand:
        raise SameSource(f"{source} by {actor.label} is the first source again")


def may_speak_of_death(source: str) -> bool:
    """Sources that may report a death; a rule's own output is none."""
    return source in Source.values and source not in (Source.ASSESSMENT, Source.SYNTHETIC)


LEAST_WORDS = 10


class NotYourRight(Forbidden):
    code = "people.not_your_right"
    message = "资料的事要本人来办。本人不方便，请打 12349，或到社区填纸"


class NoSuchCase(Missing):
    code = "people.no_such_case"


class AlreadyAnswered(Conflict):
    code = "people.right_already_answered"
    message = "这件事刚有了结果，请刷新后再看"


class RightRefused(Refused):
    code = "people.right_refused"
    message = "没有办：内容不全"


class NotAssessed(Refused):
    code = "people.not_assessed"
    message = "这种用途还没有个人信息保护影响评估，不能开始。请先由负责人评估登记"


def check_own_data(actor: Actor, person_id: PersonId) -> None:
    """The person herself: a mandate is for benefits, not for everything the house knows."""
    if person_id not in actor.speaks_for or actor.mandate_for(person_id) is not None:
        raise NotYourRight(f"{actor.label} is not {person_id}")


def check_may_ask(actor: Actor, person_id: PersonId, channel: RightChannel) -> None:
    """The person herself; on paper and by phone somebody in office notes it for her."""
    if channel == RightChannel.PAGE or not actor.may("view_people"):
        check_own_data(actor, person_id)


def check_wish(kind: RightKind, about: str, asker: Asker, *, died: bool) -> None:
    if kind == RightKind.WITHDRAW and about not in Purpose:
        raise RightRefused("which consent?", message="请选收回哪一项同意")
    if (asker == Asker.HEIR) != died:
        text = "本人已故，只有近亲属能提" if died else "本人在世，请本人或受托的家人提"
        raise RightRefused(f"{asker} for somebody {'dead' if died else 'living'}", message=text)


def check_open(state: str) -> None:
    if state != RightState.OPEN:
        raise AlreadyAnswered(f"the case is {state}")


def check_may_answer(actor: Actor, state: str, words: str) -> None:
    check_may(actor, "answer_rights")
    check_open(state)
    if len(words.strip()) < LEAST_WORDS:
        raise RightRefused(
            "too few words", message=f"请写明怎么办的（至少 {LEAST_WORDS} 个字），老人要看得懂"
        )


def check_clause(clause: str) -> None:
    if len(clause.strip()) < 2:
        raise RightRefused("no clause", message="不能办，要写明依据哪一条")


def check_changed(changes: Sequence[object]) -> None:
    if not changes:
        raise RightRefused(
            "nothing was changed since it was asked", message="还没有查到改动。请先把情况登记更正，再来答复"
        )


def check_weighed(note: object | None, purpose: Purpose) -> None:
    """Raises NotAssessed: nobody has put on file what this use of personal data does to people."""
    if note is None:
        raise NotAssessed(f"no impact assessment is on file for {purpose}")
