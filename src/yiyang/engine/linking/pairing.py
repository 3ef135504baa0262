"""Pairs that share a key of some block, each compared once and weighed."""
# ruff: noqa: S608 - the text is made of the rules

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from yiyang.engine.linking import preparing
from yiyang.engine.linking.rules import RULES, Block, Comparison, Rules

OUTPUT = pa.schema(
    [
        ("a", pa.int64()),
        ("b", pa.int64()),
        ("score", pa.float64()),
        ("verdict", pa.string()),
        ("reasons", pa.list_(pa.string())),
    ]
)
_TOLD = b"left_out"


@dataclass(frozen=True)
class LeftOut:
    """Keys of one block that too many records share, and how many records bear one."""

    block: str
    keys: int
    records: int


def link(records: pa.Table, *, against: pa.Table | None = None, rules: Rules = RULES) -> pa.Table:
    """Likely duplicates among records, or between them and others.

    Args:
        records: (n,) rows of ``preparing.INPUT``; ``key`` names a record once, ids and phones are normal
            (``identifying.normal_id``), null where unknown; sex 0 is unknown.
        against: (m,) rows of the same; then only pairs across are looked for.
        rules: what is compared.

    Returns:
        One row a pair, heaviest first (schema ``OUTPUT``): ``a < b``, or a of records and b of against;
        ``score`` in bits; ``verdict`` SAME or LIKELY; ``reasons`` the codes of what agreed and what did not.
        ``left_out`` tells which blocks were capped.

    Raises:
        KeyError: a column is missing.
    """
    across = against is not None
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        preparing.prepare(connection, records, against)
        told = _gather(connection, rules, across)
        _weigh(connection, rules, across)
        found = connection.sql(
            "SELECT a, b, score, verdict, reasons FROM weighed ORDER BY score DESC, a, b"
        ).to_arrow_table()
    pairs: pa.Table = found.cast(OUTPUT)
    return pairs.replace_schema_metadata({_TOLD: json.dumps([asdict(row) for row in told]).encode()})


def left_out(pairs: pa.Table) -> list[LeftOut]:
    """What ``link`` did not compare, with the reason: too many records under one key."""
    told = (pairs.schema.metadata or {}).get(_TOLD, b"[]")
    return [LeftOut(**row) for row in json.loads(told)]


def _gather(connection: duckdb.DuckDBPyConnection, rules: Rules, across: bool) -> list[LeftOut]:
    """Make the table ``candidates``: each pair once, whatever blocks it stands in."""
    connection.execute("CREATE TEMP TABLE candidates (a BIGINT, b BIGINT)")
    told = [row for block in rules.blocks if (row := _add_block(connection, block, across)) is not None]
    connection.execute(
        "CREATE TEMP TABLE compared AS SELECT DISTINCT a, b FROM candidates; DROP TABLE candidates"
    )
    return told


def _add_block(connection: duckdb.DuckDBPyConnection, block: Block, across: bool) -> LeftOut | None:
    # Ends of a pair are row numbers: a key of records may be a key of against as well.
    keys = ", ".join(block.keys)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE keyed AS SELECT DISTINCT row, side, k FROM "
        f"(SELECT r.rowid AS row, r.side, unnest([{keys}]) AS k FROM prepared r) WHERE k IS NOT NULL"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE shared AS SELECT k, count(*) AS n FROM keyed GROUP BY k "
        + ("HAVING count(DISTINCT side) = 2" if across else "HAVING count(*) > 1")
    )
    apart = "x.side = 0 AND y.side = 1" if across else "x.row < y.row"
    connection.execute(
        f"INSERT INTO candidates SELECT x.row, y.row FROM shared s JOIN keyed x USING (k) "
        f"JOIN keyed y USING (k) WHERE s.n <= {block.cap} AND {apart}"
    )
    many = connection.execute(f"SELECT count(*), sum(n) FROM shared WHERE n > {block.cap}").fetchone()
    return LeftOut(block.name, int(many[0]), int(many[1])) if many and many[0] else None


def _weigh(connection: duckdb.DuckDBPyConnection, rules: Rules, across: bool) -> None:
    """Make the table ``weighed``. Most pairs share a key and little else: they are given up early.

    After each half of the comparisons a pair goes on only if the best that may follow could still lift it to
    ``likely``: what costs most, texts held against each other letter by letter, is done for few.
    """
    connection.execute("CREATE TEMP TABLE kept AS SELECT a, b, 0.0::DOUBLE AS score FROM compared")
    first, then = rules.comparisons[: rules.first], rules.comparisons[rules.first :]
    connection.execute(_level(first, then, rules.likely))
    connection.execute(_level(then, (), rules.likely))
    connection.execute(_telling(rules, across))


def _level(now: Sequence[Comparison], later: Sequence[Comparison], likely: float) -> str:
    """``kept`` with one level more a comparison, and without the pairs that cannot be likely any more.

    One CASE a comparison picks the level; it is written down before its number gives the weight, because an
    expression named twice would be worked out twice.
    """
    picks = ", ".join(f"{_pick(comparison)} AS {comparison.name}_level" for comparison in now)
    bits = " + ".join(_bits(comparison) for comparison in now)
    hope = sum(max(0.0, *(float(level.bits) for level in comparison.levels)) for comparison in later)
    return f"""
      CREATE OR REPLACE TEMP TABLE picked AS
      SELECT k.*, {picks} FROM kept k JOIN prepared a ON a.rowid = k.a JOIN prepared b ON b.rowid = k.b;
      ALTER TABLE kept RENAME TO before;
      CREATE TEMP TABLE kept AS
      SELECT * FROM (SELECT p.* EXCLUDE (score), p.score + {bits} AS score
                       FROM picked p JOIN prepared a ON a.rowid = p.a JOIN prepared b ON b.rowid = p.b)
       WHERE score + {hope} >= {likely};
      DROP TABLE before"""


def _telling(rules: Rules, across: bool) -> str:
    """The pairs that are left, with their reasons."""
    ends = "a.key AS a, b.key AS b" if across else "least(a.key, b.key) AS a, greatest(a.key, b.key) AS b"
    codes = ", ".join(_codes(comparison) for comparison in rules.comparisons)
    return f"""
      CREATE TEMP TABLE weighed AS
      SELECT a, b, score, reasons,
             CASE WHEN score >= {rules.same} AND NOT list_has_any(reasons, {list(rules.doubts)}::TEXT[])
                  THEN 'SAME' ELSE 'LIKELY' END AS verdict
        FROM (SELECT {ends}, score, list_filter([{codes}], lambda code: code IS NOT NULL) AS reasons
                FROM kept k JOIN prepared a ON a.rowid = k.a JOIN prepared b ON b.rowid = k.b)"""


def _pick(comparison: Comparison) -> str:
    whens = " ".join(f"WHEN {level.when} THEN {i}" for i, level in enumerate(comparison.levels))
    return f"CASE {whens} END"


def _bits(comparison: Comparison) -> str:
    whens = " ".join(f"WHEN {i} THEN {level.bits}" for i, level in enumerate(comparison.levels))
    return f"CASE {comparison.name}_level {whens} ELSE 0 END"


def _codes(comparison: Comparison) -> str:
    whens = " ".join(f"WHEN {i} THEN '{level.code}'" for i, level in enumerate(comparison.levels))
    return f"CASE {comparison.name}_level {whens} END"
