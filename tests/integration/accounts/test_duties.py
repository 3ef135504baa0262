"""Duties: for one branch, until a day, and never two that check each other in one hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW
from tests.factories import people as make
from tests.factories import staff
from yiyang.accounts import guards, selectors, services
from yiyang.accounts.duties import DUTIES, role_of
from yiyang.accounts.guards import DutyRefused, NotYourDuty
from yiyang.accounts.models import Duty, User
from yiyang.base.ids import UserId
from yiyang.base.scoping import NOBODY, Role, Scope, acting
from yiyang.people.models import Person
from yiyang.regions.codes import BadScope

TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang(db: None) -> User:
    return staff.account("张伟")


@pytest.mark.parametrize(("first", "second"), [("official", "approver"), ("approver", "grid_worker")])
def test_who_makes_does_not_check(zhang: User, first: str, second: str) -> None:
    staff.grant(zhang, first, "1502", TODAY)
    with pytest.raises(DutyRefused) as refused:
        staff.grant(zhang, second, "150204", TODAY)
    assert "不能由同一个人担任" in refused.value.message
    assert Duty.objects.filter(user=zhang).count() == 1


def test_one_after_the_other_is_allowed(zhang: User) -> None:
    staff.grant(zhang, "official", "1502", TODAY - timedelta(days=100), days=100)
    staff.grant(zhang, "approver", "1502", TODAY)
    assert [held.duty for held in selectors.duties_of(UserId(zhang.pk), on=TODAY)] == ["approver"]


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_duty_lasts_a_day_at_least_and_a_year_at_most(zhang: User, days: int) -> None:
    with pytest.raises(DutyRefused, match=f"a grant of {days} days"):
        staff.grant(zhang, "official", "1502", TODAY, days=days)


def test_a_duty_nobody_knows_or_a_place_that_is_none_is_refused(zhang: User) -> None:
    with pytest.raises(DutyRefused, match="no such duty"):
        staff.grant(zhang, "king", "1502", TODAY)
    with pytest.raises(BadScope):
        staff.grant(zhang, "official", "15020", TODAY)
    assert not Duty.objects.filter(user=zhang).exists()


def test_from_its_first_day_until_before_its_last_a_duty_gives_rights_and_a_place(
    zhang: User,
) -> None:
    staff.grant(zhang, "grid_worker", "150204001021", TODAY, days=10)
    for day, may in ((-1, False), (0, True), (9, True), (10, False)):
        actor = selectors.actor_of(zhang, on=TODAY + timedelta(days=day))
        assert actor.may("assess") is may, day
        assert (actor.scope == Scope.of("150204001021")) is may, day


def test_whoever_holds_no_duty_has_no_place_and_sees_nobody(zhang: User) -> None:
    with acting(Role.JOB, Scope.of("1502")):
        make.person()
    actor = selectors.actor_of(zhang, on=TODAY)
    assert (actor.scope, actor.rights) == (NOBODY, frozenset())
    with acting(Role.APP, actor.scope):
        assert not Person.objects.exists()
    with pytest.raises(NotYourDuty):
        guards.check_may(actor, "view_people")


def test_of_several_duties_the_chosen_one_counts_and_a_foreign_choice_does_not(zhang: User) -> None:
    staff.grant(zhang, "township_official", "150204001", TODAY - timedelta(days=2))
    staff.grant(zhang, "official", "1502", TODAY - timedelta(days=1))
    other = staff.account("李娜")
    staff.grant(other, "approver", "15", TODAY)
    _, second = selectors.duties_of(UserId(zhang.pk), on=TODAY)
    (foreign,) = selectors.duties_of(UserId(other.pk), on=TODAY)
    assert selectors.actor_of(zhang, on=TODAY).prefix == "150204001"
    assert selectors.actor_of(zhang, on=TODAY, duty_id=second.id).prefix == "1502"
    foreign_choice = selectors.actor_of(zhang, on=TODAY, duty_id=foreign.id)
    assert (foreign_choice.duty, foreign_choice.prefix) == ("", ""), "nobody slips into another duty unasked"


def test_names_of_staff_are_all_that_other_rooms_see(zhang: User) -> None:
    with acting(Role.APP, Scope.of("150204")):
        assert selectors.names_of([zhang.pk, None]) == {zhang.pk: "张伟"}
        assert selectors.names_of([]) == {}


def test_a_duty_says_who_granted_it(zhang: User) -> None:
    chief = staff.account("王静")
    services.grant_duty(
        user_id=UserId(zhang.pk), duty="official", prefix="1502", since=date(2026, 1, 1),
        until=date(2026, 12, 31), granted_by=UserId(chief.pk),
    )  # fmt: skip
    assert Duty.objects.get(user=zhang).granted_by_id == chief.pk


POWERS = ("system_admin", "security_officer", "auditor")


@pytest.mark.parametrize("power", POWERS)
def test_a_power_stands_beside_no_other_duty_whichever_came_first(power: str) -> None:
    for other in sorted(set(DUTIES) - {power}):
        for first, second in ((power, other), (other, power)):
            holder = staff.account()
            staff.grant(holder, first, "1502", TODAY - timedelta(days=100))
            with pytest.raises(DutyRefused):
                staff.grant(holder, second, "150204", TODAY)
            with pytest.raises(IntegrityError), transaction.atomic():
                Duty.objects.create(
                    user=holder, duty=second, prefix="150204", since=TODAY, until=TODAY + timedelta(days=9)
                )
            assert [held.duty for held in selectors.duties_of(UserId(holder.pk), on=TODAY)] == [first]


@pytest.mark.parametrize("power", POWERS)
def test_a_power_sees_no_older_person(power: str) -> None:
    with acting(Role.JOB, Scope.of("1502")):
        make.person()
    with (
        acting(role_of(power), Scope.of("1502")),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM people_person")


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        (Role.SYSTEM, "SELECT duty FROM accounts_duty"),
        (Role.SYSTEM, "INSERT INTO accounts_duty (user_id, duty) VALUES (1, 'auditor')"),
        (Role.SYSTEM, "SELECT action FROM base_audit"),
        (Role.SECURITY, "UPDATE accounts_user SET is_active = true"),
        (Role.SECURITY, "SELECT password FROM accounts_user"),
        (Role.SECURITY, "SELECT action FROM base_audit"),
        (Role.AUDIT, "UPDATE accounts_user SET is_active = true"),
        (Role.AUDIT, "SELECT duty FROM accounts_duty"),
        (Role.AUDIT, "DELETE FROM base_audit"),
    ],
)
def test_each_power_keeps_its_own_and_nothing_else(db: None, role: Role, statement: str) -> None:
    with (
        acting(role, Scope.of("1502")),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
