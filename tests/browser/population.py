"""Finds and makes the people whom the page tests visit; prints them as JSON by kind.

``python -m tests.browser.population PREFIX COMMUNITY`` in the environment of a filled installation. Found
among the synthetic people, if possible of that community, by what stands decided: ``unserved`` (due money,
does not receive it), ``served``, ``cannot_tell``, ``elsewhere`` (registered in a county whose numbers are not
known here). Made, because nobody of the county is like that: ``rich`` (many results at once), ``young``
(nothing yet), ``husband`` and ``wife`` (one phone for two).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import django
from django.utils import timezone


def main(prefix: str, community: str) -> int:
    """Print the examples."""
    django.setup()
    from yiyang.base.scoping import Role, Scope, acting

    now = timezone.localtime()
    with acting(Role.JOB, Scope.of(prefix), actor_id="process:population"):
        found = dict(_found(prefix)) | dict(_found(community)) | dict(_made(community, now.date()))
    print(json.dumps(found, ensure_ascii=False))
    return 0


def _found(prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    from yiyang.entitlements import selectors as entitlements

    for kind in ("unserved", "served", "cannot_tell"):
        for benefit in ("care_support", "care_service_subsidy", "oldest_old_allowance"):
            row = entitlements.behind(prefix, benefit, kind).filter(person__phone__isnull=False).first()
            if row is not None:
                yield kind, _example(row.person)
                break
    away = entitlements.behind(prefix, "oldest_old_allowance", "cannot_tell")
    for row in away.filter(person__phone__isnull=False).exclude(person__hukou_division__startswith="15")[:1]:
        yield "elsewhere", _example(row.person)


def _made(place: str, today: date) -> Iterator[tuple[str, dict[str, str]]]:
    from tests.factories.people import person

    frail: dict[str, Any] = {
        "ability_level": 4,
        "hardship_class": 3,
        "disability_certificate_grade": 1,
        "lives_alone": True,
    }
    rest: dict[str, Any] = dict.fromkeys(
        ("empty_nest", "left_behind", "bereaved_family", "entitled_group", "has_dementia"), True
    )
    yield (
        "rich",
        _example(
            person(
                division=place,
                name="额尔登其其格·乌日图那苏图",
                born_on=date(today.year - 101, 2, 28),
                ltci_disability_level=5,
                insured_months=240,
                pension_scheme=1,
                seriously_ill=True,
                **frail,
                **rest,
            )
        ),
    )
    yield (
        "young",
        _example(
            person(division=place, name="欧阳国庆", born_on=date(today.year - 61, 10, 1), **_all_known())
        ),
    )
    phone = "00099990001"
    yield "husband", _example(person(division=place, name="赵长河", phone=phone, **_all_known()))
    yield "wife", _example(person(division=place, name="王秀英", phone=phone, **_all_known()))


def _all_known() -> dict[str, Any]:
    from yiyang.people.facts import FACTS

    return {key: False if spec.boolean else 0 for key, spec in FACTS.items()}


def _example(found: object) -> dict[str, str]:
    from yiyang.people import selectors as people
    from yiyang.people.models import Person

    assert isinstance(found, Person)
    return {
        "phone": people.phone_of(found),
        "name": found.name,
        "code": str(found.code),
        "division": found.division,
    }


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
