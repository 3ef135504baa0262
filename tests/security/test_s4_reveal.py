"""S4: masked everywhere; one field, with a reason, for a minute; one line; too many raise an alert."""

from __future__ import annotations

import logging
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.integration.faces.cast import (
    HERE,
    NEXT_DOOR,
    POOR,
    Colleague,
    colleague,
    inside,
    somebody,
)
from yiyang.accounts import selectors as accounts
from yiyang.accounts.duties import POWERS
from yiyang.base.actors import Actor
from yiyang.base.ids import PersonId
from yiyang.base.log import alerts, audit, watching
from yiyang.base.models import Alert, AuditEntry, OutboxEntry
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.faces.shared.sessions import PROVED
from yiyang.people import services as people
from yiyang.people.choices import RevealField, RevealPurpose
from yiyang.people.guards import MayNotReveal, ReasonTooShort
from yiyang.people.models import Person
from yiyang.people.selectors import NoSuchPerson, full

REASON = "联系本人办护理补贴"
FIELDS = [field.value for field in RevealField]


@pytest.fixture
def wu(db: None) -> Person:
    """吴桂兰, with an ID number, a phone and an address of her own."""
    with inside(HERE):
        return somebody(name="吴桂兰", **POOR)


@pytest.fixture
def liu(db: None) -> Colleague:
    """刘主任 of the street: the one who asks."""
    return colleague("s4.town", "刘主任", "township_official", HERE[:9])


@pytest.fixture
def worker(db: None) -> Colleague:
    return colleague("s4.community", "刘干事", "grid_worker", HERE)


def secrets_of(person: Person) -> dict[str, str]:
    with inside(HERE):
        return {field.value: full(person, field) for field in RevealField}


def ask(
    who: Colleague, person: Person, field: str = "phone", face: str = "g", **changed: str
) -> HttpResponse:
    proved(who)
    form = {"purpose": "HANDLE", "reason": REASON, **changed}
    answer: HttpResponse = who.client.post(f"/{face}/people/{person.code}/reveal/{field}/", form)  # type: ignore[assignment]
    return answer


def proved(who: Colleague, ago: timedelta = timedelta(seconds=1)) -> None:
    """This browser has given both proofs, so long ago."""
    session = who.client.session
    session[PROVED] = (timezone.localtime() - ago).isoformat()
    session.save()


def lines(action: str = "revealed") -> list[AuditEntry]:
    with acting(Role.AUDIT, EVERYWHERE):
        return list(AuditEntry.objects.filter(action=action).order_by("pk"))


def actor_of(who: Colleague) -> Actor:
    return accounts.actor_of(who.user, on=timezone.localdate())


