"""What a sweep leaves behind, as text over its scratch table: entitlements, by place, unserved, to assess.

The scratch table ``swept`` has one row per person: ``person_id``, ``division``, every result, ``why_<name>``
for the stored ones, ``got`` (bits of the stored results a receipt says are received) and ``ask_<name>``.
"""
# ruff: noqa: S608 - the text is made of names of the law, never of what somebody typed

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yiyang.engine.ruling.benefits import LawOfDay, Rule

from .asking import asked_sql
from .plans import Plan, sweep_sql

ELIGIBLE, CANNOT_TELL = 1, 2
PERSON_LINE = "person_line"


@dataclass(frozen=True)
class Layout:
    """Which results are told, kept, led and asked about, in the order of the law."""

    law: LawOfDay

    @property
    def told(self) -> list[Rule]:
        """Every benefit: what is counted by place."""
        return [rule for rule in self.law.rules.values() if rule.is_benefit]

    @property
    def stored(self) -> list[Rule]:
        return [rule for rule in self.told if rule.stored]

    @property
    def money(self) -> list[Rule]:
        """The results of the person-level line."""
        return [rule for rule in self.told if rule.money]

    @property
    def askable(self) -> list[str]:
        """Columns that may be missing, in a fixed order: the bits of ``ask_<name>``."""
        return sorted(name for name in self.law.inputs() if self.law.fields[name].nullable)

    def bit(self, rule: Rule) -> int:
        return 1 << [r.name for r in self.stored].index(rule.name)

    def waiting(self, plan: Plan) -> dict[str, str]:
        """Stored results in fen that may wait for a fact -> the text of their mask."""
        texts = {r.name: asked_sql(plan, r.name, self.askable) for r in self.stored if r.is_amount}
        return {name: text for name, text in texts.items() if text is not None}

    def assessed_mask(self) -> int:
        """Bits of the columns an assessment would fill."""
        fields = self.law.fields
        return sum(1 << i for i, name in enumerate(self.askable) if fields[name].assessed)


def scratch_sql(plan: Plan, layout: Layout, *, persons: str, receipts: str | None, where: str) -> str:
    """The one scan everything else is read from."""
    columns = ["r.person_id", "r.division"]
    columns += [
        f"CAST(r.{rule.name} AS {'BOOLEAN' if rule.unit == 'bool' else 'BIGINT'}) AS {rule.name}"
        for rule in layout.told
    ]
    columns += [f"why_{rule.name}" for rule in layout.stored]
    columns += [f"{text} AS ask_{name}" for name, text in layout.waiting(plan).items()]
    if receipts is None:
        columns.append("CAST(0 AS BIGINT) AS got")
        source = "r"
    else:
        columns.append("COALESCE(g.got, 0) AS got")
        source = f"r LEFT JOIN ({_got(layout, receipts)}) g ON g.receiver = r.person_id"
    return sweep_sql(
        plan, persons=persons, tail=f"SELECT {', '.join(columns)} FROM {source}", extra=("division",),
        reasons=[rule.name for rule in layout.stored], where=where,
    )  # fmt: skip


def _got(layout: Layout, receipts: str) -> str:
    arms = " ".join(f"WHEN '{rule.name}' THEN {layout.bit(rule)}" for rule in layout.stored)
    bits = f"bit_or(CAST(CASE benefit {arms} ELSE 0 END AS BIGINT))"
    return f"SELECT person_id AS receiver, {bits} AS got FROM {receipts} GROUP BY person_id"


def holds(rule: Rule) -> str:
    """Eligible: an amount or rank above zero, or true; NULL when it cannot be told."""
    return rule.name if rule.unit == "bool" else f"({rule.name} > 0)"


def _served(layout: Layout, rule: Rule) -> str:
    return f"(got & {layout.bit(rule)} <> 0)"


def entitlement_sql(plan: Plan, layout: Layout) -> str:
    """person_id, division, benefit, status (1 eligible, 2 cannot tell), amount_fen, reason_code, and
    ``awaits_assessment``: unknown because the person was never assessed.
    """
    parts, asking, assessed = [], layout.waiting(plan), layout.assessed_mask()
    for rule in layout.stored:
        amount = rule.name if rule.is_amount else "CAST(NULL AS BIGINT)"
        parts.append(
            f"SELECT person_id, division, '{rule.name}' AS benefit, "
            f"CAST(CASE WHEN {rule.name} IS NULL THEN {CANNOT_TELL} ELSE {ELIGIBLE} END AS TINYINT) "
            f"AS status, {amount} AS amount_fen, why_{rule.name} AS reason_code, "
            + (f"(ask_{rule.name} & {assessed}) <> 0" if rule.name in asking else "FALSE")
            + f" AS awaits_assessment FROM swept WHERE {rule.name} IS NULL OR {holds(rule)}"
        )
    return " UNION ALL ".join(parts)


def unserved_sql(layout: Layout) -> str:
    """person_id, division, benefit, amount_fen, reason_code of leads: eligible, without a receipt."""
    parts = []
    for rule in layout.stored:
        if rule.lead:
            amount = rule.name if rule.is_amount else "CAST(NULL AS BIGINT)"
            parts.append(
                f"SELECT person_id, division, '{rule.name}' AS benefit, {amount} AS amount_fen, "
                f"why_{rule.name} AS reason_code FROM swept "
                f"WHERE {holds(rule)} AND NOT {_served(layout, rule)}"
            )
    return " UNION ALL ".join(parts)


