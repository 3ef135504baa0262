"""Two records side by side: numbers stay masked, and how they differ is said in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from yiyang.base.ids import PersonId
from yiyang.engine import identifying, spelling
from yiyang.entitlements import selectors as entitlements
from yiyang.faces.bureau.presenting.desk import Desk
from yiyang.faces.bureau.presenting.people import name_for
from yiyang.faces.bureau.presenting.words import SEXES
from yiyang.faces.bureau.records_showing import Compared
from yiyang.faces.shared.showing import Chip
from yiyang.people import selectors as people
from yiyang.people.choices import RevealField
from yiyang.people.selectors import one_record
from yiyang.regions import selectors as regions

if TYPE_CHECKING:
    from yiyang.people.models import Person

SAME, UNLIKE = Chip("相同", "ok"), Chip("不同", "bad", "x")
NOBODY_KNOWS = Chip("有一份没有", "unknown")
REASONS = {
    "SAME_ID": "身份证号相同",
    "ID_ONE_DIGIT": "身份证号只差一位",
    "ID_SWAPPED": "身份证号有两位颠倒",
    "ID_CHECK_CHARACTER": "身份证号只有末位不同",
    "ID_NEIGHBOUR": "身份证号相邻",
    "OTHER_ID": "身份证号不同",
    "SAME_NAME": "姓名相同",
    "HOMOPHONE": "姓名同音不同字",
    "NAME_TURNED": "姓名前后颠倒",
    "NAME_ONE_SOUND_MORE": "姓名多一个字",
    "NAME_ONE_CHARACTER": "姓名差一个字",
    "NAME_ONE_SOUND": "姓名像",
    "SAME_INITIALS": "姓名首字母相同",
    "OTHER_NAME": "姓名不同",
    "SAME_BIRTH": "同一天出生",
    "BIRTH_LUNAR": "一份写的是农历生日",
    "BIRTH_EXCHANGED": "生日的月和日颠倒",
    "BIRTH_YEAR": "生日差整一年",
    "BIRTH_ONE_DIGIT": "生日差一个数字",
    "BIRTH_NEAR": "同年同月出生",
    "OTHER_BIRTH": "出生日期不同",
    "SAME_PHONE": "电话相同",
    "PHONE_ONE_DIGIT": "电话只差一位",
    "PHONE_SWAPPED": "电话有两位颠倒",
    "OTHER_PHONE": "电话不同",
    "SAME_ADDRESS": "住址相同",
    "SAME_DOOR": "同一个门牌",
    "SAME_COMMUNITY": "同一个社区",
    "SAME_COUNTY": "同一个旗县区",
    "OTHER_PLACE": "不在一个旗县区",
    "OTHER_SEX": "性别不同",
}
AGAINST = ("OTHER_", "ID_NEIGHBOUR")


def reasons_in_words(codes: Iterable[str]) -> str:
    """What speaks for it, then what against it."""
    known = [code for code in codes if code in REASONS]
    pro = [REASONS[code] for code in known if not code.startswith(AGAINST)]
    con = [REASONS[code] for code in known if code.startswith(AGAINST)]
    return "，".join(pro) + (f"；但是{'，'.join(con)}" if con else "")


def compared(desk: Desk, left: Person, right: Person) -> tuple[Compared, ...]:
    """Every field that tells two people apart; full dates only for those whose duty knows names."""
    places = regions.names_of((left.division, right.division), on=desk.today)
    whole = desk.actor.may("view_names")
    day = "%Y-%m-%d" if whole else "%Y 年"
    return (
        Compared("姓名", name_for(desk.actor, left), name_for(desk.actor, right), _names(left, right)),
        Compared("性别", SEXES.get(left.sex, ""), SEXES.get(right.sex, ""), _equal(left.sex, right.sex)),
        Compared("出生", f"{left.born_on:{day}}", f"{right.born_on:{day}}", _births(left, right)),
        _numbers("身份证号", RevealField.ID_NUMBER, left, right),
        _numbers("电话", RevealField.PHONE, left, right),
        _addresses(left, right, places),
        Compared(
            "住在", places.get(left.division, ""), places.get(right.division, ""),
            _equal(left.division, right.division),
        ),
        Compared(
            "户籍", left.hukou_division[:6], right.hukou_division[:6],
            _equal(left.hukou_division[:6], right.hukou_division[:6]),
        ),
        Compared("登记日期", f"{left.recorded_at:%Y-%m-%d}", f"{right.recorded_at:%Y-%m-%d}", Chip("供参考")),
        _stands(left, right),
        _counts(left, right),
    )  # fmt: skip


def _equal(a: object, b: object) -> Chip:
    return SAME if a == b else UNLIKE


def _names(left: Person, right: Person) -> Chip:
    if left.name == right.name:
        return SAME
    same = spelling.sounds_of(left.name) == spelling.sounds_of(right.name)
    return Chip("同音不同字", "warn") if same else UNLIKE


def _births(left: Person, right: Person) -> Chip:
    a, b = left.born_on, right.born_on
    if a == b:
        return Chip("同一天", "ok")
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return Chip("月和日颠倒", "warn")
    if (a.month, a.day) == (b.month, b.day):
        return Chip(f"差 {abs(a.year - b.year)} 年，月日相同", "warn")
    return Chip("同年，日期不同", "warn") if a.year == b.year else UNLIKE


def _numbers(what: str, field: RevealField, left: Person, right: Person) -> Compared:
    a, b = people.full(left, field), people.full(right, field)
    mask = identifying.masked_id if field is RevealField.ID_NUMBER else identifying.masked_phone
    return Compared(what, mask(a) or "没有", mask(b) or "没有", _digits(a, b))


def _digits(a: str, b: str) -> Chip:
    if not a or not b:
        return NOBODY_KNOWS
    if a == b:
        return SAME
    unlike = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) != len(b) or len(unlike) > 3:
        return UNLIKE
    return Chip(f"只差 {len(unlike)} 位", "warn")


def _addresses(left: Person, right: Person, places: dict[str, str]) -> Compared:
    a, b = people.address_of(left), people.address_of(right)
    chip = NOBODY_KNOWS if not a or not b else _equal(a, b)
    shown = [
        f"{places.get(one.division, '')} ***" if text else "没有" for one, text in ((left, a), (right, b))
    ]
    return Compared("住址", shown[0], shown[1], chip)


def _stands(left: Person, right: Person) -> Compared:
    said = one_record.said_dead((left.pk, right.pk))

    def word(one: Person) -> str:
        if one.died_on is not None:
            return f"{one.died_on:%Y-%m-%d} 去世"
        return "去世待核实" if one.pk in said else "在世"

    return Compared("在世", word(left), word(right), _equal(word(left), word(right)))


def _counts(left: Person, right: Person) -> Compared:
    """How much hangs on each: the fuller record is the one to keep."""

    def word(one: Person) -> str:
        person_id = PersonId(one.pk)
        facts, paid = len(people.history_of(person_id)), len(_received(entitlements.receipts_of(person_id)))
        return f"{facts} 条情况，领过 {paid} 项"

    return Compared("档案里有", word(left), word(right), Chip("供参考"))


def _received(rows: Iterable[object]) -> Sequence[str]:
    return sorted({str(getattr(row, "benefit", "")) for row in rows})
