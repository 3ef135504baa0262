"""Each kind: what goes in, what is no news, what comes back, what waits for a person."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import files, importing, people, saying
from tests.factories.assessing import scores_for
from tests.factories.importing import Pair
from yiyang.assessments.models import Assessment
from yiyang.base.keys import sealing
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.scoring import AbilitySigns
from yiyang.entitlements.models import Receipt
from yiyang.exchange import selectors
from yiyang.exchange.choices import TicketKind
from yiyang.exchange.models import Batch
from yiyang.people.choices import Source
from yiyang.people.models import Fact, Person, State
from yiyang.policies.standards import ability_standard
from yiyang.regions.models import Region

HOME = "150206001006"


@pytest.fixture
def two(db: None) -> Pair:
    return importing.pair()


@pytest.fixture
def lan(db: None) -> Person:
    """吴桂兰 of Bayan Obo, born on 1 March 1944."""
    with acting(Role.JOB, Scope.of("150206"), actor_id="process:tests"):
        return people.person(division=HOME)


def number(whom: Person) -> str:
    assert whom.id_number is not None
    return sealing.unseal("people_person.id_number", whom.pk, whom.id_number)


def sent(
    two: Pair, kind: str, header: list[str], *lines: list[str], source: Source = Source.CIVIL_AFFAIRS
) -> Batch:
    content = files.as_csv(lines, header)
    return importing.merged(two, content, files.upload(kind, source=source))


def state_of(whom: Person) -> State:
    with acting(Role.JOB, Scope.of("150206")):
        return State.objects.get(pk=whom.pk)


FACTS = ["姓名", "身份证号", "困难类别", "残疾等级", "是否独居", "起始日期"]


def test_facts_move_the_state_and_say_where_they_come_from(two: Pair, lan: Person) -> None:
    line = [lan.name, number(lan), "城市低保", "", "是", "2026.10.1"]
    assert importing.counts(sent(two, "facts", FACTS, line)) == (1, 1, 0, 0, 0)
    state = state_of(lan)
    assert (state.hardship_class, state.lives_alone, state.disability_certificate_grade) == (2, True, None)
    with acting(Role.JOB, Scope.of("150206")):
        fact = Fact.objects.get(person=lan, key="hardship_class")
        assert (fact.source, fact.valid_from) == (Source.CIVIL_AFFAIRS, date(2026, 10, 1))
        assert fact.batch_id == selectors.batches_in("150206")[0].pk
    again = sent(two, "facts", FACTS, line, ["赵某", files.id_number(5), "低保", "", "", ""])
    assert importing.counts(again) == (2, 0, 1, 1, 0)


def test_a_source_that_no_longer_knows_is_not_an_empty_cell(two: Pair, lan: Person) -> None:
    with acting(Role.JOB, Scope.of("150206"), actor_id="process:tests"):
        saying.say(lan, source=Source.COMMUNITY, lives_alone=1, hardship_class=2)
    sent(two, "facts", FACTS, [lan.name, number(lan), "", "", "不详", ""])
    assert (state_of(lan).lives_alone, state_of(lan).hardship_class) == (None, 2)


def test_a_lower_source_never_overwrites_a_higher_one_in_silence(two: Pair, lan: Person) -> None:
    with acting(Role.JOB, Scope.of("150206"), actor_id="process:tests"):
        saying.say(lan, source=Source.CIVIL_AFFAIRS, hardship_class=3)
    batch = sent(two, "facts", FACTS, [lan.name, number(lan), "低保", "", "", ""], source=Source.COMMUNITY)
    assert importing.counts(batch) == (1, 0, 0, 0, 1)
    assert state_of(lan).hardship_class == 3
    with acting(Role.APP, two.maker.scope):
        ticket = selectors.tickets_in("150206").get()
    assert (ticket.kind, ticket.fields) == (TicketKind.DIFFERENCE, ["hardship_class"])
    importing.settle(two.maker, ticket, take=True)
    assert state_of(lan).hardship_class == 2
    assert importing.counts(importing.found(two.maker, batch.pk)) == (1, 1, 0, 0, 0)


def test_news_of_last_year_does_not_overwrite_this_year(two: Pair, lan: Person) -> None:
    with acting(Role.JOB, Scope.of("150206"), actor_id="process:tests"):
        saying.say(lan, source=Source.COMMUNITY, valid_from=date(2026, 6, 1), hardship_class=3)
    batch = sent(two, "facts", FACTS, [lan.name, number(lan), "低保", "", "", "2025-01-01"])
    assert importing.counts(batch) == (1, 0, 1, 0, 0)
    assert state_of(lan).hardship_class == 3


def test_another_name_under_the_same_number_waits_for_a_person(two: Pair, lan: Person) -> None:
    batch = sent(two, "facts", FACTS, ["武桂兰", number(lan), "低保", "", "", ""])
    assert importing.counts(batch) == (1, 0, 0, 0, 1)


def test_a_death_waits_for_a_second_department_and_another_day_comes_back(two: Pair, lan: Person) -> None:
    header = ["姓名", "身份证号", "死亡日期"]
    first = sent(
        two, "deaths", header, [lan.name, number(lan), "2026年10月3日"], source=Source.PUBLIC_SECURITY
    )
    assert importing.counts(first) == (1, 1, 0, 0, 0)
    with acting(Role.JOB, Scope.of("150206")):
        assert Person.objects.get(pk=lan.pk).died_on is None
    once_more = sent(
        two, "deaths", header, [lan.name, number(lan), "20261003"], source=Source.PUBLIC_SECURITY
    )
    assert importing.counts(once_more) == (1, 0, 1, 0, 0)
    second = sent(two, "deaths", header, [lan.name, number(lan), "2026.10.3"], source=Source.HEALTH)
    assert importing.counts(second) == (1, 1, 0, 0, 0)
    with acting(Role.JOB, Scope.of("150206")):
        assert Person.objects.get(pk=lan.pk).died_on == date(2026, 10, 3)
    again = sent(two, "deaths", header, [lan.name, number(lan), "2026-10-03"], source=Source.PUBLIC_SECURITY)
    other = sent(two, "deaths", header, [lan.name, number(lan), "20261004"], source=Source.PUBLIC_SECURITY)
    assert (importing.counts(again), importing.counts(other)) == ((1, 0, 1, 0, 0), (1, 0, 0, 1, 0))


def test_receipts_begin_change_and_are_no_news(two: Pair, lan: Person) -> None:
    header = ["姓名", "身份证号", "待遇", "起发日期", "停发日期", "每月金额（元）"]
    line = [lan.name, number(lan), "高龄津贴", "2026-01-01", "", "100.00"]
    assert importing.counts(sent(two, "receipts", header, line)) == (1, 1, 0, 0, 0)
    ended = [*line[:4], "2026-06-30", "100"]
    bad = [*line[:2], "没有的津贴", *line[3:]]
    batch = sent(two, "receipts", header, ended, bad)
    assert importing.counts(batch) == (2, 1, 0, 1, 0)
    with acting(Role.JOB, Scope.of("150206")):
        receipt = Receipt.objects.get(person=lan)
    assert (receipt.amount_fen, receipt.until) == (10_000, date(2026, 6, 30))


def test_an_assessment_is_reckoned_here_and_not_copied(two: Pair, lan: Person) -> None:
    scores = scores_for(3)
    names = [item.name for item in ability_standard().items]
    header = ["姓名", "身份证号", "评估日期", *names, "失智"]
    line = [
        lan.name,
        number(lan),
        "2026-10-01",
        *(str(scores[i.code]) for i in ability_standard().items),
        "否",
    ]
    short = [*line[:2], "2026-10-02", "", *line[4:]]
    batch = sent(two, "assessments", header, line, short, source=Source.HEALTH)
    assert importing.counts(batch) == (2, 1, 0, 1, 0)
    with acting(Role.JOB, Scope.of("150206")):
        made = Assessment.objects.get(person=lan)
    assert (made.level, made.source, state_of(lan).ability_level) == (3, Source.HEALTH, 3)
    assert AbilitySigns() == AbilitySigns(bool(made.coma), False, False, made.risk_events or 0)
    assert importing.counts(sent(two, "assessments", header, line, source=Source.HEALTH)) == (1, 0, 1, 0, 0)


def test_places_begin_and_are_renamed_and_an_orphan_comes_back(two: Pair) -> None:
    header = ["区划代码", "名称"]
    with acting(Role.JOB, Scope.of("150206")):
        known = Region.objects.get(division=HOME, valid_until=None)
    lines = [
        [HOME, "新名字社区居委会"], ["150206001096", "新设社区居委会"],
        ["150206095001", "没有上级社区居委会"],
        ["150206001007", Region.objects.get(division="150206001007", valid_until=None).name],
    ]  # fmt: skip
    batch = sent(two, "places", header, *lines)
    assert importing.counts(batch) == (4, 2, 1, 1, 0)
    versions = Region.objects.filter(division=HOME).order_by("valid_from")
    assert [row.name for row in versions] == [known.name, "新名字社区居委会"]
    assert Region.objects.get(division="150206001096").valid_from == date(2026, 11, 1)
