"""``python -m tests.bench.demo``: ``yiyang demo --no-serve --json`` from nothing, then once more.

The environment is there already: what ``make demo`` downloads before depends on the line and is not measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.installation import add_arguments, environment, state_folder
from tests.bench.reporting import report

YIYANG = str(Path(sys.executable).with_name("yiyang"))
QUICK = "0.02"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser, region=False)
    options = parser.parse_args(words)
    scale = QUICK if options.quick else "1.0"
    with state_folder(options) as folder:
        try:
            first_s, first = demo(folder, scale)
            second_s, second = demo(folder, scale)
        finally:
            subprocess.run([YIYANG, "db", "stop"], env=environment(folder), check=True, stdout=sys.stderr)
    same = first["eligible"] == second["eligible"]
    figures = {"first_s": first_s, "second_s": second_s}
    code = report("demo", figures, judged=not options.quick, people=first["people"], same_figures=same)
    return code if same else 1


def demo(folder: Path, scale: str) -> tuple[float, dict[str, object]]:
    """Seconds, and what it said."""
    began = time.monotonic()
    words = [YIYANG, "demo", "--no-serve", "--json", "--scale", scale]
    done = subprocess.run(words, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True)
    taken = time.monotonic() - began
    said: dict[str, object] = json.loads(done.stdout)
    return taken, said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
