"""From a row to a phone: what leaves, what comes back, what is tried again, and what never leaves."""

from __future__ import annotations

import hashlib
import hmac
import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.conftest import NOW
from tests.integration.notices.gateway import KEY, SECRET, Recording
from yiyang.base.scoping import EVERYWHERE, NOBODY, Role, acting
from yiyang.notices import services
from yiyang.notices.choices import Channel, NoticeState, Reason
from yiyang.notices.models import Delivery, Notice
from yiyang.notices.services import delivering
from yiyang.notices.services.sending import NOWHERE, Address
from yiyang.notices.texts import Text

REAL, INVENTED = "13900000000", "00012345678"
pytestmark = pytest.mark.django_db


def said(code: str = "407215") -> Text:
    return Text("sign_in_code", {"code": code})


def sent(
    phone: str = REAL, channel: Channel = Channel.SMS, *, urgent: bool = True, good_for: int = 3600
) -> int:
    with acting(Role.NONE) if urgent else acting(Role.JOB, EVERYWHERE):
        return services.send(
            to=Address(phone),
            text=said(),
            channel=channel,
            about="sign_in",
            now=NOW,
            urgent=urgent,
            expires_at=NOW + timedelta(seconds=good_for),
        ).pk


def deliver(after: int = 0) -> int:
    return services.deliver_due(NOW + timedelta(seconds=after))


def found(notice_id: int) -> Notice:
    with acting(Role.JOB, EVERYWHERE):
        return Notice.objects.get(pk=notice_id)


def attempts(notice_id: int) -> list[tuple[str, str]]:
    with acting(Role.JOB, EVERYWHERE):
        rows = Delivery.objects.filter(notice_id=notice_id).order_by("pk")
        return [(row.state, row.reason) for row in rows]


def test_a_message_leaves_signed_once_and_is_remembered_as_sent(gateway: Recording) -> None:
    notice = sent()
    assert (deliver(), deliver()) == (1, 0)
    [asked] = gateway.asked
    assert asked.json["to"] == REAL
    assert asked.json["text"].startswith("【颐养】验证码 407215，")
    assert asked.headers["Idempotency-Key"] == asked.json["id"] == str(found(notice).code)
    text = "\n".join(
        (
            "POST",
            "/v1/messages",
            asked.headers["X-Yiyang-Time"],
            asked.headers["X-Yiyang-Nonce"],
            hashlib.sha256(asked.body).hexdigest(),
        )
    )
    assert asked.headers["X-Yiyang-Key"] == KEY
    assert asked.headers["X-Yiyang-Signature"] == hmac.new(SECRET, text.encode(), "sha256").hexdigest()
    assert (found(notice).state, found(notice).gateway_ref) == (NoticeState.SENT, "g-0001")


def test_a_voice_reads_the_digits_apart_and_three_times(gateway: Recording) -> None:
    sent(channel=Channel.VOICE)
    deliver()
    assert gateway.asked[0].json["kind"] == "VOICE"
    assert gateway.asked[0].json["text"].count("4，0，7，2，1，5") == 3


@pytest.mark.parametrize(
    ("answer", "reason"), [("refused", Reason.BAD_NUMBER), ("unsubscribed", Reason.UNWANTED)]
)
def test_a_refused_number_is_not_tried_again(gateway: Recording, answer: str, reason: Reason) -> None:
    gateway.answers = [answer]
    notice = sent()
    deliver()
    assert deliver(after=7200) == 0
    assert attempts(notice) == [("REFUSED", reason)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("down", Reason.GATEWAY_DOWN),
        ("busy", Reason.GATEWAY_DOWN),
        ("malformed", Reason.UNREADABLE),
        ("empty", Reason.UNREADABLE),
        ("odd", Reason.UNREADABLE),
        ("long", Reason.NO_ANSWER),
    ],
)
def test_a_gateway_in_trouble_is_asked_again_with_the_same_id(
    gateway: Recording, answer: str, reason: Reason
) -> None:
    gateway.answers = [answer, "ok"]
    notice = sent()
    deliver()
    assert found(notice).state == NoticeState.QUEUED
    assert deliver(after=9) == 0
    assert deliver(after=11) == 1
    assert attempts(notice) == [("FAILED", reason), ("SENT", "")]
    first, second = gateway.asked
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]


@pytest.mark.parametrize("answer", ["slow", "drip"])
def test_an_answer_that_does_not_come_in_time_is_cut_off(
    gateway: Recording, answer: str, settings: LazySettings
) -> None:
    settings.YIYANG_GATEWAY_SECONDS = 0.4
    gateway.answers = [answer]
    notice = sent()
    deliver()
    assert attempts(notice) == [("FAILED", Reason.NO_ANSWER)]
    with acting(Role.JOB, EVERYWHERE):
        assert Delivery.objects.get(notice_id=notice).took_ms < 1500


def test_a_redirect_is_not_followed(gateway: Recording) -> None:
    gateway.answers = ["moved"]
    notice = sent()
    deliver()
    assert attempts(notice) == [("REFUSED", Reason.REJECTED)]
    assert len(gateway.asked) == 1


def test_six_attempts_are_enough(gateway: Recording) -> None:
    gateway.answers = ["down"]
    notice = sent(good_for=86_400)
    at = NOW
    for _ in range(9):
        services.deliver_due(at)
        at = found(notice).next_at
    assert len(gateway.asked) == 6
    assert attempts(notice)[-1] == ("FAILED", Reason.GIVEN_UP)
    assert found(notice).state == NoticeState.FAILED


