"""Everybody of a county against the law of a day: nobody is lost, figures add up, twice is once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date, datetime, timedelta

import duckdb
import pytest
from django.db import connection

from tests.conftest import NOW, SHANGHAI, Enter
from tests.factories import people as make
from tests.factories.county import COMMUNITIES, PREFIX, small_county
from tests.factories.saying import DOING, say, work_off
from yiyang.base.ids import PersonId, SweepId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements import selectors
from yiyang.entitlements.choices import Status, SweepState
from yiyang.entitlements.models import Decision, PlaceTally, Standing, Sweep
from yiyang.entitlements.selectors import PERSON_LINE, Line
from yiyang.entitlements.services import deciding, sweeping
from yiyang.entitlements.services.sweeping import Finished
from yiyang.outreach import services as outreach
from yiyang.outreach.models import Lead
from yiyang.people.facts import STATE_COLUMNS
from yiyang.people.models import Person, State

TODAY = NOW.date()
COUNTS = tuple(field.name for field in fields(Line) if field.name not in ("division", "result"))
STANDS = (
    "person_id", "benefit", "status", "amount", "division", "residence", "awaits_assessment", "receives",
)  # fmt: skip


def sweep(prefix: str = PREFIX, now: datetime = NOW) -> Finished:
    with acting(Role.JOB, Scope.of(prefix), actor_id="process:tests"):
        return sweeping.sweep(prefix=prefix, as_of=now.date(), now=now)


def standings() -> set[tuple[object, ...]]:
    return set(Standing.objects.values_list(*STANDS))


def lines(division: str, finished: Finished) -> dict[str, Line]:
    return selectors.lines_of(division, finished.sweep)


@pytest.fixture
def town(db: None) -> int:
    """About 150 people; every third who is due the allowance receives it."""
    people = small_county()
    with acting(Role.JOB, Scope.of(PREFIX)):
        for person in Person.objects.filter(born_on__lt=date(1946, 1, 1)).order_by("pk")[::3]:
            make.receipt(person, "oldest_old_allowance", since=date(2026, 1, 1), fen=12000)
    return people


def test_every_figure_adds_up_in_every_place_and_from_level_to_level(town: int, as_process: Enter) -> None:
    finished = sweep()
    assert (finished.sweep.people, finished.sweep.refused) == (town, 0)
    with as_process(PREFIX):
        county = lines(PREFIX, finished)
        assert set(county) == {*selectors.marks(on=TODAY).benefits, PERSON_LINE}
        levels = {
            PREFIX: [f"{PREFIX}001000", f"{PREFIX}002000"],
            f"{PREFIX}001000": COMMUNITIES[:2],
            f"{PREFIX}002000": COMMUNITIES[2:],
        }
        for above, below in levels.items():
            upper = lines(above, finished)
            lower = [lines(place, finished) for place in below]
            for name, line in upper.items():
                assert line.reconciles, (above, name)
                for count in COUNTS:
                    parts = [getattr(place[name], count) for place in lower]
                    whole = getattr(line, count)
                    assert whole == (None if None in parts else sum(parts)), (above, name, count)
        assert {line.people for line in county.values()} == {town}


def test_the_line_of_persons_counts_everybody_once(town: int, as_process: Enter) -> None:
    finished = sweep()
    with as_process(PREFIX):
        line = lines(PREFIX, finished)[PERSON_LINE]
        assert line.served is not None
        assert line.unserved is not None
        assert line.served + line.unserved + line.cannot_tell + line.not_eligible == town
        assert min(line.served, line.unserved, line.cannot_tell, line.not_eligible) > 0
        money = selectors.marks(on=TODAY).money
        counted = {
            group: selectors.behind_line(PREFIX, group, money, limit=1)[1]
            for group in ("eligible", "served", "unserved", "cannot_tell")
        }
    assert counted == {
        "eligible": line.eligible,
        "served": line.served,
        "unserved": line.unserved,
        "cannot_tell": line.cannot_tell,
    }


def test_behind_every_figure_of_a_stored_result_stand_as_many_people(town: int, as_process: Enter) -> None:
    finished = sweep()
    with as_process(PREFIX):
        for place in (PREFIX, f"{PREFIX}002", *COMMUNITIES):
            found = lines(place, finished)
            for name in selectors.marks(on=TODAY).stored:
                for group in ("eligible", "served", "unserved", "cannot_tell"):
                    expected = getattr(found[name], group)
                    assert selectors.behind(place, name, group).count() == expected, (place, name, group)


def test_one_by_one_everybody_comes_to_what_the_sweep_says(town: int, as_process: Enter) -> None:
    sweep()
    with as_process(PREFIX):
        swept = standings()
        written = [
            decision
            for person_id in State.objects.values_list("pk", flat=True)
            for decision in deciding.decide(actor=DOING, person_id=PersonId(person_id), now=NOW)
        ]
        assert written == []
        assert standings() == swept
        assert {row[2] for row in swept} == {Status.ELIGIBLE, Status.CANNOT_TELL}
        assert {row[6] for row in swept} == {True, False}


def test_swept_twice_nothing_is_written_twice(town: int, as_process: Enter) -> None:
    first = sweep()
    with as_process(PREFIX):
        before, decisions = standings(), Decision.objects.count()
        assert first.changed == decisions == len(before)
        opened = outreach.sync_with_sweep(sweep_id=SweepId(first.sweep.pk), now=NOW)["opened"]
        assert opened > 0
    again = sweep(now=NOW + timedelta(hours=1))
    with as_process(PREFIX):
        assert (again.changed, Decision.objects.count()) == (0, decisions)
        assert standings() == before
        assert outreach.sync_with_sweep(sweep_id=SweepId(again.sweep.pk), now=NOW) == {
            "closed": 0, "opened": 0, "updated": 0,
        }  # fmt: skip
        assert selectors.sweep_over(PREFIX) == again.sweep


def test_a_finished_sweep_is_heard_and_leads_follow(town: int, as_process: Enter) -> None:
    finished = sweep()
    work_off()
    with as_process(PREFIX):
        leads = selectors.marks(on=TODAY).leads
        wanted = Standing.objects.filter(benefit__in=leads).filter(
            status=Status.ELIGIBLE, receives=False
        ).count() + Standing.objects.filter(benefit__in=leads, awaits_assessment=True).count()  # fmt: skip
        assert Lead.objects.count() == wanted > 0
        assert set(Lead.objects.values_list("sweep_id", flat=True)) == {finished.sweep.pk}


def test_what_cannot_be_judged_is_listed_with_its_reason_and_nobody_is_lost(as_process: Enter) -> None:
    home = COMMUNITIES[0]
    with as_process(PREFIX):
        good = make.person(division=home)
        reasons = ("130 or more", "after the day", "no county", "no date")
        bad = {make.person(division=home).pk: said for said in reasons}
        old, unborn, astray, undated = bad
        State.objects.filter(pk=old).update(birth_ymd=18961122)
        State.objects.filter(pk=unborn).update(birth_ymd=20261123)
        State.objects.filter(pk=astray).update(hukou_county=99)
        State.objects.filter(pk=undated).update(birth_ymd=19440230)
    finished = sweep()
    with as_process(PREFIX):
        listed = {row.person_id: row.reason for row in selectors.refused_in(PREFIX, finished.sweep)}
        assert listed.keys() == bad.keys()
        for person_id, said in bad.items():
            assert said in listed[person_id]
        assert (finished.sweep.people, finished.sweep.refused) == (5, 4)
        assert lines(PREFIX, finished)[PERSON_LINE].people == finished.sweep.people - finished.sweep.refused
        assert set(Standing.objects.values_list("person_id", flat=True)) == {good.pk}


def test_somebody_who_can_no_longer_be_judged_keeps_what_stood(as_process: Enter) -> None:
    with as_process(PREFIX):
        person = make.person(division=COMMUNITIES[0], hardship_class=1)
    sweep()
    with as_process(PREFIX):
        before = standings()
        State.objects.filter(pk=person.pk).update(birth_ymd=18961122)
    assert sweep(now=NOW + timedelta(days=1)).sweep.refused == 1
    with as_process(PREFIX):
        assert standings() == before


@pytest.mark.parametrize("county", [110105, 990101])
def test_a_county_that_is_not_in_the_tree_is_told_as_unknown(as_process: Enter, county: int) -> None:
    with as_process(PREFIX):
        hukou = f"{county}000000"
        guest = make.person(division=COMMUNITIES[0], hukou=hukou, hardship_class=1, ability_level=1)
    finished = sweep()
    with as_process(PREFIX):
        line = lines(PREFIX, finished)[PERSON_LINE]
        assert (line.people, line.cannot_tell) == (1, 1)
        found = {s.benefit: (s.status, s.division) for s in selectors.standings_of(PersonId(guest.pk))}
        assert found["oldest_old_allowance"] == (Status.CANNOT_TELL, hukou)
        assert found["care_service_subsidy"][0] == Status.CANNOT_TELL


def test_what_ends_ends_with_a_decision_of_its_own(as_process: Enter) -> None:
    with as_process(PREFIX):
        person = make.person(division=COMMUNITIES[0], hardship_class=1)
    sweep()
    later = NOW + timedelta(days=1)
    with as_process(PREFIX):
        say(person, hardship_class=0, now=later)
    sweep(now=later)
    with as_process(PREFIX):
        last, first = selectors.decisions_of(PersonId(person.pk), "care_service_subsidy")
        assert (last.status, last.amount, last.ends_on) == (Status.NOT_ELIGIBLE, 0, later.date())
        assert (last.supersedes_id, first.status) == (first.pk, Status.ELIGIBLE)
        assert not Standing.objects.filter(benefit="care_service_subsidy").exists()


def test_a_receipt_that_begins_or_ends_moves_people_between_served_and_unserved(as_process: Enter) -> None:
    with as_process(PREFIX):
        person = make.person(division=COMMUNITIES[0], hardship_class=0)
        make.receipt(person, "oldest_old_allowance", since=TODAY, until=TODAY + timedelta(days=2), fen=12000)
    told = []
    for day in (-1, 0, 1, 2):
        finished = sweep(now=NOW + timedelta(days=day))
        with as_process(PREFIX):
            line = lines(PREFIX, finished)["oldest_old_allowance"]
            receives = Standing.objects.get(benefit="oldest_old_allowance").receives
            assert receives is (line.served == 1)
            outreach.sync_with_sweep(sweep_id=SweepId(finished.sweep.pk), now=NOW)
            open_leads = Lead.objects.filter(benefit="oldest_old_allowance").exclude(state="CLOSED").count()
            told.append((line.served, line.unserved, open_leads, line.unserved_fen))
    assert told == [(0, 1, 1, 12000), (1, 0, 0, 0), (1, 0, 0, 0), (0, 1, 1, 12000)]


def test_a_county_swept_alone_opens_no_leads_of_people_who_live_in_another(as_process: Enter) -> None:
    with as_process("1502"):
        away = make.person(division="150203001015", hukou=f"{PREFIX}000000")
        deciding.decide(actor=DOING, person_id=PersonId(away.pk), now=NOW)
        outreach.refresh_leads(person_id=PersonId(away.pk), now=NOW)
        open_before = Lead.objects.count()
        assert open_before > 0
        make.person(division=COMMUNITIES[0], born_on=date(1965, 1, 1), hardship_class=0)
    finished = sweep()
    with as_process(PREFIX):
        assert Standing.objects.filter(person_id=away.pk).exists()  # its own decision about her
        outreach.sync_with_sweep(sweep_id=SweepId(finished.sweep.pk), now=NOW)
        assert not Lead.objects.filter(person_id=away.pk).exists()
    with as_process("1502"):
        assert Lead.objects.filter(person_id=away.pk).count() == open_before
        assert Standing.objects.filter(person_id=away.pk).exists()


def test_a_sweep_tells_nothing_of_the_places_above_its_own(town: int, as_process: Enter) -> None:
    finished = sweep(COMMUNITIES[0])
    with as_process("1502"):
        assert set(PlaceTally.objects.values_list("division", flat=True)) == {COMMUNITIES[0]}
        assert selectors.sweep_over(PREFIX) is None
        assert selectors.sweep_over(COMMUNITIES[0]) == finished.sweep


def test_a_past_day_is_swept_by_what_was_known_then_and_moves_nothing(as_process: Enter) -> None:
    march, july = (datetime(2026, month, 10, 9, tzinfo=SHANGHAI) for month in (3, 7))
    with as_process(PREFIX):
        one, other = make.person(division=COMMUNITIES[0]), make.person(division=COMMUNITIES[0])
        say(one, hardship_class=1, valid_from=date(2026, 2, 1), now=march)
        say(other, hardship_class=1, valid_from=date(2026, 2, 1), now=july)  # true then, but not known
    sweep()
    with as_process(PREFIX), sweeping.scratch_folder() as folder:
        before = standings()
        snapshot = sweeping.take_snapshot(folder, with_facts=True)
        day = date(2026, 3, 31)
        ends = {day: datetime(2026, 3, 31, 23, 59, tzinfo=SHANGHAI), TODAY: NOW}
        files = sweeping.persons_as_known(snapshot, ends)
        then = sweeping.count(files[day], as_of=day, folder=folder).results["care_service_subsidy"]
        now = sweeping.count(files[TODAY], as_of=TODAY, folder=folder).results["care_service_subsidy"]
        assert standings() == before
        assert Sweep.objects.count() == 1
    assert (then.eligible, then.cannot_tell) == (1, 1)
    assert (now.eligible, now.cannot_tell) == (2, 0)


def test_as_known_now_is_the_state_itself(town: int, as_process: Enter) -> None:
    with as_process(PREFIX), sweeping.scratch_folder() as folder:
        snapshot = sweeping.take_snapshot(folder, with_facts=True)
        yesterday = TODAY - timedelta(days=1)
        ends = {yesterday: NOW, TODAY: NOW + timedelta(days=1)}
        known = sweeping.persons_as_known(snapshot, ends)[TODAY]
        with duckdb.connect() as engine:
            columns = ", ".join(f"a.{c} IS DISTINCT FROM b.{c}" for c in STATE_COLUMNS[1:])
            rows = engine.execute(
                f"SELECT count(*), count(*) FILTER ({columns.replace(', ', ' OR ')}) "
                f"FROM read_parquet('{snapshot.state}') a JOIN read_parquet('{known}') b USING (person_id)"
            ).fetchall()
    assert rows == [(town, 0)]


def test_the_folder_with_personal_data_is_gone_and_was_closed_to_others(town: int, as_process: Enter) -> None:
    with as_process(PREFIX), sweeping.scratch_folder() as folder:
        snapshot = sweeping.take_snapshot(folder, with_facts=True)
        assert folder.stat().st_mode & 0o077 == 0
        assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
        assert not list(folder.glob("*.csv"))
        assert snapshot.people == town
    assert not folder.exists()


def test_a_snapshot_without_facts_cannot_be_asked_about_the_past(town: int, as_process: Enter) -> None:
    with as_process(PREFIX), sweeping.scratch_folder() as folder:
        snapshot = sweeping.take_snapshot(folder)
        with pytest.raises(ValueError, match="without facts"):
            sweeping.persons_as_known(snapshot, {TODAY: NOW})


def test_the_trend_is_one_point_a_day_and_the_last_sweep_of_a_day_counts(as_process: Enter) -> None:
    with as_process(PREFIX):
        make.person(division=COMMUNITIES[0])
    days = [NOW - timedelta(days=60), NOW - timedelta(days=30), NOW, NOW + timedelta(hours=1)]
    for day in days:
        sweep(now=day)
    with as_process(PREFIX):
        trend = selectors.trend_of(PREFIX, PERSON_LINE, until=TODAY)
        assert [day for day, _ in trend] == [days[0].date(), days[1].date(), TODAY]
        assert [day for day, _ in selectors.trend_of(PREFIX, PERSON_LINE, until=TODAY, months=2)] == [
            days[1].date(), TODAY,
        ]  # fmt: skip
        assert Sweep.objects.filter(state=SweepState.DONE).count() == 4


def test_a_new_number_of_the_law_changes_those_it_touches_and_no_past_decision(as_process: Enter) -> None:
    by_benefit: dict[str, list[int | None]] = defaultdict(list)
    with as_process("1502"):
        person = make.person(division=COMMUNITIES[0], hardship_class=1)
    sweep("1502")
    with as_process("1502"):
        first = list(Decision.objects.order_by("pk").values())
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM entitlements_decision")
            assert cursor.fetchone() == (len(first),)
        sweeping.sweep_for_changed_law(
            division="1502", keys=["aged_80_fen"], on=TODAY, now=NOW + timedelta(hours=1)
        )
        assert list(Decision.objects.order_by("pk").values()) == first  # the same law: nothing to say
        for decision in selectors.decisions_of(PersonId(person.pk)):
            by_benefit[decision.benefit].append(decision.amount)
    assert by_benefit["oldest_old_allowance"] == [12000]


def test_of_a_place_where_nobody_is_entered_it_is_said_and_no_law_waits_for_it(as_process: Enter) -> None:
    with as_process(PREFIX):
        with pytest.raises(sweeping.NobodyThere, match="nothing to sweep"):
            sweeping.sweep(prefix=PREFIX, as_of=TODAY, now=NOW)
        found = sweeping.sweep_for_changed_law(division=PREFIX, keys=["aged_80_fen"], on=TODAY, now=NOW)
        assert found is None
        assert not Sweep.objects.exists()
