"""代办: brought by staff as she said it, with the same result as her own tap, and she is told."""

from __future__ import annotations

from tests.integration.faces.cast import Colleague, inside, lead_url
from yiyang.accounts.models import Mandate
from yiyang.entitlements.models import Appeal, Application
from yiyang.notices.models import Notice
from yiyang.notices.selectors import inbox_of
from yiyang.people.models import Person

ALLOWANCE = "oldest_old_allowance"
DAUGHTER = {
    "called": "女儿",
    "phone": "000 8888－0001",
    "rights": "all",
    "days": "365",
    "way": "WINDOW",
    "evidence": "见证人：张三、李四",
}


def told(who: Person) -> list[str]:
    with inside():
        return [one.body for one in inbox_of(who.pk)]  # type: ignore[arg-type]


def test_help_is_asked_for_by_phone_and_she_is_told_who_did_it(liu: Colleague, wu: Person) -> None:
    answer = liu.client.post(lead_url(wu, "speak_ask"), {"benefit": ALLOWANCE, "way": "PHONE"}, follow=True)
    assert "替她记下了，和她自己办的一样" in answer.content.decode()
    with inside():
        asked = Application.objects.get(person=wu)
        assert (asked.way, asked.asked_by_id, asked.state) == ("PHONE", liu.user.pk, "WAITING")
        assert set(Notice.objects.filter(person_id=wu.pk).values_list("channel", flat=True)) == {
            "INBOX",
            "SMS",
        }
    assert told(wu) == ["社区刘干事替您办了：请人帮忙办高龄津贴。不是您要办的，打 12349，马上给您停。"]


def test_a_disagreement_on_paper_keeps_her_words(liu: Colleague, wu: Person) -> None:
    form = {"benefit": ALLOWANCE, "ground": "AMOUNT", "words": "我记得是两百", "way": "PAPER"}
    assert liu.client.post(lead_url(wu, "speak_disagree"), form).status_code == 302
    with inside():
        made = Appeal.objects.get(person=wu)
        assert (made.way, made.made_by_id, made.own_words) == ("PAPER", liu.user.pk, "我记得是两百")
    assert "说不同意高龄津贴的结果" in told(wu)[0]


def test_how_she_said_it_must_be_said_and_what_was_typed_stays(liu: Colleague, wu: Person) -> None:
    form = {"benefit": ALLOWANCE, "ground": "AMOUNT", "words": "我记得是两百"}
    answer = liu.client.post(lead_url(wu, "speak_disagree"), form)
    assert answer.status_code == 400
    assert "选一种：当面、电话，还是书面" in answer.content.decode()
    assert "我记得是两百" in answer.content.decode()
    for unknown in ({"way": "SELF"}, {"way": "FAMILY"}, {"way": "PHONE", "benefit": "no_such"}):
        assert (
            liu.client.post(lead_url(wu, "speak_ask"), {"benefit": ALLOWANCE, **unknown}).status_code == 400
        )
    with inside():
        assert not Application.objects.filter(person=wu).exists()


def test_a_mandate_at_the_window_with_two_witnesses_and_stopped_as_she_asks(
    liu: Colleague, wu: Person
) -> None:
    answer = liu.client.post(lead_url(wu, "mandates"), DAUGHTER, follow=True)
    assert "委托记下了" in answer.content.decode()
    with inside():
        given = Mandate.objects.get(person_id=wu.pk)
    assert (given.way, given.given_by_id) == ("WINDOW", liu.user.pk)
    assert "张三" not in repr(vars(given))
    page = liu.client.post(f"{lead_url(wu, 'mandates')}{given.code}/stop/", follow=True)
    assert "委托停了，马上起效" in page.content.decode()
    again = liu.client.post(f"{lead_url(wu, 'mandates')}{given.code}/stop/")
    assert again.status_code == 409
    with inside():
        assert Mandate.objects.get(pk=given.pk).ended == "STAFF"


def test_a_mandate_without_evidence_or_with_a_bad_number_is_not_written(liu: Colleague, wu: Person) -> None:
    for wrong in (
        {"evidence": ""},
        {"evidence": "无"},
        {"phone": "138 0000"},
        {"days": "9999"},
        {"way": "CODE"},
    ):
        answer = liu.client.post(lead_url(wu, "mandates"), {**DAUGHTER, **wrong})
        assert answer.status_code in (400, 422), wrong
    with inside():
        assert not Mandate.objects.exists()


def test_nobody_speaks_for_people_of_the_next_community(liu: Colleague, stranger: Person) -> None:
    for act, form in (
        ("speak_ask", {"benefit": ALLOWANCE, "way": "PHONE"}),
        ("speak_disagree", {"benefit": ALLOWANCE, "ground": "AMOUNT", "way": "PHONE"}),
        ("mandates", DAUGHTER),
    ):
        assert liu.client.get(lead_url(stranger, act)).status_code == 404
        assert liu.client.post(lead_url(stranger, act), form).status_code == 404
