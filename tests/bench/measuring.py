"""Wall clock, CPU seconds and peak memory of this process and of a PostgreSQL server beside it (Linux)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
EVERY = 0.5


@dataclass
class Taken:
    """What one stretch of work took; memory in megabytes of 10^6 bytes."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    database_cpu_s: float = 0.0
    peak_mb: float = 0.0
    database_peak_mb: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)

    def told(self, prefix: str = "") -> dict[str, float]:
        names = ("wall_s", "cpu_s", "database_cpu_s", "peak_mb", "database_peak_mb")
        return {f"{prefix}{name}": round(getattr(self, name), 2) for name in names}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Wall seconds of one part of the work."""
        began = time.monotonic()
        yield
        self.parts[name] = round(self.parts.get(name, 0.0) + time.monotonic() - began, 2)


@contextmanager
def measured(data: Path | None = None) -> Iterator[Taken]:
    """Measure what happens inside.

    Args:
        data: the data folder of the server that works for us.
    """
    taken, over = Taken(), threading.Event()
    postmaster = int((data / "postmaster.pid").read_text().split()[0]) if data else 0
    # Writing 5 here sets the high-water mark of this process back to what it holds now.
    Path("/proc/self/clear_refs").write_text("5")
    watcher = threading.Thread(target=_watch, args=(postmaster, taken, over), daemon=True)
    began, cpu, database = time.monotonic(), time.process_time(), _tree_cpu(postmaster)
    watcher.start()
    try:
        yield taken
    finally:
        taken.wall_s = time.monotonic() - began
        taken.cpu_s = time.process_time() - cpu
        taken.database_cpu_s = _tree_cpu(postmaster) - database
        taken.peak_mb = _status(os.getpid()).get("VmHWM", 0) * 1024 / 1e6
        over.set()
        watcher.join()


def queued_s(*pids: int) -> float:
    """Seconds that this thread and these processes have stood in the queue for a processor so far.

    What another program on the same machine costs us: taken off, a wait for disk or for a lock still counts.
    Zero where the kernel does not tell.
    """
    told = [Path("/proc/thread-self/schedstat"), *(Path(f"/proc/{pid}/schedstat") for pid in pids)]
    try:
        return sum(int(file.read_text().split()[1]) for file in told) / 1e9
    except OSError:
        return 0.0


def _watch(postmaster: int, taken: Taken, over: threading.Event) -> None:
    while postmaster and not over.wait(EVERY):
        rows = [_status(pid) for pid in _tree(postmaster)]
        # Shared buffers count once, whoever has touched them; the rest is each process's own.
        held = sum(row.get("RssAnon", 0) for row in rows) + max(row.get("RssShmem", 0) for row in rows)
        taken.database_peak_mb = max(taken.database_peak_mb, held * 1024 / 1e6)


def _tree(parent: int) -> list[int]:
    """The server and its direct children: PostgreSQL has no grandchildren."""
    children = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _stat(pid)[1] == parent]
    return [parent, *children]


def _tree_cpu(parent: int) -> float:
    """CPU seconds of the server, of its children and of those it has already buried."""
    if not parent:
        return 0.0
    own, *others = (_stat(pid) for pid in _tree(parent))
    return (sum(own[11:15]) + sum(sum(row[11:13]) for row in others)) / TICKS


def _stat(pid: int) -> list[int]:
    """Fields of /proc/PID/stat from the state on: [0] is not a number and stands as 0."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return [0] * 50
    return [int(word) if word.lstrip("-").isdigit() else 0 for word in text.rpartition(")")[2].split()]


def _status(pid: int) -> dict[str, int]:
    """Kilobytes by name."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split(":", 1) for line in lines if line.endswith(" kB"))
    return {name: int(value.split()[0]) for name, value in pairs}