def to_assess_sql(plan: Plan, layout: Layout) -> str:
    """person_id, division, missing (columns), benefits_waiting: only where a missing level hides money."""
    asked = [f"ask_{name}" for name in layout.waiting(plan)]
    assessed = layout.assessed_mask()
    mask = " | ".join(asked)
    words = ", ".join(
        f"CASE WHEN mask & {1 << i} <> 0 THEN '{name}' END" for i, name in enumerate(layout.askable)
    )
    waiting = " + ".join(f"CAST({ask} & {assessed} <> 0 AS INTEGER)" for ask in asked)
    rows = f"SELECT person_id, division, {mask} AS mask, {waiting} AS benefits_waiting FROM swept"
    return (
        f"SELECT person_id, division, list_filter([{words}], lambda word: word IS NOT NULL) AS missing, "
        f"benefits_waiting FROM ({rows}) WHERE benefits_waiting > 0"
    )


def by_place_sql(layout: Layout) -> str:
    """division, benefit and its counts; the line of persons stands among the results as ``person_line``.

    ``served``, ``unserved`` and ``unserved_fen`` are NULL for results that nobody receives as such.
    """
    sums = ["division", "count(*) AS people"]
    rows = []
    for rule in layout.told:
        name, yes = rule.name, holds(rule)
        sums += [f"count(*) FILTER (WHERE {yes}) AS e_{name}", f"count({name}) AS k_{name}"]
        amount = served = unserved_fen = "NULL"
        if rule.is_amount:
            sums.append(f"coalesce(sum({name}), 0) AS a_{name}")
            amount = f"a_{name}"
        if rule.stored:
            got = f"{yes} AND {_served(layout, rule)}"
            sums.append(f"count(*) FILTER (WHERE {got}) AS s_{name}")
            served = f"s_{name}"
            if rule.is_amount:
                sums.append(f"coalesce(sum({name}) FILTER (NOT {_served(layout, rule)}), 0) AS u_{name}")
                unserved_fen = f"u_{name}"
        unserved = "NULL" if served == "NULL" else f"e_{name} - {served}"
        rows.append(
            _row(name, f"e_{name}", f"people - k_{name}", f"k_{name} - e_{name}", served, unserved, amount,
                 unserved_fen)
        )  # fmt: skip
    sums += _person_line(layout)
    rows.append(
        _row(
            PERSON_LINE,
            "p_served + p_unserved",
            "p_cannot_tell",
            "people - p_served - p_unserved - p_cannot_tell",
            "p_served",
            "p_unserved",
            "p_fen",
            "p_unserved_fen",
        )
    )
    return (
        f"SELECT division, unnest([{', '.join(rows)}], recursive := true) "
        f"FROM (SELECT {', '.join(sums)} FROM swept GROUP BY division)"
    )


COUNTS = ("eligible", "cannot_tell", "not_eligible", "served", "unserved", "amount_fen", "unserved_fen")


def _row(benefit: str, *counts: str) -> str:
    cells = ", ".join(f"'{name}': CAST({text} AS BIGINT)" for name, text in zip(COUNTS, counts, strict=True))
    return f"{{'benefit': '{benefit}', 'people': people, {cells}}}"


def _person_line(layout: Layout) -> list[str]:
    """Unserved if anything is; else served if anything is; else cannot tell if anything is unknown."""
    money = layout.money
    unserved = " OR ".join(f"coalesce({holds(r)} AND NOT {_served(layout, r)}, FALSE)" for r in money)
    served = " OR ".join(f"coalesce({holds(r)}, FALSE)" for r in money)
    unknown = " OR ".join(f"{r.name} IS NULL" for r in money)
    fen = " + ".join(f"coalesce({r.name}, 0)" for r in money)
    unserved_fen = " + ".join(
        f"CASE WHEN {_served(layout, r)} THEN 0 ELSE coalesce({r.name}, 0) END" for r in money
    )
    return [
        f"count(*) FILTER (WHERE {unserved}) AS p_unserved",
        f"count(*) FILTER (WHERE NOT ({unserved}) AND ({served})) AS p_served",
        f"count(*) FILTER (WHERE NOT ({served}) AND ({unknown})) AS p_cannot_tell",
        f"sum({fen}) AS p_fen",
        f"sum({unserved_fen}) AS p_unserved_fen",
    ]


@dataclass(frozen=True)
class Total:
    """One result over everybody, as every engine can count it."""

    eligible: int
    cannot_tell: int
    not_eligible: int
    amount_fen: int


def totals_tail(layout: Layout) -> str:
    """One row over everybody, in words that DuckDB, Spark and PostgreSQL share."""
    sums = ["count(*) AS people"]
    for rule in layout.told:
        sums.append(f"sum(CASE WHEN {holds(rule)} THEN 1 ELSE 0 END) AS e_{rule.name}")
        sums.append(f"count({rule.name}) AS k_{rule.name}")
        if rule.is_amount:
            sums.append(f"coalesce(sum({rule.name}), 0) AS a_{rule.name}")
    return f"SELECT {', '.join(sums)} FROM r"


def read_totals(layout: Layout, row: Mapping[str, int]) -> dict[str, Total]:
    """The row of ``totals_tail`` by result."""
    people = int(row["people"])
    found: dict[str, Total] = {}
    for rule in layout.told:
        eligible, known = int(row[f"e_{rule.name}"] or 0), int(row[f"k_{rule.name}"])
        fen = int(row[f"a_{rule.name}"]) if rule.is_amount else 0
        found[rule.name] = Total(eligible, people - known, known - eligible, fen)
    return found
