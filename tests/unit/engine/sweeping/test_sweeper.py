"""A whole small sweep: nobody disappears, sums reconcile, bad rows come back with a reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from tests.bench.invented_people import people_sql
from yiyang.engine.sweeping.differences import GROUPS, Compared, Side, lot
from yiyang.engine.sweeping.duckdb_engine import OUTPUTS, BadSnapshot, Sweeper, Swept
from yiyang.policies import library

DAY = dt.date(2026, 7, 1)
N = 3000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3,000 invented people, some registered elsewhere, and what some of them receive."""
    folder = tmp_path_factory.mktemp("sweep")
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({people_sql(N)}) TO '{folder}/people.parquet' (FORMAT parquet)").fetchall()
        receipts = f"""
            SELECT person_id, benefit
            FROM '{folder}/people.parquet', (VALUES ('oldest_old_allowance'), ('care_support')) t(benefit)
            WHERE person_id % 3 = 0"""
        connection.execute(f"COPY ({receipts}) TO '{folder}/receipts.parquet' (FORMAT parquet)").fetchall()
    return folder


def sweep(folder: Path, persons: str, out: str) -> Swept:
    """Sweep one file of ``folder`` with nobody receiving anything."""
    return sweeper(folder).sweep(
        library.law_of(DAY), library.numbers(), persons=f"{folder}/{persons}", receipts=None, out=folder / out
    )


def sweeper(folder: Path) -> Sweeper:
    return Sweeper(threads=1, memory_limit="500MB", temp_folder=folder)


@pytest.fixture(scope="module")
def swept(folder: Path) -> Swept:
    return sweeper(folder).sweep(
        library.law_of(DAY), library.numbers(), persons=f"{folder}/people*.parquet",
        receipts=f"{folder}/receipts.parquet", out=folder / "out",
    )  # fmt: skip


def ask(swept: Swept, text: str) -> list[tuple[int, ...]]:
    for name in OUTPUTS:
        text = text.replace(f"<{name}>", f"'{swept.folder}/{name}.parquet'")
    with duckdb.connect() as connection:
        return connection.execute(text).fetchall()


def test_every_result_counts_everybody(swept: Swept) -> None:
    assert (swept.people, swept.refused) == (N, 0)
    for name, tally in swept.results.items():
        assert tally.eligible + tally.cannot_tell + tally.not_eligible == N, name
        if tally.served is not None:
            assert tally.served + (tally.unserved or 0) == tally.eligible, name


def test_the_person_line_adds_up_to_the_population_and_leaves_nobody_between(swept: Swept) -> None:
    line = swept.results["person_line"]
    assert line.served is not None
    assert line.unserved is not None
    assert line.served + line.unserved + line.cannot_tell + line.not_eligible == N
    assert min(line.served, line.unserved, line.cannot_tell, line.not_eligible) > 0
    money = [swept.results[name] for name in library.law_of(DAY).marked("money")]
    assert line.amount_fen == sum(t.amount_fen or 0 for t in money)
    assert line.unserved_fen == sum(t.unserved_fen or 0 for t in money)


def test_the_person_line_follows_the_person_row_by_row(swept: Swept) -> None:
    money = ("oldest_old_allowance", "care_service_subsidy", "care_support")
    among = f"benefit IN {money}"
    people = "SELECT count(DISTINCT person_id) FROM"
    (unserved,) = ask(swept, f"{people} <unserved> WHERE {among}")[0]
    assert swept.results["person_line"].unserved == unserved
    (told,) = ask(
        swept,
        f"{people} <entitlement> WHERE status = 1 AND {among}",
    )[0]
    assert swept.results["person_line"].eligible == told


def test_entitlements_hold_only_what_is_stored_and_agree_with_the_counts(swept: Swept) -> None:
    law = library.law_of(DAY)
    rows = ask(swept, "SELECT benefit, status, count(*), sum(amount_fen) FROM <entitlement> GROUP BY ALL")
    assert {str(row[0]) for row in rows} <= set(law.marked("stored"))
    for benefit, status, count, fen in rows:
        tally = swept.results[str(benefit)]
        assert count == (tally.eligible if status == 1 else tally.cannot_tell)
        assert status == 2 or (fen or 0) == (tally.amount_fen or 0)


