"""``python -m tests.bench.scope``: lists and look-ups under row security at 4,757,233 people.

Signed in as pages are (``yiyang_web``), each query in a transaction of its own under ``yiyang_app`` and the
scope of somebody in office: what is timed is the whole of it, from BEGIN over setting the scope to COMMIT.
Places and people are drawn by person, so a large community comes up more often than a small one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tests.bench.installation import add_arguments, opened, state_folder
from tests.bench.measuring import queued_s
from tests.bench.nightly import build
from tests.bench.reporting import report
from yiyang.base.ids import UserId

QUERIES = 1000
FIRST_PAGE = 20
SEED = 1
NOBODY = UserId(0)  # a colleague who has taken nobody


@dataclass(frozen=True)
class Drawn:
    """One person drawn at random, with what somebody would look her up by."""

    code: UUID
    division: str
    name: str
    initials: str
    id_number: str
    born_on: date
    last_four: str


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=True)
    options = parser.parse_args(words)
    with state_folder(options) as folder:
        options.state = folder
        if code := build(options):
            return code
        with opened(options, "web"):
            people = draw(QUERIES)
            figures: dict[str, float] = {}
            for name, (digits, ask) in asks().items():
                figures |= timed(name, digits, ask, people)
    return report("scope", figures, judged=not options.quick, queries=QUERIES)


def draw(n: int) -> list[Drawn]:
    """As the owner of the tables, who sees everybody."""
    from django.db import connections

    from yiyang.base.keys import sealing
    from yiyang.base.keys.sealing import Sealed

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id FROM people_person")
        ids = [row[0] for row in cursor.fetchall()]
        chosen = random.Random(SEED).sample(ids, min(n, len(ids)))
        cursor.execute(
            "SELECT id, code, division, name, initials, id_number, born_on, phone FROM people_person "
            "WHERE id = ANY (%s)",
            [chosen],
        )
        rows = cursor.fetchall()
    connections["owner"].close()
    random.Random(SEED).shuffle(rows)

    def opened(field: str, row_id: int, sealed: str | None) -> str:
        return sealing.unseal(f"people_person.{field}", row_id, Sealed(sealed)) if sealed else ""

    return [
        Drawn(
            code, division, name, initials, opened("id_number", row_id, number), born_on,
            opened("phone", row_id, phone)[-4:] or "0000",
        )
        for row_id, code, division, name, initials, number, born_on, phone in rows
    ]  # fmt: skip


type Ask = Callable[[Drawn, str], object]


def asks() -> dict[str, tuple[int, Ask]]:
    """What is asked, under a scope of how many digits of the person's division."""
    from django.utils import timezone

    from yiyang.base.scoping import Scope
    from yiyang.outreach import selectors as outreach
    from yiyang.people import selectors as people

    today = timezone.localdate()

    def first_page(prefix: str) -> object:
        counted = outreach.counted_in(prefix, NOBODY, on=today)
        return outreach.listed_in(prefix, on=today, limit=FIRST_PAGE, first=counted.following)

    def found(text: str, prefix: str) -> object:
        return people.search(text, Scope.of(prefix))

    def born(text: str, born_on: date, prefix: str) -> object:
        return people.search(text, Scope.of(prefix), born_on=born_on)

    return {
        "list": (12, lambda _, prefix: first_page(prefix)),
        "people": (12, lambda _, prefix: list(people.people_in(Scope.of(prefix))[:FIRST_PAGE])),
        "code": (6, lambda one, _: people.person_of(one.code)),
        "id_number": (4, lambda one, prefix: found(one.id_number, prefix)),
        "name_in_community": (12, lambda one, prefix: found(one.name, prefix)),
        "name_in_city": (4, lambda one, prefix: found(one.name, prefix)),
        "initials_in_community": (12, lambda one, prefix: found(one.initials, prefix)),
        "initials_in_city": (4, lambda one, prefix: found(one.initials, prefix)),
        "name_and_birth_in_city": (4, lambda one, prefix: born(one.name, one.born_on, prefix)),
        "initials_and_birth_in_city": (4, lambda one, prefix: born(one.initials, one.born_on, prefix)),
        "last_four_in_community": (12, lambda one, prefix: found(one.last_four, prefix)),
    }


def timed(name: str, digits: int, ask: Ask, people: list[Drawn]) -> dict[str, float]:
    """Milliseconds at the 50th and 99th percentile; the first tenth only warms up.

    ``p99`` leaves out what the two processes stood in the queue for a processor, so that it says the same on
    a busy machine as on an idle one; ``wall_p99`` is the clock on the wall.
    """
    from django.db import connection

    from yiyang.base.scoping import Role, Scope, acting

    for one in people[: len(people) // 10]:
        with acting(Role.APP, Scope.of(one.division[:digits])):
            ask(one, one.division[:digits])
    server = connection.connection.info.backend_pid
    taken: list[float] = []
    clean: list[float] = []
    for one in people:
        queued, began = queued_s(server), time.perf_counter()
        with acting(Role.APP, Scope.of(one.division[:digits])):
            ask(one, one.division[:digits])
        taken.append((time.perf_counter() - began) * 1000)
        clean.append(taken[-1] - (queued_s(server) - queued) * 1000)
    return {
        f"{name}_p50_ms": percentile(clean, 50),
        f"{name}_p99_ms": percentile(clean, 99),
        f"{name}_wall_p99_ms": percentile(taken, 99),
    }


def percentile(values: list[float], per_cent: int) -> float:
    """The smallest value that so many per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * per_cent // 100) - 1)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
