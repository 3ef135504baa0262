"""Finding numbers of people in a heap of bytes, however they were written down: many at once."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

WIDTH = 8


def disguises(text: str) -> Iterator[tuple[str, bytes]]:
    """The same words as somebody might have stored them."""
    plain = text.encode()
    for order, content in (("", plain), (" reversed", text[::-1].encode())):
        yield f"plain{order}", content
        words = content.decode()
        yield f"utf-16le{order}", words.encode("utf-16-le")
        yield f"utf-16be{order}", words.encode("utf-16-be")
        for shift in range(3):
            yield f"base64+{shift}{order}", _inside_base64(content, shift)
        yield f"hex{order}", content.hex().encode()


def _inside_base64(content: bytes, shift: int) -> bytes:
    """What stands in every base64 that holds the content ``shift`` bytes after a multiple of three."""
    whole = base64.b64encode(b"\0" * shift + content)
    first, last = -(-shift * 8 // 6), (shift + len(content)) * 8 // 6
    return whole[first:last]


def found_in(heap: bytes, texts: Iterable[str]) -> list[str]:
    """``disguise: text`` of whatever of these is in the heap."""
    by_start: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
    for text in texts:
        for disguise, needle in disguises(text):
            assert len(needle) >= WIDTH, text
            by_start[int.from_bytes(needle[:WIDTH], "little")].append((f"{disguise}: {text}", needle))
    raw = np.frombuffer(heap, dtype=np.uint8)
    if len(raw) < WIDTH:
        return []
    starts = np.array(sorted(by_start), dtype=np.uint64)
    hits: set[str] = set()
    step = 1 << 22
    for begin in range(0, len(raw) - WIDTH + 1, step):
        part = np.ascontiguousarray(raw[begin : begin + step + WIDTH - 1])
        windows = np.lib.stride_tricks.sliding_window_view(part, WIDTH)
        words = np.ascontiguousarray(windows).view(np.uint64).ravel()
        places = np.searchsorted(starts, words)
        places[places == len(starts)] = 0
        for at in np.flatnonzero(starts[places] == words):
            where = begin + int(at)
            for name, needle in by_start[int(words[at])]:
                if heap[where : where + len(needle)] == needle:
                    hits.add(name)
    return sorted(hits)
