"""Codes sent to a phone: few tries, few minutes, few a day, and nothing told about who is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOW, Enter
from tests.factories import people as make
from yiyang.accounts import services
from yiyang.accounts.models import SignInCode
from yiyang.accounts.services import CodeOver, CodesUsedUp, CodeTooSoon, CodeWrong
from yiyang.people import services as people
from yiyang.people.services import entering

PHONE = b"0123456789abcdef"
OTHER = b"fedcba9876543210"
pytestmark = pytest.mark.django_db


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def sent(after: timedelta = timedelta(0), phone: bytes = PHONE) -> str:
    return services.make_code(phone_bidx=phone, now=NOW + after)


def use(code: str, after: timedelta = timedelta(0), phone: bytes = PHONE) -> None:
    services.use_code(phone_bidx=phone, code=code, now=NOW + after)


def test_a_code_has_six_digits_is_kept_as_a_hash_and_works_once() -> None:
    code = sent()
    assert len(code) == 6
    assert code not in SignInCode.objects.get().digest
    use(code)
    with pytest.raises(CodeOver):
        use(code)


def test_the_fifth_try_may_still_be_right_the_sixth_is_too_late() -> None:
    code = sent()
    for _ in range(4):
        with pytest.raises(CodeWrong):
            use(wrong(code))
    use(code)
    later = sent(timedelta(minutes=2))
    for _ in range(5):
        with pytest.raises(CodeWrong):
            use(wrong(later), timedelta(minutes=2))
    with pytest.raises(CodeOver):
        use(later, timedelta(minutes=2))


def test_after_five_minutes_a_code_is_over() -> None:
    code = sent()
    with pytest.raises(CodeOver):
        use(code, timedelta(minutes=5))
    use(code, timedelta(minutes=5, seconds=-1))


def test_only_the_newest_code_counts_and_only_for_its_own_phone() -> None:
    first = sent()
    second = sent(timedelta(minutes=1))
    third = sent(phone=OTHER)
    if first != second:
        with pytest.raises(CodeWrong):
            use(first, timedelta(minutes=1))
    if third != second:
        with pytest.raises(CodeWrong):
            use(third, timedelta(minutes=1))
    use(second, timedelta(minutes=1))


def test_one_code_a_minute() -> None:
    sent()
    with pytest.raises(CodeTooSoon):
        sent(timedelta(seconds=59))
    sent(timedelta(seconds=60))


def test_ten_codes_a_day() -> None:
    for n in range(10):
        sent(timedelta(minutes=n))
    with pytest.raises(CodesUsedUp):
        sent(timedelta(hours=23))
    sent(timedelta(hours=24))


def test_ten_codes_a_day_for_one_block_of_addresses_whatever_the_numbers() -> None:
    def wanted(n: int, block: str, after: timedelta = timedelta(0)) -> None:
        services.make_code(phone_bidx=n.to_bytes(16), now=NOW + after, block=block)

    for n in range(10):
        wanted(n, "203.0.113.0/24")
    with pytest.raises(CodesUsedUp):
        wanted(11, "203.0.113.0/24")
    wanted(11, "198.51.100.0/24")
    wanted(12, "203.0.113.0/24", timedelta(hours=3))


def test_this_machine_itself_is_no_block() -> None:
    for n in range(12):
        services.make_code(phone_bidx=n.to_bytes(16), now=NOW, block="")


def test_a_phone_nobody_has_gets_the_same_answers_as_a_known_one(as_process: Enter) -> None:
    with as_process("1502"):
        make.person(phone="00000000042")
    for phone in ("00000000042", "00099999999"):
        index = entering.phone_index(phone)
        code = services.make_code(phone_bidx=index, now=NOW)
        with pytest.raises(CodeTooSoon):
            services.make_code(phone_bidx=index, now=NOW)
        with pytest.raises(CodeWrong):
            services.use_code(phone_bidx=index, code=wrong(code), now=NOW)
        services.use_code(phone_bidx=index, code=code, now=NOW)
    assert len(people.accounts_of_phone("00000000042")) == 1
    assert people.accounts_of_phone("00099999999") == []
