"""The shipped law of a day told to many people: always in plain words, never too much for one page."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date

from tests.browser.words import HAN, plain_word_findings
from yiyang.engine.ruling.evaluating import Value, evaluate
from yiyang.engine.ruling.explaining import explain
from yiyang.faces.elder import wording, words
from yiyang.faces.elder.explanation import ExplanationJson
from yiyang.faces.elder.showing import services, subsidies, why
from yiyang.faces.elder.showing.standing import Standing
from yiyang.policies import library

TODAY = date(2026, 11, 20)
STORED = (
    "oldest_old_allowance", "care_service_subsidy", "care_support", "home_adaptation",
    "extreme_hardship_support", "home_care_bed", "accident_insurance_subsidy", "smart_home_safety",
)  # fmt: skip
MEMBERS = ("nursing_subsidy_due", "disability_nursing_due", "ltci_due")
MOST_CHARACTERS = 120
PLACES = {
    0: "国家",
    150000: "内蒙古",
    150200: "包头市",
    150203: "昆都仑区",
    620722: "民乐县",
    140400: "长治市",
}


def person(chance: random.Random) -> dict[str, Value]:
    """Somebody with gaps, of any age and county, the counties of nowhere included."""
    flags = (
        "lives_alone", "empty_nest", "left_behind", "bereaved_family", "entitled_group", "has_dementia",
        "special_contribution", "seriously_ill", "homeless",
    )  # fmt: skip
    ranges = {
        "ability_level": 4, "hardship_class": 3, "disability_certificate_grade": 4, "insured_months": 400,
        "ltci_disability_level": 5, "pension_scheme": 2,
    }  # fmt: skip
    found: dict[str, Value] = {flag: chance.choice((True, False, None)) for flag in flags}
    found |= {key: chance.choice((None, chance.randint(0, top))) for key, top in ranges.items()}
    found |= {"meals_in_month": chance.randint(0, 60), "lives_in_care_home": chance.random() < 0.2}
    found |= {"home_adapted": chance.random() < 0.2, "birth_ymd": chance.randint(1920, 1966) * 10000 + 1120}
    county = chance.choice((150203, 620722, 140403, 110101))
    return found | {"hukou_county": county, "residence_county": chance.choice((county, 150203))}


def results(who: dict[str, Value]) -> dict[str, ExplanationJson]:
    """Every result of the law of the day, as the rooms will hand it over."""
    law, numbers = library.law_of(TODAY), library.numbers()
    findings = evaluate(law, numbers, who)
    return {name: explain(law, numbers, findings, name) for name in law.rules}  # type: ignore[misc]


def people(count: int) -> Iterator[tuple[date, dict[str, ExplanationJson]]]:
    chance = random.Random(20261120)
    for _ in range(count):
        who = person(chance)
        yield date.fromisoformat(str(who["birth_ymd"])), results(who)


def standing(told: dict[str, ExplanationJson], name: str) -> Standing:
    parts = tuple(told[member] for member in MEMBERS) if name == "care_support" else ()
    return Standing(told[name], parts)


def lines_of(page: why.WhyPage) -> list[str]:
    """What stands open on the why page, line by line."""
    lines = [page.name, page.headline, page.sentence, page.said, "看了这几条", "我不同意", "看规定怎么说"]
    lines += [text for one in page.conditions for text in (one.words, one.answer, one.note)]
    lines += [str(page.origin.amount), page.origin.place, page.origin.since] if page.origin else []
    return [*lines, page.step.button if page.step else "帮我办"]


def test_every_result_is_told_in_plain_words_and_in_few() -> None:
    for birth, told in people(60):
        for name in told.keys() - {"age", "ability_class"}:
            page = why.why_page(standing(told, name), places=PLACES, clauses=(), birth=birth, today=TODAY)
            text = "\n".join(lines_of(page))
            assert plain_word_findings(text) == [], (name, text)
            assert len(HAN.findall(text)) <= MOST_CHARACTERS, (name, text)
            assert page.sentence.endswith("。"), (name, page.sentence)
            assert "None" not in text, (name, text)
            assert plain_word_findings("\n".join(one.name + "\n" + one.value for one in page.known)) == []


def test_cannot_tell_never_reads_as_a_refusal_and_names_a_step() -> None:
    seen = 0
    for birth, told in people(60):
        for name in STORED:
            page = why.why_page(standing(told, name), places=PLACES, clauses=(), birth=birth, today=TODAY)
            if told[name]["status"] == "CANNOT_TELL":
                seen += 1
                assert page.headline == "还算不出"
                assert page.step is not None
                assert any(one.mark == "ask" for one in page.conditions), (name, page.conditions)
    assert seen > 50


def test_a_promised_month_is_kept_by_the_law() -> None:
    """On the promised birthday the same person is eligible, on the day before not."""
    chance, seen = random.Random(7), 0
    numbers = library.numbers()
    for _ in range(60):
        who = person(chance)
        birth = date.fromisoformat(str(who["birth_ymd"]))
        for name, data in results(who).items():
            on = wording.becomes_on(data, birth)
            if on is None or on.year > TODAY.year + 20:
                continue
            seen += 1
            law = library.law_of(on)
            assert explain(law, numbers, evaluate(law, numbers, who), name)["status"] == "ELIGIBLE", (
                name,
                on,
            )
    assert seen > 20


def test_the_list_always_sums_to_sixteen() -> None:
    for birth, told in people(30):
        page = services.services_page(told, birth=birth, today=TODAY)
        assert len(page.have) + len(page.unknown) + len(page.not_now) == len(words.SERVICES)
        assert (page.step is not None) == bool(page.unknown)
        open_text = page.summary + "".join(line.name + line.words for line in page.have)
        assert len(HAN.findall(open_text)) <= MOST_CHARACTERS - 40
        every = "\n".join(
            line.name + "\n" + line.words for line in (*page.have, *page.unknown, *page.not_now)
        )
        assert plain_word_findings(every) == []


def test_the_page_of_money_stays_one_thought() -> None:
    for birth, told in people(60):
        page = subsidies.subsidies_page([standing(told, name) for name in STORED], birth=birth, today=TODAY)
        lines = [page.summary, "您够条件还没领帮我办为什么我够条件正在领"]
        lines += [page.offer.name, str(page.offer.amount)] if page.offer else []
        lines += [one.name + one.words for one in page.receiving]
        lines += (
            [page.unknown.name, page.unknown.step.sentence, page.unknown.step.button] if page.unknown else []
        )
        assert len(re.findall(HAN, "".join(lines))) <= MOST_CHARACTERS
