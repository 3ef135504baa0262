"""What the front door shows."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import Fact, Notice


@dataclass(frozen=True, slots=True)
class LandingPage:
    """Two ways in, and how to do it without a phone."""

    place: str
    heading: str
    lead: str
    elder: str
    staff: str
    help: tuple[Fact, ...]
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Name and password; the same sentence for a wrong name and a wrong password."""

    form: FormView
    synthetic: bool = True
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class SignedOutPage:
    """Signed out."""

    synthetic: bool = True
