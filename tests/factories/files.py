"""Files as other offices send them: invented people under a prefix that no county has, faults on order."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from yiyang.engine import identifying
from yiyang.engine.tabling import Format
from yiyang.engine.tabling.writing import write_table
from yiyang.exchange.services import Upload
from yiyang.people.choices import Source

HEADER = ("姓名", "身份证号", "性别", "居住地区划代码", "户籍地区划代码", "联系电话", "居住地址")
PLACES = ("150206001006", "150206001007", "150206002006", "150206002007")
SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = "秀英桂兰淑珍玉梅凤琴国强建华德海志明"
NAME, NUMBER, SEX, PLACE, HUKOU, PHONE, ADDRESS = range(len(HEADER))


def id_number(serial: int, born_on: date = date(1943, 3, 1), prefix: str = "159801") -> str:
    """A valid number of somebody invented; 1598 is no county, and not the mark of synthetic people."""
    body = f"{prefix}{born_on:%Y%m%d}{serial % 998 + 1:03d}"
    return body + identifying.id_check_character(body)


def rows(count: int, places: Sequence[str] = PLACES) -> Iterator[list[str]]:
    """Lines of a register, each about somebody else."""
    made = serial = 0
    while made < count:
        day = date(1936, 1, 1) + timedelta(days=serial % 7300)
        number = id_number(serial // 7300 * 7 + serial % 7, day, f"1598{serial // 7300 % 90 + 10}")
        serial += 1
        if number.endswith("000"):
            continue
        sex = "男" if int(number[16]) % 2 else "女"
        name = SURNAMES[made % 10] + GIVEN[made // 10 % 18] + GIVEN[made // 180 % 18]
        place = places[made % len(places)]
        phone = f"139{made:08d}"
        yield [name, number, sex, place, place[:6], phone, f"某街{made % 50}号{made % 12}单元{made}"]
        made += 1


def as_csv(
    lines: Sequence[Sequence[str]], header: Sequence[str] = HEADER, encoding: str = "utf-8-sig"
) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *lines])
    return text.getvalue().encode(encoding)


def as_json(lines: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    return json.dumps([dict(zip(header, line, strict=True)) for line in lines], ensure_ascii=False).encode()


def as_workbook(path: Path, lines: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    write_table(path, Format.XLSX, header, lines)
    return path


def upload(
    kind: str = "people",
    *,
    prefix: str = "150206",
    source: Source = Source.CIVIL_AFFAIRS,
    as_of: date = date(2026, 11, 1),
    name: str = "名册.csv",
) -> Upload:
    return Upload(kind=kind, source=source, as_of=as_of, name=name, prefix=prefix)
