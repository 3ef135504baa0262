"""How one result of the law stands for one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from yiyang.faces.elder import wording
from yiyang.faces.elder.explanation import ExplanationJson
from yiyang.faces.elder.wording import Amount

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """How one result stands for one person: what the law says, what she receives, what she asked for."""

    explanation: ExplanationJson
    parts: tuple[ExplanationJson, ...] = ()
    """Members of a group of which the largest is paid (``care_support``)."""
    received_fen: int | None = None
    """What she receives a month (or once); None: she receives nothing. Zero: received, not money."""
    asked: bool = False
    """She asked to be called about it, and the call is still open."""
    received_since: date | None = None
    ended_on: date | None = None
    """She received it until then and receives it no more."""

    @property
    def group(self) -> Literal["unclaimed", "receiving", "unknown", "not_now"]:
        """Where it stands on the page. What she receives is hers, whatever the sweep says today."""
        if self.received_fen is not None:
            return "receiving"
        status = self.explanation["status"]
        return "unclaimed" if status == "ELIGIBLE" else "unknown" if status == "CANNOT_TELL" else "not_now"

    @property
    def worth(self) -> tuple[str, int]:
        """Unit and fen: what she receives, else what she could."""
        value = self.received_fen if self.received_fen is not None else self.explanation["amount"]
        return self.explanation["unit"], 0 if value is None or isinstance(value, bool) else value

    @property
    def worth_a_year(self) -> int:
        """Fen within a year: what comes every month is worth more than it looks."""
        unit, fen = self.worth
        return fen * MONTHS_OF_A_YEAR if unit == "fen/month" else fen

    @property
    def amount(self) -> Amount | None:
        """The money to show; None for a service."""
        unit, fen = self.worth
        return wording.amount_of(unit, fen) if fen else None

    @property
    def name(self) -> str:
        return wording.benefit_name(self.explanation["benefit"], self.explanation["title"])
