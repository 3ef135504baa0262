"""From the files of a sweep to rows: decisions, standings, roll-ups; set-based, only what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from django.db import connection

from yiyang.engine.sweeping.duckdb_engine import Swept
from yiyang.entitlements import selectors
from yiyang.entitlements.models import Sweep

if TYPE_CHECKING:
    import pyarrow as pa

STAGE = """
CREATE TEMP TABLE stage_result (person_id bigint, benefit text, status smallint, amount bigint,
                                reason_code smallint, awaits_assessment boolean) ON COMMIT DROP"""

# What the sweep says, beside what stands: who is responsible follows from the kind of result.
DECIDE = """
WITH found AS (
  SELECT r.*, CASE WHEN r.benefit = ANY (%(by_hukou)s) THEN rpad(left(p.hukou_division, 6), 12, '0')
                   ELSE p.division END AS division,
         p.division AS residence, left(p.name, 1) || '**' AS masked_name,
         extract(year FROM p.born_on)::smallint AS birth_year
    FROM stage_result r JOIN people_person p ON p.id = r.person_id
), changed AS (
  SELECT f.*, s.decision_id AS before, s.status AS was, s.since AS was_since
    FROM found f LEFT JOIN entitlements_standing s ON s.person_id = f.person_id AND s.benefit = f.benefit
   WHERE s.id IS NULL OR (s.status, s.amount, s.division) IS DISTINCT FROM (f.status, f.amount, f.division)
), written AS (
  INSERT INTO entitlements_decision (person_id, benefit, division, status, amount, as_of, reason_code,
      rules_digest, numbers_digest, starts_on, ends_on, supersedes_id, sweep_id, masked_name, birth_year,
      decided_at)
  SELECT person_id, benefit, division, status, amount, %(as_of)s, reason_code, %(rules)s, %(numbers)s,
         CASE WHEN status = 1 THEN %(as_of)s::date END, NULL, before, %(sweep)s, masked_name, birth_year,
         %(now)s
    FROM changed
  RETURNING id, person_id, benefit
)
INSERT INTO entitlements_standing (person_id, benefit, decision_id, residence, division, status, amount,
                                   since, receives, awaits_assessment)
SELECT c.person_id, c.benefit, w.id, c.residence, c.division, c.status, c.amount,
       CASE WHEN c.was = c.status THEN c.was_since ELSE %(as_of)s::date END, false, c.awaits_assessment
  FROM changed c JOIN written w USING (person_id, benefit)
