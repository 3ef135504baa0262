"""The overview: figures that add up, decisions first, and nothing of anybody else's branch."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.integration.faces.bureau.scene import CITY, COUNTY, STREET, Shown, Street, main_of, swept, text_of
from tests.integration.faces.cast import HERE, Colleague, colleague, inside, official
from yiyang.exchange.models import Batch
from yiyang.people.choices import Source

OVERVIEW = reverse("bureau:overview")
MOST_STATEMENTS = 14  # one of them: what waits about records, at most a hundred of each kind
PLUMBING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config")


def place(code: str) -> str:
    return f"{OVERVIEW}?place={code}"


def recon_of(response: Shown) -> tuple[int, list[int]]:
    """The whole and its parts as the page says them."""
    said = re.search(r"60 岁以上 ([\d,]+) ((?:[=+] \S+? [\d,]+ ?)+)", main_of(response))
    assert said is not None
    numbers = [int(n.replace(",", "")) for n in re.findall(r"[=+] \S+? ([\d,]+)", said[2])]
    return int(said[1].replace(",", "")), numbers


def test_the_parts_add_up_to_everybody_and_the_refused_are_a_part(li: Colleague, here: Street) -> None:
    page = li.client.get(OVERVIEW)
    whole, parts = recon_of(page)
    assert (whole, parts) == (6, [1, 2, 1, 1, 1])  # served, missed, cannot tell, not due, refused
    assert "已对平" in text_of(page)
    assert "资料有误、没有核算 1" in text_of(page)


def test_decisions_stand_before_figures(li: Colleague, here: Street) -> None:
    html = li.client.get(OVERVIEW).content.decode()
    order = [html.index(f'id="{name}"') for name in ("h-wait", "h-four", "h-ben", "h-places")]
    assert order == sorted(order)
    assert "的资料超出可能的范围" in html


def test_of_each_department_it_is_said_when_its_last_file_came_or_that_none_did(
    li: Colleague, here: Street
) -> None:
    assert text_of(li.client.get(OVERVIEW)).count("没有收到过文件") == 6
    now = timezone.localtime()
    with inside("1502"):
        Batch.objects.create(
            division="150200000000", kind="facts", source=Source.HEALTH, rank=1, as_of=now.date(),
            state="DONE", format="csv", size=1, mark=b"x", uploaded_at=now,
            decided_by=li.user, finished_at=now,
        )  # fmt: skip
    page = text_of(li.client.get(OVERVIEW))
    assert page.count("没有收到过文件") == 5
    assert f"卫生健康部门 已到 {now:%m-%d}" in page


def test_a_city_has_a_map_and_a_subdistrict_has_none(li: Colleague, here: Street) -> None:
    assert "哪里送得少" in text_of(li.client.get(OVERVIEW))
    assert "哪里送得少" not in text_of(li.client.get(place(STREET)))


def test_the_total_of_the_table_is_the_sum_of_its_rows(zhou: Colleague, here: Street) -> None:
    html = zhou.client.get(OVERVIEW).content.decode()
    table = html[html.index('id="places"') :]
    cells = [
        re.findall(r'<td class="num[^"]*">(.*?)</td>', row, re.S)
        for row in re.findall(r"<tr>.*?</tr>", table, re.S)
    ]
    rows = [[int(re.sub(r"\D", "", re.sub(r"<span.*?</span>|<[^>]+>", "", c)) or 0) for c in one[:6]]
            for one in cells if len(one) >= 6]  # fmt: skip
    *places, total = rows
    assert [sum(column) for column in zip(*places, strict=True)] == total
    assert "住址没有落到下一级" in text_of(HttpResponse(html))


def test_one_drills_down_to_the_community(li: Colleague, here: Street) -> None:
    for code in (CITY, COUNTY, STREET, HERE):
        page = li.client.get(place(code))
        assert page.status_code == 200
        assert sum(recon_of(page)[1]) == recon_of(page)[0]


def test_whoever_answers_for_a_community_reads_its_figures_and_no_wider_ones(db: None, here: Street) -> None:
    ma = colleague("ma", "马书记", "community_official", HERE)
    page = ma.client.get(OVERVIEW)
    whole, parts = recon_of(page)
    assert (whole, sum(parts)) == (3, 3)
    assert ma.client.get(place(STREET)).status_code == 404
    assert ma.client.get(reverse("bureau:people")).status_code == 200


def test_a_place_of_others_looks_like_a_place_that_is_not_there(sun: Colleague, here: Street) -> None:
    others = [sun.client.get(place(code)) for code in ("150203", CITY, "150299", "15x", "1502040010219")]
    assert {one.status_code for one in others} == {404}
    assert len({main_of(one) for one in others}) == 1


def test_an_official_without_a_place_sees_nothing(db: None, here: Street) -> None:
    client = Client()
    client.force_login(official("nobody", "无职责"))
    assert client.get(OVERVIEW).status_code == 403


def test_a_county_swept_alone_does_not_empty_the_city(li: Colleague, here: Street) -> None:
    swept(COUNTY)
    assert recon_of(li.client.get(OVERVIEW))[0] == 6


def test_before_the_first_sweep_there_are_no_figures_and_no_zeros(li: Colleague) -> None:
    page = li.client.get(OVERVIEW)
    assert page.status_code == 200
    assert "还没有核算过" in text_of(page)
    assert "0 人" not in main_of(page)


def test_the_page_is_read_from_stored_figures_in_few_questions(
    li: Colleague, here: Street, subtests: pytest.Subtests
) -> None:
    for code in (CITY, COUNTY, STREET, HERE):
        with subtests.test(place=code):
            _told(li, code)


def _told(li: Colleague, code: str) -> None:
    li.client.get(place(code))
    with CaptureQueriesContext(connection) as asked:
        li.client.get(place(code))
    told = [one["sql"] for one in asked if not one["sql"].startswith(PLUMBING)]
    assert len(told) <= MOST_STATEMENTS, "\n".join(told)
    assert not [sql for sql in told if 'FROM "people_' in sql], "no person may be counted while a page waits"


def test_every_definition_a_page_points_to_is_there(li: Colleague, here: Street) -> None:
    defined = set(
        re.findall(r'<tr id="([^"]+)"', li.client.get(reverse("bureau:definitions")).content.decode())
    )
    pages = (OVERVIEW, reverse("bureau:people"), f"{reverse('bureau:people')}?status=cannot_tell")
    for address in pages:
        wanted = set(re.findall(r'definitions/#([^"]+)"', li.client.get(address).content.decode()))
        assert wanted
        assert wanted <= defined
