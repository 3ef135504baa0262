"""What a long command says while it works. No Django in here."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Progress:
    """Says what is being done and how long it took, on standard error."""

    quiet: bool = False

    @contextmanager
    def step(self, says: str) -> Iterator[None]:
        began = time.monotonic()
        self._say(f"{says} …")
        yield
        self._say(f"{says}: {time.monotonic() - began:.1f} s")

    def _say(self, text: str) -> None:
        if not self.quiet:
            print(f"yiyang: {text}", file=sys.stderr, flush=True)