def test_who_receives_is_not_unserved(swept: Swept) -> None:
    found = ask(swept, "SELECT count(*) FROM <unserved> WHERE benefit = 'care_support' AND person_id % 3 = 0")
    assert found == [(0,)]
    assert ask(swept, "SELECT count(*) > 0 FROM <unserved> WHERE benefit = 'care_support'") == [(True,)]


def test_only_a_missing_level_that_hides_money_makes_a_visit(swept: Swept) -> None:
    rows = ask(swept, "SELECT missing, benefits_waiting FROM <to_assess>")
    assert rows
    for missing, waiting in rows:
        assert {"ability_level", "ltci_disability_level"} & set(missing)  # type: ignore[call-overload]
        assert waiting >= 1


def test_registered_elsewhere_is_kept_and_cannot_be_told(swept: Swept, folder: Path) -> None:
    with duckdb.connect() as connection:
        (away,) = connection.execute(
            f"SELECT count(*) FROM '{folder}/people.parquet' WHERE hukou_county = 110105"
        ).fetchall()[0]
    assert away > 0
    assert swept.results["oldest_old_allowance"].cannot_tell == away


def test_rows_outside_the_contract_are_refused_by_name_and_the_others_swept(folder: Path) -> None:
    bad = {
        1: "ability_level = 9", 2: "birth_ymd = 19450230", 3: "birth_ymd = 20270101",
        4: "birth_ymd = 18950101", 5: "hukou_county = 15", 6: "meals_in_month = NULL", 7: "birth_ymd = NULL",
        8: "residence_county = NULL", 9: "lives_in_care_home = NULL", 10: "pension_scheme = 3",
    }  # fmt: skip
    place = folder / "bad"
    place.mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE people AS FROM '{folder}/people.parquet' LIMIT 100").fetchall()
        for person_id, change in bad.items():
            connection.execute(f"UPDATE people SET {change} WHERE person_id = {person_id}").fetchall()
        (there,) = connection.execute(
            "SELECT count(*) FROM people WHERE person_id BETWEEN 1 AND 10"
        ).fetchall()[0]
        connection.execute(f"COPY people TO '{place}/people.parquet' (FORMAT parquet)").fetchall()
    done = sweeper(folder).sweep(
        library.law_of(DAY),
        library.numbers(),
        persons=f"{place}/people.parquet",
        receipts=None,
        out=place / "out",
    )
    assert there == 10
    assert (done.people, done.refused) == (100, 10)
    assert done.results["person_line"].eligible + done.results["person_line"].cannot_tell <= 90
    reasons = {row[0]: str(row[1]) for row in ask(done, "SELECT person_id, reason FROM <refused>")}
    assert set(reasons) == set(bad)
    for person_id, change in bad.items():
        assert reasons[person_id].startswith(change.split(" ")[0])


def test_a_snapshot_that_cannot_be_swept_is_refused_and_leaves_nothing(folder: Path) -> None:
    def refuse(text: str, said: str) -> None:
        place = folder / f"broken{abs(hash(text))}"
        place.mkdir()
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({text}) TO '{place}/people.parquet' (FORMAT parquet)").fetchall()
        with pytest.raises(BadSnapshot, match=said):
            sweeper(folder).sweep(
                library.law_of(DAY), library.numbers(), persons=f"{place}/people.parquet", receipts=None,
                out=place / "out",
            )  # fmt: skip
        assert not (place / "out").exists()

    refuse(
        f"SELECT * EXCLUDE (ability_level) FROM '{folder}/people.parquet'", "lacks the columns ability_level"
    )
    with pytest.raises(BadSnapshot, match="no snapshot"):
        sweeper(folder).sweep(
            library.law_of(DAY),
            library.numbers(),
            persons=f"{folder}/none.parquet",
            receipts=None,
            out=folder / "x",
        )


