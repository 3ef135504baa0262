"""What every elder page carries: how she wants it to look, and the number to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

Size = Literal["", "26", "30"]
SIZES: dict[str, Size] = {"": "", "22": "", "26": "26", "30": "30"}
LOOK_COOKIE = "yiyang_look"
HOTLINE = "12349"


@dataclass(frozen=True, slots=True)
class Look:
    """How the person wants pages to look; kept in the cookie ``yiyang_look``."""

    size: Size = ""
    dark: bool = False

    @classmethod
    def read(cls, cookie: str) -> Self:
        """``26-dark`` and its like; anything else is the usual look, never an error."""
        size, _, theme = cookie.partition("-")
        return cls(SIZES.get(size, ""), theme == "dark")

    def __str__(self) -> str:
        return f"{self.size or '22'}-{'dark' if self.dark else 'light'}"

    @property
    def html_class(self) -> str:
        """The classes of ``<html>``."""
        return " ".join(
            name for name in (self.size and f"size-{self.size}", "dark" if self.dark else "") if name
        )

    @property
    def body_pixels(self) -> int:
        """Height of the running text."""
        return int(self.size or 22)


@dataclass(frozen=True, slots=True)
class Proxy:
    """Whose pages these are, where somebody acts for her; said across the top of every one of them."""

    address: str
    can: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class Frame:
    """Header, footer and ``<html>`` of every page."""

    look: Look = field(default_factory=Look)
    reading: bool = False
    """She asked to be read to, and there was no script to do it: ``?read=1``."""
    read_href: str = "?read=1"
    synthetic: bool = True
    hotline: str = HOTLINE
    proxy: Proxy | None = None


def frame_of(*, cookie: str, query: Mapping[str, str], synthetic: bool, proxy: Proxy | None = None) -> Frame:
    """The frame for a request: its look cookie and its query; other parts of the query are kept."""
    kept = "".join(f"&{key}={value}" for key, value in query.items() if key in ("about", "matter", "by"))
    return Frame(Look.read(cookie), query.get("read") == "1", f"?read=1{kept}", synthetic, proxy=proxy)


@dataclass(frozen=True, slots=True)
class LookPage:
    """Choosing size and colours; the choice in force is ``frame.look``. ``back``: where she came from."""

    back: str


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that shows nothing but itself: the emergency page, the page after leaving."""
