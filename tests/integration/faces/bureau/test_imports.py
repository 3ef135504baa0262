"""A file of another office on the pages: sent, looked at, approved by another, its bad lines taken back."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.factories import files, importing
from tests.factories.people import person
from tests.integration.faces.bureau.scene import CITY, COUNTY, Shown, main_of, text_of
from tests.integration.faces.cast import Colleague, colleague, inside
from yiyang.exchange.kinds import KINDS
from yiyang.exchange.models import Batch, Ticket
from yiyang.faces.shared.middleware import BodyLimit

NEW = reverse("bureau:import_new")
PLACES = (f"{COUNTY}001021", f"{COUNTY}001022")


def sent(by: Colleague, content: bytes, **other: str) -> Shown:
    file = SimpleUploadedFile("名册.csv", content)
    return by.client.post(
        NEW, {"kind": "people", "source": "CIVIL_AFFAIRS", "as_of": "2026-11-01", "file": file, **other}
    )


def newest() -> Batch:
    with inside(CITY):
        return Batch.objects.order_by("-pk")[0]


def at(batch: Batch, act: str = "import") -> str:
    return reverse(f"bureau:{act}", args=[batch.code])


def lines(count: int = 4) -> list[list[str]]:
    return list(files.rows(count, PLACES))


@pytest.fixture
def checked(li: Colleague) -> Batch:
    """Four lines of 李科长, one of them bad, read by a process."""
    bad = lines()
    bad[1][files.NUMBER] = "1.59E+17"
    assert sent(li, files.as_csv(bad)).status_code == 302
    batch = newest()
    importing.work(batch.pk)
    return newest()


def test_from_upload_to_the_records(li: Colleague, zhao: Colleague, checked: Batch) -> None:
    page = main_of(zhao.client.get(at(checked)))
    assert "通过，让 3 行入库" in page
    assert "身份证号被表格软件当成数字存了" in page
    assert lines()[0][files.NAME] not in page
    assert zhao.client.post(at(checked, "import_approve")).status_code == 302
    importing.work(checked.pk)
    done = main_of(li.client.get(at(checked)))
    assert "已入库 3" in done
    assert "已对平" in done


def test_whoever_uploaded_it_does_not_approve_it(li: Colleague, checked: Batch) -> None:
    assert li.client.post(at(checked, "import_approve")).status_code == 403
    assert "通过，让" not in main_of(li.client.get(at(checked)))
    assert newest().state == "CHECKED"


def test_two_approve_at_once_and_the_second_is_told(zhao: Colleague, checked: Batch) -> None:
    other = colleague("qian", "钱局长", "approver", CITY)
    assert zhao.client.post(at(checked, "import_approve")).status_code == 302
    answer = other.client.post(at(checked, "import_approve"))
    assert answer.status_code == 409
    assert "刚被别人处理过" in text_of(answer)


def test_declined_with_a_reason_and_not_without(zhao: Colleague, checked: Batch) -> None:
    assert zhao.client.post(at(checked, "import_decline"), {"why": "不"}).status_code == 400
    assert zhao.client.post(at(checked, "import_decline"), {"why": "不是最新的名册"}).status_code == 302
    assert "不是最新的名册" in main_of(zhao.client.get(at(checked)))


def test_the_same_bytes_again_lead_to_the_first_time(li: Colleague, checked: Batch) -> None:
    bad = lines()
    bad[1][files.NUMBER] = "1.59E+17"
    form = {"kind": "people", "source": "CIVIL_AFFAIRS", "as_of": "2026-11-01"}
    file = SimpleUploadedFile("名册（改名）.csv", files.as_csv(bad))
    answer = li.client.post(NEW, {**form, "file": file})
    assert answer["Location"].startswith(at(checked))
    assert "以前传过" in text_of(li.client.get(answer["Location"]))


def test_bad_lines_come_back_and_only_to_whoever_may_repair_them(
    li: Colleague, zhao: Colleague, checked: Batch
) -> None:
    answer = li.client.get(at(checked, "import_rejected"))
    assert answer["Content-Disposition"].startswith("attachment")
    text = answer.content.decode("utf-8-sig")
    assert text.count("\n") == 2
    assert "退回原因" in text
    assert zhao.client.get(at(checked, "import_rejected")).status_code == 403


def test_another_county_sees_nothing_of_it(checked: Batch, sun: Colleague) -> None:
    assert sun.client.get(at(checked)).status_code == 404
    assert checked.code.hex[:6].upper() not in text_of(sun.client.get(reverse("bureau:imports")))


@pytest.mark.parametrize("missing", ["kind", "source", "as_of", "file"])
def test_what_is_missing_is_said_at_its_field(li: Colleague, missing: str) -> None:
    form = {"kind": "people", "source": "CIVIL_AFFAIRS", "as_of": "2026-11-01"}
    given = {**form, "file": SimpleUploadedFile("a.csv", b"x")}
    answer = li.client.post(NEW, {key: value for key, value in given.items() if key != missing})
    assert answer.status_code == 400
    assert "请" in main_of(answer)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04 no", ""),
        (b"%PDF-1.7", "这是PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(li: Colleague, content: bytes, said: str) -> None:
    answer = sent(li, content)
    if answer.status_code == 302:
        importing.work(newest().pk)
        assert "没有改动任何人的档案" in main_of(li.client.get(at(newest())))
    else:
        assert said in main_of(answer)


def test_a_file_of_two_gigabytes_is_refused_before_a_byte_is_read() -> None:
    def never(request: object) -> None:
        raise AssertionError("somebody began to read")

    request = RequestFactory().post(NEW)
    request.META["CONTENT_LENGTH"] = "2147483648"
    assert BodyLimit(never)(request).status_code == 413  # type: ignore[arg-type]
    request = RequestFactory().post("/sign-in/")
    request.META["CONTENT_LENGTH"] = "13000000"
    assert BodyLimit(never)(request).status_code == 413  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_is_a_workbook_of_text_with_an_example_that_is_not_read(li: Colleague, kind: str) -> None:
    answer = li.client.get(reverse("bureau:import_template", args=[kind]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    first, guide = book.sheet_names
    rows = book.get_sheet_by_name(first).to_python()
    assert rows[0] == [column.title for column in KINDS[kind].columns]
    assert any(str(cell).startswith("示例") for cell in rows[1])
    assert len(book.get_sheet_by_name(guide).to_python()) > len(KINDS[kind].columns)
    sent(li, answer.content, kind=kind)
    importing.work(newest().pk)
    assert (newest().state, newest().read) == ("CHECKED", 0)


def test_what_two_sources_say_differently_is_judged_on_a_page(li: Colleague, zhao: Colleague) -> None:
    with inside(COUNTY):
        lan = person(division=PLACES[0], name="吴桂兰", born_on=date(1944, 3, 1))
    number = importing.number_of(lan)
    other = [["武桂兰", number, "女", PLACES[0], COUNTY, "", ""]]
    assert sent(li, files.as_csv(other), source="SYNTHETIC").status_code == 302
    batch = newest()
    importing.work(batch.pk)
    zhao.client.post(at(batch, "import_approve"))
    importing.work(batch.pk)
    with inside(CITY):
        ticket = Ticket.objects.get()
    address = reverse("bureau:import_ticket", args=[ticket.code])
    page = main_of(li.client.get(address))
    assert "吴桂兰" in page
    assert "武桂兰" in page
    assert number not in page
    assert li.client.post(address, {"outcome": "take", "why": "电话核实本人"}).status_code == 302
    assert li.client.post(address, {"outcome": "keep", "why": "电话核实本人"}).status_code == 409
    with inside(COUNTY):
        lan.refresh_from_db()
    assert lan.name == "武桂兰"