def test_a_code_that_nobody_may_use_any_more_is_not_sent(gateway: Recording) -> None:
    notice = sent(good_for=300)
    deliver(after=300)
    assert attempts(notice) == [("FAILED", Reason.TOO_LATE)]
    assert gateway.asked == []


def test_an_invented_number_never_leaves(gateway: Recording) -> None:
    notice = sent(INVENTED)
    deliver()
    assert attempts(notice) == [("REFUSED", Reason.SYNTHETIC)]
    assert gateway.asked == []


def test_a_real_number_is_not_written_on_a_console(
    settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.YIYANG_SMS = "console"
    notice = sent()
    deliver()
    assert attempts(notice) == [("REFUSED", Reason.REAL_NUMBER)]
    assert capsys.readouterr().err == ""


def test_a_gateway_inside_is_refused_after_its_name_was_looked_up(
    gateway: Recording, settings: LazySettings
) -> None:
    settings.YIYANG_GATEWAY_PRIVATE = False
    settings.YIYANG_GATEWAY_URL = gateway.url.replace("http://", "https://")
    notice = sent()
    deliver()
    assert attempts(notice) == [("FAILED", Reason.NOT_ALLOWED)]
    assert gateway.asked == []


def test_a_host_that_is_not_on_the_list_is_refused(gateway: Recording, settings: LazySettings) -> None:
    settings.YIYANG_GATEWAY_HOSTS = ["sms.example"]
    notice = sent()
    deliver()
    assert attempts(notice) == [("FAILED", Reason.NOT_ALLOWED)]


def test_a_key_that_cannot_be_read_leaves_the_message_waiting(
    gateway: Recording, settings: LazySettings
) -> None:
    settings.YIYANG_GATEWAY_SECRET = "/nowhere/gateway.key"
    notice = sent()
    deliver()
    assert found(notice).state == NoticeState.QUEUED


def test_what_became_of_it_is_asked_for_and_a_second_word_changes_nothing(gateway: Recording) -> None:
    notice = sent()
    deliver()
    gateway.reports = [
        {"ref": "g-0001", "state": "delivered"},
        {"ref": "g-0001", "state": "failed"},
        {"ref": "unknown", "state": "delivered"},
        {"ref": 7, "state": "delivered"},
        {"state": "delivered"},
    ]
    assert services.fetch_reports(NOW + timedelta(minutes=1)) == 1
    assert services.fetch_reports(NOW + timedelta(minutes=2)) == 0
    assert found(notice).state == NoticeState.DELIVERED
    assert attempts(notice) == [("SENT", ""), ("DELIVERED", "")]


def test_a_phone_that_nobody_picked_up_is_said_so(gateway: Recording) -> None:
    notice = sent(channel=Channel.VOICE)
    deliver()
    gateway.reports = [{"ref": "g-0001", "state": "failed", "error": "no_answer"}]
    services.fetch_reports(NOW + timedelta(minutes=1))
    assert attempts(notice)[-1] == ("FAILED", Reason.NOT_PICKED_UP)


def test_the_code_is_sealed_while_it_waits_and_gone_when_it_has_left(gateway: Recording) -> None:
    notice = sent()
    assert "407215" not in repr(vars(found(notice)))
    assert REAL not in repr(vars(found(notice)))
    deliver()
    assert found(notice).contents is None


def test_neither_text_nor_number_is_logged(gateway: Recording, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.answers = ["refused"]
    sent()
    deliver()
    assert "407215" not in caplog.text
    assert REAL not in caplog.text


def test_a_file_of_a_demonstration_is_its_owners_alone(settings: LazySettings, tmp_path: Path) -> None:
    settings.YIYANG_SMS, settings.YIYANG_NOTICES = "file", str(tmp_path / "notices.jsonl")
    sent(INVENTED)
    deliver()
    assert "407215" in (tmp_path / "notices.jsonl").read_text("utf-8")
    assert (tmp_path / "notices.jsonl").stat().st_mode & 0o077 == 0


def test_a_message_to_nobody_is_carried_like_any_other_and_keeps_nothing(gateway: Recording) -> None:
    with acting(Role.NONE):
        row = services.send(
            to=NOWHERE, text=said(), channel=Channel.SMS, about="sign_in", now=NOW, urgent=True
        ).pk
    assert (deliver(), gateway.asked) == (1, [])
    assert (found(row).contents, found(row).phone, found(row).state) == (None, None, NoticeState.REFUSED)
    assert attempts(row) == [("REFUSED", Reason.NO_NUMBER)]


def test_a_process_that_dies_with_a_message_in_hand_lets_another_have_it_after_the_lease(
    gateway: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(_notice: Notice, _now: datetime) -> None:
        raise Died

    notice = sent()
    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_carried", die)
        with pytest.raises(Died):
            deliver()
    assert deliver(after=60) == 0
    assert deliver(after=121) == 1
    assert found(notice).state == NoticeState.SENT


def test_the_login_of_the_pages_sees_codes_and_no_other_message(db: None) -> None:
    code, other = sent(), sent(urgent=False)
    with acting(Role.JOB, EVERYWHERE):
        assert Notice.objects.filter(pk__in=(code, other)).count() == 2
    with acting(Role.NONE):
        assert list(Notice.objects.filter(pk__in=(code, other)).values_list("pk", flat=True)) == [code]
    for role in (Role.APP, Role.PERSON):
        with acting(role, NOBODY):
            assert not Notice.objects.filter(pk__in=(code, other)).exists()


def test_attempts_cannot_be_rewritten(gateway: Recording) -> None:
    sent()
    deliver()
    for statement in ("UPDATE notices_delivery SET reason = ''", "DELETE FROM notices_delivery"):
        with (
            acting(Role.JOB, EVERYWHERE),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
