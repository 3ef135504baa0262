"""Two at the same moment, each on a connection of its own: exactly one of them does it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import NOW
from tests.factories import assessing, staff
from tests.factories import people as make
from tests.factories.committing import committed, side_by_side
from tests.factories.saying import DOING, decided, say
from yiyang.assessments.guards import AlreadyOpen
from yiyang.assessments.models import Assessment
from yiyang.base import outbox
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.errors import BrokenInvariant
from yiyang.entitlements.choices import AppealGround, AppealState
from yiyang.entitlements.models import Decision
from yiyang.entitlements.services import asking, deciding
from yiyang.outreach import services
from yiyang.outreach.choices import OPEN_STATES
from yiyang.outreach.guards import AlreadyTaken
from yiyang.outreach.models import Lead
from yiyang.people.events import FactsChanged
from yiyang.people.models import Person

HOME = "150204001021"
CITY = Scope.of("1502")
ANSWER = "经核实，原来的认定是对的。"


@dataclass
class Two:
    wu: Person
    zhang: Actor
    li: Actor


@pytest.fixture
def two(django_db_setup: None, django_db_blocker: Any) -> Iterator[Two]:
    with committed(django_db_blocker):
        zhang, li = (staff.actor("grid_worker", HOME, name=name) for name in ("张伟", "李娜"))
        with acting(Role.JOB, CITY, actor_id="process:tests"):
            wu = make.person(division=HOME)
            say(wu, hardship_class=2)
        yield Two(wu, zhang, li)


def at_once(actors: tuple[Actor, ...], act: Callable[[Actor], object]) -> list[object]:
    """Everybody opens a transaction, waits for the others, then acts."""
    gate = threading.Barrier(len(actors), timeout=10)

    def once(actor: Actor) -> object:
        with acting(Role.APP, actor.scope, actor_id=actor.label):
            gate.wait()
            return act(actor)

    return side_by_side(*(lambda actor=actor: once(actor) for actor in actors))


def test_of_two_who_take_one_household_exactly_one_gets_it(two: Two) -> None:
    with acting(Role.JOB, CITY, actor_id="process:tests"):
        decided(two.wu)
    person_id = PersonId(two.wu.pk)
    answers = at_once(
        (two.zhang, two.li), lambda actor: services.take_leads(actor=actor, person_id=person_id, now=NOW)
    )
    lost = [answer for answer in answers if isinstance(answer, AlreadyTaken)]
    won = [answer for answer in answers if isinstance(answer, list)]
    assert (len(lost), len(won)) == (1, 1)
    with acting(Role.JOB, CITY, actor_id="process:tests"):
        hands = set(Lead.objects.values_list("taken_by_id", flat=True))
    assert hands == {lead.taken_by_id for lead in won[0]}


def test_of_two_who_assess_one_person_exactly_one_begins(two: Two) -> None:
    answers = at_once((two.zhang, two.li), lambda actor: assessing.opened(actor, two.wu))
    assert sorted(type(answer).__name__ for answer in answers) == [AlreadyOpen.__name__, Assessment.__name__]


def test_two_who_bring_leads_in_line_open_each_of_them_once(two: Two) -> None:
    with acting(Role.JOB, CITY, actor_id="process:tests"):
        deciding.decide(actor=DOING, person_id=PersonId(two.wu.pk), now=NOW)
    answers = at_once(
        (two.zhang, two.li),
        lambda _: services.refresh_leads(person_id=PersonId(two.wu.pk), now=NOW),
    )
    assert sorted(answer["opened"] for answer in answers if isinstance(answer, dict)) == [0, 4]
    with acting(Role.JOB, CITY, actor_id="process:tests"):
        benefits = list(Lead.objects.filter(state__in=OPEN_STATES).values_list("benefit", flat=True))
    assert len(benefits) == len(set(benefits)) == 4


def test_one_event_worked_off_by_two_processes_has_its_effect_once(two: Two) -> None:
    answers = side_by_side(*(lambda: outbox.deliver_due(NOW) for _ in range(2)))
    assert sorted(a for a in answers if isinstance(a, int)) == [0, 1]
    with acting(Role.JOB, CITY, actor_id="process:tests"):
        chain = Decision.objects.filter(benefit="care_service_subsidy").count()
    assert chain == 1


def test_news_outside_a_transaction_is_a_bug(two: Two) -> None:
    with pytest.raises(BrokenInvariant, match="could be lost"):
        outbox.publish(FactsChanged(person_id=two.wu.pk, keys=(), division=HOME, at=NOW))


def test_of_two_officials_who_answer_one_appeal_the_second_is_told(two: Two) -> None:
    with acting(Role.APP, two.zhang.scope):
        made = asking.disagree(
            actor=two.zhang, person_id=PersonId(two.wu.pk), benefit="oldest_old_allowance",
            ground=AppealGround.AMOUNT, own_words="", now=NOW,
        )  # fmt: skip
    officials = tuple(staff.actor("official", "150204", name=name) for name in ("王静", "赵敏"))
    answers = at_once(
        officials,
        lambda actor: asking.answer_appeal(
            actor=actor,
            appeal_id=made.pk,
            state=AppealState.UPHELD,
            answer="经核实，原来的认定是对的。",
            now=NOW,
        ),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyAnswered", "Appeal"]
