"""Due lists, search and those left out."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.integration.faces.cast import HERE, Colleague, colleague, inside, seen_by_staff, somebody
from yiyang.base.models import AuditEntry
from yiyang.people import selectors as people
from yiyang.people.models import Person


def test_a_due_list_names_whom_to_see_and_why(liu: Colleague, wu: Person) -> None:
    page = liu.client.get("/w/due/?k=welfare_visit").content.decode()
    assert "吴桂兰" in page
    assert "独居" in page


def test_whoever_cannot_be_judged_is_counted_and_not_dropped(liu: Colleague) -> None:
    with inside():
        somebody(name="孙福来", lives_alone=None)
    page = liu.client.get("/w/due/?k=welfare_visit").content.decode()
    assert "探访关爱：0 人" in page
    assert "没有列出 1 人：缺情况" in page


def test_an_unknown_kind_is_the_first_kind(liu: Colleague, wu: Person) -> None:
    assert liu.client.get("/w/due/?k=drop%20table&page=x").status_code == 200


@pytest.mark.parametrize("text", ["吴桂兰", "WGL", "wgl"])
def test_a_person_is_found_by_name_and_by_initials(liu: Colleague, wu: Person, text: str) -> None:
    page = liu.client.post("/w/search/", {"q": text}).content.decode()
    assert "找到 1 人" in page
    assert f"/w/people/{wu.code}/" in page


def test_a_person_is_found_by_the_whole_phone_number(liu: Colleague, wu: Person) -> None:
    with inside():
        phone = people.phone_of(wu)
    assert "找到 1 人" in liu.client.post("/w/search/", {"q": phone}).content.decode()


def test_a_person_of_the_next_community_is_not_found(liu: Colleague, stranger: Person) -> None:
    page = liu.client.post("/w/search/", {"q": "周满仓"}).content.decode()
    assert "没有这个人，或不在您的范围" in page


def test_a_wrong_id_number_is_said_to_be_wrong(liu: Colleague, wu: Person) -> None:
    answer = liu.client.post("/w/search/", {"q": "150203194203010028"})
    assert answer.status_code == 400
    assert "身份证号" in answer.content.decode()


def test_a_search_leaves_a_trace_without_the_words(liu: Colleague, wu: Person) -> None:
    liu.client.post("/w/search/", {"q": "吴桂兰"})
    with seen_by_staff():
        trace = AuditEntry.objects.filter(action="searched").latest("id")
    assert trace.detail["people"] == 1
    assert "吴桂兰" not in str(trace.detail)
    assert len(trace.detail["terms"]) == 16


def test_with_more_than_one_community_a_name_alone_is_not_enough(wu: Person) -> None:
    wide = colleague("zhou", "周干事", prefix=HERE[:9])
    answer = wide.client.post("/w/search/", {"q": "吴桂兰"})
    assert answer.status_code == 400
    assert "请用身份证号或手机号找" in answer.content.decode()


def test_people_without_a_community_are_the_townships_to_place(liu: Colleague) -> None:
    with inside(HERE[:9]):
        somebody(name="何无处", division=HERE[:9] + "000", born_on=date(1940, 5, 5))
    town = colleague("zhou", "周主任", "township_official", HERE[:9])
    page = town.client.get("/w/unplaced/").content.decode()
    assert "住址没有落到社区" in page
    assert "何无处" in page
    assert "何无处" not in liu.client.get("/w/unplaced/").content.decode()


def test_search_is_never_asked_by_address(liu: Colleague, wu: Person) -> None:
    page = liu.client.get("/w/search/?q=吴桂兰").content.decode()
    assert "找到" not in page
    assert 'method="post"' in page


def test_nobody_signed_out_sees_any_of_it(db: None) -> None:
    for path in ("/w/due/", "/w/unplaced/", "/w/search/"):
        assert Client().get(path)["Location"].startswith("/sign-in/?next=")
