"""What the system administrator and the security officer see of accounts and duties."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.faces.shared.fields import FormView
from yiyang.faces.shared.showing import Chip, Fact, Link, Notice, State


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account of the list."""

    login: str
    href: str
    name: str
    last: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Accounts by a part of login or name."""

    heading: str
    lead: str
    filters: FormView
    rows: tuple[AccountRow, ...]
    empty: State
    new: Link
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done to an account: what it means, and its button."""

    says: str
    note: str
    verb: str
    word: str = ""  # posted; empty = a page of its own at ``href``
    href: str = ""


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account: how it stands, and what can be done."""

    heading: str
    lead: str
    facts: tuple[Fact, ...]
    acts: tuple[Act, ...]
    action: str


@dataclass(frozen=True, slots=True)
class FormOnlyPage:
    """A form with what it means above it."""

    heading: str
    lead: str
    form: FormView
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class StartPasswordPage:
    """A password for one use, on this page and never again."""

    heading: str
    login: str
    password: str
    onward: Link


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty in force."""

    name: str
    login: str
    title: str
    place: str
    until: str
    chip: Chip
    take: str


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """Duties of the branch, those that end first on top; who excludes whom."""

    heading: str
    lead: str
    filters: FormView
    rows: tuple[DutyRow, ...]
    empty: State
    new: Link
    apart: tuple[str, ...]
    counted: str = ""


@dataclass(frozen=True, slots=True)
class GrantPage:
    """A new duty: the place is chosen by going down the tree, the rest by the form."""

    heading: str
    lead: str
    path: tuple[Link, ...]
    below: tuple[Link, ...]
    form: FormView
    apart: tuple[str, ...]