def test_s4_lists_and_pages_show_masks_and_no_number(liu: Colleague, worker: Colleague, wu: Person) -> None:
    hidden = secrets_of(wu)
    assert all(hidden.values())
    proved(liu)
    proved(worker)
    for client, address in (
        (liu.client, "/g/people/"),
        (liu.client, f"/g/people/{wu.code}/"),
        (worker.client, "/w/"),
        (worker.client, f"/w/people/{wu.code}/"),
        (liu.client, f"/g/people/{wu.code}/reveal/phone/"),
        (worker.client, f"/w/people/{wu.code}/reveal/id_number/"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert [name for name, value in hidden.items() if value in text] == [], address


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("face", ["g", "w"])
def test_s4_one_field_is_shown_once_for_a_minute_and_kept_nowhere(
    liu: Colleague, worker: Colleague, wu: Person, field: str, face: str
) -> None:
    hidden, who = secrets_of(wu), {"g": liu, "w": worker}[face]
    answer = ask(who, wu, field, face)
    text = answer.content.decode()
    assert (answer.status_code, text.count(hidden[field])) == (200, 1)
    assert [name for name in hidden if name != field and hidden[name] in text] == []
    assert answer["Cache-Control"].startswith("no-store")
    assert answer["Refresh"] == f"60; url=/{face}/people/{wu.code}/"
    assert hidden[field] not in text.split("</title>")[0]
    assert "到时自动回到遮盖的页面" in text


def test_s4_the_log_says_who_which_field_what_for_and_why_in_one_line_and_not_the_value(
    liu: Colleague, wu: Person, caplog: pytest.LogCaptureFixture
) -> None:
    hidden = secrets_of(wu)
    caplog.set_level(logging.DEBUG)
    ask(liu, wu)
    [line] = lines()
    assert (line.actor, line.duty, line.subject_id) == (f"staff:{liu.user.pk}", "township_official", wu.pk)
    assert (line.fields, line.purpose, line.reason) == (["phone"], "办理补贴、证件或申请", REASON)
    assert line.ip == "127.0.0.1"
    with acting(Role.AUDIT, EVERYWHERE):
        everything = str(list(AuditEntry.objects.values()))
    with inside(HERE):
        everything += str(list(OutboxEntry.objects.values("payload")))
    assert hidden["phone"] not in everything + caplog.text


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"reason": "看看"}, 422),
        ({"reason": "看 看 看\t "}, 422),
        ({"reason": ""}, 400),
        ({"reason": "长" * 201}, 400),
        ({"purpose": ""}, 400),
        ({"purpose": "CURIOUS"}, 400),
    ],
)
def test_s4_without_proof_purpose_and_reason_nothing_opens(
    liu: Colleague, wu: Person, changed: dict[str, str], status: int
) -> None:
    answer = ask(liu, wu, **changed)
    assert answer.status_code == status
    assert secrets_of(wu)["phone"] not in answer.content.decode()
    assert lines() == []


@pytest.mark.parametrize("ago", [None, timedelta(minutes=5, seconds=1), timedelta(minutes=-3)])
def test_s4_without_a_proof_of_the_last_five_minutes_the_door_comes_first(
    liu: Colleague, wu: Person, ago: timedelta | None
) -> None:
    if ago is not None:
        proved(liu, ago)
    address = f"/g/people/{wu.code}/reveal/phone/"
    for answer in (
        liu.client.get(address),
        liu.client.post(address, {"purpose": "HANDLE", "reason": REASON}),
    ):
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/sign-in/again/?{urlencode({'next': address})}",
        )
    assert lines() == []


def test_s4_a_field_that_does_not_exist_or_a_stranger_looks_like_absent(liu: Colleague, wu: Person) -> None:
    with inside(NEXT_DOOR):
        stranger = somebody(name="周满仓", division=NEXT_DOOR, **POOR)
    outside = colleague("s4.other", "孙干事", "grid_worker", NEXT_DOOR)
    assert ask(liu, wu, "password").status_code == 404
    assert ask(outside, wu, "phone", "w").status_code == 404
    assert ask(outside, stranger, "phone", "w").status_code == 200
    actor = actor_of(outside)
    with acting(Role.APP, Scope.of(NEXT_DOOR)), pytest.raises(NoSuchPerson):
        people.reveal(
            person_id=PersonId(wu.pk), field=RevealField.PHONE, purpose=RevealPurpose.VISIT, reason=REASON,
            actor=actor, now=timezone.localtime(),
        )  # fmt: skip


@pytest.mark.parametrize("power", sorted(POWERS))
def test_s4_whoever_keeps_the_house_opens_nothing(wu: Person, power: str) -> None:
    keeper = colleague(f"s4.{power}", "郑工", power, "1502")
    assert ask(keeper, wu).status_code == 403
    assert ask(keeper, wu, "phone", "w").status_code == 403
    with pytest.raises(MayNotReveal):
        people.reveal(
            person_id=PersonId(wu.pk), field=RevealField.PHONE, purpose=RevealPurpose.VISIT, reason=REASON,
            actor=actor_of(keeper), now=timezone.localtime(),
        )  # fmt: skip


