"""The cast of the staff pages: two colleagues of one community, one of the next, an older person."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.people import person
from yiyang.accounts import services as accounts
from yiyang.accounts.models import User
from yiyang.base.actors import process
from yiyang.base.ids import PersonId, UserId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.entitlements.services import deciding
from yiyang.outreach import services as outreach
from yiyang.people.models import Person

HERE, NEXT_DOOR = "150204001021", "150204001022"
PASSWORD = "a-long-enough-password"
WU_BORN = date(1942, 3, 1)
POOR = {"hardship_class": 2, "lives_alone": True}


@dataclass(frozen=True)
class Colleague:
    """Somebody in office with a browser of their own."""

    user: User
    client: Client


def official(login: str, name: str, *posts: tuple[str, str]) -> User:
    """A staff account with one duty for each (duty, prefix)."""
    user = accounts.open_staff_account(login=login, name=name, password=PASSWORD)
    today = timezone.localdate()
    for duty, prefix in posts:
        accounts.grant_duty(
            user_id=UserId(user.pk),
            duty=duty,
            prefix=prefix,
            since=today - timedelta(days=1),
            until=today + timedelta(days=30),
            granted_by=None,
        )
    return user


def colleague(login: str, name: str, duty: str = "grid_worker", prefix: str = HERE) -> Colleague:
    """The same, signed in."""
    user = official(login, name, (duty, prefix))
    client = Client()
    client.force_login(user)
    return Colleague(user, client)


def inside(prefix: str = HERE) -> AbstractContextManager[object]:
    """As a process that sees one branch: to make the cast, and to look at what a page has done."""
    return acting(Role.JOB, Scope.of(prefix), actor_id="process:tests")


def somebody(**of: Any) -> Person:
    """An older person whose entitlements are decided and whose leads are open."""
    found = person(**{"division": HERE, "born_on": WU_BORN, **of})
    now = timezone.localtime()
    deciding.decide(actor=process("tests"), person_id=PersonId(found.pk), now=now)
    outreach.refresh_leads(person_id=PersonId(found.pk), now=now)
    return found


def seen_by_staff(prefix: str = HERE) -> AbstractContextManager[object]:
    """As somebody in office: the only role that may read the audit."""
    return acting(Role.APP, Scope.of(prefix), actor_id="staff:tests")


def lead_url(who: Person, act: str = "lead") -> str:
    """Address of one person on the community phone."""
    return reverse(f"community:{act}", kwargs={"code": who.code})
