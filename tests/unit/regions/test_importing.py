"""Tables of places: both formats, faults by line, differences by day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from yiyang.regions import importing
from yiyang.regions.codes import Kind
from yiyang.regions.importing import BadTable, Division, Moved, Renamed

OWN = "code,name,kind,parent,valid_from"
REFERENCE = "code,code_short,name,level,parent,kind"
JULY = date(2026, 7, 1)


def own(*rows: str) -> importing.Reading:
    return importing.read_table([f"{line}\n" for line in (OWN, *rows)])


REGION = "150000000000,内蒙古自治区,REGION,000000000000,2023-06-30"
CITY = "150200000000,包头市,CITY,150000000000,2023-06-30"
COUNTY = "150203000000,昆都仑区,DISTRICT,150200000000,2023-06-30"


def test_our_own_format_is_read_as_it_stands() -> None:
    reading = own(REGION, CITY, COUNTY)
    assert reading.problems == ()
    assert reading.rows[2] == Division(
        "150203000000", "昆都仑区", Kind.DISTRICT, "150200000000", date(2023, 6, 30)
    )


def test_the_reference_format_gets_our_kinds_and_the_day_it_is_known_from() -> None:
    lines = [
        REFERENCE,
        "150000000000,150000,内蒙古自治区,province,,province",
        "150200000000,150200,包头市,city,150000000000,city",
        "150271000000,150271,包头稀土高新技术产业开发区,county,150200000000,district",
    ]
    reading = importing.read_table(lines, valid_from=JULY)
    assert reading.problems == ()
    zone = reading.rows[2]
    assert (zone.kind, zone.function_zone, zone.valid_from) == (Kind.FUNCTION_ZONE, True, JULY)
    assert not reading.rows[1].function_zone


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("\n".join([OWN, REGION, CITY]), encoding="utf-8-sig")
    assert len(importing.read_file(path).or_refuse(path.name)) == 2


def test_an_unknown_header_is_refused_as_a_whole() -> None:
    with pytest.raises(BadTable, match="expected the columns"):
        importing.read_table(["code,name", "150000000000,内蒙古自治区"])
    with pytest.raises(BadTable, match="found nothing"):
        importing.read_table([])


@pytest.mark.parametrize(
    ("row", "field", "word"),
    [
        ("150203,昆都仑区,DISTRICT,150200000000,2023-06-30", "code", "twelve digits"),
        ("1.50203E+11,昆都仑区,DISTRICT,150200000000,2023-06-30", "code", "spreadsheet"),
        ("150203000000,,DISTRICT,150200000000,2023-06-30", "name", "empty"),
        ("150203000000,昆都仑区,BANNER,150200000000,2023-06-30", "kind", "DISTRICT"),
        ("150203000000,昆都仑区,DISTRICT,150200000000,30.6.2023", "valid_from", "date"),
        ("150203000000,昆都仑区,DISTRICT,150300000000,2023-06-30", "parent", "150200000000"),
        ("150301000000,海勃湾区,DISTRICT,150300000000,2023-06-30", "parent", "not in the table"),
        ("150203000000,昆都仑区,DISTRICT,150200000000", "line", "4 cells"),
        ("150200999000,某地,TOWN,150200000000,2023-06-30", "code", "grammar"),
    ],
)
def test_each_fault_names_line_field_and_reason(row: str, field: str, word: str) -> None:
    (problem,) = own(REGION, CITY, row).problems
    assert (problem.line, problem.field) == (4, field)
    assert word in problem.reason


def test_a_second_row_of_a_code_names_the_first() -> None:
    (problem,) = own(REGION, CITY, COUNTY, COUNTY).problems
    assert problem.line == 5
    assert "line 4" in problem.reason


def test_good_rows_stay_beside_faulty_ones_and_the_whole_can_be_refused() -> None:
    reading = own(REGION, CITY, "150203,x,DISTRICT,,2023-06-30", COUNTY)
    assert [row.code for row in reading.rows] == ["150000000000", "150200000000", "150203000000"]
    assert len(reading.rows) + len({problem.line for problem in reading.problems}) == 4
    with pytest.raises(BadTable, match=r"places\.csv: 1 fault"):
        reading.or_refuse("places.csv")


def place(code: str, name: str, since: date = date(2023, 6, 30)) -> Division:
    return Division(code, name, Kind.SUBDISTRICT, f"{code[:6]}000000", since)


def test_a_difference_says_what_begins_ends_and_changes_its_name() -> None:
    old = [
        place("150203001000", "少先路街道"),
        place("150203002000", "沼潭街道"),
        place("150203003000", "林荫路街道"),
    ]
    new = [
        place("150203001000", "少先路街道"),
        place("150203002000", "沼潭新街道"),
        place("150203004000", "友谊街道"),
    ]
    found = importing.difference(old, new, JULY)
    assert [(row.code, row.valid_from) for row in found.added] == [("150203004000", JULY)]
    assert [row.code for row in found.removed] == ["150203003000"]
    assert found.renamed == (Renamed("150203002000", "沼潭街道", "沼潭新街道"),)
    assert found.moved == ()
    assert not found.empty


def test_a_place_under_a_new_code_of_the_same_city_has_moved() -> None:
    old, new = [place("150203003000", "林荫路街道")], [place("150204009000", "林荫路街道")]
    found = importing.difference(old, new, JULY)
    assert found.moved == (Moved("150203003000", "150204009000", "林荫路街道"),)


def test_two_places_of_one_name_are_not_guessed_to_have_moved() -> None:
    old = [place("150203003000", "新建街道"), place("150204003000", "新建街道")]
    new = [place("150205003000", "新建街道"), place("150207003000", "新建街道")]
    assert importing.difference(old, new, JULY).moved == ()


def test_a_table_cannot_rewrite_the_past() -> None:
    with pytest.raises(BadTable, match="dated later"):
        importing.difference([place("150203003000", "林荫路街道", JULY)], [], JULY)


def test_equal_tables_have_no_difference() -> None:
    rows = [place("150203003000", "林荫路街道")]
    assert importing.difference(rows, rows, JULY).empty
