"""The answer to "why", computed on demand from the law of the day and the facts as known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from yiyang.base.ids import PersonId
from yiyang.engine.errors import Refused
from yiyang.engine.ruling.benefits import Rule
from yiyang.engine.ruling.evaluating import Finding, Value, evaluate, missing
from yiyang.engine.ruling.explaining import explain
from yiyang.entitlements.choices import Status
from yiyang.entitlements.models import Receipt
from yiyang.people import selectors as people
from yiyang.policies import library
from yiyang.policies import selectors as policies
from yiyang.policies.library import LawInForce


class NoSuchBenefit(Refused):
    code = "entitlements.no_such_benefit"
    message = "没有这项待遇，请从列表里选"


@dataclass(frozen=True)
class Marks:
    """What the law of a day says about its results."""

    benefits: tuple[str, ...]
    stored: tuple[str, ...]
    leads: tuple[str, ...]
    money: tuple[str, ...]  # those of the person-level line
    amounts: tuple[str, ...]  # stored and counted in fen
    due_lists: tuple[str, ...]
    basic: tuple[str, ...]
    titles: dict[str, str]
    plain_titles: dict[str, str]
    plain: dict[str, str]
    units: dict[str, str]
    by: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """One result for one person on one day. ``content`` is the explanation, plain JSON values."""

    benefit: str
    title: str
    unit: str
    status: Status
    amount: int | None
    missing: tuple[str, ...]
    receives: bool
    receives_fen: int | None
    receives_since: date | None
    reason_code: int | None
    content: dict[str, object]

    @property
    def unserved(self) -> bool:
        return self.status is Status.ELIGIBLE and not self.receives


@lru_cache(maxsize=16)
def marks(*, on: date) -> Marks:
    """Read from the rules, never listed twice."""
    law = library.law_of(on)
    rules = law.rules
    benefits = tuple(n for n, r in rules.items() if r.is_benefit)
    stored = tuple(law.marked("stored"))
    return Marks(
        benefits=benefits,
        stored=stored,
        leads=tuple(law.marked("lead")),
        money=tuple(law.marked("money")),
        amounts=tuple(n for n in stored if rules[n].is_amount),
        due_lists=tuple(law.marked("due_list")),
        basic=tuple(n for n in benefits if n.startswith("basic_")),
        titles={n: r.title for n, r in rules.items()},
        plain_titles={n: r.plain_title or r.title for n, r in rules.items()},
        plain={n: r.plain for n, r in rules.items()},
        units={n: r.unit for n, r in rules.items()},
        by={n: r.by for n, r in rules.items()},
    )


def status_of(value: Value) -> Status:
    """Eligible: an amount or a rank above zero, or true."""
    return Status.CANNOT_TELL if value is None else Status.ELIGIBLE if value else Status.NOT_ELIGIBLE


def answer(person_id: PersonId, benefit: str, *, on: date) -> Answer:
    """One result with its reason.

    Raises:
        NoSuchBenefit, NoSuchPerson
    """
    return answers(person_id, on=on, only=[benefit])[0]


def answers(person_id: PersonId, *, on: date, only: Sequence[str] | None = None) -> list[Answer]:
    """Results of one person by the law of the day and the facts known now, in the order of the law.

    Raises:
        NoSuchBenefit, NoSuchPerson
    """
    return _answers(person_id, people.sweep_row(person_id), on, only)


def answers_as_known(
    person_id: PersonId, *, on: date, known_at: datetime, only: Sequence[str] | None = None
) -> list[Answer]:
    """The same as of a past day, by what had been recorded until ``known_at``."""
    return _answers(person_id, people.row_as_known(person_id, as_of=on, known_at=known_at), on, only)


def _answers(
    person_id: PersonId, row: dict[str, int | bool | None], on: date, only: Sequence[str] | None
) -> list[Answer]:
    law = policies.law_on(on)
    names = marks(on=on).benefits if only is None else tuple(only)
    for name in names:
        if name not in law.rules.rules:
            raise NoSuchBenefit(f"no result is called {name!r}; `yiyang law list` names them")
    findings = evaluate(law.rules, law.numbers, row)
    receipts = {r.benefit: r for r in receipts_on(person_id, on)}
    found: list[Answer] = []
    for name in names:
        content = explain(law.rules, law.numbers, findings, name)
        receipt = receipts.get(name)
        found.append(
            Answer(
                name,
                law.rules.rules[name].title,
                law.rules.rules[name].unit,
                status_of(findings[name].value),
                amount_of(findings[name].value),
                tuple(missing(law.rules, findings, name)),
                receipt is not None,
                receipt.amount_fen if receipt else None,
                receipt.since if receipt else None,
                findings[name].arm,
                content,
            )
        )
    return found


def amount_of(value: Value) -> int | None:
    return None if value is None else int(value)


def receipts_on(person_id: PersonId, on: date) -> Iterable[Receipt]:
    """What the person receives on a day, by benefit; a later receipt wins."""
    received = Receipt.objects.filter(person_id__in=people.all_ids(person_id), since__lte=on)
    rows = received.order_by("since", "pk")
    return [r for r in rows if r.until is None or r.until > on]


def responsible(rule: Rule, hukou_division: str, residence: str) -> str:
    """The place whose business a result is: the county of registration, or the community of residence."""
    return f"{hukou_division[:6]}".ljust(12, "0") if rule.by == "hukou" else residence


def findings_of(row: dict[str, int | bool | None], on: date) -> tuple[LawInForce, dict[str, Finding]]:
    """Everything one row of the sweep table comes to, for those who write decisions."""
    law = policies.law_on(on)
    return law, evaluate(law.rules, law.numbers, row)