def test_one_person_twice_is_refused(folder: Path) -> None:
    with duckdb.connect() as connection:
        twice = f"FROM '{folder}/people.parquet' UNION ALL FROM '{folder}/people.parquet'"
        connection.execute(f"COPY ({twice}) TO '{folder}/twice.parquet' (FORMAT parquet)").fetchall()
    with pytest.raises(BadSnapshot, match="repeat a person"):
        sweeper(folder).sweep(
            library.law_of(DAY),
            library.numbers(),
            persons=f"{folder}/twice.parquet",
            receipts=None,
            out=folder / "t",
        )


def test_a_rehearsal_counts_gainers_and_losers_as_two_sweeps_would(folder: Path) -> None:
    law, before = library.law_of(DAY), library.numbers()
    after = before.replace(
        {("aged_80_fen", 150000): 13000, ("aged_90_age", 150000): 95, ("disability_2_fen", 150000): 0}
    )
    found = sweeper(folder).differences(
        Side(law, before), Side(law, after), persons=f"{folder}/people.parquet"
    )
    assert {d.benefit for d in found.results} == {
        "oldest_old_allowance",
        "disability_nursing_due",
        "care_support",
    }
    out = [
        sweeper(folder).sweep(
            law, numbers, persons=f"{folder}/people.parquet", receipts=None, out=folder / name
        )
        for name, numbers in (("before", before), ("after", after))
    ]
    assert (found.people, found.refused) == (N, 0)
    for difference in found.results:
        total = difference.total()
        was, now = (swept.results[difference.benefit] for swept in out)
        assert total.people == N
        assert (total.before_fen, total.after_fen) == (was.amount_fen, now.amount_fen)
        assert total.gained - total.lost == now.eligible - was.eligible
        assert total.now_unknown == total.now_known == 0
        for group in GROUPS:
            named = difference.people.get(group, [])
            assert len(named) == min(20, int(getattr(total, group)))
            assert named == sorted(named, key=lot)
    (oldest,) = (d for d in found.results if d.benefit == "oldest_old_allowance")
    assert oldest.total().more > 0
    assert oldest.total().less > 0
    (disability,) = (d for d in found.results if d.benefit == "disability_nursing_due")
    assert disability.total().lost > 0


def test_a_rehearsal_without_a_change_finds_nothing(folder: Path) -> None:
    side = Side(library.law_of(DAY), library.numbers())
    assert sweeper(folder).differences(side, side, persons=f"{folder}/people.parquet") == Compared(N, 0, [])


def test_whom_a_sweep_would_refuse_is_left_out_of_a_rehearsal_and_counted(folder: Path) -> None:
    law, before = library.law_of(DAY), library.numbers()
    after = before.replace({("aged_80_fen", 150000): 13000})
    with duckdb.connect() as connection:
        wrong = "CASE WHEN person_id % 10 = 0 THEN 18500101 ELSE birth_ymd END AS birth_ymd"
        connection.execute(
            f"COPY (SELECT * REPLACE ({wrong}) FROM '{folder}/people.parquet') "
            f"TO '{folder}/wrong.parquet' (FORMAT parquet)"
        ).fetchall()
    people = f"{folder}/wrong.parquet"
    swept = sweeper(folder).sweep(law, before, persons=people, receipts=None, out=folder / "wrong")
    found = sweeper(folder).differences(Side(law, before), Side(law, after), persons=people)
    assert (found.people, found.refused) == (N, swept.refused)
    assert found.refused > 0
    (oldest,) = found.results
    assert oldest.total().people == N - swept.refused
    assert oldest.total().before_fen == swept.results["oldest_old_allowance"].amount_fen
    nothing = sweeper(folder).differences(Side(law, before), Side(law, before), persons=people)
    assert nothing == Compared(N, swept.refused, [])


def test_two_laws_of_different_days_are_not_compared(folder: Path) -> None:
    sides = [Side(library.law_of(day), library.numbers()) for day in (DAY, dt.date(2027, 1, 1))]
    with pytest.raises(ValueError, match="one day"):
        sweeper(folder).differences(sides[0], sides[1], persons=f"{folder}/people.parquet")