ON CONFLICT (person_id, benefit) DO UPDATE
   SET decision_id = excluded.decision_id, residence = excluded.residence, division = excluded.division,
       status = excluded.status, amount = excluded.amount, since = excluded.since,
       awaits_assessment = excluded.awaits_assessment"""

# Whoever stood and is not in the answer is no longer due; the refused are not judged at all.
END = """
WITH gone AS (
  SELECT s.* FROM entitlements_standing s
   WHERE s.benefit = ANY (%(stored)s) AND s.residence >= %(lo)s AND s.residence < %(hi)s
     AND NOT EXISTS (SELECT FROM stage_result r WHERE r.person_id = s.person_id AND r.benefit = s.benefit)
     AND NOT EXISTS (SELECT FROM stage_refused x WHERE x.person_id = s.person_id)
), written AS (
  INSERT INTO entitlements_decision (person_id, benefit, division, status, amount, as_of, reason_code,
      rules_digest, numbers_digest, starts_on, ends_on, supersedes_id, sweep_id, masked_name, birth_year,
      decided_at)
  SELECT g.person_id, g.benefit, g.division, 0, 0, %(as_of)s, 0, %(rules)s, %(numbers)s, NULL,
         %(as_of)s::date, g.decision_id, %(sweep)s, left(p.name, 1) || '**',
         extract(year FROM p.born_on)::smallint, %(now)s
    FROM gone g JOIN people_person p ON p.id = g.person_id
  RETURNING person_id, benefit
)
DELETE FROM entitlements_standing s USING gone g WHERE s.id = g.id"""

WAITS = """
UPDATE entitlements_standing s SET awaits_assessment = r.awaits_assessment
  FROM stage_result r
 WHERE s.person_id = r.person_id AND s.benefit = r.benefit AND s.awaits_assessment <> r.awaits_assessment"""

RECEIVES = """
UPDATE entitlements_standing s SET receives = NOT s.receives
 WHERE s.residence >= %(lo)s AND s.residence < %(hi)s
   AND s.receives <> (EXISTS (SELECT FROM entitlements_receipt t
                               WHERE t.person_id = s.person_id AND t.benefit = s.benefit
                                 AND t.since <= %(as_of)s AND (t.until IS NULL OR t.until > %(as_of)s))
     OR (s.person_id, s.benefit) IN (SELECT m.merged_into_id, t.benefit
                                       FROM people_person m JOIN entitlements_receipt t ON t.person_id = m.id
                                      WHERE m.merged_into_id IS NOT NULL AND t.since <= %(as_of)s
                                        AND (t.until IS NULL OR t.until > %(as_of)s)))"""

LEVELS = (12, 9, 6, 4, 2)


def export_receipts(path: Path, *, on: date) -> None:
    """Who receives what on a day, as Parquet for the engine (person_id, benefit)."""
    text = path.with_suffix(".csv")
    text.touch(mode=0o600)
    # What is paid to an alias is paid to the person.
    query = (
        "SELECT coalesce(m.merged_into_id, t.person_id) AS person_id, t.benefit FROM entitlements_receipt t "
        "LEFT JOIN (SELECT id, merged_into_id FROM people_person WHERE merged_into_id IS NOT NULL) m "
        "ON m.id = t.person_id WHERE t.since <= %s AND (t.until IS NULL OR t.until > %s)"
    )
    copying = f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)"
    with connection.cursor() as cursor, text.open("wb") as file, cursor.copy(copying, [on, on]) as copy:
        for block in copy:
            file.write(block)
    with duckdb.connect() as engine:
        columns = "columns = {'person_id': 'BIGINT', 'benefit': 'VARCHAR'}"
        engine.execute(
            f"COPY (SELECT * FROM read_csv('{text}', header = true, {columns})) TO '{path}' (FORMAT parquet)"
        ).fetchall()
    text.unlink()


def write_outcomes(run: Sweep, swept: Swept, *, now: datetime) -> int:
    """Everything a sweep found, into the tables. Returns how many decisions were written."""
    marks = selectors.marks(on=run.as_of)
    bound: dict[str, Any] = {
        "by_hukou": [name for name in marks.stored if marks.by[name] == "hukou"],
        "stored": list(marks.stored),
        "as_of": run.as_of,
        "rules": swept.rules_digest,
        "numbers": swept.numbers_digest,
        "sweep": run.pk,
        "now": now,
        "lo": run.prefix,
        "hi": run.prefix + "~",
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.stage_result, pg_temp.stage_refused")
        cursor.execute(STAGE)
        cursor.execute("CREATE TEMP TABLE stage_refused (person_id bigint, reason text) ON COMMIT DROP")
        _fill("stage_result", _entitlements_sql(swept.folder))
        _fill(
            "stage_refused", f"SELECT person_id, reason FROM read_parquet('{swept.folder}/refused.parquet')"
        )
        cursor.execute("ANALYZE stage_result")
        cursor.execute(DECIDE, bound)
        changed = int(cursor.rowcount)
        cursor.execute(END, bound)
        changed += int(cursor.rowcount)
        cursor.execute(WAITS)
        cursor.execute(RECEIVES, bound)
        cursor.execute(
            "INSERT INTO entitlements_refusedrow (sweep_id, person_id, division, reason) "
            "SELECT %s, x.person_id, p.division, x.reason "
            "FROM stage_refused x JOIN people_person p ON p.id = x.person_id",
            [run.pk],
        )
        _write_tallies(run, swept.folder)
        cursor.execute("DROP TABLE stage_result, stage_refused")
    return changed


def _entitlements_sql(folder: Path) -> str:
    return (
        "SELECT person_id, benefit, status, CASE WHEN status = 1 THEN coalesce(amount_fen, 1) END, "
        f"reason_code, awaits_assessment FROM read_parquet('{folder}/entitlement.parquet')"
    )


def _write_tallies(run: Sweep, folder: Path) -> None:
    """Roll communities up to every level above; a person without a community counts from her county up."""
    columns = (
        "people",
        "eligible",
        "cannot_tell",
        "not_eligible",
        "served",
        "unserved",
        "amount_fen",
        "unserved_fen",
    )
    sums = ", ".join(f"sum({name})::BIGINT" for name in columns)
    parts = [
        f"SELECT {run.pk}, rpad(division[:{n}], 12, '0') AS place, benefit, {sums} "
        f"FROM read_parquet('{folder}/by_place.parquet') "
        f"WHERE division[:{n}] <> rpad(division[:{shorter}], {n}, '0') GROUP BY place, benefit"
        for n, shorter in zip(LEVELS, (*LEVELS[1:], 0), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE stage_tally ON COMMIT DROP AS SELECT sweep_id, division, result, "
            f"{', '.join(columns)} FROM entitlements_placetally WITH NO DATA"
        )
        _fill("stage_tally", " UNION ALL ".join(parts))
        listed = f"sweep_id, division, result, {', '.join(columns)}"
        cursor.execute(
            f"INSERT INTO entitlements_placetally ({listed}) SELECT {listed} FROM stage_tally "
            "WHERE division >= (SELECT current_setting('app.lo')) "
            "AND division < (SELECT current_setting('app.hi'))"
        )
        cursor.execute("DROP TABLE stage_tally")


def _fill(stage: str, query: str) -> None:
    """Rows of a DuckDB query into a staging table, as CSV in blocks."""
    with duckdb.connect() as engine, connection.cursor() as cursor:
        reader = engine.sql(query).to_arrow_reader(100_000)
        with cursor.copy(f"COPY {stage} FROM STDIN (FORMAT csv)") as copy:
            for block in _as_csv(reader):
                copy.write(block)


def _as_csv(reader: object) -> Iterator[bytes]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    options = arrow_csv.WriteOptions(include_header=False)
    for batch in reader:  # type: ignore[attr-defined]  # pyarrow ships no types
        sink = pa.BufferOutputStream()
        arrow_csv.write_csv(pa.Table.from_batches([batch]), sink, options)
        yield sink.getvalue().to_pybytes()


def load_receipts(receipts: pa.Table, *, now: datetime) -> int:
    """Enter what people receive according to a source; the place that pays follows from the benefit.

    Args:
        receipts: person_id, benefit, since, until, amount_fen, source.
    """
    marks = selectors.marks(on=now.date())
    by_hukou = [name for name in marks.stored if marks.by[name] == "hukou"]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE stage_receipt (person_id bigint, benefit text, since date, until date, "
            "amount_fen bigint, source text) ON COMMIT DROP"
        )
        with cursor.copy("COPY stage_receipt FROM STDIN (FORMAT csv)") as copy:
            for block in _as_csv(receipts.to_batches(max_chunksize=100_000)):
                copy.write(block)
        cursor.execute(
            "INSERT INTO entitlements_receipt (person_id, benefit, division, since, until, amount_fen, "
            "source, recorded_at) SELECT t.person_id, t.benefit, CASE WHEN t.benefit = ANY (%s) "
            "THEN rpad(left(p.hukou_division, 6), 12, '0') ELSE p.division END, t.since, t.until, "
            "t.amount_fen, t.source, %s FROM stage_receipt t JOIN people_person p ON p.id = t.person_id",
            [by_hukou, now],
        )
        loaded = int(cursor.rowcount)
        cursor.execute("DROP TABLE stage_receipt")
    return loaded
