"""``make bench``: every bench in a process of its own, one after the other; measured against its budget.

``python -m tests.bench [names…] [--quick] [--from FOLDER] [--keep FOLDER]``: a line of JSON a bench, then a
table; exit 1 if a budget is broken or a bench fails, 2 for an unknown name.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.installation import REFERENCE

PEOPLE = "4757233"


@dataclass(frozen=True)
class Bench:
    """``reference``: it needs the tables of a whole region; ``state``: the installation it shares."""

    module: str
    reference: bool = False
    state: str = ""
    words: tuple[str, ...] = ()
    quick: tuple[str, ...] = ("--quick",)


BENCHES = {
    "sweep": Bench("sweep", words=("--people", PEOPLE), quick=("--people", "200000")),
    "synthesise": Bench("synthesise", quick=()),
    "synthesise_region": Bench("synthesise", reference=True, quick=()),
    "linking": Bench("linking"),
    "load": Bench("load"),
    "importing": Bench("importing"),
    "seal": Bench("seal"),
    "demo": Bench("demo", state="city"),
    "rotation": Bench("rotation"),
    "overview": Bench("overview", state="city"),
    "nightly": Bench("nightly", reference=True, state="region"),
    "scope": Bench("scope", reference=True, state="region"),
    "rehearse": Bench("rehearse", reference=True, state="region"),
}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(BENCHES)}; all without a name")
    parser.add_argument("--quick", action="store_true", help="small sizes to try them out; nothing is judged")
    parser.add_argument("--from", dest="source", type=Path, default=REFERENCE, help="reference tables")
    parser.add_argument("--keep", type=Path, help="keep the installations in this folder, use those in it")
    options = parser.parse_args(words)
    if unknown := [name for name in options.names if name not in BENCHES]:
        print(f"no bench {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    wanted = [name for name in BENCHES if not options.names or name in options.names]
    failed: list[str] = []
    lines: list[dict[str, Any]] = []
    with installations(options.keep) as folder:
        for name in wanted:
            if BENCHES[name].reference and not options.source.exists():
                print(f"{name}: left out, no reference tables in {options.source}", file=sys.stderr)
                continue
            code, said = run(name, BENCHES[name], folder, options)
            lines += said
            failed += [name] if code else []
    print("\n".join(table(lines)))
    print(f"failed: {', '.join(failed)}" if failed else "every budget is kept")
    return 1 if failed else 0


@contextmanager
def installations(kept: Path | None) -> Iterator[Path]:
    """Where benches that share an installation find it; removed at the end unless it is the operator's."""
    folder = kept or Path(tempfile.mkdtemp(prefix="yiyang-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def run(
    name: str, bench: Bench, folder: Path, options: argparse.Namespace
) -> tuple[int, list[dict[str, Any]]]:
    """One bench: its exit code and the objects it printed, with the load of the machine before it."""
    print(f"== {name} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
    words = list(bench.quick if options.quick else bench.words)
    words += ["--from", str(options.source)] if bench.reference else []
    words += ["--state", str(folder / bench.state)] if bench.state else []
    command = [sys.executable, "-m", f"tests.bench.{bench.module}", *words]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="", flush=True)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def table(lines: list[dict[str, Any]]) -> list[str]:
    """One row a figure that has a budget; those without stand in the objects above."""
    rows = [f"{'bench':20}{'figure':32}{'measured':>12}{'budget':>10}"]
    for line in lines:
        for key, most in line["budgets"].items():
            found = line["measured"].get(key)
            says = "-" if found is None else f"{found:,.2f}"
            verdict = "broken" if key in line["broken"] else "ok"
            rows.append(f"{line['bench']:20}{key:32}{says:>12}{most:>10,.1f}  {verdict}")
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
