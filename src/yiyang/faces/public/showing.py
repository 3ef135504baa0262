"""What the front door shows."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import Fact, Link, Notice


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


@dataclass(frozen=True, slots=True)
class PasskeyBox:
    """A button that only works with the script: what the browser is asked, and to do what."""

    act: str  # show, make
    options: str
    verb: str


@dataclass(frozen=True, slots=True)
class FactorPage:
    """One form on the way in, perhaps with a passkey beside it."""

    heading: str
    lead: str
    form: FormView
    passkey: PasskeyBox | None = None
    note: str = ""
    notice: Notice | None = None
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class EnrolPage:
    """A new authenticator app: a square picture to photograph, the same as letters to type."""

    login: str
    picture: str
    key: str
    form: FormView
    back: Link | None = None
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class CodesPage:
    """Recovery codes, on this page and never again."""

    codes: tuple[str, ...]
    onward: Link
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Device:
    """One browser somebody is in with."""

    id: int
    agent: str
    ip: str
    since: str
    seen: str
    here: bool


@dataclass(frozen=True, slots=True)
class Key:
    """One passkey, by the name its owner gave it."""

    id: int
    label: str
    made: str
    used: str


@dataclass(frozen=True, slots=True)
class DevicesPage:
    """Where somebody is signed in, and with what they prove themselves."""

    devices: tuple[Device, ...]
    facts: tuple[Fact, ...]
    keys: tuple[Key, ...]
    home: Link
    notice: Notice | None = None
    synthetic: bool = True
