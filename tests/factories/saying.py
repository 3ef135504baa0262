"""Words of sources about people, and news worked off: short forms for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from tests.conftest import NOW
from yiyang.base import outbox
from yiyang.base.actors import process
from yiyang.base.ids import PersonId
from yiyang.entitlements.services import deciding
from yiyang.outreach import services as outreach
from yiyang.people import services as people
from yiyang.people.choices import Source
from yiyang.people.models import Person

DOING = process("tests")


def say(
    whom: Person,
    *,
    source: Source = Source.CIVIL_AFFAIRS,
    valid_from: date = date(2026, 1, 1),
    now: datetime = NOW,
    **facts: int | None,
) -> None:
    """One source says something about a person."""
    say_all(whom, facts, source=source, valid_from=valid_from, now=now)


def say_all(
    whom: Person,
    facts: Mapping[str, int | None],
    *,
    source: Source = Source.CIVIL_AFFAIRS,
    valid_from: date = date(2026, 1, 1),
    now: datetime = NOW,
) -> None:
    """The same with the facts as a table."""
    people.record_facts(
        actor=DOING,
        person_id=PersonId(whom.pk),
        facts=facts,
        source=source,
        valid_from=valid_from,
        now=now,
    )


def decided(whom: Person, now: datetime = NOW) -> None:
    """All stored results of one person, and her leads, as a sweep would leave them."""
    deciding.decide(actor=DOING, person_id=PersonId(whom.pk), now=now)
    outreach.refresh_leads(person_id=PersonId(whom.pk), now=now)


def work_off(now: datetime = NOW, turns: int = 9) -> int:
    """As ``yiyang work``: news, and news of news, until nothing waits. Called outside ``acting`` blocks."""
    done = 0
    for _ in range(turns):
        heard = outbox.deliver_due(now)
        if not heard:
            break
        done += heard
    return done
