"""``make test``: format, lint, types, contracts, then every test that needs nothing beside the clone.

Fast tests run side by side; those with a database or a browser one after the other, each kind with a server
of its own. The run goes on after a failure, so that one run tells everything.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q")
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", (str(BIN / "ruff"), "format", "--check", "src", "tests", "scripts")),
    ("lint", (str(BIN / "ruff"), "check", "src", "tests", "scripts")),
    ("types", (str(BIN / "mypy"),)),
    ("imports", (str(BIN / "lint-imports"),)),
    ("unit", (*PYTEST, "tests/unit", "tests/property", "tests/health", "-n", "2")),
    ("integration", (*PYTEST, "tests/integration", "tests/security", "-n", "2", "--dist", "loadgroup")),
    ("browser", (*PYTEST, "tests/browser", "-n", "2", "--dist", "loadfile")),
)


def main(words: Sequence[str]) -> int:
    """Run the steps, or those named; say how each ended."""
    failed: list[str] = []
    for name, command in STEPS:
        if words and name not in words:
            continue
        began = time.monotonic()
        print(f"== {name}", flush=True)
        code = subprocess.run(command, check=False).returncode
        print(
            f"== {name}: {'ok' if code == 0 else f'FAILED ({code})'}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
        if code != 0:
            failed.append(name)
    print("== all green" if not failed else f"== failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
