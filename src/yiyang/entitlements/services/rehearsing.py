"""What changed numbers would do to everybody of a branch, before anybody signs them. Never deleted."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from yiyang.accounts.guards import check_may
from yiyang.base.actors import Actor
from yiyang.base.ids import RehearsalId, RevisionId
from yiyang.base.log import audit
from yiyang.engine import identifying
from yiyang.engine.errors import Refused
from yiyang.engine.ruling.evaluating import Value, evaluate
from yiyang.engine.ruling.explaining import reason, status
from yiyang.engine.ruling.parameters import ParameterRow
from yiyang.engine.sweeping.differences import COUNTED, Compared, CountyDifference, Difference, Group, Side
from yiyang.entitlements import selectors
from yiyang.entitlements.models import Rehearsal
from yiyang.entitlements.services import sweeping
from yiyang.people import selectors as people
from yiyang.policies import library
from yiyang.policies import selectors as policies
from yiyang.policies import services as law

EXAMPLES = 10  # of those who gain and as many of those who lose, by result
SWEEP_GOOD_FOR = timedelta(days=7)
GAINERS: tuple[Group, ...] = ("gained", "more")
LOSERS: tuple[Group, ...] = ("lost", "less")


class SweepTooOld(Refused):
    code = "entitlements.sweep_too_old"
    message = "最近一次核算已超过 7 天，先核算再测算"


def rehearse_revision(*, actor: Actor, revision_id: RevisionId, now: datetime) -> Rehearsal:
    """Rehearse a draft over the actor's branch and note it on the draft.

    Raises:
        NotYourDuty, NoSuchRevision, WrongState, SweepTooOld
    """
    check_may(actor, "rehearse_law")
    with transaction.atomic():
        revision = policies.revision_by_id(revision_id)
        row = policies.as_row(revision)
        made = rehearse(
            actor=actor, rows=[row], prefix=actor.prefix, now=now, revision_id=revision_id,
            fingerprint=policies.fingerprint(revision),
        )  # fmt: skip
        law.note_rehearsal(
            actor=actor,
            revision_id=revision_id,
            rehearsal_id=RehearsalId(made.pk),
            fingerprint=made.fingerprint,
            now=now,
        )
    return made


@transaction.atomic
def rehearse(
    *,
    actor: Actor,
    rows: Sequence[ParameterRow],
    prefix: str,
    now: datetime,
    revision_id: RevisionId | None = None,
    fingerprint: str = "",
) -> Rehearsal:
    """Compare the law as it stands with the law as it would be, on the day the last row begins.

    ``content``: ``{"people", "refused", "day", "results": [{"benefit", "title", "unit", "total": COUNTS,
    "counties": [{"county", **COUNTS}], "gainers": [EXAMPLE], "losers": [EXAMPLE]}]}``; COUNTS are people,
    gained, lost, more, less, same, now_unknown, now_known, before_fen, after_fen; an EXAMPLE is masked_name,
    age, county, before and after with status, amount and reason. ``people`` = compared + ``refused``.

    Raises:
        SweepTooOld: nobody has looked at the branch for a week.
    """
    began = time.monotonic()
    last = selectors.sweep_over(prefix)
    if last is None or now.date() - last.as_of > SWEEP_GOOD_FOR:
        raise SweepTooOld(f"last sweep: {last.as_of if last else 'never'}")
    day = max(row.since for row in rows)
    stands = policies.approved_rows()
    before = Side(library.law_of(day), library.numbers(stands))
    after = Side(library.law_of(day), library.numbers((*_without(stands, rows), *rows)))
    with sweeping.scratch_folder() as folder:
        snapshot = sweeping.take_snapshot(folder)
        found = _differences(folder, snapshot.state, before, after)
        content = {
            "people": found.people,
            "refused": found.refused,
            "day": f"{day}",
            "results": [_told(difference, before, after, day) for difference in found.results],
        }
    made = Rehearsal.objects.create(
        revision_id=revision_id,
        division=prefix.ljust(12, "0"),
        as_of=last.as_of,
        sweep=last,
        changes=[_written(row) for row in rows],
        fingerprint=fingerprint or hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16],
        rules_digest=before.law.digest(),
        numbers_before=before.numbers.digest(),
        numbers_after=after.numbers.digest(),
        content=content,
        made_at=now,
        made_by_id=actor.user_id,
        seconds=round(time.monotonic() - began, 2),
    )
    audit.record(
        actor=actor, action="rehearsed", now=now, subject=("rehearsal", made.pk), division=made.division,
        detail={"keys": [row.key for row in rows]},
    )  # fmt: skip
    return made


def _without(stands: Iterable[ParameterRow], rows: Sequence[ParameterRow]) -> list[ParameterRow]:
    """A row that begins on the same day is replaced, not overlapped."""
    replaced = {(row.key, row.place, row.since) for row in rows}
    return [row for row in stands if (row.key, row.place, row.since) not in replaced]


def _differences(folder: Path, state: Path, before: Side, after: Side) -> Compared:
    return sweeping.sweeper(folder).differences(before, after, persons=str(state))


def _written(row: ParameterRow) -> dict[str, object]:
    return {**asdict(row), "since": f"{row.since}", "until": None if row.until is None else f"{row.until}"}


def _told(difference: Difference, before: Side, after: Side, day: date) -> dict[str, object]:
    rule = after.law.rules[difference.benefit]
    return {
        "benefit": difference.benefit,
        "title": rule.title,
        "unit": difference.unit,
        "total": _counts(difference.total()),
        "counties": [{"county": c, **_counts(d)} for c, d in sorted(difference.counties.items())],
        "gainers": _examples(difference, GAINERS, before, after, day),
        "losers": _examples(difference, LOSERS, before, after, day),
    }


def _counts(d: CountyDifference) -> dict[str, int]:
    return {"people": d.people, "same": d.same, **{name: getattr(d, name) for name in COUNTED}}


def _examples(
    difference: Difference, groups: tuple[Group, ...], before: Side, after: Side, day: date
) -> list[dict[str, object]]:
    """Some people by name, each with both answers and the reason of each."""
    ids = [person_id for group in groups for person_id in difference.people.get(group, ())][:EXAMPLES]
    rows, named = people.sweep_rows(ids), people.people_by_id(ids)
    return [
        {
            "person": str(named[i].code),
            "masked_name": identifying.masked_name(named[i].name),
            "age": people.ages(named[i], day),
            "county": rows[i]["residence_county"],
            "before": _answer(before, rows[i], difference.benefit),
            "after": _answer(after, rows[i], difference.benefit),
        }
        for i in ids
        if i in rows and i in named
    ]


def _answer(side: Side, row: dict[str, Value], benefit: str) -> dict[str, object]:
    found = evaluate(side.law, side.numbers, row)[benefit]
    return {"status": status(found.value), "amount": found.value, "reason": reason(found)}
