"""A subdistrict swept tonight: who lives there, and what the pages of the bureau are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any, Protocol

from django.http import HttpResponse
from django.utils import timezone

from tests.factories.people import person
from tests.integration.faces.cast import HERE, NEXT_DOOR, inside
from yiyang.base.scoping import EVERYWHERE, Role, acting
from yiyang.entitlements.models import Receipt, Sweep
from yiyang.entitlements.services import sweeping
from yiyang.people.models import Person

CITY, COUNTY, STREET = "1502", "150204", "150204001"
OTHER_COUNTY = "150203001001"
NOBODY_HAS = "5f0c1a52-0000-4000-8000-000000000000"
KNOWN: dict[str, Any] = dict.fromkeys(
    (
        "hardship_class",
        "ability_level",
        "disability_certificate_grade",
        "insured_months",
        "ltci_disability_level",
    ),
    0,
)


@dataclass(frozen=True)
class Street:
    """One of each kind: served, not reached, not to be told, not due, out of range, without a community."""

    served: Person
    missed: Person
    unknown: Person
    young: Person
    impossible: Person
    unplaced: Person
    sweep: Sweep


def street() -> Street:
    """Make the people of a subdistrict and sweep the city."""
    with inside(CITY):
        served = person(division=HERE, name="冯玉珍", born_on=date(1940, 5, 1), **KNOWN)
        missed = person(division=HERE, name="吴桂兰", born_on=date(1942, 3, 1), **KNOWN)
        unknown = person(division=NEXT_DOOR, name="周满仓", born_on=date(1955, 1, 1))
        young = person(division=NEXT_DOOR, name="赵小珍", born_on=date(1960, 1, 1), **KNOWN)
        impossible = person(division=HERE, name="钱万年", born_on=date(1880, 1, 1), **KNOWN)
        unplaced = person(division=f"{STREET}000", name="孙无家", born_on=date(1941, 1, 1), **KNOWN)
        Receipt.objects.create(
            person=served, benefit="oldest_old_allowance", division="150204000000", since=date(2024, 1, 1),
            amount_fen=12000, source="SYNTHETIC", recorded_at=timezone.localtime(),
        )  # fmt: skip
    return Street(served, missed, unknown, young, impossible, unplaced, swept())


def swept(prefix: str = CITY) -> Sweep:
    """A sweep of a branch as of today."""
    now = timezone.localtime()
    with acting(Role.JOB, EVERYWHERE, actor_id="process:tests"):
        return sweeping.sweep(prefix=prefix, as_of=now.date(), now=now).sweep


class Shown(Protocol):
    """An answer of the site: what the test client gives back."""

    status_code: int

    @property
    def content(self) -> bytes: ...


def text_of(response: Shown) -> str:
    """The page as words, spaces made single."""
    html = re.sub(r"<svg.*?</svg>|<head>.*?</head>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def main_of(response: Shown) -> str:
    """The words of the page itself, without navigation and bars."""
    html = response.content.decode()
    return text_of(HttpResponse(html[html.index("<main") :]))
