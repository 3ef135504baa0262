"""The community writes into the registry: search first, then register; moves, deaths, stays."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.integration.faces.cast import HERE, NEXT_DOOR, Colleague, colleague, inside
from yiyang.engine.identifying import id_check_character
from yiyang.people.models import DeathReport, Move, Person, Stay

REGISTER = reverse("community:register")
BODY = "15020319440301022"
NUMBER = BODY + id_check_character(BODY)
INVENTED = "15990219430301122" + id_check_character("15990219430301122")


def proof_after_search(client: Client, text: str = "赵新来") -> str:
    page = client.post("/w/search/", {"q": text}).content.decode()
    found = re.search(r'href="(/w/register/\?proof=[^"]+)"', page)
    assert found, "a search offers registration"
    return unescape(found[1]).split("proof=")[1].replace("%3A", ":")


def said(client: Client, address: str, **data: str) -> str:
    return client.post(address, data, follow=True).content.decode()


def new(proof: str, **other: str) -> dict[str, str]:
    return {"proof": proof, "division": HERE, "name": "赵新来", "id_number": NUMBER, **other}


def test_registration_is_offered_after_a_search_and_never_before(liu: Colleague, wu: Person) -> None:
    assert "登记新的人" not in liu.client.get("/w/search/").content.decode()
    bare = liu.client.get(REGISTER, follow=True).content.decode()
    assert "先找一找" in bare
    assert "先找一找" in liu.client.get(f"{REGISTER}?proof=1:x:y", follow=True).content.decode()
    proof = proof_after_search(liu.client)
    assert "登记一位老人" in liu.client.get(REGISTER, {"proof": proof}).content.decode()


def test_the_proof_of_one_colleague_is_none_for_another(liu: Colleague) -> None:
    proof = proof_after_search(liu.client)
    other = colleague("ma", "马干事")
    assert "先找一找" in other.client.get(REGISTER, {"proof": proof}, follow=True).content.decode()
    assert "赵新来" not in proof


def test_a_new_person_is_entered_and_shown(liu: Colleague) -> None:
    proof = proof_after_search(liu.client)
    page = said(liu.client, REGISTER, **new(proof))
    assert "登记好了" in page
    assert "赵新来" in page
    with inside():
        found = Person.objects.get()
        assert (found.name, found.division, found.synthetic) == ("赵新来", HERE, False)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"id_number": NUMBER[:17] + ("1" if NUMBER[17] == "0" else "0")}, "最后一位对不上"),
        ({"id_number": INVENTED}, "模拟人员"),
        ({"id_number": ""}, "没有身份证号时，要写出生日期和性别"),
        ({"name": ""}, "请填姓名"),
        ({"born_on": "昨天"}, "日期写成"),
        ({"division": NEXT_DOOR}, ""),
    ],
)
def test_what_will_not_do_comes_back_with_a_sentence_and_what_was_typed(
    liu: Colleague, other: dict[str, str], sentence: str
) -> None:
    proof = proof_after_search(liu.client)
    answer = liu.client.post(REGISTER, new(proof, phone="13800000001", **other))
    assert answer.status_code in (400, 422)
    page = answer.content.decode()
    assert sentence in page
    assert "13800000001" in page
    with inside():
        assert not Person.objects.exists()


def test_a_move_within_reach_is_done_and_one_outside_is_asked_for(liu: Colleague, wu: Person) -> None:
    address = reverse("community:move", kwargs={"code": wu.code})
    page = said(liu.client, address, to=NEXT_DOOR, why="搬去女儿家")
    assert "已经请对方接收" in page
    with inside("1502"):
        assert Move.objects.get().to_division == NEXT_DOOR
        assert Person.objects.get(pk=wu.pk).division == HERE
    again = liu.client.post(address, {"to": NEXT_DOOR, "why": "搬去女儿家"})
    assert again.status_code == 409
    assert "已经有一次迁移" in again.content.decode()


def test_a_place_nobody_knows_is_said_at_the_field(liu: Colleague, wu: Person) -> None:
    address = reverse("community:move", kwargs={"code": wu.code})
    answer = liu.client.post(address, {"to": "没有这个村", "why": "搬去女儿家"})
    assert answer.status_code == 400
    assert "没有这个社区" in answer.content.decode()


def test_a_death_that_is_reported_is_shown_as_not_certain_and_stops_no_money(
    liu: Colleague, wu: Person
) -> None:
    address = reverse("community:death", kwargs={"code": wu.code})
    page = said(liu.client, address, source="FAMILY", note="女儿来电话")
    assert "待核实" in page
    assert "钱照发" in page
    with inside():
        assert DeathReport.objects.count() == 1
        assert Person.objects.get(pk=wu.pk).died_on is None
    late = liu.client.post(address, {"source": "FAMILY", "died_on": "2999-01-01"})
    assert late.status_code == 422


def test_a_stay_begins_and_ends(liu: Colleague, wu: Person) -> None:
    today = timezone.localdate().isoformat()
    address = reverse("community:stay", kwargs={"code": wu.code})
    page = said(liu.client, address, kind="HOSPITAL", place="市中心医院", since=today, source="FAMILY")
    assert "正在住院" in page
    twice = liu.client.post(
        address, {"kind": "HOSPITAL", "place": "市中心医院", "since": today, "source": "FAMILY"}
    )
    assert twice.status_code == 422
    assert "不能重叠" in twice.content.decode()
    with inside():
        code = Stay.objects.get().code
    end = reverse("community:stay_end", kwargs={"code": code})
    assert "已经记下离开的日期" in said(liu.client, end, until=today)


def test_the_pages_of_somebody_next_door_are_absent(liu: Colleague, stranger: Person) -> None:
    for name in ("move", "death", "stay"):
        address = reverse(f"community:{name}", kwargs={"code": stranger.code})
        assert liu.client.get(address).status_code == 404
        assert liu.client.post(address, {}).status_code == 404
