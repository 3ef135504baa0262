"""How long inventing people takes, in CPU seconds: ``python -m tests.bench.synthesise [--from FOLDER]``.

Without a folder: Baotou from our own tables, people, facts and state. With one: the sweep state of Inner
Mongolia. One JSON object; exit code 1 when a budget is broken.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.bench.reporting import report
from yiyang.engine.synthesising import cells, writing
from yiyang.people import tables

AS_OF = date(2026, 11, 20)


def measure(
    place: str, source: Path | None, wanted: tuple[str, ...]
) -> tuple[dict[str, float], dict[str, object]]:
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
    margins = [residual for residual in written.residuals.values() if residual is not None]
    figures = {"cpu_s": seconds, "gigabytes": memory / 1e9, "parquet_megabytes": size / 1e6}
    told = {
        "place": place,
        "counties": len(places),
        "rows": written.rows,
        "people": sum(written.people.values()),
        "household_residual": [
            sum(getattr(r, name) for r in margins) for name in ("one_65", "two_65", "three_65")
        ],
    }
    return figures, told


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="source", type=Path, help="folder of reference tables")
    options = parser.parse_args()
    if options.source is None:
        name, (figures, told) = "synthesise", measure("1502", None, writing.TABLES)
    else:
        name, (figures, told) = "synthesise_region", measure("15", options.source, ("state",))
    return report(name, figures, made=told)


if __name__ == "__main__":
    sys.exit(main())
