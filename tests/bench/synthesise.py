"""How long inventing people takes, in CPU seconds: ``python -m tests.bench.synthesise [--from FOLDER]``.

Without a folder: Baotou from our own tables, people, facts and state (budget 8 s). With one: the sweep state
of Inner Mongolia (budgets 60 s, 1.5 GB, 60 MB). One JSON object; exit code 1 when a budget is broken.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from yiyang.engine.synthesising import cells, writing
from yiyang.people import tables

AS_OF = date(2026, 11, 20)
BUDGETS = {"1502": (8.0, 1.5, 120.0), "15": (60.0, 1.5, 60.0)}
"""CPU seconds, gigabytes of memory, megabytes of Parquet."""


def measure(place: str, source: Path | None, wanted: tuple[str, ...]) -> dict[str, object]:
    """Make one place in a temporary folder and say what it took."""
    before = time.process_time()
    places = cells.read_reference_folder(source, place) if source else tables.own_places(place)
    with tempfile.TemporaryDirectory() as folder:
        written = writing.write_places(
            places, tables.own_recipe(), Path(folder), seed=1, as_of=AS_OF, tables=wanted
        )
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    seconds = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    most = BUDGETS[place]
    within = seconds <= most[0] and memory <= most[1] * 1e9 and size <= most[2] * 1e6
    margins = [residual for residual in written.residuals.values() if residual is not None]
    return {
        "place": place,
        "counties": len(places),
        "rows": written.rows,
        "people": sum(written.people.values()),
        "cpu_seconds": round(seconds, 2),
        "peak_gigabytes": round(memory / 1e9, 3),
        "parquet_megabytes": round(size / 1e6, 1),
        "household_residual": [
            sum(getattr(r, name) for r in margins) for name in ("one_65", "two_65", "three_65")
        ],
        "budget": {"cpu_seconds": most[0], "gigabytes": most[1], "megabytes": most[2]},
        "within_budget": within,
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="source", type=Path, help="folder of reference tables")
    options = parser.parse_args()
    if options.source is None:
        result = measure("1502", None, writing.TABLES)
    else:
        result = measure("15", options.source, ("state",))
    print(json.dumps(result, ensure_ascii=False))
    return 0 if result["within_budget"] else 1


if __name__ == "__main__":
    sys.exit(main())
