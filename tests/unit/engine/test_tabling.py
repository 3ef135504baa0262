"""Tables as offices send them: hostile ones are refused whole, half right ones line by line."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from yiyang.engine import identifying
from yiyang.engine.tabling import BadFile, Format, Line, Table, cells, headers, open_table
from yiyang.engine.tabling.cells import Unreadable
from yiyang.engine.tabling.texts import is_formula
from yiyang.engine.tabling.writing import write_table

ID = "15980119430301001" + identifying.id_check_character("15980119430301001")
HEAD = "姓名,身份证号\n"
KNOWN = frozenset({"姓名", "身份证号"})


def read(path: Path) -> tuple[Table, list[Line]]:
    with open_table(path, lambda name: headers.plain(name) in KNOWN) as table:
        return table, list(table.lines)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "anything"


def lines_of(path: Path, content: bytes) -> list[Line]:
    path.write_bytes(content)
    return read(path)[1]


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(BadFile) as refusal:
        read(path)
    return refusal.value.message


def workbook(path: Path, **extra: bytes) -> Path:
    """A workbook with one line, and members of its own beside."""
    write_table(path, Format.XLSX, ["姓名", "身份证号"], [["王秀英", "1"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in extra.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found_out(path: Path, encoding: str, sign: str) -> None:
    text = f"姓名{sign}身份证号\n王秀英{sign}12\n㐰龘{sign}13\n"
    found = [line.cells for line in lines_of(path, text.encode(encoding))]
    assert found == [("王秀英", "12"), ("㐰龘", "13")]


def test_a_line_in_another_encoding_is_rejected_and_the_others_are_not(path: Path) -> None:
    content = f"{HEAD}王秀英,1\n李桂兰,2\n".encode("gb18030") + "张淑珍,3\n".encode()
    faults = [[fault.code for fault in line.faults] for line in lines_of(path, content)]
    assert faults == [[], [], ["mixed_encoding"]]
    content = f"{HEAD}王秀英,1\n李桂兰,2\n".encode() + "张淑珍,3\n".encode("gb18030")
    assert [bool(line.faults) for line in lines_of(path, content)] == [False, False, True]


def test_lines_keep_the_numbers_of_the_file_through_titles_gaps_and_line_ends_in_cells(path: Path) -> None:
    content = f'某县名单,\n{HEAD}王秀英,1\n\n"李\n桂兰",2\n张淑珍,3\n'.encode()
    table, lines = (path.write_bytes(content), read(path))[1]
    assert table.header_line == 2
    assert [line.number for line in lines] == [3, 5, 7]
    assert table.notes == ("表头上面的 1 行没有读",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"   \n", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ".xls"),
        (b"%PDF-1.7", "PDF"),
        (b"MZ\x90\x00", "程序"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\x00\x01\x02" * 10, "不是表格"),
        ("一,二\n1,2\n".encode(), "没有找到表头"),
        (HEAD.encode() + b"\xff\xfe\xfa\xfb\x80\x81\n" * 40, "编码"),
        (b'{"a": 1', "JSON"),
        (b"[" * 50_000, "JSON"),
        ('[{"姓名": NaN}]'.encode(), "JSON"),
        ('[{"姓名": "a"}'.encode(), "JSON"),
        ('[{"姓名": "甲"}]'.encode("gb18030"), "JSON|UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(path: Path, content: bytes, said: str) -> None:
    message = refused(path, content)
    assert any(word in message for word in said.split("|")), message


def test_a_zip_bomb_is_refused_by_what_it_declares(path: Path) -> None:
    workbook(path, bomb=b"\0" * 60_000_000)
    assert path.stat().st_size < 100_000
    assert "大得不正常" in refused(path, path.read_bytes())


def test_a_member_that_holds_more_than_it_declares_is_refused(path: Path) -> None:
    workbook(path)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        told = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    for at in range(len(raw) - 4):
        if raw[at : at + 4] == told.to_bytes(4, "little"):
            raw[at : at + 4] = (told // 2).to_bytes(4, "little")
    assert refused(path, bytes(raw))


def test_macros_are_refused_whatever_the_file_is_called(path: Path) -> None:
    workbook(path, **{"xl/vbaProject.bin": b"macro"})
    assert "宏" in refused(path, path.read_bytes())


def test_entities_are_refused(path: Path) -> None:
    workbook(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]>'
    parts["xl/worksheets/sheet1.xml"] = bomb + parts["xl/worksheets/sheet1.xml"].split(b"?>", 1)[1]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "定义" in refused(path, path.read_bytes())


def test_a_cell_a_million_lines_away_is_refused_before_it_is_held(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "身份证号"])
        sheet.write(1_048_575, 16_383, "x")
    assert "铺得太开" in refused(path, path.read_bytes())


def test_a_formula_is_a_fault_of_its_own_cell(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, ["姓名", "身份证号"])  # a table that begins neither on top nor at the left
        sheet.write_row(3, 1, ["王秀英", "1"])
        sheet.write(4, 1, "李桂兰")
        sheet.write_formula(4, 2, "=A1&B1", None, "2")
    lines = read(path)[1]
    assert [(line.number, [(f.code, f.column) for f in line.faults]) for line in lines] == [
        (4, []),
        (5, [("formula", 1)]),
    ]


def test_other_sheets_are_named_and_not_silently_left(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("一月", "二月", "填写说明"):
            book.add_worksheet(name).write_row(0, 0, ["姓名", "身份证号"])
    assert read(path)[0].notes == ("工作表“二月”没有读：只读第一张有内容的工作表",)


def test_objects_may_lack_names_and_names_that_come_later_count(path: Path) -> None:
    rows = [{"姓名": "甲"}, {"身份证号": "1", "姓名": "乙", "备注": None}, {"姓名": ["丙"]}, 4]
    table, lines = (path.write_text(json.dumps(rows, ensure_ascii=False)), read(path))[1]
    assert table.header == ("姓名", "身份证号", "备注")
    assert [[fault.code for fault in line.faults] for line in lines] == [[], [], ["nested"], ["no_object"]]


@pytest.mark.parametrize(
    "header", [["姓名", "姓 名"], ["姓名", "身份证号", "证件号码"], ["备注", "备注（二）", "备注："]]
)
def test_one_column_twice_is_refused(header: list[str]) -> None:
    names = {"name": ("姓名",), "id_number": ("身份证号", "证件号码")}
    with pytest.raises(BadFile):
        headers.mapped(header, names, [])


def test_a_missing_column_is_named_and_an_unknown_one_listed() -> None:
    names = {"name": ("姓名",), "id_number": ("身份证号",)}
    with pytest.raises(BadFile) as refusal:
        headers.mapped(["姓名"], names, ["id_number"])
    assert "“身份证号”" in refusal.value.message
    found = headers.mapped(["*姓名（必填）", "身份证 号：", "备注"], names, ["id_number"])
    assert (dict(found.places), found.unknown) == ({"name": 0, "id_number": 1}, ("备注",))


@pytest.mark.parametrize(
    "text",
    ["1943.5.1", "1943年5月1日", "19430501", "1943-05-01", "1943/5/1", "１９４３．５．１", "15827", 15827.0,
     "农历一九四三年三月廿七", date(1943, 5, 1), 19430501.0],
)  # fmt: skip
def test_days_as_offices_write_them(text: str | float | date) -> None:
    assert cells.day(text) == "1943-05-01"


@pytest.mark.parametrize(
    "text", ["43.5.1", "5/1/1943", "1943", "1943-13-01", "1943-02-30", "9999", True, "昨天", 0.5]
)
def test_a_day_that_may_mean_several_is_refused(text: str | float) -> None:
    with pytest.raises(Unreadable):
        cells.day(text)


@pytest.mark.parametrize(
    "text", ["1.5E+17", "1.50203E+17", 1.50203194305011e17, 150203194305011234, "150203194305011000"]
)
def test_an_id_that_a_spreadsheet_has_ruined_is_refused_with_advice(text: str | float) -> None:
    with pytest.raises(Unreadable) as refusal:
        cells.id_number(text)
    assert (refusal.value.fault, "文本" in refusal.value.hint) == ("ruined_number", True)


def test_an_id_in_full_width_with_blanks_is_read_and_a_number_as_phone_is_not() -> None:
    assert cells.id_number(f" １５９８01 {ID[6:14]} {ID[14:]} ") == ID
    with pytest.raises(Unreadable):
        cells.phone(13800000001.0)
    assert cells.phone("１３８ 0000-0001") == "13800000001"


@pytest.mark.parametrize(("text", "fen"), [("1,234.50", 123450), ("¥120元", 12000), (0.1, 10), ("０", 0)])
def test_money_is_whole_fen(text: str | float, fen: int) -> None:
    assert cells.fen(text) == fen


@pytest.mark.parametrize("text", ["-1", "0.001", "NaN", "1e400", "一百", ""])
def test_money_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        cells.fen(text)


@given(st.binary(max_size=400))
def test_no_bytes_break_a_reader(content: bytes) -> None:
    with _scratch(content) as path, suppress(BadFile):
        assert all(len(line.cells) > 0 for line in read(path)[1])


WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


@given(st.lists(WRITTEN, min_size=1))
def test_what_is_written_is_read_back_and_is_no_formula(texts: list[str]) -> None:
    wanted = [" ".join(text.split()) for text in texts]
    for kind in (Format.CSV, Format.JSON):
        with _scratch(b"") as path:
            write_table(path, kind, ["姓名", "身份证号"], [[text, "1"] for text in wanted])
            found = [" ".join(str(line.cells[0] or "").split()) for line in read(path)[1]]
            assert found == [text.lstrip("'") if kind is Format.CSV else text for text in wanted]
            if kind is Format.CSV:
                cells_written = [row.split(",")[0] for row in path.read_text("utf-8-sig").splitlines()]
                assert not any(is_formula(cell) for cell in cells_written if not cell.startswith('"'))


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()))
def test_a_reader_gives_a_value_or_says_why_not(cell: str | float | None) -> None:
    readers = (cells.day, cells.id_number, cells.phone, cells.name, cells.division, cells.fen)
    for reader in (*readers, cells.whole(0, 9), cells.YES_NO):
        with suppress(Unreadable):
            assert reader(cell) is not None


@contextmanager
def _scratch(content: bytes) -> Iterator[Path]:
    """A file for one example: hypothesis shares a test's own folder between examples."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        yield path
