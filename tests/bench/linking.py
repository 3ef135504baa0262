"""``python -m tests.bench.linking``: 547,019 invented people of Baotou, 2 % of them entered a second time.

A second entry goes wrong as an office's entries do, in one or two ways (``spoiling``). Told: how many of the
planted pairs are found (recall), how many of the found ones were planted (precision), for SAME and for SAME
and LIKELY together, and by the way in which the entry went wrong. ``--worst`` prints missed and false pairs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tests.bench.measuring import measured
from tests.bench.reporting import report
from tests.bench.spoiling import Spoiled, spoil
from yiyang.engine import linking
from yiyang.engine.linking.preparing import INPUT
from yiyang.engine.synthesising.counties import make_county
from yiyang.people import tables

AS_OF = date(2026, 11, 20)
SHARE = 0.02
SEED = 7


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one county, nothing is judged")
    parser.add_argument("--seed", type=int, default=SEED, help="of the planted entries")
    parser.add_argument("--worst", type=int, default=0, help="print so many missed and false pairs")
    options = parser.parse_args(words)
    people = everybody("150206" if options.quick else "1502")
    chosen = np.random.default_rng(options.seed).choice(len(people), int(len(people) * SHARE), replace=False)
    spoiled = spoil(people, chosen, seed=options.seed)
    records = pa.concat_tables([people, spoiled.records])
    began = time.monotonic()
    with measured() as taken:
        pairs = linking.link(records)
    seconds = time.monotonic() - began
    figures = judged(pairs, spoiled) | {"link_s": seconds, "peak_mb": taken.peak_mb}
    told = {"people": len(people), "planted": len(chosen), "ways": by_way(pairs, spoiled)}
    capped = [(row.block, row.keys, row.records) for row in linking.left_out(pairs)]
    if options.worst:
        show(records, pairs, spoiled, options.worst)
    return report("linking", figures, judged=not options.quick, left_out=capped, **told)


def everybody(place: str) -> pa.Table:
    """The columns that are linked, of all counties under a place."""
    found = [
        make_county(cells, tables.own_recipe(), seed=1, as_of=AS_OF).people()
        for cells in tables.own_places(place)
    ]
    people = pa.concat_tables(found)
    born = people.column("birth_on")
    ymd = pc.add(
        pc.add(pc.multiply(pc.year(born), 10000), pc.multiply(pc.month(born), 100)), pc.day(born)
    ).cast(pa.int32())
    columns = {
        "key": people.column("person_id"),
        "initials": people.column("name_initials"),
        "birth_ymd": ymd,
    }
    same = {name: people.column(name) for name in INPUT.names if name in people.column_names}
    return pa.table({name: (columns | same)[name] for name in INPUT.names}).cast(INPUT)


def judged(pairs: pa.Table, spoiled: Spoiled) -> dict[str, float]:
    """Shares in per cent, and what is missing of them: a budget is always a most."""
    figures: dict[str, float] = {}
    for name, verdicts in {"same": ["SAME"], "likely": ["SAME", "LIKELY"]}.items():
        found = pairs.filter(pc.is_in(pairs.column("verdict"), pa.array(verdicts)))
        right = sum(pair in spoiled.pairs for pair in ends(found))
        figures[f"{name}_recall"] = 100 * right / len(spoiled.pairs)
        figures[f"{name}_precision"] = 100 * right / max(1, len(found))
    figures["missed_per_cent"] = 100 - figures["likely_recall"]
    figures["false_per_cent"] = 100 - figures["likely_precision"]
    return figures


def ends(pairs: pa.Table) -> list[tuple[int, int]]:
    return list(zip(pairs.column("a").to_pylist(), pairs.column("b").to_pylist(), strict=True))


def by_way(pairs: pa.Table, spoiled: Spoiled) -> dict[str, str]:
    """Found of planted, by the way in which the second entry went wrong."""
    found = set(ends(pairs))
    planted, right = Counter[str](), Counter[str]()
    for pair, ways in spoiled.pairs.items():
        for way in ways:
            planted[way] += 1
            right[way] += pair in found
    return {way: f"{right[way]} of {planted[way]}" for way in sorted(planted)}


def show(records: pa.Table, pairs: pa.Table, spoiled: Spoiled, most: int) -> None:
    rows = {row["key"]: row for row in records.to_pylist()}
    found = {(pair["a"], pair["b"]): pair for pair in pairs.to_pylist()}
    missed = [pair for pair in spoiled.pairs if pair not in found]
    false = [pair for pair in found if pair not in spoiled.pairs]
    for title, wrong in (("missed", missed), ("false", false)):
        print(title, len(wrong), file=sys.stderr)
        for a, b in wrong[:most]:
            told = found.get((a, b), {"reasons": spoiled.pairs.get((a, b))})
            print(told, list(rows[a].values()), list(rows[b].values()), sep="\n  ", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