def test_s4_nobody_signed_in_is_shown_the_door(wu: Person) -> None:
    answer = Client().get(f"/g/people/{wu.code}/reveal/phone/")
    assert (answer.status_code, "/sign-in/" in answer["Location"]) == (302, True)


def test_s4_an_empty_field_is_said_and_leaves_no_line(liu: Colleague, wu: Person) -> None:
    with inside(HERE):
        Person.objects.filter(pk=wu.pk).update(address=None)
    answer = ask(liu, wu, "address")
    assert (answer.status_code, "没有登记这一项" in answer.content.decode(), lines()) == (422, True, [])


def test_s4_more_than_twenty_in_an_hour_raise_one_alert_and_the_officer_answers_it(
    liu: Colleague, wu: Person
) -> None:
    actor, now = actor_of(liu), timezone.localtime().replace(minute=10)
    officer = accounts.actor_of(
        colleague("s4.officer", "吴工", "security_officer", "1502").user, on=now.date()
    )

    def once(after: timedelta) -> None:
        with acting(Role.APP, actor.scope, actor_id=actor.label):
            people.reveal(
                person_id=PersonId(wu.pk), field=RevealField.PHONE, purpose=RevealPurpose.VISIT,
                reason=REASON, actor=actor, now=now + after,
            )  # fmt: skip

    for i in range(20):
        once(timedelta(seconds=i))
    with acting(Role.SECURITY, officer.scope):
        assert not alerts.waiting().exists()
    for i in range(20, 25):
        once(timedelta(seconds=i))
    with acting(Role.SECURITY, officer.scope, actor_id=officer.label):
        [alert] = alerts.waiting()
        assert (alert.kind, alert.actor, alert.count, alert.state) == ("REVEALS", actor.label, 25, "NEW")
        alerts.take_note(
            actor=officer,
            alert_id=alert.pk,
            answered=True,
            note="集中走访，已核实",
            now=now + timedelta(minutes=9),
        )
        assert not alerts.waiting().exists()
    with acting(Role.SECURITY, Scope.of("150203")):
        assert not Alert.objects.exists()  # another branch's officer sees none of it


def test_s4_an_act_that_is_rolled_back_raises_nothing(liu: Colleague, wu: Person) -> None:
    actor, now = actor_of(liu), timezone.localtime()
    with acting(Role.APP, actor.scope):
        for _ in range(20):
            audit.record(actor=actor, action="revealed", now=now)

    def fails() -> None:
        with acting(Role.APP, actor.scope):
            audit.record(actor=actor, action="revealed", now=now)
            raise ReasonTooShort

    with pytest.raises(ReasonTooShort):
        fails()
    with acting(Role.SECURITY, Scope.of("1502")):
        assert not alerts.waiting().exists()


@pytest.mark.parametrize("rule", watching.RULES, ids=lambda rule: rule.kind)
def test_s4_each_rule_counts_its_own_acts_within_its_time_by_one_actor(db: None, rule: watching.Rule) -> None:
    asking = actor_of(colleague("s4.rule", "韩主任", "official", "1502"))
    other = actor_of(colleague("s4.rule.other", "钱主任", "official", "1502"))
    now = timezone.localtime()
    with acting(Role.APP, asking.scope):
        for _ in range(rule.most):
            audit.record(actor=asking, action=rule.action, now=now - rule.within - timedelta(seconds=1))
            audit.record(actor=other, action=rule.action, now=now)
        for _ in range(rule.most):
            audit.record(actor=asking, action=rule.action, now=now)
    with acting(Role.SECURITY, asking.scope):
        assert not Alert.objects.filter(last_at__gte=now).exists()
    with acting(Role.APP, asking.scope):
        audit.record(actor=asking, action=rule.action, now=now)
    with acting(Role.SECURITY, asking.scope):
        [alert] = Alert.objects.all()
        assert (alert.kind, alert.actor, alert.count) == (rule.kind, asking.label, rule.most + 1)
