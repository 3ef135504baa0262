"""The pages of the three powers: the log, who looked, export, alerts; each opens its own only."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.integration.faces.cast import HERE, NEXT_DOOR, POOR, Colleague, colleague, inside, somebody
from yiyang.base.actors import Actor, ActorKind, process
from yiyang.base.ids import UserId
from yiyang.base.log import audit
from yiyang.base.models import Alert, AuditEntry
from yiyang.base.scoping import EVERYWHERE, Role, Scope, acting
from yiyang.faces.keeper.presenting.audit import A_PAGE
from yiyang.people.models import Person

LIU = Actor(ActorKind.STAFF, UserId(7), "刘干事", "grid_worker", frozenset({"view_people"}), HERE)


@pytest.fixture
def feng(db: None) -> Colleague:
    """冯工, auditor of the city."""
    return colleague("feng", "冯工", "auditor", "1502")


@pytest.fixture
def wu_gong(db: None) -> Colleague:
    """吴工, security officer of the city."""
    return colleague("wugong", "吴工", "security_officer", "1502")


@pytest.fixture
def wu(db: None) -> Person:
    with inside(HERE):
        return somebody(name="吴桂兰", **POOR)


def write(n: int = 1, *, who: Actor = LIU, action: str = "read_person", about: Person | None = None,
          division: str = HERE, reason: str = "") -> None:  # fmt: skip
    with acting(Role.APP, Scope.of(division), actor_id=who.label, ip="203.0.113.9"):
        for _ in range(n):
            audit.record(
                actor=who, action=action, now=timezone.localtime(), division=division, face="w",
                reason=reason, subject=("person", about.pk) if about else None, request_id=uuid.uuid4(),
            )  # fmt: skip


def lines(action: str) -> list[AuditEntry]:
    with acting(Role.AUDIT, EVERYWHERE):
        return list(AuditEntry.objects.filter(action=action).order_by("pk"))


@pytest.mark.parametrize(
    ("duty", "heading"),
    [
        ("system_admin", "个工作人员账号在用"),
        ("security_officer", "项职责在有效期内"),
        ("auditor", "近 24 小时留下"),
    ],
)
def test_each_power_begins_with_what_it_keeps(db: None, duty: str, heading: str) -> None:
    answer = colleague(duty, "郑工", duty, "1502").client.get("/k/")
    assert (answer.status_code, heading in answer.content.decode()) == (200, True)


def test_a_power_does_not_open_the_pages_of_another(feng: Colleague, wu_gong: Colleague) -> None:
    zheng = colleague("zheng", "郑工", "system_admin", "1502")
    assert [one.client.get("/k/audit/").status_code for one in (feng, wu_gong, zheng)] == [200, 403, 403]
    assert [one.client.get("/k/alerts/").status_code for one in (feng, wu_gong, zheng)] == [403, 200, 403]
    for power in (feng, wu_gong, zheng):
        assert {power.client.get(address).status_code for address in ("/g/", "/w/", "/g/people/")} == {403}


def test_the_log_names_who_where_and_why_and_a_person_by_her_code_only(feng: Colleague, wu: Person) -> None:
    write(about=wu, reason="每月探访")
    text = feng.client.get("/k/audit/", {"person": str(wu.code)}).content.decode()
    for word in ("刘干事", "打开档案", str(wu.code)[:8], "每月探访", "203.0.113.9", "社区工作人员"):
        assert word in text, word
    assert "吴桂兰" not in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "刘干事"}, 3), ({"actor": "staff:7"}, 3), ({"actor": "staff:8"}, 0),
        ({"action": "searched"}, 1),
        ({"place": "150204"}, 3), ({"place": "150203"}, 0), ({"face": "w", "actor": "刘干事"}, 3),
        ({"since": "2099-01-01"}, 0), ({"until": "1999-01-01"}, 0), ({"person": str(uuid.uuid4())}, 0),
    ],
)  # fmt: skip
def test_each_condition_narrows_the_log(
    feng: Colleague, wu: Person, asked: dict[str, str], found: int
) -> None:
    write(2, about=wu)
    write(action="searched")
    text = feng.client.get("/k/audit/", {"face": "w", **asked}).content.decode()
    assert f"共 {found} 条" in text


@pytest.mark.parametrize(
    "asked",
    [{"person": "nobody"}, {"place": "15020"}, {"place": "ab"}, {"since": "yesterday"}, {"action": "dance"},
     {"face": "x"}, {"since": "2026-11-02", "until": "2026-11-01"}, {"actor": "长" * 65}],
)  # fmt: skip
def test_a_condition_that_cannot_be_is_said_at_its_field(feng: Colleague, asked: dict[str, str]) -> None:
    answer = feng.client.get("/k/audit/", asked)
    assert (answer.status_code, "处要改" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("below", ["x", "-1", "9" * 30, "1e3"])
def test_a_page_number_that_is_none_begins_anew(feng: Colleague, below: str) -> None:
    assert feng.client.get("/k/audit/", {"below": below}).status_code == 200


def test_pages_hang_on_a_line_so_that_new_lines_move_nothing(feng: Colleague, wu: Person) -> None:
    write(A_PAGE + 5, about=wu)
    first = feng.client.get("/k/audit/", {"person": str(wu.code), "actor": "刘干事"})
    older = first.context["page"].older
    write(7, about=wu)
    second = feng.client.get(older)
    assert len(first.context["page"].rows) == A_PAGE
    assert len(second.context["page"].rows) == 5
    assert (second.context["page"].older, bool(second.context["page"].newest)) == ("", True)


def test_the_auditor_of_a_branch_sees_no_line_of_another_and_those_of_no_place(db: None) -> None:
    near = colleague("near", "冯工", "auditor", "150204")
    write(division=HERE)
    write(division="150203001001")
    with acting(Role.NONE):
        audit.record(actor=process("front-door"), action="sign_in_failed", now=timezone.localtime())
    places = {row.place for row in near.client.get("/k/audit/").context["page"].rows}
    assert any(places)
    assert "共 1 条" in near.client.get("/k/audit/", {"actor": "刘干事"}).content.decode()
    assert "共 1 条" in near.client.get("/k/audit/", {"action": "sign_in_failed"}).content.decode()


def test_who_looked_at_one_person_is_a_table_of_people(feng: Colleague, wu: Person) -> None:
    han = Actor(ActorKind.STAFF, UserId(8), "韩干事", "grid_worker", frozenset(), HERE)
    write(3, about=wu)
    write(1, about=wu, who=han)
    page = feng.client.get(f"/k/audit/people/{wu.code}/").context["page"]
    told = {row[0]: row[2] for row in page.table.rows}
    assert (told["刘干事"], told["韩干事"]) == ("3", "1")
    assert "没有人看过" in feng.client.get(f"/k/audit/people/{uuid.uuid4()}/").content.decode()


def test_lines_under_a_record_that_became_one_with_hers_are_hers(feng: Colleague, wu: Person) -> None:
    with inside(HERE):
        double = somebody(name="吴桂蓝", **POOR)
        Person.objects.filter(pk=double.pk).update(merged_into=wu)
    write(2, about=double)
    write(1, about=wu)
    for code in (wu.code, double.code):
        assert "共 3 条" in feng.client.get("/k/audit/", {"person": f"{code}", "face": "w"}).content.decode()
        rows = feng.client.get(f"/k/audit/people/{code}/").context["page"].table.rows
        assert {row[0]: row[2] for row in rows}["刘干事"] == "3"


def test_reading_the_log_and_exporting_it_stand_in_the_log(feng: Colleague, wu: Person) -> None:
    feng.client.get("/k/audit/", {"person": str(wu.code)})
    feng.client.post("/k/audit/export/", {"actor": "刘干事"})
    [read], [exported] = lines("read_audit"), lines("exported_audit")
    assert (read.actor_name, read.subject_id) == ("冯工", wu.pk)
    assert exported.detail == {"rows": 0, "actor": "刘干事"}


@pytest.mark.parametrize("sign", ["=1+1", "+1+cmd", "-2+3", "@x", "\tx"])
def test_no_cell_of_an_export_is_a_formula(feng: Colleague, wu: Person, sign: str) -> None:
    write(about=wu, reason=sign)
    answer = feng.client.post("/k/audit/export/", {"actor": "刘干事"})
    [head, row] = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert answer["Content-Disposition"].startswith("attachment")
    assert row[head.index("理由")] == f"'{sign}"
    assert row[head.index("档案号")] == str(wu.code)


def test_an_export_with_a_wrong_condition_is_a_page_and_not_a_file(feng: Colleague) -> None:
    answer = feng.client.post("/k/audit/export/", {"place": "15020"})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (400, "text/html")


def raised(division: str = "150204000000") -> Alert:
    now = timezone.localtime()
    with acting(Role.JOB, EVERYWHERE):
        return Alert.objects.create(
            kind="REVEALS", actor="staff:7", actor_name="刘干事", division=division, hour=now, last_at=now,
            since=now - timedelta(minutes=40), count=23,
        )  # fmt: skip


def test_an_alert_is_seen_asked_about_and_answered_in_words(wu_gong: Colleague) -> None:
    alert = raised()
    address = f"/k/alerts/{alert.pk}/"
    assert "刘干事" in wu_gong.client.get("/k/").content.decode()
    assert "23 次" in wu_gong.client.get("/k/alerts/").content.decode()
    assert wu_gong.client.post(address, {"outcome": "seen", "note": ""}).status_code == 302
    assert wu_gong.client.post(address, {"outcome": "answered", "note": "好"}).status_code == 422
    done = wu_gong.client.post(address, {"outcome": "answered", "note": "集中走访，已和社区核实"})
    assert (done.status_code, done["Location"]) == (302, "/k/alerts/?done=noted")
    text = wu_gong.client.get(address).content.decode()
    assert "集中走访" in text
    assert "<textarea" not in text
    again = wu_gong.client.post(address, {"outcome": "answered", "note": "我也写一句话"})
    assert (again.status_code, "我也写一句话" in again.content.decode()) == (409, True)
    assert [line.actor_name for line in lines("alert_answered")] == ["吴工"]


@pytest.mark.parametrize("form", [{}, {"outcome": "later"}, {"outcome": "seen", "note": "长" * 501}])
def test_an_answer_that_says_nothing_is_asked_for_again(wu_gong: Colleague, form: dict[str, str]) -> None:
    assert wu_gong.client.post(f"/k/alerts/{raised().pk}/", form).status_code == 400


def test_an_alert_of_another_branch_is_absent(db: None) -> None:
    near = colleague("near", "吴工", "security_officer", NEXT_DOOR[:6])
    alert = raised("150203000000")
    assert near.client.get(f"/k/alerts/{alert.pk}/").status_code == 404
    assert near.client.get("/k/alerts/999999/").status_code == 404
