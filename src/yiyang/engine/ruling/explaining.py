"""From a finding to the answer a person and an auditor can read: data, not prose."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from .benefits import LawOfDay
from .evaluating import Finding, at_least, missing
from .expressions import Exclusive
from .parameters import Cite, ParameterRow, Parameters, Resolved

STATUS = {True: "ELIGIBLE", False: "NOT_ELIGIBLE", None: "CANNOT_TELL"}
Answer = dict[str, object]


def status(value: int | bool | None) -> str:
    """``ELIGIBLE``: an amount or a rank above zero, or true."""
    return STATUS[None if value is None else bool(value)]


def reason(found: Finding) -> str | None:
    """The words of the arm that decided, or of the condition that could not be told."""
    if found.value is not None:
        return found.label
    for label, holds in reversed(found.steps):
        if holds is None:
            return label
    return found.steps[-1][0] if found.steps else None


def explain(law: LawOfDay, parameters: Parameters, findings: Mapping[str, Finding], name: str) -> Answer:
    """The answer of ``rules.md`` section 7 as plain JSON values.

    An unknown exclusive group also carries ``at_least``: the fen that are due whatever the unknown members
    come to.
    """
    rule, found = law.rules[name], findings[name]
    answer: Answer = {
        "benefit": name,
        "title": rule.title,
        "unit": rule.unit,
        "as_of": law.day.isoformat(),
        "by": rule.by,
        "status": status(found.value),
        "amount": found.value,
        "reason": {"arm": found.arm, "label": reason(found)},
        "conditions": [{"label": text, "holds": holds} for text, holds in found.steps],
        "inputs": [{"field": f, "title": law.fields[f].title, "value": v} for f, v in found.inputs.items()],
        "uses": [{"name": n, "title": law.rules[n].title, "value": v} for n, v in found.uses.items()],
        "numbers": [{"key": key, "value": r.value, "steps": _steps(r)} for key, r in found.numbers.items()],
        "cites": [_cite(c) for c in rule.cites],
        "missing": missing(law, findings, name),
        "law": {"rules": law.digest(), "parameters": parameters.digest()},
    }
    tree = law.trees[name]
    if found.value is None and isinstance(tree, Exclusive) and tree.want == "amount":
        answer["at_least"] = at_least(law, findings, name)
    return answer


_said: WeakKeyDictionary[Resolved, list[Answer]] = WeakKeyDictionary()


def _steps(resolved: Resolved) -> list[Answer]:
    """Written once per resolved number: the answers of one county share the list and must not change it."""
    steps = _said.get(resolved)
    if steps is None:
        steps = _said[resolved] = [_step(row) for row in resolved.steps]
    return steps


def _step(row: ParameterRow) -> Answer:
    return {
        "place": row.place,
        "merge": row.merge,
        "value": row.value,
        "unit": row.unit,
        "since": row.since.isoformat(),
        "cite": _cite(row.cite),
        "verified": row.verified,
    }


def _cite(cite: Cite) -> dict[str, str]:
    return {"doc": cite.doc, "clause": cite.clause}
