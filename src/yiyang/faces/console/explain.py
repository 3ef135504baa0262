"""``yiyang explain PERSON [BENEFIT]``: the reason, as words or JSON."""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.base.log import audit
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.entitlements import selectors as entitlements
from yiyang.entitlements.choices import Status
from yiyang.entitlements.selectors import Answer
from yiyang.faces.console.days import day_of
from yiyang.faces.console.sweep import BadDay
from yiyang.people import selectors as people

EXPLAINING = process("explain")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", help="the number or the code of a person")
    parser.add_argument("benefit", nargs="?", help="name of one result; all of them if left out")
    parser.add_argument("--as-of", type=day_of, help="ISO date; facts as known then, law as in force then")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Explain one or all results of one person; the reading is audited.

    Raises:
        NoSuchPerson, NoSuchBenefit
        BadDay: a day in the future.
    """
    now = timezone.localtime()
    day: date = options.as_of or now.date()
    if day > now.date():
        raise BadDay(f"{day} is in the future: facts are known only until today")
    only = [options.benefit] if options.benefit else None
    with acting(Role.JOB, EVERYWHERE, actor_id=EXPLAINING.label, purpose="explain"):
        person_id = _person_id(options.person)
        found = _answers(person_id, day, now, only)
        audit.record(actor=EXPLAINING, action="explained", now=now, subject=("person", person_id))
    if options.json:
        contents = [answer.content for answer in found]
        print(
            json.dumps(
                contents[0] if only else {"person": person_id, "results": contents}, ensure_ascii=False
            )
        )
    else:
        print("\n\n".join(_words(answer) for answer in found))
    return 0


def _answers(person_id: PersonId, day: date, now: datetime, only: list[str] | None) -> list[Answer]:
    if day == now.date():
        return entitlements.answers(person_id, on=day, only=only)
    known_at = datetime.combine(day, datetime.max.time(), tzinfo=now.tzinfo)
    return entitlements.answers_as_known(person_id, on=day, known_at=known_at, only=only)


def _person_id(text: str) -> PersonId:
    if text.isdigit():
        return PersonId(int(text))
    try:
        return PersonId(people.person_of(uuid.UUID(text)).pk)
    except ValueError:
        raise people.NoSuchPerson(f"{text!r} is neither the number nor the code of a person") from None


def _words(answer: Answer) -> str:
    content: dict[str, Any] = answer.content
    amount = "" if answer.amount is None else f" {_amount(answer)}"
    lines = [f"{answer.title} ({answer.benefit}): {answer.status.label}{amount}"]
    label = content["reason"]["label"]
    if label:
        lines.append(f"  因为：{label}")
    marks = {True: "✓", False: "✕", None: "?"}
    lines += [f"  {marks[c['holds']]} {c['label']}" for c in content["conditions"]]
    lines += [f"  {i['title']} = {'不知道' if i['value'] is None else i['value']}" for i in content["inputs"]]
    for number in content["numbers"]:
        for step in number["steps"]:
            verified = "" if step["verified"] else "（示例）"
            cite = f"{step['cite']['doc']} 第{step['cite']['clause']}条"
            where = f"{step['place']}，{step['since']} 起"
            lines.append(f"  {number['key']} = {step['value']} {step['unit']}，{where}，{cite}{verified}")
    if answer.status is Status.CANNOT_TELL:
        lines.append(f"  还缺：{'、'.join(answer.missing) or '户籍地的标准'}")
    return "\n".join(lines)


def _amount(answer: Answer) -> str:
    if answer.unit.startswith("fen/"):
        return f"{(answer.amount or 0) / 100:.2f} 元/{answer.unit[4:]}"
    return str(answer.amount)
