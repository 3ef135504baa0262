"""The log cannot say who: by form, whatever a caller hands over."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from yiyang.engine.errors import Refused
from yiyang.site.journal import JsonLines, Words, struck

ID, PHONE = "15020219440301002X", "13812345678"


def line(form: type[logging.Formatter], message: str, *args: object, **extra: Any) -> str:
    record = logging.LogRecord("yiyang.x", logging.ERROR, __file__, 1, message, args, sys.exc_info())
    vars(record).update(extra)
    return form().format(record)


@pytest.mark.parametrize(
    "text",
    [
        f"no {ID} here",
        f"call {PHONE}.",
        "00012345678",
        "person 王秀英 refused",
        "at 六合成社区3栋",
        "GET /w/?q=wang&phone=1",
        "mail a@example.org",
        "card 6222020200012345678",
        "𠀀",
    ],
)
def test_whatever_could_name_somebody_is_struck_out(text: str) -> None:
    left = struck(text)
    for word in (
        ID,
        PHONE,
        "00012345678",
        "王秀英",
        "六合成",
        "wang",
        "a@example.org",
        "6222020200012345678",
        "𠀀",
    ):
        assert word not in left
    assert "…" in left


def test_a_division_a_row_id_and_a_uuid_stay() -> None:
    text = "event 6f9619ff-8b86-4d01-b42d-00c04fc964ff in 150204001021 about 9000000001"
    assert struck(text) == text


@pytest.mark.parametrize("form", [JsonLines, Words])
def test_an_exception_leaves_its_kind_and_places_but_no_words_and_no_values(
    form: type[logging.Formatter],
) -> None:
    name_in_a_local = "王秀英"
    try:
        raise ValueError(f"Key (phone)=({PHONE}) of wang xiuying {name_in_a_local} exists")
    except ValueError:
        said = line(form, "handler failed")
    assert "ValueError" in said
    assert "test_journal.py" in said
    for word in (PHONE, "xiuying", "王秀英", "Key"):
        assert word not in said


def test_only_known_fields_are_written_and_a_house_error_leaves_its_code() -> None:
    try:
        raise Refused("died on 2020-01-01", message="去世日期不对")
    except Refused:
        said = json.loads(line(JsonLines, "request", view="elder:home", status=422, ms=1.5, name_of="王秀英"))
    assert (said["view"], said["status"], said["error"]) == ("elder:home", 422, "Refused")
    assert "name_of" not in said
    assert "code" in said


def test_a_json_line_is_one_line() -> None:
    assert "\n" not in line(JsonLines, "two\nlines")
