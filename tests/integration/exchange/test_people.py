"""A register of people: good lines go in, bad ones come back, the same file changes nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.factories import files, importing
from yiyang.base.scoping import Role, Scope, acting
from yiyang.engine import identifying
from yiyang.exchange import returning, selectors
from yiyang.exchange.choices import BatchState, RowState
from yiyang.exchange.models import Batch, Piece, Row
from yiyang.people.models import Duplicate, Person, State

pytestmark = pytest.mark.django_db(transaction=False)

FAULTS = {
    "ruined": lambda line: line.__setitem__(files.NUMBER, "1.59801194303011E+17"),
    "zeros": lambda line: line.__setitem__(files.NUMBER, line[files.NUMBER][:15] + "000"),
    "check": lambda line: line.__setitem__(files.NUMBER, _other_check(line[files.NUMBER])),
    "short": lambda line: line.__setitem__(files.NUMBER, line[files.NUMBER][:12]),
    "sex": lambda line: line.__setitem__(files.SEX, "女" if line[files.SEX] == "男" else "男"),
    "no name": lambda line: line.__setitem__(files.NAME, ""),
    "formula": lambda line: line.__setitem__(files.NAME, "=HYPERLINK(1)"),
    "other county": lambda line: line.__setitem__(files.PLACE, "150204001021"),
    "no place": lambda line: line.__setitem__(files.PLACE, "150206999999"),
    "phone": lambda line: line.__setitem__(files.PHONE, "没有"),
    "invented": lambda line: line.__setitem__(files.NUMBER, files.id_number(7, prefix="159901")),
}


def _other_check(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


def planted(lines: list[list[str]], count: int = 37) -> dict[int, str]:
    """Spoil so many lines, spread over the file; line of the file -> which fault."""
    found = {}
    names = list(FAULTS)
    for number in range(count):
        at = number * (len(lines) // count) + 3
        name = names[number % len(names)]
        FAULTS[name](lines[at])
        found[at + 2] = name
    return found


def people_in(prefix: str) -> int:
    with acting(Role.JOB, Scope.of(prefix), actor_id="process:tests"):
        assert Person.objects.count() == State.objects.count()
        return Person.objects.count()


def test_ten_thousand_lines_with_37_planted_faults_and_then_the_repaired_ones(
    tmp_path: Path, db: None
) -> None:
    good = list(files.rows(10_000))
    lines = [list(line) for line in good]
    faults = planted(lines)
    two = importing.pair()
    batch = importing.merged(two, files.as_csv(lines))
    assert batch.state == BatchState.DONE
    assert importing.counts(batch) == (10_000, 9_963, 0, 37, 0)
    assert people_in("150206") == 9_963
    with acting(Role.APP, two.maker.scope):
        told = {row.line: row for row in selectors.rejections_of(batch.pk)}
        assert set(told) == set(faults)
        assert all(row.reason and row.hint for row in told.values())
        assert all(row.field for line, row in told.items() if faults[line] != "formula")
        assert returning.write_rejected(batch, tmp_path / "back.csv") == 37
    back = list(csv.DictReader(io.StringIO((tmp_path / "back.csv").read_text("utf-8-sig"))))
    assert [int(line["原来的行号"]) for line in back] == sorted(faults)
    repaired = [[*good[int(line["原来的行号"]) - 2], line["退回原因"], line["怎么改"]] for line in back]
    again = importing.merged(two, files.as_csv(repaired, (*files.HEADER, "退回原因", "怎么改")))
    assert importing.counts(again) == (37, 37, 0, 0, 0)
    assert people_in("150206") == 10_000
    whole = importing.merged(two, files.as_csv(good, encoding="gb18030"))
    assert importing.counts(whole) == (10_000, 0, 10_000, 0, 0)


def test_nothing_of_a_file_stands_in_plain_and_merged_lines_are_forgotten(db: None) -> None:
    two, lines = importing.pair(), list(files.rows(5))
    lines[3][files.NUMBER] = "12"
    batch = importing.checked(two.maker, files.as_csv(lines))
    with acting(Role.APP, two.maker.scope):
        kept = " ".join(str(list(model.objects.values_list())) for model in (Row, Batch, Piece))
        assert lines[0][files.NAME] not in kept
        assert lines[0][files.NUMBER] not in kept
        assert not Piece.objects.exists()
    importing.approve(two.checker, batch.pk)
    importing.work(batch.pk)
    with acting(Role.APP, two.maker.scope):
        states = {row.state: row.content for row in Row.objects.all()}
    assert states[RowState.MERGED] is None
    assert states[RowState.REJECTED] is not None


def test_somebody_entered_under_another_number_is_asked_about_on_the_page_of_people(db: None) -> None:
    two, (line,) = importing.pair(), files.rows(1)
    importing.merged(two, files.as_csv([line]))
    other, number = [*line], identifying.read_id(line[files.NUMBER])
    other[files.NUMBER] = files.id_number(int(number.number[14:17]) + 19, number.born_on, number.county)
    batch = importing.merged(two, files.as_csv([other]))
    assert importing.counts(batch) == (1, 1, 0, 0, 0)
    with acting(Role.JOB, Scope.of("150206")):
        pair = Duplicate.objects.get()
        assert {pair.a_id, pair.b_id} == set(Person.objects.values_list("pk", flat=True))
