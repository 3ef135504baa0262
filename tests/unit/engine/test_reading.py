"""What people type: every odd input here was meant by somebody."""

from __future__ import annotations

from datetime import date

import pytest

from yiyang.engine.reading import chinese_number, digits_only, parse_date_zh, to_ascii

MARCH = date(1944, 3, 1)
MID_AUTUMN = date(1944, 10, 1)  # lunar 1944, eighth month, fifteenth day


@pytest.mark.parametrize(
    "text",
    [
        "1944年3月1日",
        "1944年03月01日",
        "1944 年 3 月 1 日",
        "1944年3月1号",
        "1944年3月1號",
        "1944年3月1",
        "１９４４年３月１日",
        "１９４４．３．１",
        "1944.3.1",
        "1944.03.01.",
        "1944。3。1",
        "1944、3、1",
        "1944，3，1",
        "1944-3-1",
        "1944-03-01",
        "1944－03－01",
        "1944—3—1",
        "1944/3/1",
        "1944／3／1",
        "1944·3·1",
        "1944 3 1",
        "  1944　03  01 ",
        "19440301",
        "1944 0301",
        "１９４４０３０１",
        "一九四四年三月一日",
        "一九四四年三月一号",
        "一千九百四十四年三月一日",
        "壹玖肆肆年叁月壹日",
        "1944年三月1日",
        "公历1944年3月1日",
        "阳历：1944年3月1日",
        "1944年3月1日生",
        "1944年3月1日出生",
        "生于1944年3月1日",
        "出生日期：1944-03-01",
        "1944年3月1日 星期三",
        "1944年3月1日（周三）",
        "\ufeff1944\u200b-03-01",
        "١٩٤٤-٠٣-٠١",
    ],
)
def test_one_day_in_forty_spellings(text: str) -> None:
    assert parse_date_zh(text) == MARCH


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("农历一九四四年八月十五", MID_AUTUMN),
        ("农历 1944年8月15日", MID_AUTUMN),
        ("阴历1944年八月十五", MID_AUTUMN),
        ("旧历：一九四四年八月十五日", MID_AUTUMN),
        ("農曆1944年8月15號", MID_AUTUMN),
        ("1944年农历八月十五", MID_AUTUMN),
        ("农历1944.8.15", MID_AUTUMN),
        ("农历19440815", MID_AUTUMN),
        ("农历1944年8月15日生", MID_AUTUMN),
        ("1943年腊月初八", date(1944, 1, 3)),
        ("1944年正月初一", date(1944, 1, 25)),
        ("1944年冬月初一", date(1944, 12, 15)),
        ("1944年十一月初一", date(1944, 12, 15)),
        ("1944年三月初一", date(1944, 3, 24)),
        ("1944年闰四月初三", date(1944, 5, 24)),
        ("农历1944年闰4月3日", date(1944, 5, 24)),
        ("1943年腊月廿三", date(1944, 1, 18)),
        ("农历一九四四年八月廿三", date(1944, 10, 9)),
        ("公历1944年8月廿三日", date(1944, 8, 23)),
    ],
)
def test_lunar_days_are_turned_into_common_ones(text: str, day: date) -> None:
    assert parse_date_zh(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "不记得了",
        "八月十五",
        "农历八月十五",
        "1944",
        "1944年",
        "1944年3月",
        "3月1日",
        "44年3月1日",
        "四四年三月一日",
        "44.3.1",
        "1.3.1944",
        "03/01/1944",
        "1944-3/1",
        "1944031",
        "194403011",
        "1944-02-30",
        "1943年2月29日",
        "19441301",
        "1944年13月1日",
        "1944年0月1日",
        "1944年3月32日",
        "0000年1月1日",
        "农历1944年3月初十一",
        "农历1944年闰五月初一",
        "农历1944年9月31日",
        "农历1800年1月1日",
        "公历1944年正月初一",
        "公历农历1944年1月1日",
        "1944年八月廿三",
        "1944年3月1日或2日",
        "152701194403010028",
        "1944-03-01T00:00",
        "一九四四年三月一百日",
        "-1944-3-1",
    ],
)
def test_what_could_mean_something_else_is_not_guessed(text: str) -> None:
    assert parse_date_zh(text) is None


def test_a_year_from_elsewhere_completes_a_day_without_one() -> None:
    assert parse_date_zh("农历八月十五", year=1944) == MID_AUTUMN
    assert parse_date_zh("八月初三", year=2026) == date(2026, 9, 13)
    assert parse_date_zh("3月1日", year=1944) == MARCH
    assert parse_date_zh("1944年3月1日", year=2026) == MARCH


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("１２", 12),
        ("0", 0),
        ("〇", 0),
        ("零", 0),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("廿三", 23),
        ("卅", 30),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十五", 115),
        ("一百十五", 115),
        ("两千", 2000),
        ("两千零二十六", 2026),
        ("一千零五", 1005),
        ("一万二千", 12000),
        ("一万零五百", 10500),
        ("三十万", 300000),
        ("二万零一十", 20010),
        ("一九四四", 1944),
        ("二〇二六", 2026),
        ("贰佰伍拾", 250),
        ("壹万", 10000),
        (" 八 十 ", 80),
        ("一百五", None),
        ("一万二", None),
        ("十百", None),
        ("百", None),
        ("二十十", None),
        ("零五十", None),
        ("十几", None),
        ("三个", None),
        ("3百", None),
        ("", None),
        ("-3", None),
        ("3.5", None),
        ("9" * 16, None),
        ("万", None),
        ("一万万", None),
    ],
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


def test_every_number_of_days_and_ages_reads_back() -> None:
    from yiyang.engine.reading import _numerals

    for value in [*range(1, 2100), 9999, 10_000, 10_001, 20_010, 101_000, 99_999_999]:
        assert chinese_number(_numerals(value)) == value


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("13800000001", "13800000001"),
        ("１３８ ００００ ０００１", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("一三八零零零零零零零一", "13800000001"),
        ("幺三八〇〇〇〇〇〇〇幺", "13800000001"),
        ("电话：138 0000 0001。", "13800000001"),
        ("没有", ""),
    ],
)
def test_numbers_read_out_sign_by_sign(text: str, digits: str) -> None:
    assert digits_only(text) == digits


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＡＢ　１２", "AB 12"),
        (" 王 \t 奶奶 ", "王 奶奶"),
        ("１５０２０２：一", "150202:一"),
        ("a\u200bb\ufeff", "ab"),
        ("（示例）", "(示例)"),
        ("𠀀㐰", "𠀀㐰"),
    ],
)
def test_plain_forms_keep_chinese_characters(text: str, plain: str) -> None:
    assert to_ascii(text) == plain
