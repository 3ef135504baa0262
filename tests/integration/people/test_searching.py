"""Finding a person: by name, initials, ID number or phone, inside one's own branch only."""

from __future__ import annotations

import pytest

from tests.conftest import NOW, Enter
from tests.factories import people as make
from tests.factories.saying import DOING
from yiyang.base.ids import PersonId
from yiyang.base.keys import sealing
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine.identifying import BadIdNumber
from yiyang.people import selectors
from yiyang.people import services as people
from yiyang.people.choices import Source
from yiyang.people.models import Person

HOME, OTHER = "150204001021", "150203001015"
CITY = Scope.of("1502")


@pytest.fixture
def wang(as_process: Enter) -> Person:
    with as_process("1502"):
        make.person(division=OTHER, name="王秀英")
        return make.person(division=HOME, name="王秀英", phone="00012345678")


def found(text: str, prefix: str = "150204") -> list[int]:
    with acting(Role.APP, Scope.of(prefix)):
        return [person.pk for person in selectors.search(text, Scope.of(prefix))]


def number_of(whom: Person) -> str:
    return sealing.ring().open("people_person.id_number", whom.pk, whom.id_number or "")


@pytest.mark.parametrize(
    "text", ["王秀英", " 王秀英 ", "WXY", "wxy", "000 1234 5678", "+86 00012345678", "０００１２３４５６７８"]
)
def test_by_exact_name_initials_or_phone_however_it_is_typed(wang: Person, text: str) -> None:
    assert found(text) == [wang.pk]


@pytest.mark.parametrize("text", ["", "王", "秀英", "WX", "0001234567", "%", "王秀英' OR 1=1"])
def test_a_piece_of_a_name_or_number_finds_nobody(wang: Person, text: str) -> None:
    assert found(text) == []


def test_by_id_number_plain_full_width_or_with_blanks(wang: Person) -> None:
    number = number_of(wang)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    for text in (number, wide, f"{number[:6]} {number[6:14]} {number[14:]}", number.lower()):
        assert found(text) == [wang.pk], text


def test_an_id_that_ends_with_a_small_x_is_found(as_process: Enter) -> None:
    with as_process("1502"):
        numbers = {number_of(p): p for p in (make.person() for _ in range(60))}
        number = next(n for n in numbers if n.endswith("X"))
    assert found(number.lower()) == [numbers[number].pk]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15990119440301002", "应为18位"),
        ("1599011944030100244", "应为18位"),
        ("159901194413010024", "出生日期不对"),
    ],
)
def test_what_cannot_be_an_id_number_is_told_and_not_searched_as_a_name(
    db: None, text: str, said: str
) -> None:
    with acting(Role.APP, CITY), pytest.raises(BadIdNumber) as refused:
        selectors.search(text, CITY)
    assert said in refused.value.message
    assert text not in str(refused.value)


def test_one_wrong_digit_is_noticed_by_the_last_one(wang: Person) -> None:
    number = number_of(wang)
    other = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    with acting(Role.APP, CITY), pytest.raises(BadIdNumber, match="check character"):
        selectors.search(other, CITY)


def test_out_of_scope_is_absent_whatever_is_asked(wang: Person) -> None:
    for text in ("王秀英", "WXY", "00012345678", number_of(wang)):
        assert wang.pk not in found(text, "150203"), text
    with acting(Role.APP, Scope.of("150203")):
        assert wang.pk not in [p.pk for p in selectors.search("王秀英", CITY)]  # a wider wish shows no more
        with pytest.raises(selectors.NoSuchPerson):
            selectors.person(PersonId(wang.pk))
        with pytest.raises(selectors.NoSuchPerson):
            selectors.person_of(wang.code)
        assert selectors.people_by_id([wang.pk]) == {}
        assert selectors.sweep_rows([wang.pk]) == {}


def test_two_of_one_name_are_both_shown_in_the_city(wang: Person) -> None:
    assert len(found("王秀英", "1502")) == 2


def test_lists_show_masks(wang: Person) -> None:
    with acting(Role.APP, Scope.of(HOME)):
        person = selectors.person_of(wang.code)
        assert selectors.masked_phone(person) == "000****5678"
        assert selectors.masked_id_number(person).startswith("159***********")


def test_the_accounts_of_a_phone_are_those_of_the_living_who_have_it(wang: Person, as_process: Enter) -> None:
    with as_process("1502"):
        husband = make.person(division=HOME, name="李长海", phone="00012345678")
    both = people.accounts_of_phone("0001 2345 678")
    assert len(both) == 2
    assert people.accounts_of_phone("+8600012345678") == both  # asked again, nobody is made twice
    with as_process("1502"):
        people.record_death(
            actor=DOING,
            person_id=PersonId(husband.pk),
            died_on=NOW.date(),
            source=Source.CIVIL_AFFAIRS,
            now=NOW,
        )
    assert people.accounts_of_phone("00012345678") == [both[0]]
    assert people.accounts_of_phone("00000000000") == []
